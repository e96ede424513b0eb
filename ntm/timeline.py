"""Timeline: what `data/` has of all days: units, groupings, successions, criteria sets, tiers, plans, figures."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pandas as pd

from ntm import criteria, groupings, plan, tables, text, units
from ntm.groupings import DISTRICTS, Grouping
from ntm.paths import DATA
from ntm.plan import Plan, Tier
from ntm.world import SAMPLE

COMMUNE, ADVANCED, DISTRICT = "commune", "advanced", "district"  # the roles of criteria sets
FIGURE_COLUMNS = ("unit_code", "date", "period", "indicator", "value", "evidence", "source")
GROUP_NAMES = ("group_code", "name", "name_vi", "name_en")
LAST_DAY = "9999-12-31"
TIMELINES_KEPT = 8  # with other plans: two revisions of two worlds, and a preview of each


@dataclass(frozen=True, eq=False)
class Timeline:
    """The reference data of all days. Only the plans change with a revision: see with_plans.

    `groupings`, `groups`: see groupings.load and load_groups; `set_tiers`: see criteria.load_tiers; `plans`: of all
    years. Equal to itself alone.
    """

    all_units: pd.DataFrame
    successions: pd.DataFrame
    groupings: pd.DataFrame
    groups: pd.DataFrame
    criteria_sets: pd.DataFrame
    criteria: pd.DataFrame
    set_tiers: pd.DataFrame
    plans: Sequence[Plan]
    published: pd.DataFrame

    @cached_property
    def province(self) -> str:
        """The code of the province that all units belong to."""
        return self.all_units.loc[self.all_units["level"] == "province", "code"].iloc[0]

    def province_name(self) -> str:
        """Return the province's name, the latest if it has had several."""
        return self.all_units.loc[self.all_units["level"] == "province", "name"].iloc[-1]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the units of all days."""
        return frozenset(self.all_units["code"])

    def labels(self) -> dict[str, str]:
        """Return code → short label of the last unit with this code, in the reader's language."""
        rows = self.all_units.sort_values("valid_from").itertuples()
        return {row.code: text.unit_label(row.kind, row.name) for row in rows}

    @cached_property
    def districts(self) -> pd.DataFrame:
        """The districts of all days, indexed by code, in Vietnamese order, with the columns of units.load."""
        found = self.all_units[self.all_units["level"] == "district"].drop_duplicates("code", keep="last")
        return units.in_order(found.set_index("code"))

    @cached_property
    def divisions(self) -> list[str]:
        """The first day of each division into commune-level units (ISO text; "" of the first), oldest first."""
        return sorted(set(self.all_units.loc[self.all_units["level"] == "commune", "valid_from"]))

    @property
    def division_days(self) -> list[str]:
        """A day of each division: its last, and the first of the latest."""
        return [day_before(start) for start in self.divisions[1:]] + self.divisions[-1:]

    def division(self, day: str) -> str:
        """Return the first day of the division that a day belongs to; see divisions."""
        return max(start for start in self.divisions if start <= day)

    @cached_property
    def _breaks(self) -> list[str]:
        """The days (ISO text) from which on other units or criteria sets are in force than before, oldest first."""
        return _breaks(self.all_units, self.criteria_sets)

    @cached_property
    def _group_breaks(self) -> list[str]:
        """The days from which on other named groups are in force than before, oldest first."""
        return _breaks(self.groupings, self.groups)

    def span(self, day: str) -> tuple[str, str]:
        """Return the first and the last day around a day between which units and criteria sets stay the same.

        What is assessed at two days of one span can be compared. "" and LAST_DAY where there is no bound.
        """
        first = max((start for start in self._breaks if start <= day), default="")
        following = min((start for start in self._breaks if start > day), default="")
        return first, day_before(following) if following else LAST_DAY

    def grouped_since(self, day: str) -> str:
        """Return the day since which the named groups are as on a day; "" if they have never been others."""
        return max((start for start in self._group_breaks if start <= day), default="")

    def groupings_on(self, day: str) -> list[Grouping]:
        """Return the groupings in force on a day, the default first: districts, then the named ones."""
        there = units.at(self.all_units, day)
        districts = [DISTRICTS] if (there["level"] == "district").any() else []
        return districts + groupings.named(groupings.on(self.groupings, day))

    def groups_on(self, day: str, grouping: str) -> pd.DataFrame:
        """Return which unit belongs to which group of a grouping (its id) on a day, indexed by unit_code.

        Columns: group_code; name (to sort by), name_vi, name_en (of the group).
        """
        if grouping != DISTRICTS.id:
            mine = groupings.on(self.groups[self.groups["grouping"] == grouping], day)
            return mine.set_index("unit_code").assign(name=mine["name_vi"].to_numpy())[list(GROUP_NAMES)]
        there = units.at(self.all_units, day)
        districts = there[there["level"] == "district"]
        mine = there[there["parent_code"].isin(districts.index)].rename_axis("unit_code")
        parents = mine["parent_code"]
        names = {f"name_{language}": parents.map(_labels(districts, language)) for language in text.LANGUAGES}
        return mine.assign(group_code=parents, name=parents.map(districts["name"]), **names)[list(GROUP_NAMES)]

    @cached_property
    def all_groupings(self) -> list[Grouping]:
        """The groupings of all days."""
        return [DISTRICTS] * (len(self.districts) > 0) + groupings.named(self.groupings)

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Code → name of the groups of all groupings and days, in the source language; of districts, their own name."""
        named = self.groups.drop_duplicates("group_code").set_index("group_code")["name_vi"].to_dict()
        return named | self.districts["name"].to_dict()

    def group_labels(self) -> dict[str, str]:
        """Return code → label of the groups of all groupings and days, in the reader's language."""
        named = self.groups.drop_duplicates("group_code").set_index("group_code")[f"name_{text.language()}"].to_dict()
        return named | {code: label for code, label in self.labels().items() if code in self.districts.index}

    def plan_of(self, day: str) -> Plan | None:
        """Return the plan in force on a day, if there is one; on a day that ends one and begins another, the first.

        Before its communes' set is in force, as on the last day of the year before, a plan cannot be measured. The
        sample's illustration gives way to a plan of the province.
        """
        starts = self.criteria_sets["valid_from"]
        mine = [
            found
            for found in self.plans
            if max(str(found.baseline_date), starts[found.sets[COMMUNE]]) <= day <= str(found.due_date)
        ]
        return min(mine, key=lambda found: (found.kind == SAMPLE, found.due_date), default=None)

    def with_plans(self, plans: Collection[Plan]) -> "Timeline":
        """Return the timeline with these plans too, each in place of one with its id.

        The same plans give the same object: what is in force on a day is cached by the timeline.
        """
        return _with_plans(self, tuple(sorted(plans, key=lambda found: found.id))) if plans else self

    def of_kinds(self, kinds: Collection[str]) -> "Timeline":
        """Return the timeline with the plans of these kinds alone; the same object each time."""
        key = frozenset(kinds)
        if key not in self._of_kinds:
            self._of_kinds[key] = replace(self, plans=tuple(found for found in self.plans if found.kind in key))
        return self._of_kinds[key]

    @cached_property
    def _of_kinds(self) -> dict[frozenset[str], "Timeline"]:
        return {}

    def sets_on(self, day: str, kinds: Collection[str]) -> dict[str, str]:
        """Return the criteria sets in force on a day for units of these kinds: role → set.

        The communes' set holds until another one starts, also past its last day: nothing else says what to meet.
        """
        sets = self.criteria_sets[self.criteria_sets["unit_kind"].isin(kinds)].sort_values("valid_from")
        started = sets[sets["valid_from"] <= day]
        lasting = started[(started["valid_to"] >= day) | (started["valid_to"] == "")]
        found = {role: name for name, role in lasting["role"].items()}
        known = started if (started["role"] == COMMUNE).any() else sets
        last = known.index[known["role"] == COMMUNE]
        return found | ({COMMUNE: last[-1]} if COMMUNE not in found and len(last) else {})

    def tiers_of(self, criteria_set: str) -> tuple[Tier, ...]:
        """Return the tiers of a criteria set, best first."""
        mine = self.set_tiers[self.set_tiers["criteria_set"] == criteria_set]
        return tuple(Tier(row.tier, row.lower, row.upper) for row in mine.itertuples())

    def criteria_of(self, criteria_set: str) -> pd.DataFrame:
        """Return one set's criteria, indexed by number; none for the set "", which stands for no set."""
        return self._criteria_of.get(criteria_set, self._no_criteria)

    @cached_property
    def _criteria_of(self) -> dict[str, pd.DataFrame]:
        return {name: criteria.of_set(self.criteria, name) for name in self.criteria_sets.index}

    @cached_property
    def _no_criteria(self) -> pd.DataFrame:
        return criteria.of_set(self.criteria, "")


