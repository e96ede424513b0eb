"""Progress: how far each of a plan's targets has come at a date, for the province or one district.

The method, for one target:

- *actual* is measured from the data at the date; *baseline* is the plan's, or, where the plan gives none, measured
  from the data at the baseline's date.
- *gap* = target − actual. *share* of the way = (actual − baseline) ÷ (target − baseline); where the target is to keep
  the baseline there is no way to go and no share.
- *expected* lies on the straight line from the baseline at its date to the target at the due date.
- *status*: **met** when the actual reaches the target; **on track** when it reaches the expected value and the due
  date is still ahead; **behind** otherwise; **no data** where unknown units could still turn the answer. Figures
  are compared unrounded.
- Two of the tier targets, read to the letter, punish success: a commune that rises from 10–14 to 15–18 lowers "40
  communes at 10–14". The plan's file therefore names the cumulative reading that the status uses (15 or more: 54;
  10 or more: 94; below 10: 0). The literal count stays beside it.
- A district for which the plan sets nothing has *no target of its own*, and no invented one: only its contribution
  to the province's figure is given.
"""

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ntm import metrics
from ntm.dataset import Dataset
from ntm.plan import Plan, Reading, Target

MET, ON_TRACK, BEHIND, NO_DATA, NO_OWN_TARGET = "met", "on_track", "behind", "no_data", "no_own_target"
STATUSES = (MET, ON_TRACK, BEHIND, NO_DATA, NO_OWN_TARGET)


@dataclass(frozen=True)
class Measure:
    """A figure and what it stands on: `known` of `total` units had data; `kind` is the weakest kind among them.

    `low` and `high` bound what the figure can be once the unknown units are known.
    """

    value: float | None
    low: float
    high: float
    known: int
    total: int
    kind: str | None


NOTHING_KNOWN = Measure(None, -math.inf, math.inf, 0, 0, None)


@dataclass(frozen=True)
class Situation:
    """What the measures look at: one period of the province or of one district.

    `communes` as metrics.commune_table, indexed by unit_code; `advanced` (communes) and `districts` as
    Dataset.complete_counts_at; `villages` with columns unit_code, recognised, kind; then the number
    of criteria in each of the three sets.
    """

    district: str | None
    communes: pd.DataFrame
    advanced: pd.DataFrame
    districts: pd.DataFrame
    villages: pd.DataFrame
    commune_criteria: int
    advanced_criteria: int
    district_criteria: int


def situation(data: Dataset, period: str, district: str | None = None) -> Situation:
    """Gather the province's facts at a period, or one district's."""
    plan = data.reference.plan
    communes = data.communes_at(period)
    if district:
        communes = communes[communes["district_code"] == district]
    return Situation(
        district=district,
        communes=communes,
        advanced=data.complete_counts_at(period, plan.advanced_set),
        districts=data.complete_counts_at(period, plan.district_set),
        villages=data.villages[data.villages["period"] == period],
        commune_criteria=len(data.reference.criteria_of(plan.commune_set)),
        advanced_criteria=len(data.reference.criteria_of(plan.advanced_set)),
        district_criteria=len(data.reference.criteria_of(plan.district_set)),
    )


def _count(communes: pd.DataFrame, condition: pd.Series) -> Measure:
    known = int(communes["met"].notna().sum())
    if not known:
        return replace(NOTHING_KNOWN, total=len(communes))
    value, unknown = int(condition.sum()), len(communes) - known
    return Measure(value, value, value + unknown, known, len(communes), metrics.weakest_kind(communes["kind"]))


def _mean(counts: pd.Series, kinds: pd.Series, total: int, highest: int) -> Measure:
    """Average the known counts of criteria; each of the others can be anything from 0 to `highest`."""
    counts = counts.dropna()
    if counts.empty:
        return replace(NOTHING_KNOWN, total=total)
    sum_known, unknown = float(counts.sum()), total - len(counts)
    low, high = sum_known / total, (sum_known + unknown * highest) / total
    return Measure(sum_known / len(counts), low, high, len(counts), total, metrics.weakest_kind(kinds))


