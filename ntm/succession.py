"""Succession: which units came before a unit and which comes after it, and whose group a unit is in."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from ntm import groupings, units
from ntm.timeline import LAST_DAY, Timeline, day_before


def predecessors(timeline: Timeline, code: str, day: str) -> pd.DataFrame:
    """Return the units that the one with this code on this day (ISO text) was made of, indexed by code.

    Columns: those of units.at, as they were on their last day. Empty where it succeeded none.
    """
    start = units.at(timeline.all_units, day)["valid_from"].get(code, "")
    rows = timeline.successions
    mine = rows.loc[(rows["successor_code"] == code) & (rows["effective"] == start), "code"]
    before = units.at(timeline.all_units, day_before(start) if start else day)
    return units.in_order(before[before.index.isin(mine)])


def successor(timeline: Timeline, code: str, day: str) -> pd.Series | None:
    """Return the unit that follows the one with this code on this day (its code is its name); None if none is known."""
    later = timeline.successions[(timeline.successions["code"] == code) & (timeline.successions["effective"] > day)]
    if later.empty:
        return None
    step = later.sort_values("effective").iloc[0]
    return units.at(timeline.all_units, step["effective"]).loc[step["successor_code"]]


def is_within(timeline: Timeline, code: str, groups: Collection[str], day: str = "") -> bool:
    """Return whether a code means nothing but units of some groups (codes): on a day, or ("") whenever it is in use.

    A commune belongs to its district, to the groups that the data names, and, where it has no district any more, to
    those of all the units that it succeeded.
    """
    known = timeline.all_units[timeline.all_units["code"] == code]
    meant = groupings.on(known, day) if day else known
    return len(meant) > 0 and all(_is_within(timeline, unit, groups, day) for unit in meant.to_dict("records"))


def _is_within(timeline: Timeline, unit: dict[str, Any], groups: Collection[str], day: str) -> bool:
    if unit["level"] == "district":
        return unit["code"] in groups
    if _is_named(timeline, unit, groups, day):
        return True
    if unit["parent_code"] in timeline.districts.index:
        return unit["parent_code"] in groups
    before = predecessors(timeline, unit["code"], unit["valid_from"])
    return len(before) > 0 and all(
        _is_within(timeline, row, groups, "") for row in before.reset_index().to_dict("records")
    )


def _is_named(timeline: Timeline, unit: dict[str, Any], groups: Collection[str], day: str) -> bool:
    """Whether the data puts a unit into one of these groups: on a day, or ("") as long as the unit exists."""
    rows = timeline.groups
    mine = rows[(rows["unit_code"] == unit["code"]) & rows["group_code"].isin(groups)]
    start, end = (day, day) if day else (unit["valid_from"], unit["valid_to"] or LAST_DAY)
    return bool(((mine["valid_from"] <= start) & (mine["valid_to"].replace("", LAST_DAY) >= end)).any())
