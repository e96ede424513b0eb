"""What does not change with a revision: the plan, its province's units, the criteria sets, published figures."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ntm import criteria as criteria_module
from ntm import plan as plan_module
from ntm import text
from ntm import units as units_module
from ntm.paths import DATA
from ntm.plan import Plan


@dataclass(frozen=True)
class Reference:
    """The plan's year. `places`: the units of its province on its due date, indexed by code, in Vietnamese order.

    It is the same for readers of every language: what carries a `label` resolves it when it is asked for.
    """

    plan: Plan
    all_units: pd.DataFrame
    places: pd.DataFrame
    successions: pd.DataFrame
    criteria_sets: pd.DataFrame
    criteria: pd.DataFrame
    published: pd.DataFrame

    @property
    def units(self) -> pd.DataFrame:
        """The plan's province with its districts and communes, each with its label in the reader's language."""
        return self._labelled[text.language()]["units"]

    @property
    def communes(self) -> pd.DataFrame:
        """The communes that the programme counts (94 in Lai Châu), indexed by code, with their district's label."""
        return self._labelled[text.language()]["communes"]

    @property
    def districts(self) -> pd.DataFrame:
        """The district-level units, indexed by code."""
        return self._labelled[text.language()]["districts"]

    @property
    def shaped_units(self) -> pd.DataFrame:
        """The commune-level units, towns and wards included (106 in Lai Châu): those that a boundary layer draws."""
        return self._labelled[text.language()]["shaped_units"]

    @cached_property
    def _labelled(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Language → the tables of units; all languages at once, so that nothing is filled in later."""
        return {language: self._tables(language) for language in text.LANGUAGES}

    def in_language(self, language: str, table: str) -> pd.DataFrame:
        """Return units, communes, districts or shaped_units with their labels in a language."""
        return self._labelled[language][table]

    def _tables(self, language: str) -> dict[str, pd.DataFrame]:
        pairs = zip(self.places["kind"], self.places["name"], strict=True)
        units = self.places.assign(label=[text.unit_label(kind, name, language) for kind, name in pairs])
        districts = units[units["level"] == "district"]
        shaped = units[units["level"] == "commune"]
        counted = shaped[shaped["kind"] == self.criteria_sets.loc[self.plan.commune_set, "unit_kind"]]
        parents = counted["parent_code"]
        communes = counted.assign(district_code=parents, district=parents.map(districts["label"]))
        return {"units": units, "districts": districts, "shaped_units": shaped, "communes": communes}

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
        places=units_module.in_order(province).drop(columns="label"),
        successions=units_module.load_successions(),
        criteria_sets=criteria_module.load_sets(),
        criteria=criteria_module.load(),
        published=load_published(),
    )