def _decisions(communes: pd.DataFrame) -> Measure:
    if not communes["assessed"].any():  # a period without any data says nothing of decisions either
        return replace(NOTHING_KNOWN, total=len(communes))
    kinds = pd.concat([communes["recognised_kind"], communes["kind"]])
    value, total = int(communes["recognised"].sum()), len(communes)
    return Measure(value, value, value, total, total, metrics.weakest_kind(kinds))


def _kept(now: Situation, target: Target | Reading) -> Measure:
    recognised = now.communes[now.communes["recognised_at_baseline"]]
    return _count(recognised, recognised["kept"])


def _recognised(now: Situation, target: Target | Reading) -> Measure:
    return _decisions(now.communes)


def _named_recognised(now: Situation, target: Target) -> Measure:
    return _decisions(now.communes[now.communes.index.isin(target.communes)])


def _average(now: Situation, target: Target | Reading) -> Measure:
    return _mean(now.communes["met"], now.communes["kind"], len(now.communes), now.commune_criteria)


def _advanced_average(now: Situation, target: Target | Reading) -> Measure:
    candidates = now.communes.index[now.communes["recognised_at_baseline"]]
    counts = now.advanced[now.advanced.index.isin(candidates)]
    return _mean(counts["met"], counts["kind"], len(candidates), now.advanced_criteria)


def _district_average(now: Situation, target: Target) -> Measure:
    wanted = [now.district] if now.district else list(target.districts)
    counts = now.districts[now.districts.index.isin(wanted)]
    return _mean(counts["met"], counts["kind"], len(wanted), now.district_criteria)


def _villages(now: Situation, target: Target) -> Measure:
    wanted = [now.district] if now.district else list(target.districts)
    rows = now.villages[now.villages["unit_code"].isin(wanted)]
    if rows.empty:
        return replace(NOTHING_KNOWN, total=len(wanted))
    value = int(rows["recognised"].sum())
    high = value if len(rows) == len(wanted) else math.inf
    return Measure(value, value, high, len(rows), len(wanted), metrics.weakest_kind(rows["kind"]))


def _tier_count(now: Situation, target: Target) -> Measure:
    return _count(now.communes, now.communes["tier"] == target.tier)


def _at_least(now: Situation, target: Reading) -> Measure:
    return _count(now.communes, now.communes["met"] >= target.criteria)


def _below(now: Situation, target: Reading) -> Measure:
    return _count(now.communes, now.communes["met"] < target.criteria)


INDICATORS: dict[str, Callable[[Situation, Any], Measure]] = {
    "kept": _kept,
    "named_recognised": _named_recognised,
    "recognised": _recognised,
    "advanced_average": _advanced_average,
    "district_average": _district_average,
    "villages": _villages,
    "average": _average,
    "tier_count": _tier_count,
    "at_least": _at_least,
    "below": _below,
}


def share_of_way(baseline: float | None, actual: float | None, target: float | None) -> float | None:
    """Return (actual − baseline) ÷ (target − baseline), also below 0 or above 1; None where there is no way to go."""
    if baseline is None or actual is None or target is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline)


def elapsed(plan: Plan, period: str) -> float:
    """Return the share of the time from the baseline to the due date that has passed, within 0 and 1."""
    passed = dt.date.fromisoformat(period) - plan.baseline_date
    return min(max(passed / (plan.due_date - plan.baseline_date), 0.0), 1.0)


def expected_value(baseline: float | None, target: float | None, time: float) -> float | None:
    """Return the straight line's value after this share of the time; None where an end of the line is unknown."""
    if baseline is None or target is None:
        return None
    return baseline + (target - baseline) * time


