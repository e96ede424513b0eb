"""Previews: what the dashboard would say after a change, next to what it says now. Nothing is stored.

Both are of the real world: a change is never compared with the sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ntm import clock, progress, reconcile, store
from ntm.dataset import Dataset
from ntm.facts import TYPES, plans
from ntm.plan import Target
from ntm.world import OFFICIAL, PUBLISHED


@dataclass(frozen=True)
class Preview:
    """What a change would do.

    `cells`: number of cells by what becomes of them (new, changed, same, gone); `moves`: metrics.moves-like table of
    communes that gain or lose, per period: period, unit_code, label, group, met_before, met_after, tier_before,
    tier_after; `now`, `then`: progress.progress of the province at `period`, before and after; `opens`: whether these
    are the first official facts, after which the sample is no longer shown; `reported`: per group (code) and period,
    the share of criteria that would be known; `targets`: of the plans before and after, by id.
    """

    base: int
    period: str
    cells: dict[str, int]
    moves: pd.DataFrame
    now: pd.DataFrame
    then: pd.DataFrame
    opens: bool
    reported: pd.DataFrame
    targets: Mapping[str, Target]


def make(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> Preview:
    """Return what publishing these facts as official would do. `data`: of the real world. Raises rules.Faults."""
    if data.is_sample:
        raise ValueError("A preview compares real facts; load the real world.")
    checked = {name: TYPES[name].check(frame, data.reference) for name, frame in facts.items()}
    touched = sorted({day for frame in checked.values() if "period" in frame for day in frame["period"] if day})
    period = touched[-1] if touched else _period(data, checked)
    data = data.at(period)
    then = after(data, checked, period)
    return Preview(
        base=data.revision,
        period=period,
        cells=_cells(data, checked),
        moves=_moves(data, then, touched),
        now=progress.progress(data, period),
        then=progress.progress(then, period),
        opens=OFFICIAL not in data.kinds and OFFICIAL in {TYPES[name].published_as for name in checked},
        reported=reconcile.completeness(then).reindex(columns=touched, fill_value=0.0),
        targets={target.id: target for seen in (data, then) for target in seen.reference.targets},
    )


def _period(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> str:
    """Return the period to look at where facts belong to none: under the plan that is given, else the latest."""
    given = plans.plans(facts["plans"].assign(kind=PUBLISHED)) if "plans" in facts else ()
    if not given:
        return data.periods[-1] if data.periods else data.reference.day
    first, due = str(given[-1].baseline_date), str(given[-1].due_date)
    over = min(due, clock.last_month_end().isoformat())
    return max((period for period in data.all_periods if first < period <= due), default=over if over > first else due)


def after(data: Dataset, facts: Mapping[str, pd.DataFrame], day: str = "") -> Dataset:
    """Return the dataset as it would be with these facts (checked and typed) published, seen from a day."""
    tables = dict(data.archive.tables)
    for name, new in facts.items():
        stamped = new.assign(kind=TYPES[name].published_as, revision=data.revision + 1)
        tables[name] = store.replaced(name, tables[name], stamped)
    planned = data.archive.timeline.with_plans(plans.plans(tables["plans"]) if "plans" in facts else ())
    later = replace(data.archive, timeline=planned, revision=data.revision + 1, tables=tables)
    return later.at(day or data.reference.day)


def _cells(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "changed", "same", "gone"), 0)
    for name, frame in facts.items():
        given, cell = store.keyed(name, frame)
        values = [column for column in TYPES[name].columns if column not in cell]
        known, _cell = store.keyed(name, data.archive.tables[name])
        both = given.merge(known, on=cell, how="left", suffixes=("", "_now"))
        is_new = both["kind"].isna()
        differs = pd.concat([both[value] != both[f"{value}_now"] for value in values], axis=1).any(axis=1)
        whole = list(TYPES[name].whole)
        before = len(known.merge(given[whole].drop_duplicates(), on=whole)) if whole else 0
        counts["gone"] += max(before - int((~is_new).sum()), 0)
        counts["new"] += int(is_new.sum())
        counts["changed"] += int((differs & ~is_new).sum())
        counts["same"] += int((~differs & ~is_new).sum())
    return counts


def _moves(data: Dataset, then: Dataset, periods: list[str]) -> pd.DataFrame:
    columns = ["met", "tier"]
    tables = []
    for period in periods:
        now, later = data.at(period).communes_at(period), then.at(period).communes_at(period)
        both = later[["label", "group", *columns]].join(now[columns], suffixes=("_after", "_before"))
        differs = (both["met_after"] != both["met_before"]) & (both["met_after"].notna() | both["met_before"].notna())
        tables.append(both[differs].reset_index(names="unit_code").assign(period=period))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["period", "unit_code"])
