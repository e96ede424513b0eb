import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import metrics
from ntm import plan as plan_module
from ntm.plan import Tier

TIERS = plan_module.load().tiers
COMMUNES = pd.DataFrame(
    {
        "label": ["A", "B", "C"],
        "district_code": ["1", "1", "2"],
        "district": ["One", "One", "Two"],
    },
    index=pd.Index(["a", "b", "c"], name="code"),
)


def assessed(period: str, **met: list[bool]) -> pd.DataFrame:
    rows = [
        (period, unit, number, answer, "sample" if unit == "a" else "official")
        for unit, answers in met.items()
        for number, answer in enumerate(answers, start=1)
    ]
    return pd.DataFrame(rows, columns=["period", "unit_code", "criterion", "met", "kind"])


def table(assessments: pd.DataFrame, recognised: dict[str, str] | None = None, criteria: int = 3) -> pd.DataFrame:
    decisions = pd.DataFrame(
        [(unit, "ntm", day, "published") for unit, day in (recognised or {}).items()],
        columns=["unit_code", "standard", "recognised_by", "kind"],
    )
    periods = sorted(assessments["period"].unique())
    return metrics.commune_table(
        communes=COMMUNES,
        assessments=assessments,
        recognitions=decisions,
        tiers=[Tier("all", 3, 3), Tier("some", 1, 2), Tier("none", 0, 0)],
        criteria=range(1, criteria + 1),
        periods=periods,
        baseline="2023-12-31",
    )


EARLIER = assessed("2023-12-31", a=[True, True, True], b=[True, False, False], c=[False, False, False])
LATER = assessed("2024-12-31", a=[True, True, False], b=[True, True, True], c=[True, False])
BOTH = pd.concat([EARLIER, LATER], ignore_index=True)


def test_commune_table_by_hand() -> None:
    later = table(BOTH, {"a": "2023-06-30", "b": "2024-11-15"}).set_index(["period", "unit_code"]).loc["2024-12-31"]
    assert later["met"].tolist()[:2] == [2, 3]
    assert later["tier"].tolist() == ["some", "all", "unknown"]
    assert later["recognised"].tolist() == [True, True, False]
    assert later["newly_recognised"].tolist() == [False, True, False]
    assert later["kept"].tolist() == [False, False, False]
    assert later["at_risk"].tolist() == [True, False, False]
    assert later["meets_all"].tolist() == [False, True, False]
    assert later["change"].tolist()[:2] == [-1, 2]


def test_a_half_assessed_commune_is_unknown_and_not_failed() -> None:
    row = table(BOTH).set_index(["period", "unit_code"]).loc[("2024-12-31", "c")]
    assert row["assessed"] == 2
    assert pd.isna(row["met"])
    assert pd.isna(row["missing"])
    assert row["tier"] == "unknown"


def test_recognised_and_meeting_all_are_two_facts() -> None:
    later = table(BOTH, {"a": "2023-06-30"}).set_index(["period", "unit_code"]).loc["2024-12-31"]
    assert later.loc["a", ["recognised", "meets_all"]].tolist() == [True, False]
    assert later.loc["b", ["recognised", "meets_all"]].tolist() == [False, True]


def test_the_weakest_kind_names_the_mixture() -> None:
    kinds = metrics.criteria_met(BOTH)["kind"]
    assert kinds[("2024-12-31", "a")] == "sample"
    assert kinds[("2024-12-31", "b")] == "official"
    assert metrics.weakest_kind(pd.Series(["official", None, "sample"])) == "sample"
    assert metrics.weakest_kind(pd.Series(["published", "official"])) == "official"
    assert metrics.weakest_kind(pd.Series([], dtype=object)) is None