def status_of(low: float, high: float, baseline: float | None, target: float | None, *, time: float = 1.0) -> str:
    """Return the status of a figure that lies between `low` and `high` after a share of the time.

    A target below the baseline is reached from above. Nothing is called behind or met as long as unknown units could
    still turn the answer.
    """
    if target is None:
        return NO_OWN_TARGET
    sign = -1 if baseline is not None and target < baseline else 1
    worst, best = sorted((sign * low, sign * high))
    if worst >= sign * target:
        return MET
    expected = expected_value(baseline, target, time) if time < 1 else target
    if expected is None:
        return NO_DATA
    if time < 1 and worst >= sign * expected:
        return ON_TRACK
    return BEHIND if best < sign * expected else NO_DATA


def own_target(data: Dataset, target: Target, district: str) -> float | None:
    """Return what the plan sets for this district under this target; None where it sets nothing."""
    if target.communes:
        districts = data.reference.units["parent_code"]
        return sum(districts[code] == district for code in target.communes) or None
    return target.districts.get(district)


def progress(data: Dataset, period: str, district: str | None = None) -> pd.DataFrame:
    """Say of each target of the plan how far the province, or one district, has come. Index: target id.

    Columns: baseline, baseline_kind (published, or the kind of the data that it was measured from), actual, target,
    gap, share, expected: of the reading that is judged; literal_baseline, literal_actual, literal_target: as the plan
    words it (the same but for tiers); known, total (units behind the actual); kind; status; province_actual (the
    province's figure beside a district's contribution).
    """
    plan = data.reference.plan
    now, start = situation(data, period, district), situation(data, plan.baseline_period, district)
    province = situation(data, period) if district else now
    rows = {}
    for target in plan.targets:
        value = target.value if district is None else own_target(data, target, district)
        rows[target.id] = _row(plan, target, value, now, start, period) | {
            "province_actual": INDICATORS[target.indicator](province, target).value
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("target_id")
    figures = [column for column in table.columns if column not in ("kind", "baseline_kind", "status")]
    return table.astype(dict.fromkeys(figures, float))


def own_targets(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a district's `progress` for which the plan sets it a target."""
    return table[table["status"] != NO_OWN_TARGET]


def asked(data: Dataset, period: str, district: str | None = None) -> pd.DataFrame:
    """Return `progress` of what the plan asks: of the province everything, of a district its own targets."""
    table = progress(data, period, district)
    return table if district is None else own_targets(table)


def over_periods(data: Dataset) -> pd.DataFrame:
    """Say the same of the province at every period with data. Columns: period, target_id, then those of `progress`."""
    tables = {period: progress(data, period) for period in data.periods}
    return pd.concat(tables, names=["period"]).reset_index() if tables else pd.DataFrame()


def _row(plan: Plan, target: Target, value: float | None, now: Situation, start: Situation, period: str) -> dict:
    literal = INDICATORS[target.indicator](now, target)
    literal_baseline, baseline_kind = _baseline(target, start)
    row = {"literal_baseline": literal_baseline, "literal_actual": literal.value, "literal_target": value}
    actual, baseline, goal = literal, literal_baseline, value
    if target.judged:
        actual = INDICATORS[target.judged.indicator](now, target.judged)
        baseline, baseline_kind = _baseline(target.judged, start)
        goal = target.judged.value if value is not None else None
    time = elapsed(plan, period)
    status = status_of(actual.low, actual.high, baseline, goal, time=time)
    reached = None if status == NO_DATA else actual.value  # a part of the units tells of no way
    return row | {
        "baseline": baseline,
        "baseline_kind": baseline_kind,
        "actual": actual.value,
        "target": goal,
        "gap": np.nan if goal is None or reached is None else goal - reached,
        "share": share_of_way(baseline, reached, goal),
        "expected": expected_value(baseline, goal, time),
        "known": actual.known,
        "total": actual.total,
        "kind": actual.kind,
        "status": status,
    }


def _baseline(target: Target | Reading, start: Situation) -> tuple[float | None, str | None]:
    if start.district is None and target.baseline is not None:
        return target.baseline, "published"
    measured = INDICATORS[target.indicator](start, target)
    return measured.value, measured.kind
