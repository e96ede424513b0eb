"""What does not change with a revision: the plan, its province's units, the criteria sets, published figures."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ntm import criteria as criteria_module
from ntm import plan as plan_module
from ntm import units as units_module
from ntm.paths import DATA
from ntm.plan import Plan


@dataclass(frozen=True)
class Reference:
    """The plan's year: `units` is the plan's province on its due date, indexed by code, in Vietnamese order."""

    plan: Plan
    all_units: pd.DataFrame
    units: pd.DataFrame
    successions: pd.DataFrame
    criteria_sets: pd.DataFrame
    criteria: pd.DataFrame
    published: pd.DataFrame

    @cached_property
    def communes(self) -> pd.DataFrame:
        """The communes that the programme counts (94 in Lai Châu), indexed by code, with their district's label."""
        kind = self.criteria_sets.loc[self.plan.commune_set, "unit_kind"]
        communes = self.units[(self.units["level"] == "commune") & (self.units["kind"] == kind)]
        return communes.assign(
            district_code=communes["parent_code"], district=communes["parent_code"].map(self.districts["label"])
        )

    @cached_property
    def districts(self) -> pd.DataFrame:
        """The district-level units, indexed by code."""
        return self.units[self.units["level"] == "district"]

    @cached_property
    def shaped_units(self) -> pd.DataFrame:
        """The commune-level units, towns and wards included (106 in Lai Châu): those that a boundary layer draws."""
        return self.units[self.units["level"] == "commune"]

    @property
    def province(self) -> pd.Series:
        """The plan's province."""
        return self.units.loc[self.plan.province]

    def criteria_of(self, criteria_set: str) -> pd.DataFrame:
        """One set's criteria, indexed by number."""
        return self._criteria_of[criteria_set]

    @cached_property
    def _criteria_of(self) -> dict[str, pd.DataFrame]:
        return {name: criteria_module.of_set(self.criteria, name) for name in self.criteria_sets.index}


def load_published(folder: Path = DATA / "published") -> pd.DataFrame:
    """Return published figures. Columns: unit_code, date, period, indicator, value, evidence, source.

    `period` is the period that the figure can be compared with, empty where there is none.
    """
    figures = pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False)
    return figures.astype({"value": float})


def load(plan_id: str | None = None) -> Reference:
    """Read the plan's reference data from `data/`."""
    plan = plan_module.load(plan_id)
    all_units = units_module.load()
    province = units_module.within(units_module.at(all_units, plan.due_date), plan.province)
    return Reference(
        plan=plan,
        all_units=all_units,
        units=units_module.in_order(province),
        successions=units_module.load_successions(),
        criteria_sets=criteria_module.load_sets(),
        criteria=criteria_module.load(),
        published=load_published(),
    )
