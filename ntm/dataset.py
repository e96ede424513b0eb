"""The dataset: everything the dashboard shows at one revision, loaded once; and the build that fills the database."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from ntm import metrics, schema, store
from ntm import reference as reference_module
from ntm.paths import DATA
from ntm.people import ADMINISTRATOR, SOFTWARE, Person
from ntm.reference import Reference
from ntm.text import mark

SEEDS = (
    (
        "published",
        mark("Công nhận đạt chuẩn và số liệu theo nguồn đã công bố"),
        {"recognitions": "published/recognitions.csv", "figures": "published/figures.csv"},
    ),
    (
        "sample",
        mark("Số liệu minh họa, sinh tự động"),
        {
            "assessments": "sample/assessments.csv",
            "recognitions": "sample/recognitions.csv",
            "villages": "sample/villages.csv",
        },
    ),
)


BUILDER = Person(SOFTWARE, ADMINISTRATOR)
OFFICIAL, SAMPLE = "official", "sample"


@dataclass(frozen=True)
class Dataset:
    """The facts at one revision, with the reference data that they refer to. Nobody changes its frames."""

    reference: Reference
    revision: int
    revisions: pd.DataFrame
    assessments: pd.DataFrame
    recognitions: pd.DataFrame
    villages: pd.DataFrame
    figures: pd.DataFrame

    @cached_property
    def periods(self) -> list[str]:
        """The periods with assessments of the plan's communes, oldest first, as ISO text."""
        return sorted(self.of_set(self.reference.plan.commune_set)["period"].unique())

    def period_before(self, period: str) -> str | None:
        """The last period with data before this one; None where there is none."""
        return max((other for other in self.periods if other < period), default=None)

    def of_set(self, criteria_set: str) -> pd.DataFrame:
        """The assessments of one criteria set."""
        return self._of_set.get(criteria_set, self.assessments.iloc[:0])

    @cached_property
    def _of_set(self) -> dict[str, pd.DataFrame]:
        return dict(list(self.assessments.groupby("criteria_set")))

    @cached_property
    def _of_set_and_period(self) -> dict[tuple[str, str], pd.DataFrame]:
        return dict(list(self.assessments.groupby(["criteria_set", "period"])))

    @cached_property
    def communes(self) -> pd.DataFrame:
        """One row per period and commune: see metrics.commune_table."""
        return self._commune_table(self.periods)

    def communes_at(self, period: str) -> pd.DataFrame:
        """The communes at one period, indexed by unit_code; everything unknown for a period without data."""
        if period in self._communes_at:
            return self._communes_at[period]
        return self._commune_table([period]).set_index("unit_code")

    def communes_of(self, period: str, districts: Collection[str]) -> pd.DataFrame:
        """The communes of some districts (codes; none means all) at one period: see communes_at."""
        communes = self.communes_at(period)
        return communes[communes["district_code"].isin(districts)] if districts else communes

    @cached_property
    def _communes_at(self) -> dict[str, pd.DataFrame]:
        return {day: table.set_index("unit_code") for day, table in self.communes.groupby("period", sort=False)}

    def assessments_at(self, period: str, criteria_set: str) -> pd.DataFrame:
        """The assessments of one period and one set."""
        return self._of_set_and_period.get((criteria_set, period), self.assessments.iloc[:0])

    def answers_at(self, period: str) -> pd.DataFrame:
        """metrics.matrix of the plan's communes and criteria at a period."""
        if period not in self._answers:
            criteria_set = self.reference.plan.commune_set
            wide = metrics.matrix(
                self.assessments_at(period, criteria_set), self.reference.criteria_of(criteria_set).index
            )
            self._answers[period] = wide.reindex(self.reference.communes.index.rename("unit_code"))
        return self._answers[period]

    @cached_property
    def _answers(self) -> dict[str, pd.DataFrame]:
        return {}

    def lacking_at(self, period: str) -> dict[str, list[int]]:
        """metrics.lacking of the plan's communes at a period."""
        if period not in self._lacking:
            self._lacking[period] = metrics.lacking(self.assessments_at(period, self.reference.plan.commune_set))
        return self._lacking[period]

    @cached_property
    def _lacking(self) -> dict[str, dict[str, list[int]]]:
        return {}

    def lacking_since(self, period: str) -> pd.DataFrame:
        """metrics.lacking_since of the plan's communes at a period."""
        if period not in self._lacking_since:
            self._lacking_since[period] = metrics.lacking_since(self.of_set(self.reference.plan.commune_set), period)
        return self._lacking_since[period]

    @cached_property
    def _lacking_since(self) -> dict[str, pd.DataFrame]:
        return {}

    def complete_counts_at(self, period: str, criteria_set: str) -> pd.DataFrame:
        """metrics.criteria_met, by unit_code, of the units with every criterion of a set assessed at a period."""
        counts = metrics.criteria_met(self.assessments_at(period, criteria_set)).droplevel("period")
        return counts[counts["assessed"] == len(self.reference.criteria_of(criteria_set))]

    def kind_at(self, period: str) -> str | None:
        """The weakest kind among a period's assessments; None where there are none."""
        return self._kinds.get(period)

    @cached_property
    def _kinds(self) -> dict[str, str | None]:
        return self.assessments.groupby("period")["kind"].agg(metrics.weakest_kind).to_dict()

    def _commune_table(self, periods: list[str]) -> pd.DataFrame:
        plan = self.reference.plan
        return metrics.commune_table(
            communes=self.reference.communes,
            assessments=self.of_set(plan.commune_set),
            recognitions=self.recognitions,
            tiers=plan.tiers,
            criteria=self.reference.criteria_of(plan.commune_set).index,
            periods=periods,
            baseline=plan.baseline_period,
        )


