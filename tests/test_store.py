import datetime as dt
import itertools
import random
import threading
from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

from ntm import database, dataset, ledger, people, schema, store
from ntm.facts import TYPES
from ntm.facts.rules import Faults
from ntm.people import Denied, Person
from ntm.store import Change
from ntm.world import World
from tests import one_of_each

TESTER = people.owner("tester")


def assessment(met: str, **changes: str) -> pd.DataFrame:
    row = {"period": "2024-12-31", "unit_code": "03628", "criteria_set": "commune-2021-2025", "criterion": "10"}
    return pd.DataFrame([row | {"met": met} | changes])


def change(kind: str, met: str, **changes: str) -> Change:
    return Change(TESTER, "note", kind, {"assessments": assessment(met, **changes)})


def test_the_latest_revision_of_a_kind_wins(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    second = store.publish(empty_engine, change("official", "0"), facts)
    present = store.present(empty_engine, "assessments")
    assert present[["met", "revision", "kind"]].to_numpy().tolist() == [[False, second, "official"]]


def test_a_later_sample_does_not_hide_official_data(empty_engine, facts) -> None:
    official = store.publish(empty_engine, change("official", "1"), facts)
    store.publish(empty_engine, change("sample", "0"), facts)
    assert store.present(empty_engine, "assessments")["revision"].tolist() == [official]


def test_the_present_is_of_one_worlds_kinds(empty_engine, facts) -> None:
    store.publish(empty_engine, change("sample", "0"), facts)
    store.publish(empty_engine, change("sample", "0", criterion="11"), facts)
    store.publish(empty_engine, change("official", "1"), facts)
    assert store.present(empty_engine, "assessments")["kind"].tolist() == ["official"]
    sample = store.present(empty_engine, "assessments", kinds=World.SAMPLE.kinds)
    assert sample[["criterion", "met"]].to_numpy().tolist() == [[10, False], [11, False]]


def test_whether_anything_official_is_in_effect(empty_engine, facts) -> None:
    units = facts.units.index
    store.publish(empty_engine, change("sample", "0"), facts)
    official = store.publish(empty_engine, change("official", "1"), facts)
    undone = store.undo(empty_engine, official, TESTER, "wrong", facts)
    again = store.undo(empty_engine, undone, TESTER, "was right", facts)
    held = [store.holds(empty_engine, "official", units=units, until=number) for number in range(1, again + 1)]
    assert held == [False, True, False, True]
    assert not store.holds(empty_engine, "official", units=["elsewhere"], until=again)


def test_refused_data_leaves_nothing(empty_engine, facts) -> None:
    with pytest.raises(Faults):
        store.publish(empty_engine, change("official", "maybe"), facts)
    assert store.latest(empty_engine) == 0


def test_a_write_that_fails_half_way_leaves_nothing(empty_engine, facts, monkeypatch) -> None:
    unchecked = replace(TYPES["villages"], check=lambda frame, reference: frame)  # what the checks let through
    monkeypatch.setattr(store, "TYPES", {**TYPES, "villages": unchecked})
    rows = {"period": ["2024-12-31"] * 2, "unit_code": ["106"] * 2, "recognised": [1, 2], "document": "", "remark": ""}
    villages = pd.DataFrame(rows)
    both = Change(TESTER, "note", "official", {"assessments": assessment("1"), "villages": villages})
    with pytest.raises(IntegrityError):
        store.publish(empty_engine, both, facts)
    assert store.latest(empty_engine) == 0
    assert store.present(empty_engine, "assessments").empty


def test_an_unknown_kind_is_refused(empty_engine, facts) -> None:
    with pytest.raises(ValueError, match="official"):
        store.publish(empty_engine, change("rumour", "1"), facts)


def test_the_same_digest_is_stored_once(empty_engine, facts) -> None:
    once = Change(TESTER, "note", "sample", {"assessments": assessment("1")}, digest="abc")
    assert store.publish(empty_engine, once, facts) == 1
    assert store.publish(empty_engine, once, facts) is None
    assert store.has_digest(empty_engine, "abc")
    assert len(store.revisions(empty_engine)) == 1


def test_two_first_starts_at_once_build_once(empty_url) -> None:
    url = empty_url
    added: list[int] = []
    threads = [threading.Thread(target=lambda: added.extend(dataset.build(store.connect(url)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [1, 2]
    assert len(store.revisions(store.connect(url))) == 2


def test_a_reader_goes_on_while_someone_writes(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    with database.writing(empty_engine) as connection:
        values = {"id": 2, "created_at": dt.datetime(2024, 12, 31), "author": "", "note": "", "kind": "official"}
        connection.execute(schema.revisions.insert().values(values))
        assert store.latest(empty_engine) == 1
    assert store.latest(empty_engine) == 2


def test_dates_come_back_as_iso_text(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    assert store.present(empty_engine, "assessments")["period"].tolist() == ["2024-12-31"]


@pytest.fixture
def sandwich(empty_engine, facts):
    """Sample, official, official again: one cell, not met, met, not met."""
    for kind, met in (("sample", "0"), ("official", "1"), ("official", "0")):
        store.publish(empty_engine, change(kind, met), facts)
    return empty_engine


def states(engine, until: int | None = None) -> list:
    return store.present(engine, "assessments", until=until)[["met", "kind", "revision"]].to_numpy().tolist()


def test_undoing_brings_back_what_was_before(sandwich, facts) -> None:
    assert store.undo(sandwich, 3, TESTER, "wrong file", facts) == 4
    assert states(sandwich) == [[True, "official", 2]]
    store.undo(sandwich, 2, TESTER, "that one too", facts)
    assert states(sandwich) == []


def test_undoing_an_undo_brings_the_facts_back(sandwich, facts) -> None:
    store.undo(sandwich, 3, TESTER, "wrong", facts)
    store.undo(sandwich, 4, TESTER, "was right", facts)
    assert states(sandwich) == [[False, "official", 3]]
    assert store.revisions(sandwich).set_index("id")["in_effect"].to_dict() == {
        1: True, 2: True, 3: True, 4: False, 5: True,
    }  # fmt: skip


def test_a_revision_is_undone_once_and_only_if_it_is_there(sandwich, facts) -> None:
    store.undo(sandwich, 3, TESTER, "wrong", facts)
    with pytest.raises(ValueError, match="đã được hoàn tác"):
        store.undo(sandwich, 3, TESTER, "again", facts)
    with pytest.raises(ValueError, match="Không có phiên bản 99"):
        store.undo(sandwich, 99, TESTER, "?", facts)
    assert store.latest(sandwich) == 4


def test_the_state_at_a_revision_does_not_change_afterwards(sandwich, facts) -> None:
    store.undo(sandwich, 3, TESTER, "wrong", facts)
    assert states(sandwich, until=2) == [[True, "official", 2]]
    assert states(sandwich, until=3) == [[False, "official", 3]]


def test_the_history_of_a_cell(sandwich, facts) -> None:
    store.undo(sandwich, 3, TESTER, "wrong", facts)
    cell = {"period": "2024-12-31", "unit_code": "03628", "criteria_set": "commune-2021-2025", "criterion": 10}
    written = store.history(sandwich, "assessments", cell)
    assert written[["revision", "met", "in_effect"]].to_numpy().tolist() == [
        [3, False, False],
        [2, True, True],
        [1, False, True],
    ]
    assert set(written["author"]) == {"tester"}
    assert store.history(sandwich, "assessments", cell | {"criterion": 11}).empty


def test_the_difference_of_two_revisions(sandwich, facts) -> None:
    store.publish(sandwich, change("official", "1", criterion="11"), facts)
    changed = store.diff(sandwich, "assessments", 2, 4).set_index("criterion")
    assert changed.loc[10, ["met_before", "met_after"]].tolist() == [True, False]
    assert changed.loc[11, ["met_before", "met_after"]].tolist() == [None, True]
    assert store.diff(sandwich, "assessments", 4, 4).empty


def test_of_two_editors_one_wins_and_the_other_is_told(empty_engine, facts) -> None:
    prepared = [
        Change(TESTER, "note", "official", {"assessments": assessment(met)}, base=store.latest(empty_engine))
        for met in ("1", "0")
    ]
    outcomes: list = []

    def publish(one: Change) -> None:
        try:
            outcomes.append(store.publish(empty_engine, one, facts))
        except store.Stale as stale:
            outcomes.append(str(stale))

    threads = [threading.Thread(target=publish, args=(one,)) for one in prepared]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 in outcomes
    (told,) = (outcome for outcome in outcomes if outcome != 1)
    assert "phiên bản 0" in told
    assert "phiên bản 1" in told
    assert store.latest(empty_engine) == 1


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (Person("An", people.VIEWER), False),
        (Person("Bình", people.GROUP_EDITOR, frozenset({"106"})), False),
        (Person("Chi", people.GROUP_EDITOR, frozenset({"110"})), True),
        (Person("Dũng", people.EDITOR), True),
    ],
)
def test_who_may_publish_and_undo(empty_engine, facts, person: Person, allowed: bool) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    own = Change(person, "note", "official", {"assessments": assessment("0")})
    if allowed:
        assert store.publish(empty_engine, own, facts) == 2
        assert store.undo(empty_engine, 2, person, "back", facts) == 3
        return
    with pytest.raises(Denied, match=person.name):
        store.publish(empty_engine, own, facts)
    with pytest.raises(Denied):
        store.undo(empty_engine, 1, person, "no", facts)
    assert store.latest(empty_engine) == 1
    assert store.log(empty_engine)["action"].tolist() == ["undo refused", "publish refused", "publish"]


def test_only_the_named_units_are_read(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    store.publish(empty_engine, change("official", "1", unit_code="03409"), facts)
    assert store.present(empty_engine, "assessments", units=["03409"])["unit_code"].tolist() == ["03409"]


def test_a_code_is_recognised_once_in_each_of_its_lives(empty_engine, facts) -> None:
    """03637 was the commune Mường Kim until 30/6/2025, and is another, larger one of that name since."""

    def recognise(day: str) -> None:
        row = {"unit_code": "03637", "standard": "ntm", "recognised_by": day, "decision": "", "evidence": "official"}
        frame = pd.DataFrame([row | {"source": "", "revoked_on": ""}])
        store.publish(empty_engine, Change(TESTER, "x", "official", {"recognitions": frame}), facts)

    for day in ("2023-11-05", "2026-03-01", "2023-12-01"):  # the last corrects the first
        recognise(day)
    assert store.present(empty_engine, "recognitions")["recognised_by"].tolist() == ["2023-12-01", "2026-03-01"]
    changed = store.diff(empty_engine, "recognitions", 1, 3)
    assert changed[["recognised_by_before", "recognised_by_after"]].to_numpy().tolist() == [
        ["2023-11-05", "2023-12-01"],
        [None, "2026-03-01"],
    ]
    dates = [
        dataset.load(empty_engine, day=day).recognitions["recognised_by"].tolist()
        for day in ("2024-12-31", "2026-06-30")
    ]
    assert dates == [["2023-12-01"], ["2026-03-01"]]


def test_a_document_and_a_remark_stay_with_their_fact(empty_engine, facts) -> None:
    beside = {"document": "12/BC-UBND", "remark": "đã kiểm tra"}
    given = {"assessments": assessment("1").assign(**beside), "villages": one_of_each.villages().assign(**beside)}
    given |= {
        "recognitions": one_of_each.decision().assign(remark="một"),
        "figures": one_of_each.figure().assign(remark="hai"),
    }
    store.publish(empty_engine, Change(TESTER, "note", "official", given), facts)
    store.publish(empty_engine, Change(TESTER, "note", "official", {"assessments": assessment("1")}), facts)
    for name in ("villages", "recognitions", "figures"):
        checked = TYPES[name].check(given[name], facts)
        assert store.present(empty_engine, name)[list(checked)].to_dict("records") == checked.to_dict("records")
    assert store.present(empty_engine, "assessments", until=1)["document"].tolist() == ["12/BC-UBND"]
    assert store.present(empty_engine, "assessments")["document"].tolist() == [""]
    (changed,) = store.diff(empty_engine, "assessments", 1, 2).to_dict("records")
    assert (changed["remark_before"], changed["remark_after"]) == ("đã kiểm tra", "")
    told = store.history(empty_engine, "assessments", {"unit_code": "03628"})
    assert told[["note", "remark"]].to_numpy().tolist() == [["note", ""], ["note", "đã kiểm tra"]]


def test_a_state_brought_forward_is_the_state_read_anew(empty_engine, facts) -> None:
    chance, units = random.Random(1), ["03628", "03418", "03457"]
    for step in range(25):
        latest = store.latest(empty_engine)
        if step % 4 == 3:
            undone = ledger.undone(store.revisions(empty_engine), latest)
            number = chance.choice([number for number in range(1, latest + 1) if number not in undone])
            store.undo(empty_engine, number, TESTER, "note", facts)
        else:
            kind, met = chance.choice(["official", "sample"]), chance.choice("01")
            where = {"unit_code": chance.choice(units), "criterion": str(chance.randint(1, 3))}
            store.publish(empty_engine, change(kind, met, **where), facts)
    latest = store.latest(empty_engine)
    asked = {"kinds": World.REAL.kinds, "units": units}
    states = [store.present(empty_engine, "assessments", until=number, **asked) for number in range(latest + 1)]
    for since, until in itertools.combinations(range(latest + 1), 2):
        found = store.advanced(empty_engine, "assessments", states[since], since, until=until, **asked)
        pd.testing.assert_frame_equal(found, states[until])
