"""Filters: which rows of a resource are asked for. A resource has those whose columns it has."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from ntm.api.problems import unprocessable
from ntm.dataset import Dataset
from ntm.metrics import UNKNOWN
from ntm.resources import REFERENCE, Resource
from ntm.text import _, mark
from ntm.world import Kind

LATEST = "latest"  # the period that the dashboard opens with
SHOWN = 12  # allowed values that a sentence names
Values = Sequence[str]


@dataclass(frozen=True)
class Filter:
    """A parameter that leaves some rows.

    `words`: what it asks; `columns`: those that it needs, all of them; `keep`: which rows have one of its values;
    `allowed`: the values that there are.
    """

    name: str
    words: str
    columns: tuple[str, ...]
    keep: Callable[[Dataset, Resource, pd.DataFrame, Values], pd.Series]
    allowed: Callable[[Dataset], Collection[str]]


def checked(name: str, values: Values, allowed: Collection[str]) -> Values:
    """Return a parameter's values. Raises Problem for one that is not allowed."""
    for value in values:
        if value not in allowed:
            shown = ", ".join(list(allowed)[:SHOWN]) + ("…" if len(allowed) > SHOWN else "")
            raise unprocessable(name, value, shown)
    return values


def periods(data: Dataset, values: Values) -> Values:
    """Return days as ISO text; "latest" is the period that the dashboard opens with. Raises Problem."""
    days = [data.archive.default_period if value == LATEST else value for value in values]
    for day in days:
        try:
            dt.date.fromisoformat(day)
        except ValueError:
            raise unprocessable("period", day, _("ngày dạng 2024-12-31, hoặc latest")) from None
    return days


def _in_force(data: Dataset, resource: Resource, rows: pd.DataFrame, values: Values) -> pd.Series:
    """Which rows are in force on one of some days: from valid_from to valid_to, each "" where there is no bound."""
    found = pd.Series(False, index=rows.index)
    for day in periods(data, values):
        found |= (rows["valid_from"] <= day) & ((rows["valid_to"] == "") | (rows["valid_to"] >= day))
    return found


def _at_period(data: Dataset, resource: Resource, rows: pd.DataFrame, values: Values) -> pd.Series:
    return rows["period"].isin(periods(data, values))


def _column(name: str) -> Callable[[Dataset, Resource, pd.DataFrame, Values], pd.Series]:
    return lambda data, resource, rows, values: rows[name].astype(str).isin(values)


def _of_kind(data: Dataset, resource: Resource, rows: pd.DataFrame, values: Values) -> pd.Series:
    return rows["kind"].map(lambda kinds: bool(set(kinds.split()) & set(values))).astype(bool)


def _in_groups(data: Dataset, resource: Resource, rows: pd.DataFrame, values: Values) -> pd.Series:
    """Which rows are about some groups or about units that belong to them on the day that the row means."""
    days = rows[resource.day] if resource.day else pd.Series(data.reference.day, index=rows.index)
    timeline = data.reference.timeline
    members = {day: set(values) for day in days.unique()}
    for day, codes in members.items():
        for grouping in timeline.groupings_on(day):
            of_group = timeline.groups_on(day, grouping.id)["group_code"]
            codes |= set(of_group.index[of_group.isin(values)])
    held = [unit in members[day] for unit, day in zip(rows["unit_code"], days, strict=True)]
    return pd.Series(held, index=rows.index, dtype=bool)


def _criteria(data: Dataset) -> list[str]:
    return sorted(set(data.reference.timeline.criteria["criterion"].astype(str)), key=int)


def tiers(data: Dataset) -> list[str]:
    """Return the ids of the tiers of all plans and sets, "unknown" last."""
    timeline = data.reference.timeline
    of_sets = (tier for name in timeline.criteria_sets.index for tier in timeline.tiers_of(name))
    of_plans = (tier for plan in timeline.plans for tier in plan.tiers)
    return [*dict.fromkeys(tier.id for tier in (*of_plans, *of_sets)), UNKNOWN]


FILTERS = (
    Filter("period", mark("kỳ, dạng 2024-12-31, hoặc latest"), ("period",), _at_period, lambda data: data.all_periods),
    Filter(
        "period",
        mark("ngày mà dòng có hiệu lực, dạng 2024-12-31, hoặc latest"),
        ("valid_from", "valid_to"),
        _in_force,
        lambda data: data.all_periods,
    ),
    Filter(
        "unit",
        mark("mã đơn vị"),
        ("unit_code",),
        _column("unit_code"),
        lambda data: sorted(data.reference.timeline.codes),
    ),
    Filter(
        "group",
        mark("mã nhóm xã (huyện…)"),
        ("group_code",),
        _column("group_code"),
        lambda data: list(data.reference.timeline.group_names),
    ),
    Filter(
        "group",
        mark("mã nhóm xã (huyện…)"),
        ("unit_code",),
        _in_groups,
        lambda data: list(data.reference.timeline.group_names),
    ),
    Filter("criterion", mark("số của tiêu chí"), ("criterion",), _column("criterion"), _criteria),
    Filter(
        "set",
        mark("bộ tiêu chí"),
        ("criteria_set",),
        _column("criteria_set"),
        lambda data: list(data.reference.timeline.criteria_sets.index),
    ),
    Filter("tier", mark("nhóm tiêu chí"), ("tier",), _column("tier"), tiers),
    Filter("kind", mark("loại số liệu"), ("kind",), _of_kind, lambda data: [*Kind, REFERENCE]),
)


def of(columns: Collection[str]) -> dict[str, Filter]:
    """Return the filters that a table with these columns has: name → filter."""
    found: dict[str, Filter] = {}
    for one in FILTERS:
        if set(one.columns) <= set(columns):
            found.setdefault(one.name, one)
    return found


def kept(data: Dataset, resource: Resource, rows: pd.DataFrame, asked: dict[str, Values]) -> pd.DataFrame:
    """Return the rows that all filters leave. Raises Problem for a value that there is not."""
    known = of(rows.columns)
    for name, values in asked.items():
        if name != "period":
            checked(name, values, known[name].allowed(data))
        rows = rows[known[name].keep(data, resource, rows, values)]
    return rows
