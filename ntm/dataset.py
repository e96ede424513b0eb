"""The dataset: one world's facts at one revision, loaded once; and the build that fills the database."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from ntm import coverage, measures, metrics, recognitions, schema, store, text
from ntm import reference as reference_module
from ntm.coverage import Coverage
from ntm.metrics import Lacking
from ntm.paths import DATA
from ntm.people import ADMINISTRATOR, SOFTWARE, Person
from ntm.reference import Reference
from ntm.text import mark
from ntm.world import OFFICIAL, PUBLISHED, World

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
            "complete_lists": "sample/complete_lists.csv",
            "villages": "sample/villages.csv",
        },
    ),
)


BUILDER = Person(SOFTWARE, ADMINISTRATOR)
DATED = ("assessments", "villages")  # facts of a period


@dataclass(frozen=True)
class Dataset:
    """The facts of one world at one revision, with the reference data that they refer to.

    Nobody changes its frames, and it is the same for every reader: labels are resolved in the reader's language when a
    table is asked for.
    """

    reference: Reference
    world: World
    revision: int
    revisions: pd.DataFrame
    assessments: pd.DataFrame
    recognitions: pd.DataFrame
    complete_lists: pd.DataFrame
    villages: pd.DataFrame
    figures: pd.DataFrame

    @property
    def is_sample(self) -> bool:
        """Whether its facts were generated for illustration."""
        return self.world is World.SAMPLE

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the facts of this world that are there."""
        return measures.kinds_of(*(getattr(self, name)["kind"] for name in schema.FACTS))

    @cached_property
    def periods(self) -> list[str]:
        """The periods of which something is known, oldest first, as ISO text.

        Where only decisions are known, which belong to no period, it is the plan's due date.
        """
        dated = {period for name in DATED for period in getattr(self, name)["period"]}
        entered = (self.recognitions["kind"] != PUBLISHED).any()
        return sorted(dated) or [self.reference.plan.due_date.isoformat()] * bool(entered)

    def period_before(self, period: str) -> str | None:
        """The last period with data before this one; None if there is none."""
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

    @property
    def communes(self) -> pd.DataFrame:
        """One row per period and commune: see metrics.commune_table; with label and district, the unit's names."""
        return self._communes[text.language()]

    @cached_property
    def _communes(self) -> dict[str, pd.DataFrame]:
        days = self.periods
        return {
            language: table[table["period"].isin(days)].reset_index(drop=True)
            for language, table in self._tables.items()
        }

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        """Language → the table of every period, and of the plan's two dates, which pages ask for without data too."""
        plan = self.reference.plan
        days = {*self.periods, plan.baseline_period, plan.due_date.isoformat()}
        return self._named(self._commune_table(sorted(days)))

    def communes_at(self, period: str) -> pd.DataFrame:
        """The communes at one period, indexed by unit_code; everything unknown for a period without data."""
        known = self._communes_at[text.language()]
        if period in known:
            return known[period]
        return self._named(self._commune_table([period]))[text.language()].set_index("unit_code")

    def communes_of(self, period: str, districts: Collection[str]) -> pd.DataFrame:
        """The communes of some districts (codes; none means all) at one period: see communes_at."""
        communes = self.communes_at(period)
        return communes[communes["district_code"].isin(districts)] if districts else communes

    @cached_property
    def _communes_at(self) -> dict[str, dict[str, pd.DataFrame]]:
        return {
            language: {day: rows.set_index("unit_code") for day, rows in table.groupby("period", sort=False)}
            for language, table in self._tables.items()
        }

    def coverage(self, period: str, districts: Collection[str] = ()) -> Coverage:
        """How many communes of some districts (codes; none means all) have every criterion assessed at a period."""
        return coverage.of(self.communes_of(period, districts))

    def assessments_at(self, period: str, criteria_set: str) -> pd.DataFrame:
        """The assessments of one period and one set."""
        return self._of_set_and_period.get((criteria_set, period), self.assessments.iloc[:0])

    def answers_at(self, period: str) -> pd.DataFrame:
        """metrics.matrix of the plan's communes and criteria at a period; every commune has a row."""
        return self._answers[period] if period in self._answers else self._answers_of(period)

    @cached_property
    def _answers(self) -> dict[str, pd.DataFrame]:
        return {period: self._answers_of(period) for period in self.periods}

    def _answers_of(self, period: str) -> pd.DataFrame:
        criteria_set = self.reference.plan.commune_set
        assessed = self.assessments_at(period, criteria_set)
        wide = metrics.matrix(assessed, self.reference.criteria_of(criteria_set).index)
        return wide.reindex(self.reference.communes.index.rename("unit_code"))

    def lacking_at(self, period: str) -> dict[str, Lacking]:
        """What each of the plan's communes lacks at a period; what is not known of it is said there."""
        return self._lacking[period] if period in self._lacking else metrics.lacking(self._answers_of(period))

    @cached_property
    def _lacking(self) -> dict[str, dict[str, Lacking]]:
        return {period: metrics.lacking(self._answers_of(period)) for period in self.periods}

    def lacking_since(self, period: str) -> pd.DataFrame:
        """metrics.lacking_since of the plan's communes at a period."""
        return metrics.lacking_since(self.of_set(self.reference.plan.commune_set), period)

    def counts_at(self, period: str, criteria_set: str) -> pd.DataFrame:
        """metrics.counts, by unit_code, of the units that a set was assessed of at a period."""
        total = len(self.reference.criteria_of(criteria_set))
        return metrics.counts(self.assessments_at(period, criteria_set), total).droplevel("period")

    def _commune_table(self, periods: list[str]) -> pd.DataFrame:
        plan, communes = self.reference.plan, self.reference.communes
        days = sorted({*periods, plan.baseline_period})
        recognised = recognitions.by_period(self.recognitions, self.complete_lists, self.figures, communes, days)
        return metrics.commune_table(
            communes=communes,
            assessments=self.of_set(plan.commune_set),
            recognised=recognised,
            tiers=plan.tiers,
            criteria=self.reference.criteria_of(plan.commune_set).index,
            periods=periods,
            baseline=plan.baseline_period,
        )

    def _named(self, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Language → the table with its units' names; all languages at once, so that nothing is filled in later."""
        named = {}
        for language in text.LANGUAGES:
            communes = self.reference.in_language(language, "communes")
            names = {column: table["unit_code"].map(communes[column]) for column in ("label", "district")}
            named[language] = table.assign(**names)
        return named


def load(engine: Engine, until: int | None = None, world: World | None = None) -> Dataset:
    """Load a world from the database at a revision (the latest if none is given): of the plan's province alone.

    Without a `world` it is the real one from the first official fact on, and the sample until then.
    """
    reference = reference_module.load()
    revision = store.latest(engine) if until is None else until

    def facts(kinds: Collection[str]) -> dict[str, pd.DataFrame]:
        codes = reference.units.index
        return {name: store.present(engine, name, kinds=kinds, units=codes, until=revision) for name in schema.FACTS}

    chosen = world or default_world(engine, revision, reference)
    return Dataset(
        reference=reference,
        world=chosen,
        revision=revision,
        revisions=store.revisions(engine, revision),
        **facts(chosen.kinds),
    )


def default_world(engine: Engine, revision: int, reference: Reference) -> World:
    """Return the world that opens at a revision: the real one where any official fact of the province is in effect."""
    real = store.holds(engine, OFFICIAL, units=reference.units.index, until=revision)
    return World.REAL if real else World.SAMPLE


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