@lru_cache(maxsize=TIMELINES_KEPT)
def _with_plans(timeline: Timeline, plans: tuple[Plan, ...]) -> Timeline:
    replaced = {found.id for found in plans}
    return replace(timeline, plans=(*(found for found in timeline.plans if found.id not in replaced), *plans))


def _breaks(*frames: pd.DataFrame) -> list[str]:
    """The days (ISO text) on which a row of these tables begins, or has ended, oldest first."""
    starts = {day for frame in frames for day in frame["valid_from"] if day}
    return sorted(starts | {_next_day(day) for frame in frames for day in frame["valid_to"] if day})


def _labels(units_of_day: pd.DataFrame, language: str) -> dict[str, str]:
    return {code: text.unit_label(row["kind"], row["name"], language) for code, row in units_of_day.iterrows()}


def _next_day(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    """Return the day before a day (ISO text)."""
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def load_published(folder: Path = DATA / "published") -> pd.DataFrame:
    """Return published figures. Columns: unit_code, date, period, indicator, value, evidence, source.

    `period` is the period that the figure can be compared with, empty where there is none.
    """
    return tables.read_optional(folder / "figures.csv", FIGURE_COLUMNS).astype({"value": float})


@cache
def load(data: Path = DATA) -> Timeline:
    """Read the reference data of a province's folder, once per process."""
    return Timeline(
        all_units=units.load(data / "units"),
        successions=units.load_successions(data / "units"),
        groupings=groupings.load(data / "units"),
        groups=groupings.load_groups(data / "units"),
        criteria_sets=criteria.load_sets(data / "criteria"),
        criteria=criteria.load(data / "criteria"),
        set_tiers=criteria.load_tiers(data / "criteria"),
        plans=plan.load_all(data),
        published=load_published(data / "published"),
    )
