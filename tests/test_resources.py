"""The tables that leave: every row says where it comes from, and no row is of another world."""

import pandas as pd
import pytest

from ntm import dataset, look, people, resources, store
from ntm.dataset import Dataset
from ntm.facts import TYPES, assessments
from ntm.facts.fact_type import DOCUMENT
from ntm.look import Look
from ntm.selection import Selection

PERIOD = "2024-12-31"
NAMES = list(resources.resources())


@pytest.fixture(scope="module")
def real(tmp_path_factory, facts) -> Dataset:
    """A province with the sample, published and official facts: its real world."""
    engine = store.connect(f"sqlite:///{tmp_path_factory.mktemp('real') / 'ntm.sqlite'}")
    dataset.build(engine)
    cells = [(PERIOD, "03628", facts.commune_set, number, True, words) for number, words in ((10, ""), (11, "2/QĐ"))]
    rows = pd.DataFrame(cells, columns=[*assessments.COLUMNS, DOCUMENT.name])
    change = store.Change(people.owner("An"), "Báo cáo 1/BC", "official", {"assessments": rows})
    store.publish(engine, change, facts)
    return dataset.load(engine, day=PERIOD)


def test_every_type_of_facts_is_a_resource() -> None:
    assert {found.exported_as or found.name for found in TYPES.values()} < set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_its_world_kind_revision_and_source(name: str, data, real) -> None:
    for seen in (data, real):
        rows = resources.resources()[name].make(seen)
        assert tuple(rows.columns[-4:]) == resources.ORIGIN
        assert set(rows["world"]) <= {seen.world}
        allowed = {*seen.world.kinds, resources.REFERENCE}
        assert {kind for kinds in rows["kind"] for kind in kinds.split()} <= allowed
        assert rows["revision"].between(1, seen.revision).all()
        assert rows["source"].ne("").all()
        assert rows.columns.is_unique


def test_facts_are_those_of_the_store(data, real) -> None:
    for seen in (data, real):
        rows = resources.resources()["assessments"].make(seen)
        known = seen.archive.tables["assessments"]
        pd.testing.assert_frame_equal(rows[known.columns], known.reset_index(drop=True))
    official = resources.resources()["assessments"].make(real)
    assert list(official["source"]) == ["Báo cáo 1/BC", "2/QĐ"]
    assert set(official["kind"]) == {"official"}


def test_what_nothing_is_known_of_has_no_kind(real) -> None:
    rows = resources.resources()["communes"].make(real).set_index(["period", "unit_code"])
    unknown = rows[rows["assessed"].eq(0) & rows["recognised"].isna()]
    assert len(unknown)
    assert set(unknown["kind"]) == {""}
    assert unknown["met"].isna().all()


def test_looking_up_has_a_column_for_each_criterion_and_unknown_is_not_false(real) -> None:
    rows = resources.lookup(real, PERIOD, Selection()).set_index("unit_code")
    answers = rows[[resources.ANSWER.format(number=number) for number in range(1, 20)]]
    assert answers.notna().sum().sum() == 2
    assert bool(answers.at["03628", "criterion_10"])
    assert len(rows) == 94


def test_titles_are_in_the_readers_language(data) -> None:
    with look.use(Look("en")):
        rows = resources.resources()["targets"].make(data)
    assert "Giữ chuẩn" not in set(rows["title"])
    assert rows["title"].ne("").all()


def test_the_groups_hold_each_commune_of_the_day_once(data) -> None:
    rows = resources.resources()["groups"].make(data)
    for day in ("2024-12-31", "2026-09-30"):
        then = data.at(day).reference
        there = rows[(rows["valid_from"] <= day) & ((rows["valid_to"] == "") | (rows["valid_to"] >= day))]
        held = there[there["unit_code"].isin(then.communes.index)].set_index("unit_code")["group_code"]
        assert held.to_dict() == then.communes["group_code"].to_dict()
