import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import metrics
from ntm import plan as plan_module
from ntm.facts import recognitions
from ntm.metrics import Lacking
from ntm.plan import Tier

TIERS = plan_module.load_all()[0].tiers
COMMUNES = pd.DataFrame(
    {
        "label": ["A", "B", "C"],
        "group_code": ["1", "1", "2"],
        "group": ["One", "One", "Two"],
    },
    index=pd.Index(["a", "b", "c"], name="code"),
)
SCOPES = {"1": ["a", "b"], "2": ["c"]}


def assessed(period: str, **met: list[bool]) -> pd.DataFrame:
    rows = [
        (period, unit, number, answer, "sample" if unit == "a" else "official")
        for unit, answers in met.items()
        for number, answer in enumerate(answers, start=1)
    ]
    return pd.DataFrame(rows, columns=["period", "unit_code", "criterion", "met", "kind"])


BASELINE = "2023-12-31"


def table(assessments: pd.DataFrame, recognised: dict[str, str] | None = None, criteria: int = 3) -> pd.DataFrame:
    """Communes with the recognitions of a list that is complete; without one, recognition is not known."""
    decisions = pd.DataFrame(
        [(unit, "ntm", day, "official", "") for unit, day in (recognised or {}).items()],
        columns=["unit_code", "standard", "recognised_by", "kind", "revoked_on"],
    )
    lists = [(code, "ntm", "2024-12-31", "official") for code in ("1", "2")] if recognised else []
    complete = pd.DataFrame(lists, columns=["unit_code", "standard", "complete_to", "kind"], dtype="str")
    figures = pd.DataFrame(columns=["indicator", "period", "unit_code", "value", "evidence"])
    periods = sorted(assessments["period"].unique())
    days = sorted({*periods, BASELINE})
    return metrics.commune_table(
        communes=COMMUNES,
        assessments=assessments,
        recognised=recognitions.by_period(decisions, complete, figures, SCOPES, COMMUNES, days),
        tiers=[Tier("all", 3, 3), Tier("some", 1, 2), Tier("none", 0, 0)],
        criteria=range(1, criteria + 1),
        periods=periods,
        baseline=BASELINE,
    )


EARLIER = assessed("2023-12-31", a=[True, True, True], b=[True, False, False], c=[False, False, False])
LATER = assessed("2024-12-31", a=[True, True, False], b=[True, True, True], c=[True, False])
BOTH = pd.concat([EARLIER, LATER], ignore_index=True)


def test_commune_table_by_hand() -> None:
    later = table(BOTH, {"a": "2023-06-30", "b": "2024-11-15"}).set_index(["period", "unit_code"]).loc["2024-12-31"]
    assert later["met"].tolist()[:2] == [2, 3]
    assert later["tier"].tolist() == ["some", "all", "some"]  # c meets one or two, the same tier
    assert later["recognised"].tolist() == [True, True, False]
    assert later["newly_recognised"].tolist() == [False, True, False]
    assert later["kept"].tolist() == [False, False, False]
    assert later["met_low"].tolist() == [2, 3, 1]
    assert later["met_high"].tolist() == [2, 3, 2]
    assert later["at_risk"].tolist() == [True, False, False]
    assert later["meets_all"].tolist() == [False, True, False]
    assert later["change"].tolist()[:2] == [-1, 2]


def test_a_half_assessed_commune_is_unknown_and_not_failed() -> None:
    row = table(BOTH).set_index(["period", "unit_code"]).loc[("2024-12-31", "c")]
    assert row["assessed"] == 2
    assert pd.isna(row["met"])
    assert pd.isna(row["missing"])
    nothing = table(BOTH[BOTH["unit_code"] != "c"]).set_index(["period", "unit_code"]).loc[("2024-12-31", "c")]
    assert nothing["tier"] == "unknown"


def test_recognised_and_meeting_all_are_two_facts() -> None:
    later = table(BOTH, {"a": "2023-06-30"}).set_index(["period", "unit_code"]).loc["2024-12-31"]
    assert later.loc["a", ["recognised", "meets_all"]].tolist() == [True, False]
    assert later.loc["b", ["recognised", "meets_all"]].tolist() == [False, True]


def test_without_a_complete_list_nobody_is_called_not_recognised() -> None:
    later = table(BOTH).set_index(["period", "unit_code"]).loc["2024-12-31"]
    for flag in ("recognised", "recognised_at_baseline", "newly_recognised", "at_risk"):
        assert later.loc[["a", "c"], flag].isna().all(), flag
    assert not later.at["b", "at_risk"]  # it meets all, whatever it is recognised for


