"""Progress: how far each of a plan's targets has come at a date, for the province or one group.

The method, for one target:

- *actual* is measured from the data at the date; *baseline* is the plan's, or, where the plan gives none, measured
  from the data at the baseline's date.
- *gap* = target − actual. *share* of the way = (actual − baseline) ÷ (target − baseline); where the target is to keep
  the baseline there is no way to go and no share.
- *expected* lies on the straight line from the baseline at its date to the target at the due date.
- *status*: **met** when the actual reaches the target; before the due date **on track** when it reaches the expected
  value and **behind** otherwise; from the due date on **missed**; **no data** where unknown units could still turn the
  answer. Figures are compared unrounded.
- Two of the tier targets, read to the letter, punish success: a commune that rises from 10–14 to 15–18 lowers "40
  communes at 10–14". The plan's file therefore names the cumulative reading that the status uses (15 or more: 54;
  10 or more: 94; below 10: 0). The literal count stays beside it.
- A group for which the plan sets nothing has *no target of its own*, and no invented one: only its contribution
  to the province's figure is given.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from ntm import measures
from ntm.dataset import Dataset
from ntm.measures import Measure, kinds_of
from ntm.plan import Judgement, Plan, Target, Tier
from ntm.world import PUBLISHED


class Status(StrEnum):
    """How far a target has come, as the method above tells; NO_OWN_TARGET where the plan sets a district none."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_OWN_TARGET = "no_own_target"


MET, ON_TRACK, BEHIND, MISSED, NO_DATA, NO_OWN_TARGET = Status
FIGURES: tuple[str, ...] = ("literal_baseline", "literal_actual", "literal_target", "literal_low", "literal_high")
FIGURES += ("baseline", "actual", "low", "high", "target", "gap", "share", "expected", "known", "total")
FIGURES += ("province_actual",)
WORDS = ("baseline_kind", "kinds", "status")  # with FIGURES, the columns of `progress`


@dataclass(frozen=True)
class Situation:
    """What the measures look at: one period of the province or of one group.

    `communes` as metrics.commune_table, indexed by unit_code; `advanced` (communes) and `districts` as
    Dataset.counts_at; `villages` with columns unit_code, recognised, kind; then the number of criteria in each of the
    three sets; `tiers`: id → tier; `recognised_then`: how many communes the plan says were recognised at the baseline,
    None for a group.
    """

    group: str | None
    communes: pd.DataFrame
    advanced: pd.DataFrame
    districts: pd.DataFrame
    villages: pd.DataFrame
    commune_criteria: int
    advanced_criteria: int
    district_criteria: int
    tiers: Mapping[str, Tier]
    recognised_then: int | None


def situation(data: Dataset, period: str, group: str | None = None) -> Situation:
    """Gather the province's facts at a period, or one group's."""
    reference = data.reference
    kept = reference.target_of("kept")
    return Situation(
        group=group,
        communes=data.communes_of(period, (group,) if group else ()),
        advanced=data.counts_at(period, reference.advanced_set),
        districts=data.counts_at(period, reference.district_set),
        villages=data.villages[data.villages["period"] == period],
        commune_criteria=len(reference.criteria_of(reference.commune_set)),
        advanced_criteria=len(reference.criteria_of(reference.advanced_set)),
        district_criteria=len(reference.criteria_of(reference.district_set)),
        tiers={tier.id: tier for tier in reference.tiers},
        recognised_then=None if group or kept is None or kept.baseline is None else int(kept.baseline),
    )


def _count(communes: pd.DataFrame, holds: pd.Series) -> Measure:
    """Count communes by their criteria."""
    return measures.count(holds, kinds_of(communes["kind"]))


def _bounded(communes: pd.DataFrame, lower: int, upper: int) -> Measure:
    return measures.bounded(communes, lower, upper, kinds_of(communes["kind"]))