def load(engine: Engine, until: int | None = None) -> Dataset:
    """Load the present state from the database, or the state at a revision: of the plan's province alone.

    A period, or the list of recognitions, is either the sample or real: where there is anything official, the sample
    is left out whole, and what is not reported yet is unknown.
    """
    reference = reference_module.load()
    revision = store.latest(engine) if until is None else until
    facts = {name: store.present(engine, name, units=reference.units.index, until=revision) for name in schema.FACTS}
    return assemble(reference, revision, store.revisions(engine, revision), facts)


def assemble(reference: Reference, revision: int, revisions: pd.DataFrame, facts: dict[str, pd.DataFrame]) -> Dataset:
    """Return the dataset of a state: `facts` as store.present gives them, by the name of their table."""
    dated = ("assessments", "villages")
    official = {period for name in dated for period in facts[name].loc[facts[name]["kind"] == OFFICIAL, "period"]}

    def real(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame["kind"] != SAMPLE) | ~frame["period"].isin(official)].reset_index(drop=True)

    decisions = facts["recognitions"]
    if (decisions["kind"] == OFFICIAL).any():
        decisions = decisions[decisions["kind"] != SAMPLE]
    return Dataset(
        reference=reference,
        revision=revision,
        revisions=revisions,
        recognitions=decisions.reset_index(drop=True),
        figures=facts["figures"],
        **{name: real(facts[name]) for name in dated},
    )


def build(engine: Engine, data: Path = DATA) -> list[int]:
    """Load the published and the sample facts of `data/` into the database; return the revisions added.

    Files whose content is in the database already add nothing.
    """
    reference = reference_module.load()
    added = []
    for kind, note, files in SEEDS:
        digest = hashlib.sha256(b"".join((data / name).read_bytes() for name in files.values())).hexdigest()
        if store.has_digest(engine, digest):
            continue
        facts = {table: _read(data / name) for table, name in files.items()}
        change = store.Change(BUILDER, note, kind, facts, digest)
        revision = store.publish(engine, change, reference)
        if revision is not None:  # somebody else's first start may have come before
            added.append(revision)
    return added


def _read(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False)