def test_a_half_assessed_commune_is_known_to_miss_what_it_misses() -> None:
    later = table(BOTH, {"c": "2023-06-30"}).set_index(["period", "unit_code"]).loc["2024-12-31"]
    assert later.at["c", "at_risk"]
    assert metrics.is_false(later.at["c", "meets_all"])
    assert pd.isna(later.at["c", "met"])


def test_summary_by_hand() -> None:
    communes = table(BOTH, {"a": "2023-06-30"}).query("period == '2024-12-31'")
    summary = metrics.summary(communes, "group_code")
    assert summary.loc["1", ["communes", "known", "average", "met_total", "recognised", "at_risk"]].tolist() == [
        2, 2, 2.5, 5, 1, 1,
    ]  # fmt: skip
    assert summary.at["1", "change"] == pytest.approx(0.5)
    assert pd.isna(summary.at["2", "average"])
    assert (summary["recognised_unknown"] == 0).all()


def test_below_full_coverage_the_average_is_that_of_those_reported() -> None:
    whole = table(BOTH).query("period == '2024-12-31'").assign(everything="")
    summary = metrics.summary(whole, "everything").iloc[0]
    assert summary[["communes", "known"]].tolist() == [3, 2]
    assert pd.isna(summary["average"])
    assert summary["average_reported"] == 2.5
    assert pd.isna(summary["recognised"])
    assert summary["recognised_unknown"] == 3


def test_tier_counts_name_every_tier() -> None:
    communes = table(BOTH).query("period == '2024-12-31'")
    tiers = [Tier("all", 3, 3), Tier("some", 1, 2), Tier("none", 0, 0)]
    counts = metrics.tier_counts(communes, tiers)
    assert counts.set_index("tier")["communes"].to_dict() == {"all": 1, "some": 2, "none": 0, "unknown": 0}
    by_group = metrics.tier_counts(communes, tiers, by=["group_code"])
    assert len(by_group) == 2 * 4
    assert by_group.groupby("group_code")["share"].sum().tolist() == pytest.approx([1, 1])
    assert by_group.groupby("tier")["communes"].sum().to_dict() == counts.set_index("tier")["communes"].to_dict()


def test_pass_rates_by_hand() -> None:
    later = BOTH[BOTH["period"] == "2024-12-31"]
    rates = metrics.pass_rates(later, [1, 2, 3, 4]).set_index("criterion")
    assert rates["met"].tolist() == [3, 2, 1, 0]
    assert rates["assessed"].tolist() == [3, 3, 2, 0]
    assert rates["rate"].tolist()[:3] == pytest.approx([1, 2 / 3, 1 / 2])
    assert pd.isna(rates.at[4, "rate"])


def test_lacking_by_hand() -> None:
    wide = metrics.matrix(LATER, [1, 2, 3]).reindex(["a", "b", "c", "d"])
    assert metrics.lacking(wide) == {
        "a": Lacking((3,)),
        "b": Lacking(),
        "c": Lacking((2,), (3,)),
        "d": Lacking((), (1, 2, 3)),
    }


def test_unknown_is_never_taken_for_none() -> None:
    assert Lacking().is_none
    assert not Lacking((), (1,)).is_none
    assert not Lacking((), (1,)).is_whole
    with pytest.raises(TypeError, match="not known"):
        bool(Lacking())


def test_average_by_period_breaks_where_other_communes_are_known() -> None:
    averages = metrics.average_by_period(table(BOTH)).set_index("period")
    assert averages["value"].to_dict() == pytest.approx({"2023-12-31": 4 / 3, "2024-12-31": 5 / 2})
    assert averages[["known", "total", "segment"]].to_numpy().tolist() == [[3, 3, 0], [2, 3, 1]]
    same = metrics.average_by_period(table(pd.concat([EARLIER, EARLIER.assign(period="2024-12-31")])))
    assert same["segment"].tolist() == [0, 0]


def test_pass_rates_before_are_of_the_same_communes() -> None:
    assert metrics.pass_rates_before(LATER, EARLIER, [1, 2]) == pytest.approx([2 / 3, 1 / 3])
    without = EARLIER[(EARLIER["unit_code"] != "a") | (EARLIER["criterion"] != 1)]
    assert pd.isna(metrics.pass_rates_before(LATER, without, [1, 2])[0])
    only_c = LATER[LATER["unit_code"] == "c"]
    assert metrics.pass_rates_before(only_c, EARLIER, [1, 3])[0] == 0


def test_moves_by_hand() -> None:
    both = table(BOTH, {"b": "2024-11-15"}).set_index("unit_code").assign(label="", group="")
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
    summary = metrics.summary(communes, "group_code")
    assert summary["communes"].sum() == 94
    assert summary["recognised"].sum() == communes["recognised"].sum()
    assert summary["met_total"].sum() == communes["met"].sum()
    assert (summary["average"] * summary["known"]).sum() / 94 == pytest.approx(communes["met"].mean())


