import pandas as pd
import pytest

from ntm.facts import recognitions
from ntm.facts.rules import Faults

GOOD = {
    "unit_code": "03628",
    "standard": "ntm",
    "recognised_by": "2024-11-01",
    "decision": "1234/QĐ-UBND",
    "evidence": "official",
    "source": "",
}


def test_what_holds_has_no_day_of_revocation(facts) -> None:
    (row,) = recognitions.check(pd.DataFrame([GOOD]), facts).to_dict("records")
    assert row == GOOD | {"revoked_on": "", "remark": ""}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"unit_code": "99999"}, "mã đơn vị"),
        ({"standard": "gold"}, "chuẩn phải là"),
        ({"recognised_by": "1/11/2024"}, "dạng 2024-12-31"),
        ({"recognised_by": "2999-01-01"}, "tương lai"),
        ({"revoked_on": "soon"}, "dạng 2024-12-31"),
        ({"revoked_on": "2024-10-01"}, "sau ngày công nhận"),
    ],
)
def test_each_rule(facts, change: dict, rule: str) -> None:
    with pytest.raises(Faults) as faults:
        recognitions.check(pd.DataFrame([{"revoked_on": ""} | GOOD | change]), facts)
    assert faults.value.table["rule"].str.contains(rule).any()


def decided(facts, *codes: str, kind: str = "official", by: str = "2024-11-15") -> pd.DataFrame:
    frame = pd.DataFrame({"unit_code": codes, "standard": "ntm", "recognised_by": by, "revoked_on": ""})
    return frame.assign(kind=kind)


def flags(facts, decisions, lists=(), figures=(), period: str = "2024-12-31") -> pd.Series:
    complete = pd.DataFrame(lists, columns=["unit_code", "standard", "complete_to", "kind"]).astype("str")
    columns = ["unit_code", "indicator", "period", "value", "evidence"]
    published = pd.DataFrame(figures, columns=columns)
    found = recognitions.by_period(decisions, complete, published, facts.scopes, facts.communes, [period])
    return found.loc[period, "recognised"]


def test_who_has_no_decision_is_not_known_to_be_recognised(facts) -> None:
    found = flags(facts, decided(facts, "03628"))
    assert found["03628"]
    assert found.drop("03628").isna().all()


def test_a_complete_list_says_who_is_not_recognised(facts) -> None:
    groups = facts.communes["group_code"]
    found = flags(facts, decided(facts, "03628"), [("110", "ntm", "2024-12-31", "official")])
    assert (~found[(groups == "110") & (found.index != "03628")]).all()
    assert found[groups != "110"].isna().all()
    everywhere = flags(facts, decided(facts, "03628"), [("12", "ntm", "2024-12-31", "official")])
    assert everywhere.sum() == 1
    assert everywhere.notna().all()
    too_early = flags(facts, decided(facts, "03628"), [("12", "ntm", "2024-06-30", "official")])
    assert too_early.drop("03628").isna().all()


@pytest.mark.parametrize(
    ("value", "evidence", "known"), [(1, "derived", True), (2, "derived", False), (1, "one-source", False)]
)
def test_a_published_count_leaves_nobody_else(facts, value: int, evidence: str, known: bool) -> None:
    figure = ("110", "recognised_communes", "2024-12-31", float(value), evidence)
    found = flags(facts, decided(facts, "03628"), figures=[figure])
    mine = found[facts.communes["group_code"] == "110"]
    assert mine.notna().all() == known


def test_before_and_after_a_decision(facts) -> None:
    revoked = decided(facts, "03628").assign(revoked_on="2024-12-15")
    assert not flags(facts, revoked)["03628"]
    assert flags(facts, revoked, period="2024-11-30")["03628"]
    assert not flags(facts, revoked, period="2024-10-31")["03628"]
    published = decided(facts, "03628", kind="published")  # "by then": it may be older
    assert pd.isna(flags(facts, published, period="2024-10-31")["03628"])


def test_one_unit_twice(facts) -> None:
    with pytest.raises(Faults):
        recognitions.check(pd.DataFrame([GOOD, GOOD]), facts)
