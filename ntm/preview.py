"""Previews: what the dashboard would say after a change, next to what it says now. Nothing is stored.

Both are of the real world: a change is never compared with the sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ntm import progress, reconcile, schema, store
from ntm.dataset import Dataset
from ntm.world import OFFICIAL


@dataclass(frozen=True)
class Preview:
    """What a change would do.

    `cells`: number of cells by what becomes of them (new, changed, same); `moves`: metrics.moves-like table of
    communes that gain or lose, per period: period, unit_code, label, district, met_before, met_after, tier_before,
    tier_after; `now`, `then`: progress.progress of the province at `period`, before and after; `opens`: whether these
    are the first official facts, after which the sample is no longer shown; `reported`: per district (code) and period,
    the share of criteria that would be known.
    """

    base: int
    period: str
    cells: dict[str, int]
    moves: pd.DataFrame
    now: pd.DataFrame
    then: pd.DataFrame
    opens: bool
    reported: pd.DataFrame


def make(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> Preview:
    """Return what publishing these facts as official would do. `data`: of the real world. Raises checks.Faults."""
    if data.is_sample:
        raise ValueError("A preview compares real facts; load the real world.")
    checked = {name: store.CHECKS[name](frame, data.reference) for name, frame in facts.items()}
    then = after(data, checked)
    touched = sorted({day for frame in checked.values() if "period" in frame for day in frame["period"] if day})
    period = touched[-1] if touched else (data.periods[-1] if data.periods else "")
    return Preview(
        base=data.revision,
        period=period,
        cells=_cells(data, checked),
        moves=_moves(data, then, touched),
        now=progress.progress(data, period),
        then=progress.progress(then, period),
        opens=OFFICIAL not in data.kinds,
        reported=reconcile.completeness(then).reindex(columns=touched, fill_value=0.0),
    )


def after(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> Dataset:
    """Return the dataset as it would be with these facts (checked and typed) published as official."""
    overlaid = {}
    for name, new in facts.items():
        stamped = new.assign(kind=OFFICIAL, revision=data.revision + 1)
        both = pd.concat([getattr(data, name), stamped], ignore_index=True)
        overlaid[name] = both.drop_duplicates(schema.key(schema.FACTS[name]), keep="last")
    return replace(data, revision=data.revision + 1, **overlaid)


def _cells(data: Dataset, facts: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    counts = dict.fromkeys(("new", "changed", "same"), 0)
    for name, frame in facts.items():
        table = schema.FACTS[name]
        values = [column for column in schema.columns(table) if column not in schema.key(table)]
        both = frame.merge(getattr(data, name), on=schema.key(table), how="left", suffixes=("", "_now"))
        is_new = both["kind"].isna()
        differs = pd.concat([both[value] != both[f"{value}_now"] for value in values], axis=1).any(axis=1)
        counts["new"] += int(is_new.sum())
        counts["changed"] += int((differs & ~is_new).sum())
        counts["same"] += int((~differs & ~is_new).sum())
    return counts


def _moves(data: Dataset, then: Dataset, periods: list[str]) -> pd.DataFrame:
    columns = ["met", "tier"]
    tables = []
    for period in periods:
        now, later = data.communes_at(period), then.communes_at(period)
        both = later[["label", "district", *columns]].join(now[columns], lsuffix="_after", rsuffix="_before")
        differs = (both["met_after"] != both["met_before"]) & (both["met_after"].notna() | both["met_before"].notna())
        tables.append(both[differs].reset_index(names="unit_code").assign(period=period))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["period", "unit_code"])
