"""Previews by hand: two communes of the sample, replaced by an office's figures."""

import pandas as pd
import pytest

from ntm import dataset, people, preview, store
from ntm.facts import TYPES
from ntm.facts.rules import Faults
from ntm.store import Change
from ntm.world import World

SET = "commune-2021-2025"
PERIOD = "2024-12-31"


def rows(code: str, met: int, period: str = PERIOD) -> pd.DataFrame:
    answers = [(code, number, "1" if number <= met else "0") for number in range(1, 20)]
    frame = pd.DataFrame(answers, columns=["unit_code", "criterion", "met"])
    return frame.assign(period=period, criteria_set=SET)


@pytest.fixture(scope="module")
def real(engine) -> dataset.Dataset:
    """The real world before anything official is there."""
    return dataset.load(engine, world=World.REAL)


def test_the_first_official_facts_open_the_real_world(real) -> None:
    seen = preview.make(real, {"assessments": rows("03628", 19)})
    assert seen.cells == {"new": 19, "changed": 0, "same": 0, "gone": 0}
    assert seen.opens
    assert pd.isna(seen.now.at["average", "literal_actual"])  # and not the sample's
    assert seen.then.at["average", "literal_actual"] == 19
    assert seen.then.at["average", "status"] == "no_data"  # of 94 communes one is known
    assert seen.reported.at["110", PERIOD] == pytest.approx(1 / 11)
    assert seen.reported.at["106", PERIOD] == 0


def test_a_later_file_says_what_changes(empty_engine, facts) -> None:
    dataset.build(empty_engine)
    first = {"assessments": pd.concat([rows("03628", 17), rows("03418", 19)])}
    store.publish(empty_engine, Change(people.owner("t"), "n", "official", first), facts)
    data = dataset.load(empty_engine, world=World.REAL)
    seen = preview.make(data, {"assessments": pd.concat([rows("03628", 19), rows("03418", 18)])})
    assert seen.cells == {"new": 0, "changed": 3, "same": 35, "gone": 0}
    assert not seen.opens
    assert seen.moves.set_index("label")[["met_before", "met_after"]].T.to_dict("list") == {
        "Bản Giang": [19, 18],
        "Pha Mu": [17, 19],
    }


def test_a_preview_says_what_publishing_then_does(empty_engine, facts) -> None:
    dataset.build(empty_engine)
    data = dataset.load(empty_engine, world=World.REAL)
    villages = pd.DataFrame([(PERIOD, "106", 7)], columns=["period", "unit_code", "recognised"])
    change = {"assessments": rows("03628", 12), "villages": villages}
    seen = preview.make(data, change)
    store.publish(empty_engine, Change(people.owner("t"), "n", "official", change), facts)
    published = preview.make(dataset.load(empty_engine), change)
    assert published.cells == {"new": 0, "changed": 0, "same": 20, "gone": 0}
    pd.testing.assert_frame_equal(published.now, seen.then)


def test_a_preview_never_compares_with_the_sample(data) -> None:
    with pytest.raises(ValueError, match="real world"):
        preview.make(data, {"assessments": rows("03628", 19)})


def test_recognitions_and_revocations(real) -> None:
    decision = {"standard": "ntm", "recognised_by": "2024-11-01", "decision": "1/QĐ", "evidence": "", "source": ""}
    held, revoked = decision | {"unit_code": "03628"}, decision | {"unit_code": "03418", "revoked_on": "2024-12-01"}
    frame = pd.DataFrame([held, revoked])
    seen = preview.after(real, {"recognitions": TYPES["recognitions"].check(frame.fillna(""), real.reference)})
    communes = seen.communes_at(PERIOD)["recognised"]
    assert communes["03628"]
    assert not communes["03418"]


def test_faults_are_told(real) -> None:
    with pytest.raises(Faults):
        preview.make(real, {"assessments": rows("99999", 3)})