def by_unit(assessments: pd.DataFrame, period: str) -> pd.DataFrame:
    return table(assessments).set_index("unit_code").assign(label="").query("period == @period")


def test_flow_by_hand() -> None:
    later = assessed("2024-12-31", a=[True, True, False], b=[True, True, True], c=[False, False, False])
    both = pd.concat([EARLIER, later], ignore_index=True)
    tiers = [Tier("all", 3, 3), Tier("some", 1, 2), Tier("none", 0, 0)]
    found = metrics.flow(by_unit(both, "2023-12-31"), by_unit(both, "2024-12-31"), tiers)
    assert found.to_numpy().tolist() == [
        ["all", "some", 1, ["a"]],
        ["some", "all", 1, ["b"]],
        ["none", "none", 1, ["c"]],
    ]


def test_flow_keeps_every_commune(data) -> None:
    found = metrics.flow(data.communes_at("2023-12-31"), data.communes_at("2024-12-31"), TIERS)
    assert found["communes"].sum() == 94
    left = found.groupby("tier_earlier")["communes"].sum()
    assert left[["19", "15-18", "10-14", "5-9"]].tolist() == [39, 2, 27, 26]


def test_the_way_to_the_next_tier_by_hand() -> None:
    communes = pd.DataFrame(
        {"met": [19.0, 18, 14, 9, 3, None], "tier": ["19", "15-18", "10-14", "5-9", "0-4", "unknown"]},
        index=list("abcdef"),
    )
    found = metrics.to_next_tier(communes, TIERS)
    assert found[["next_tier", "needed"]].to_dict("index") == {
        "b": {"next_tier": "19", "needed": 1},
        "c": {"next_tier": "15-18", "needed": 1},
        "d": {"next_tier": "10-14", "needed": 1},
        "e": {"next_tier": "5-9", "needed": 2},
    }


def test_criteria_gained_and_lost() -> None:
    found = metrics.changed_criteria(EARLIER, LATER)
    assert found.to_numpy().tolist() == [["a", 3, "lost"], ["b", 2, "gained"], ["b", 3, "gained"], ["c", 1, "gained"]]


def test_since_when_a_criterion_is_missing() -> None:
    days = {"2023-12-31": [True, False, True], "2024-06-30": [False, False, True], "2024-12-31": [False, False, False]}
    periods = pd.concat([assessed(day, a=answers) for day, answers in days.items()], ignore_index=True)
    assert metrics.lacking_since(periods, "2024-12-31").to_numpy().tolist() == [
        ["a", 1, "2024-06-30", True],
        ["a", 2, "2023-12-31", False],
        ["a", 3, "2024-12-31", True],
    ]
    assert metrics.lacking_since(periods, "2023-12-31")["criterion"].tolist() == [2]


WIDE = pd.DataFrame(
    {1: [1.0, 1, 1, 0], 2: [1.0, 0, 0, 0], 3: [1.0, 1, 0, float("nan")]}, index=pd.Index(list("abcd"), name="unit_code")
)


def test_what_one_criterion_more_would_lift() -> None:
    tiers = [Tier("all", 3, 3), Tier("two", 2, 2), Tier("fewer", 0, 1)]
    found = metrics.lift(WIDE, tiers).set_index("criterion")
    assert found.loc[2].tolist() == [2, 1, 2, ["b", "c"]]  # b would meet all, c would have two
    assert found.loc[3].tolist() == [1, 0, 1, ["c"]]
    assert found.loc[1].tolist() == [0, 0, 0, []]
    assert found.index[0] == 2


def test_criteria_that_fail_together() -> None:
    found = metrics.failing_pairs(WIDE).set_index(["one", "other"])
    assert found.to_dict("index") == {
        (2, 3): {"communes": 1, "either": 3, "share": pytest.approx(1 / 3)},
        (1, 2): {"communes": 1, "either": 3, "share": pytest.approx(1 / 3)},
    }


def test_similar_communes() -> None:
    assert metrics.similar(WIDE, "c").to_dict() == {"b": 2, "a": 1, "d": 1}
    assert metrics.similar(WIDE, "x").empty
    unknown = WIDE.copy()
    unknown.loc["c"] = float("nan")
    assert metrics.similar(unknown, "c").empty
    assert "c" not in metrics.similar(unknown, "a").index


def test_an_order_of_like_answers_keeps_everybody() -> None:
    order = metrics.alike_order(WIDE)
    assert sorted(order) == ["a", "b", "c", "d"]
    assert abs(order.index("a") - order.index("b")) == 1
