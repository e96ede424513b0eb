import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import progress

FIGURES = st.floats(-1000, 1000, allow_nan=False)
DUE = "2024-12-31"


def without(data, period: str, *units: str):
    """The dataset without what is known of these units at a period."""
    gone = (data.assessments["period"] == period) & data.assessments["unit_code"].isin(units)
    return replace(data, tables=data.tables | {"assessments": data.assessments[~gone]})


def test_baseline_equals_the_plan(data) -> None:
    table = progress.progress(data, "2023-12-31")
    published = table[table["baseline_kind"] == "published"]
    assert len(published) == 8
    for target_id, row in published.iterrows():
        assert round(row["actual"], 1) == row["baseline"], target_id


def test_the_literal_count_stands_beside_the_judged_one(data) -> None:
    row = progress.progress(data, DUE).loc["tier_15_18"]
    met = data.communes_at(DUE)["met"]
    assert row["literal_actual"] == met.between(15, 18).sum()
    assert row["actual"] == (met >= 15).sum()
    assert (row["literal_target"], row["target"]) == (10, 54)


def test_success_is_not_punished(data) -> None:
    """A commune that rises from 10–14 to 15–18 must not make "40 at 10–14" look worse."""
    communes = data.communes_at(DUE)
    riser = communes.index[communes["met"] == 14][0]
    rows = data.assessments
    hers = (rows["period"] == DUE) & (rows["unit_code"] == riser)
    risen = replace(data, tables=data.tables | {"assessments": rows.assign(met=rows["met"] | hers)})
    before, after = progress.progress(data, DUE), progress.progress(risen, DUE)
    assert after.at["tier_10_14", "literal_actual"] == before.at["tier_10_14", "literal_actual"] - 1
    assert after.at["tier_10_14", "actual"] == before.at["tier_10_14", "actual"]
    assert after.at["tier_15_18", "actual"] == before.at["tier_15_18", "actual"] + 1


@pytest.mark.parametrize(
    ("group", "own"),
    [
        ("106", {"recognise": 1, "villages": 20, "district": 7}),
        ("110", {"recognise": 4, "villages": 20, "district": 7}),
        ("111", {"district": 7}),
        ("107", {"villages": 5}),
        ("105", {}),
        ("108", {}),
        ("109", {}),
        ("112", {}),
    ],
)
def test_each_district_has_its_own_targets_and_no_invented_one(data, group: str, own: dict) -> None:
    table = progress.progress(data, DUE, group)
    judged = table[table["status"] != progress.NO_OWN_TARGET]
    assert judged["target"].to_dict() == own
    assert table.drop(judged.index)["target"].isna().all()
    assert table.drop(judged.index)["share"].isna().all()


def test_contributions_sum_up_to_the_province(data) -> None:
    whole = progress.progress(data, DUE)
    for target in ("keep", "recognised_total", "tier_15_18", "tier_10_14", "tier_5_9"):
        parts = [progress.progress(data, DUE, code).at[target, "actual"] for code in data.reference.groups.index]
        assert sum(parts) == whole.at[target, "actual"], target


def test_a_period_without_data_has_no_status(data) -> None:
    table = progress.progress(data, "2024-05-31")
    decided = ["recognise", "recognised_total"]  # who is recognised is known without a count
    assert set(table.drop(decided)["status"]) == {progress.NO_DATA}
    assert table.drop(decided)["actual"].isna().all()


def test_nothing_is_behind_while_the_unknown_could_turn_it(data) -> None:
    communes = data.communes_at(DUE)
    low = communes.index[communes["met"] < 10]
    table = progress.progress(without(data, DUE, *low), DUE)
    assert table.at["tier_10_14", "status"] == progress.NO_DATA
    assert table.at["tier_10_14", "known"] == 94 - len(low)
    assert table.at["tier_15_18", "status"] == progress.MET  # reached whatever the unknown ones are
    assert table.at["recognise", "status"] == progress.MISSED  # a decision needs no count


def test_halfway_expectation() -> None:
    assert progress.expected_value(39, 44, 0.5) == 41.5
    assert progress.expected_value(None, 44, 0.5) is None


def test_elapsed(data) -> None:
    plan = data.reference.plan
    assert progress.elapsed(plan, "2023-12-31") == 0
    assert progress.elapsed(plan, "2024-06-30") == pytest.approx(182 / 366)
    assert progress.elapsed(plan, "2026-01-31") == 1


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "time", "status"),
    [
        (44, 39, 44, 1.0, "met"),
        (43, 39, 44, 1.0, "missed"),
        (42, 39, 44, 0.5, "on_track"),
        (41, 39, 44, 0.5, "behind"),
        (39, 39, 39, 0.5, "met"),
        (38, 39, 39, 0.5, "behind"),
        (0, 26, 0, 1.0, "met"),
        (10, 26, 0, 0.5, "on_track"),
        (20, 26, 0, 0.5, "behind"),
        (12, None, 17, 0.5, "no_data"),
        (12, None, 17, 1.0, "missed"),
        (12, 10, None, 1.0, "no_own_target"),
    ],
)
def test_statuses_by_hand(actual, baseline, target, time, status) -> None:
    assert progress.status_of(actual, actual, baseline, target, time=time) == status


def test_bounds_decide() -> None:
    assert progress.status_of(40, 45, 39, 44) == "no_data"
    assert progress.status_of(44, 50, 39, 44) == "met"
    assert progress.status_of(40, 43, 39, 44) == "missed"
    assert progress.status_of(-math.inf, math.inf, 39, 44) == "no_data"


@given(FIGURES, FIGURES, FIGURES)
def test_share_is_nought_at_the_baseline_and_one_at_the_target(baseline: float, actual: float, target: float) -> None:
    share = progress.share_of_way(baseline, actual, target)
    if baseline == target:
        assert share is None
    else:
        assert progress.share_of_way(baseline, baseline, target) == 0
        assert progress.share_of_way(baseline, target, target) == 1


@given(FIGURES, FIGURES, st.floats(0, 1))
def test_who_is_on_the_line_is_not_behind(baseline: float, target: float, time: float) -> None:
    expected = progress.expected_value(baseline, target, time)
    assert progress.status_of(expected, expected, baseline, target, time=time) != "behind" or time == 1


@given(FIGURES, FIGURES, FIGURES, st.floats(0, 10), st.floats(0, 1))
def test_going_on_never_worsens_the_status(baseline, target, actual, step, time) -> None:
    order = ["missed" if time == 1 else "behind", "on_track", "met"]
    further = actual + math.copysign(step, target - baseline)
    before = progress.status_of(actual, actual, baseline, target, time=time)
    after = progress.status_of(further, further, baseline, target, time=time)
    assert order.index(after) >= order.index(before)


def test_over_periods_holds_every_target_of_every_period(data) -> None:
    table = progress.over_periods(data)
    assert len(table) == 5 * 10 + 3 * 5  # of the plan, and of the illustrative one of 2026