def _decisions(communes: pd.DataFrame) -> Measure:
    return measures.count(communes["recognised"], kinds_of(communes["recognised_kind"]))


def _recognised_then(now: Situation) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return who was recognised at the baseline, who may have been, and how many they were, as far as is known."""
    then = now.communes["recognised_at_baseline"]
    sure, perhaps = now.communes[then.fillna(False)], now.communes[then.isna()]
    stated = now.recognised_then if len(perhaps) else None
    return sure, perhaps, len(sure) + len(perhaps) if stated is None else max(stated, len(sure))


def _kept(now: Situation, target: Target | Judgement) -> Measure:
    """Count those recognised at the baseline that keep the standard."""
    sure, perhaps, total = _recognised_then(now)
    known = _count(sure, sure["kept"])
    lost = int((~sure["kept"]).fillna(False).sum())
    high = min(known.high + int(perhaps["kept"].isna().sum()), total - lost)
    kinds = known.kinds and known.kinds | kinds_of(sure["recognised_kind"])
    return replace(known, total=total, high=high, kinds=kinds)


def _recognised(now: Situation, target: Target | Judgement) -> Measure:
    return _decisions(now.communes)


def _named_recognised(now: Situation, target: Target) -> Measure:
    return _decisions(now.communes[now.communes.index.isin(target.communes)])


def _average(now: Situation, target: Target | Judgement) -> Measure:
    communes = now.communes
    return measures.mean(communes, len(communes), now.commune_criteria, kinds_of(communes["kind"]))


def _advanced_average(now: Situation, target: Target | Judgement) -> Measure:
    sure, perhaps, total = _recognised_then(now)
    counts = now.advanced[now.advanced.index.isin([*sure.index, *perhaps.index])]
    return measures.mean(counts, max(total, len(counts)), now.advanced_criteria, kinds_of(counts["kind"]))


def _district_average(now: Situation, target: Target) -> Measure:
    wanted = [now.group] if now.group else list(target.districts)
    counts = now.districts[now.districts.index.isin(wanted)]
    return measures.mean(counts, len(wanted), now.district_criteria, kinds_of(counts["kind"]))


def _villages(now: Situation, target: Target) -> Measure:
    wanted = [now.group] if now.group else list(target.districts)
    rows = now.villages[now.villages["unit_code"].isin(wanted)]
    if rows.empty:
        return measures.nothing(len(wanted))
    value = int(rows["recognised"].sum())
    high = value if len(rows) == len(wanted) else np.inf
    return Measure(value, value, high, len(rows), len(wanted), kinds_of(rows["kind"]))


def _tier_count(now: Situation, target: Target) -> Measure:
    tier = now.tiers[target.tier]
    return _bounded(now.communes, tier.lower, tier.upper)


def _at_least(now: Situation, target: Judgement) -> Measure:
    return _bounded(now.communes, target.criteria, now.commune_criteria)


def _below(now: Situation, target: Judgement) -> Measure:
    return _bounded(now.communes, 0, target.criteria - 1)


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


def status_of(low: float, high: float, baseline: float | None, target: float | None, *, time: float = 1.0) -> Status:
    """Return the status of a figure that lies between `low` and `high` after a share of the time.

    A target below the baseline is reached from above. Nothing is called met, behind or missed as long as unknown units
    could still turn the answer.
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
    if best >= sign * expected:
        return NO_DATA
    return BEHIND if time < 1 else MISSED


def own_target(data: Dataset, target: Target, group: str) -> float | None:
    """Return what the plan sets for this group under this target; None if it sets nothing.

    A plan sets targets for districts. What it names in another group is no target of that group's own.
    """
    if group not in data.reference.districts.index:
        return None
    if target.communes:
        groups = data.reference.communes["group_code"]
        return sum(groups.get(code) == group for code in target.communes) or None
    return target.districts.get(group)