def test_summary_by_hand() -> None:
    communes = table(BOTH, {"a": "2023-06-30"}).query("period == '2024-12-31'")
    summary = metrics.summary(communes, "district_code")
    assert summary.loc["1", ["communes", "known", "average", "met_total", "recognised", "at_risk"]].tolist() == [
        2, 2, 2.5, 5, 1, 1,
    ]  # fmt: skip
    assert summary.at["1", "change"] == pytest.approx(0.5)
    assert pd.isna(summary.at["2", "average"])


def test_tier_counts_name_every_tier() -> None:
    communes = table(BOTH).query("period == '2024-12-31'")
    tiers = [Tier("all", 3, 3), Tier("some", 1, 2), Tier("none", 0, 0)]
    counts = metrics.tier_counts(communes, tiers)
    assert counts.set_index("tier")["communes"].to_dict() == {"all": 1, "some": 1, "none": 0, "unknown": 1}
    by_district = metrics.tier_counts(communes, tiers, by=["district_code"])
    assert len(by_district) == 2 * 4
    assert by_district.groupby("district_code")["share"].sum().tolist() == pytest.approx([1, 1])
    assert by_district.groupby("tier")["communes"].sum().to_dict() == counts.set_index("tier")["communes"].to_dict()


def test_pass_rates_by_hand() -> None:
    later = BOTH[BOTH["period"] == "2024-12-31"]
    rates = metrics.pass_rates(later, [1, 2, 3, 4]).set_index("criterion")
    assert rates["met"].tolist() == [3, 2, 1, 0]
    assert rates["assessed"].tolist() == [3, 3, 2, 0]
    assert rates["rate"].tolist()[:3] == pytest.approx([1, 2 / 3, 1 / 2])
    assert pd.isna(rates.at[4, "rate"])


def test_lacking_by_hand() -> None:
    assert metrics.lacking(LATER) == {"a": [3], "c": [2]}


def test_average_by_period_leaves_the_unknown_out() -> None:
    averages = metrics.average_by_period(table(BOTH))
    assert averages.to_dict() == pytest.approx({"2023-12-31": 4 / 3, "2024-12-31": 5 / 2})


def test_moves_by_hand() -> None:
    both = table(BOTH, {"b": "2024-11-15"}).set_index("unit_code")
    moved = metrics.moves(both.query("period == '2023-12-31'"), both.query("period == '2024-12-31'"))
    assert moved["change"].to_dict() == {"b": 2, "a": -1}
    assert moved["newly_recognised"].to_dict() == {"b": True, "a": False}


def test_matrix_keeps_the_unknown() -> None:
    wide = metrics.matrix(LATER, [1, 2, 3])
    assert wide.loc["a"].tolist() == [1, 1, 0]
    assert pd.isna(wide.at["c", 3])


@given(st.lists(st.integers(0, 19), min_size=1, max_size=60))
def test_every_count_has_the_one_tier_that_holds_it(counts: list[int]) -> None:
    tiers = metrics.tier_of(pd.Series(counts, dtype=float), TIERS)
    for count, tier in zip(counts, tiers, strict=True):
        assert [each.id for each in TIERS if each.lower <= count <= each.upper] == [tier]


@given(st.lists(st.one_of(st.none(), st.integers(0, 19)), min_size=1, max_size=60))
def test_tier_counts_lose_nobody(counts: list[int | None]) -> None:
    met = pd.Series(counts, dtype=float)
    communes = pd.DataFrame({"tier": metrics.tier_of(met, TIERS)})
    figures = metrics.tier_counts(communes, TIERS).set_index("tier")["communes"]
    assert figures.sum() == len(counts)
    assert figures["unknown"] == met.isna().sum()


def test_districts_sum_up_to_the_province(data) -> None:
    communes = data.communes_at("2024-12-31")
    summary = metrics.summary(communes, "district_code")
    assert summary["communes"].sum() == 94
    assert summary["recognised"].sum() == communes["recognised"].sum()
    assert summary["met_total"].sum() == communes["met"].sum()
    assert (summary["average"] * summary["known"]).sum() / 94 == pytest.approx(communes["met"].mean())
