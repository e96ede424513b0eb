"""Reference: what is in force on one day of the timeline: units, criteria sets, tiers, the plan if there is one.

The day decides; `at` gives the reference of another day. Nothing here changes with a revision.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from ntm import clock, groupings, text
from ntm import timeline as timeline_module
from ntm import units as units_module
from ntm.groupings import DISTRICTS, Grouping
from ntm.plan import Plan, Target, Tier
from ntm.text import _
from ntm.timeline import ADVANCED, COMMUNE, DISTRICT, Timeline


@dataclass(frozen=True, eq=False)
class Reference:
    """What is in force on a day. `places`: the units of the province, indexed by code, in Vietnamese order; `asked`:
    the id of the grouping that a reader asks for, on the days on which there is one; "" for the default of each day.

    It is the same for readers of every language: what carries a `label` resolves it when it is asked for. Equal to
    itself alone.
    """

    timeline: Timeline
    day: str
    plan: Plan | None
    places: pd.DataFrame
    asked: str = ""

    def at(self, day: str) -> "Reference":
        """Return what is in force on another day (ISO text)."""
        return of_day(self.timeline, day, self.asked)

    @property
    def province_code(self) -> str:
        """The province's code."""
        return self.timeline.province

    @cached_property
    def span(self) -> tuple[str, str]:
        """The first and the last day (ISO text) with the same units and criteria sets: see Timeline.span."""
        return self.timeline.span(self.day)

    def covers(self, day: str) -> bool:
        """Return whether the same units and criteria sets are in force on another day."""
        first, last = self.span
        return first <= day <= last

    @cached_property
    def sets(self) -> dict[str, str]:
        """The criteria sets: role → set; those of the plan, else those in force."""
        in_force = self.timeline.sets_on(self.day, set(self.places["kind"]))
        return in_force | dict(self.plan.sets if self.plan else {})

    @property
    def commune_set(self) -> str:
        """The set that communes are assessed by."""
        return self.sets[COMMUNE]

    @property
    def advanced_set(self) -> str:
        """The set for advanced communes; "" if there is none."""
        return self.sets.get(ADVANCED, "")

    @property
    def district_set(self) -> str:
        """The set that districts are assessed by; "" if there is none."""
        return self.sets.get(DISTRICT, "")

    @cached_property
    def tiers(self) -> Sequence[Tier]:
        """The tiers, best first: the plan's, else those of the communes' criteria set."""
        return self.plan.tiers if self.plan else self.timeline.tiers_of(self.commune_set)

    @property
    def baseline_date(self) -> dt.date:
        """The day that results are compared with: the plan's baseline, else the end of the year before."""
        return self.plan.baseline_date if self.plan else dt.date(int(self.day[:4]) - 1, 12, 31)

    @property
    def baseline_period(self) -> str:
        """The same day as a period (ISO text)."""
        return self.baseline_date.isoformat()

    @property
    def targets(self) -> Sequence[Target]:
        """The plan's targets; none without a plan."""
        return self.plan.targets if self.plan else ()

    def target(self, target_id: str) -> Target:
        """Return the plan's target with this id. KeyError if there is none."""
        if self.plan is None:
            raise KeyError(target_id)
        return self.plan.target(target_id)

    def target_of(self, indicator: str) -> Target | None:
        """Return the plan's first target with this indicator; None if there is none."""
        return self.plan.target_of(indicator) if self.plan else None

    @property
    def named_communes(self) -> list[str]:
        """The codes of the communes that the plan's targets name, if there are such on this day."""
        return [code for code in self.plan.named_communes if code in self.communes.index] if self.plan else []

    @property
    def units(self) -> pd.DataFrame:
        """The province with its districts and communes, each with its label in the reader's language."""
        return self._labelled[text.language()]["units"]

    @property
    def communes(self) -> pd.DataFrame:
        """The communes that the programme counts (94 in Lai Châu in 2024), indexed by code.

        Columns: those of `units`; group_code, group (empty texts for none), place ("Pha Mu (Than Uyên)": with its
        district, if it has one).
        """
        return self._labelled[text.language()]["communes"]

    @property
    def districts(self) -> pd.DataFrame:
        """The district-level units, indexed by code; none since 1/7/2025."""
        return self._labelled[text.language()]["districts"]

    @cached_property
    def groupings(self) -> list[Grouping]:
        """The groupings in force, the default first."""
        return self.timeline.groupings_on(self.day)

    @cached_property
    def grouping(self) -> Grouping | None:
        """The grouping that communes are grouped by: the one asked for, else the default; None if there is none."""
        if self.asked == groupings.NONE:
            return None
        asked = [found for found in self.groupings if found.id == self.asked]
        return next(iter(asked + self.groupings), None)

    @property
    def groups(self) -> pd.DataFrame:
        """The groups of the grouping that have communes, indexed by code, in Vietnamese order; perhaps none.

        Columns: name, label (in the reader's language).
        """
        return self._labelled[text.language()]["groups"]

    @cached_property
    def scopes(self) -> dict[str, list[str]]:
        """The code of each group of all groupings in force, and of the province (last) → the codes of its communes."""
        found: dict[str, list[str]] = {}
        for grouping in self.groupings:
            codes = self.timeline.groups_on(self.day, grouping.id)["group_code"].reindex(self.communes.index).dropna()
            found |= {str(code): list(mine.index) for code, mine in codes.groupby(codes)}
        return found | {self.province_code: list(self.communes.index)}

    @property
    def areas(self) -> pd.DataFrame:
        """The groups' labels by code; if there are none the whole province's, under the code ""."""
        if len(self.groups):
            return self.groups[["label"]]
        return pd.DataFrame({"label": [_("Toàn tỉnh")]}, index=pd.Index([""], name="code"))

    @property
    def shaped_units(self) -> pd.DataFrame:
        """The commune-level units, towns and wards included (106 in 2024): those that a boundary layer draws.

        Columns: those of `units`; group_code ("" for none).
        """
        return self._labelled[text.language()]["shaped_units"]

    @cached_property
    def _labelled(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Language → the tables of units; all languages at once, so that nothing is filled in later."""
        return {language: self._tables(language) for language in text.LANGUAGES}

    def in_language(self, language: str, table: str) -> pd.DataFrame:
        """Return units, communes, districts, groups or shaped_units with their labels in a language."""
        return self._labelled[language][table]

    def _tables(self, language: str) -> dict[str, pd.DataFrame]:
        pairs = zip(self.places["kind"], self.places["name"], strict=True)
        units = self.places.assign(label=[text.unit_label(kind, name, language) for kind, name in pairs])
        districts = units[units["level"] == "district"]
        shaped = units[units["level"] == "commune"]
        members = self._members()
        shaped = shaped.assign(group_code=members["group_code"].reindex(shaped.index).fillna(""))
        counted = shaped[shaped["kind"] == self.timeline.criteria_sets.loc[self.commune_set, "unit_kind"]]
        groups = _group_table(members, counted["group_code"], language)
        labels = groups["label"].to_dict()
        names = counted["group_code"].map(lambda code: labels.get(code, ""))
        is_address = self.grouping == DISTRICTS  # who lives there says the district, and no other group
        places = counted["label"].where((names == "") | (not is_address), counted["label"] + " (" + names + ")")
        communes = counted.assign(group=names, place=places)
        return {
            "units": units,
            "districts": districts,
            "groups": groups,
            "shaped_units": shaped,
            "communes": communes,
        }

    def _members(self) -> pd.DataFrame:
        """Which unit belongs to which group: see Timeline.groups_on."""
        return self.timeline.groups_on(self.day, self.grouping.id if self.grouping else groupings.NONE)

    @property
    def province(self) -> pd.Series:
        """The province."""
        return self.units.loc[self.province_code]

    def criteria_of(self, criteria_set: str) -> pd.DataFrame:
        """Return one set's criteria, indexed by number: see Timeline.criteria_of."""
        return self.timeline.criteria_of(criteria_set)

    def units_on(self, codes: pd.Series, days: pd.Series) -> pd.DataFrame:
        """Return the unit that each code means on each day: the columns of `places`, NaN if there is none.

        `codes`, `days` (ISO text): a row each; the index is theirs.
        """
        parts = [self.at(day).places.reindex(mine.to_numpy()).set_axis(mine.index) for day, mine in codes.groupby(days)]
        return pd.concat(parts).reindex(codes.index) if parts else self.places.iloc[:0]


def _group_table(members: pd.DataFrame, of_communes: pd.Series, language: str) -> pd.DataFrame:
    """The groups that communes belong to. `members`: see Timeline.groups_on; `of_communes`: the group of each."""
    mine = members[members["group_code"].isin(of_communes)].drop_duplicates("group_code").set_index("group_code")
    table = pd.DataFrame({"name": mine["name"], "label": mine[f"name_{language}"]})
    return units_module.in_order(table.rename_axis("code"))


def of_day(timeline: Timeline, day: str, asked: str = "") -> Reference:
    """Return what is in force on a day (ISO text). The same object for all days between which nothing changes.

    `asked`: the id of a grouping, or groupings.NONE; see Reference.
    """
    first, _last = timeline.span(day)
    plan = timeline.plan_of(day)
    start = str(plan.baseline_date) if plan else f"{day[:4]}-01-01"
    return _from(timeline, max(first, start, timeline.grouped_since(day)), plan and plan.id, asked)


@lru_cache(maxsize=200)
def _from(timeline: Timeline, day: str, plan_id: str | None, asked: str) -> Reference:
    plan = next((plan for plan in timeline.plans if plan.id == plan_id), None)
    places = units_module.within(units_module.at(timeline.all_units, day), timeline.province)
    return Reference(timeline, day, plan, units_module.in_order(places).drop(columns="label"), asked)


def load(day: str = "") -> Reference:
    """Read the reference data; return what is in force on a day (ISO text; today in the province if none is given)."""
    return of_day(timeline_module.load(), day or clock.today().isoformat())