def progress(data: Dataset, period: str, group: str | None = None) -> pd.DataFrame:
    """Return one row per target of the plan: how far the province, or one group, has come. Index: target id.

    Columns: baseline, baseline_kind (the plan's, or the kind of the data that it was measured from), actual (of the
    units that are known), low, high (its bounds for all units), target, gap, share, expected: of the reading that is
    judged; literal_baseline, literal_actual, literal_low, literal_high, literal_target: as the plan words it (the same
    but for tiers); known, total (units behind the actual); kinds (frozenset, of the facts behind it); status;
    province_actual (the province's figure next to a group's contribution; NaN unless it is certain). Without a plan
    there is no row.
    """
    plan = data.reference.plan
    if plan is None:
        return pd.DataFrame(columns=[*FIGURES, *WORDS]).rename_axis("target_id")
    now, start = situation(data, period, group), situation(data, plan.baseline_period, group)
    province = situation(data, period) if group else now
    rows = {}
    for target in plan.targets:
        value = target.value if group is None else own_target(data, target, group)
        rows[target.id] = _row(plan, target, value, now, start, period) | {
            "province_actual": _certain(INDICATORS[target.indicator](province, target))
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("target_id")
    return table.astype(dict.fromkeys(FIGURES, float))


def own_targets(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a group's `progress` for which the plan sets it a target."""
    return table[table["status"] != NO_OWN_TARGET]


def asked(data: Dataset, period: str, group: str | None = None) -> pd.DataFrame:
    """Return `progress` of what the plan asks: of the province everything, of a group its own targets."""
    table = progress(data, period, group)
    return table if group is None else own_targets(table)


def over_periods(data: Dataset) -> pd.DataFrame:
    """Return `progress` of the province at every period with data, to be written to a file.

    Columns: period, target_id, then those of `progress`; kinds as words ("official published").
    """
    tables = {period: progress(data.at(period), period) for period in data.all_periods}
    if not tables:
        return pd.DataFrame()
    table = pd.concat(tables, names=["period"]).reset_index()
    return table.assign(kinds=[" ".join(sorted(kinds)) for kinds in table["kinds"]])


def _certain(measure: Measure) -> float | None:
    return measure.value if measure.low == measure.high else None


def _row(
    plan: Plan, target: Target, value: float | None, now: Situation, start: Situation, period: str
) -> dict[str, Any]:
    literal = INDICATORS[target.indicator](now, target)
    literal_baseline, baseline_kind = _baseline(plan, target, start)
    row = {"literal_baseline": literal_baseline, "literal_actual": literal.value, "literal_target": value}
    row |= {"literal_low": literal.low, "literal_high": literal.high}
    actual, baseline, goal = literal, literal_baseline, value
    if target.judged:
        actual = INDICATORS[target.judged.indicator](now, target.judged)
        baseline, baseline_kind = _baseline(plan, target.judged, start)
        goal = target.judged.value if value is not None else None
    time = elapsed(plan, period)
    certain = _certain(actual)  # some of the units say nothing of the way of all
    return row | {
        "baseline": baseline,
        "baseline_kind": baseline_kind,
        "actual": actual.value,
        "low": actual.low,
        "high": actual.high,
        "target": goal,
        "gap": np.nan if goal is None or certain is None else goal - certain,
        "share": share_of_way(baseline, certain, goal),
        "expected": expected_value(baseline, goal, time),
        "known": actual.known,
        "total": actual.total,
        "kinds": actual.kinds,
        "status": status_of(actual.low, actual.high, baseline, goal, time=time),
    }


def _baseline(plan: Plan, target: Target | Judgement, start: Situation) -> tuple[float | None, str | None]:
    if start.group is None and target.baseline is not None:
        return target.baseline, plan.kind
    measured = INDICATORS[target.indicator](start, target)
    certain = _certain(measured)
    return certain, None if certain is None else next(iter(measured.kinds - {PUBLISHED}), PUBLISHED)
