"""The dataset: one world's facts at one revision, loaded once; and the build that fills the database."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from ntm import clock, coverage, measures, metrics, store, tables, text
from ntm import reference as reference_module
from ntm import timeline as timeline_module
from ntm.coverage import Coverage
from ntm.facts import TYPES, plans, recognitions
from ntm.metrics import Lacking
from ntm.paths import DATA
from ntm.people import ADMINISTRATOR, SOFTWARE, Person
from ntm.reference import Reference
from ntm.text import mark
from ntm.timeline import LAST_DAY, Timeline
from ntm.world import OFFICIAL, PUBLISHED, SAMPLE, World

SEEDS = {  # a folder of data/, and the kind of its facts → the note of their revision; a file has its table's name
    PUBLISHED: mark("Công nhận đạt chuẩn và số liệu theo nguồn đã công bố"),
    SAMPLE: mark("Số liệu minh họa, sinh tự động"),
}
BUILDER = Person(SOFTWARE, ADMINISTRATOR)


@dataclass(frozen=True)
class Dataset:
    """The facts of one world at one revision, as they are seen from one day: with what is in force on it.

    It holds the facts of the time with the same units and criteria sets as on that day, which alone can be compared;
    `at` gives those of another day. Nobody changes its frames, and it is the same for every reader: labels are resolved
    in the reader's language when a table is asked for.
    """

    reference: Reference
    world: World
    revision: int
    revisions: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    archive: "Archive"

    @property
    def assessments(self) -> pd.DataFrame:
        """The assessments: see ntm.facts.assessments."""
        return self.tables["assessments"]

    @property
    def recognitions(self) -> pd.DataFrame:
        """The decisions: see ntm.facts.recognitions."""
        return self.tables["recognitions"]

    @property
    def complete_lists(self) -> pd.DataFrame:
        """Which lists of decisions are complete: see ntm.facts.complete_lists."""
        return self.tables["complete_lists"]

    @property
    def villages(self) -> pd.DataFrame:
        """The recognised villages: see ntm.facts.villages."""
        return self.tables["villages"]

    @property
    def figures(self) -> pd.DataFrame:
        """The published figures: see ntm.facts.published."""
        return self.tables["figures"]

    def at(self, day: str) -> "Dataset":
        """Return the same world and revision as seen from another day (ISO text)."""
        return self.archive.at(day, self.reference.asked)

    @property
    def all_periods(self) -> list[str]:
        """The periods of all times: see Archive.periods."""
        return self.archive.periods

    @property
    def is_sample(self) -> bool:
        """Whether its facts were generated for illustration."""
        return self.world is World.SAMPLE

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the facts of this world that are there, of all days."""
        return self.archive.kinds

    @cached_property
    def periods(self) -> list[str]:
        """Those of all periods that can be compared with this day: with the same units and criteria sets."""
        return [period for period in self.all_periods if self.reference.covers(period)]

    @cached_property
    def periods_of_set(self) -> list[str]:
        """Those of all periods at which communes are assessed by the same set, also if they were other communes."""
        mine = self.reference.commune_set
        return [period for period in self.all_periods if self.at(period).reference.commune_set == mine]

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
        """One row per period and commune: see metrics.commune_table; with label, group, place, the unit's names."""
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
        """Language → the table of every period, and of the baseline and the plan's due date also without data."""
        plan = self.reference.plan
        days = {*self.periods, self.reference.baseline_period, *([str(plan.due_date)] if plan else [])}
        return self._named(self._commune_table(sorted(days)))

    def communes_at(self, period: str) -> pd.DataFrame:
        """The communes at one period, indexed by unit_code; everything unknown for a period without data."""
        known = self._communes_at[text.language()]
        if period in known:
            return known[period]
        return self._named(self._commune_table([period]))[text.language()].set_index("unit_code")

    def communes_of(self, period: str, groups: Collection[str]) -> pd.DataFrame:
        """The communes of some groups (codes; none means all) at one period: see communes_at."""
        communes = self.communes_at(period)
        return communes[communes["group_code"].isin(groups)] if groups else communes

    @cached_property
    def _communes_at(self) -> dict[str, dict[str, pd.DataFrame]]:
        return {
            language: {day: rows.set_index("unit_code") for day, rows in table.groupby("period", sort=False)}
            for language, table in self._tables.items()
        }

    def coverage(self, period: str, groups: Collection[str] = ()) -> Coverage:
        """How many communes of some groups (codes; none means all) have every criterion assessed at a period."""
        return coverage.of(self.communes_of(period, groups))

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
        criteria_set = self.reference.commune_set
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
        return metrics.lacking_since(self.of_set(self.reference.commune_set), period)

    def counts_at(self, period: str, criteria_set: str) -> pd.DataFrame:
        """metrics.counts, by unit_code, of the units that a set was assessed of at a period."""
        total = len(self.reference.criteria_of(criteria_set))
        return metrics.counts(self.assessments_at(period, criteria_set), total).droplevel("period")

    def _commune_table(self, periods: list[str]) -> pd.DataFrame:
        reference, communes = self.reference, self.reference.communes
        days = sorted({*periods, reference.baseline_period})
        recognised = recognitions.by_period(
            self.recognitions, self.complete_lists, self.figures, reference.scopes, communes, days
        )
        return metrics.commune_table(
            communes=communes,
            assessments=self.of_set(reference.commune_set),
            recognised=recognised,
            tiers=reference.tiers,
            criteria=reference.criteria_of(reference.commune_set).index,
            periods=periods,
            baseline=reference.baseline_period,
        )

    def _named(self, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Language → the table with its units' names; all languages at once, so that nothing is filled in later."""
        named = {}
        for language in text.LANGUAGES:
            communes = self.reference.in_language(language, "communes")
            names = {column: table["unit_code"].map(communes[column]) for column in ("label", "group", "place")}
            named[language] = table.assign(**names)
        return named


@dataclass(frozen=True, eq=False)
class Archive:
    """The facts of one world at one revision, of all days. `tables`: name of facts.TYPES → facts."""

    timeline: Timeline
    world: World
    revision: int
    revisions: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def periods(self) -> list[str]:
        """The periods of which something is known, or which are open for reports, oldest first, as ISO text.

        Where only decisions are known, which belong to no period, it is the latest plan's due date.
        """
        dated = {day for name, found in TYPES.items() if found.opens_periods for day in self.tables[name]["period"]}
        entered = (self.tables["recognitions"]["kind"] != PUBLISHED).any()
        return sorted(dated) or [self._due] * bool(entered and self._due)

    @property
    def _due(self) -> str:
        """The latest due date of a plan that is no illustration, or the last month's end before it; "" without one."""
        due = max((str(plan.due_date) for plan in self.timeline.plans if plan.kind != SAMPLE), default="")
        return min(due, clock.last_month_end().isoformat())

    def at(self, day: str, grouping: str = "") -> Dataset:
        """Return what is known, as seen from a day (ISO text): with what is in force on it.

        `grouping`: the id of the one that a reader asks for; see Reference.
        """
        return self._seen(reference_module.of_day(self.timeline, day, grouping))

    @cached_property
    def default_period(self) -> str:
        """The period to show where none is asked for: the latest, else the latest plan's due date, else today.

        Of the sample it is the latest under a published plan: how far that plan has come is what it illustrates.
        """
        due = self._due or clock.today().isoformat()
        periods = [day for day in self.periods if day <= due] if self.world is World.SAMPLE else self.periods
        return periods[-1] if periods else due

    def communes(self, grouping: str = "") -> pd.DataFrame:
        """Return one row per period and commune, each period as seen from itself; columns as Dataset.communes.

        `grouping`: see `at`.
        """
        parts = [self.at(period, grouping).communes_at(period).reset_index() for period in self.periods]
        return pd.concat(parts, ignore_index=True) if parts else self.at(self.default_period).communes

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the facts of this world that are there, of all days."""
        return measures.kinds_of(*(facts["kind"] for facts in self.tables.values()))

    def _seen(self, reference: Reference) -> Dataset:
        if reference not in self._datasets:
            self._datasets[reference] = self._dataset(reference)
        return self._datasets[reference]

    @cached_property
    def _datasets(self) -> dict[Reference, Dataset]:
        return {}

    def _dataset(self, reference: Reference) -> Dataset:
        seen = {name: _within(facts, name, reference) for name, facts in self.tables.items()}
        return Dataset(
            reference=reference,
            world=self.world,
            revision=self.revision,
            revisions=self.revisions,
            archive=self,
            tables=seen,
        )


def _within(facts: pd.DataFrame, name: str, reference: Reference) -> pd.DataFrame:
    """The facts of a table that speak of the units, and of the time, of a reference.

    A decision holds as long as its unit exists; a code may have been another unit's before.
    """
    fact_type = TYPES[name]
    if fact_type.dated_by:
        first, last = reference.span
        return facts[facts[fact_type.dated_by].between(first, last)]
    if fact_type.unit_dated_by:
        day = facts[fact_type.unit_dated_by]
        start, end = (facts["unit_code"].map(reference.places[bound]) for bound in ("valid_from", "valid_to"))
        return facts[(start <= day) & (day <= end.replace("", LAST_DAY))]
    return facts


def load(
    engine: Engine,
    until: int | None = None,
    world: World | None = None,
    day: str = "",
    before: Archive | None = None,
) -> Dataset:
    """Load a world from the database at a revision (the latest if none is given): of the plan's province alone.

    Without a `world` it is the real one from the first official fact on, and the sample until then. It is seen from a
    `day` (ISO text), without one from the latest period. `before`: the same world at an earlier revision; only what
    has come since is read.
    """
    timeline = timeline_module.load()
    revision = store.latest(engine) if until is None else until
    chosen = world or default_world(engine, revision, timeline)
    asked: dict[str, Any] = {"kinds": chosen.kinds, "units": timeline.codes, "until": revision}
    if before is None:
        known = {name: store.present(engine, name, **asked) for name in TYPES}
    else:
        known = {name: store.advanced(engine, name, before.tables[name], before.revision, **asked) for name in TYPES}
    planned = timeline.of_kinds(chosen.kinds).with_plans(plans.plans(known["plans"]))
    archive = Archive(planned, chosen, revision, store.revisions(engine, revision), known)
    return archive.at(day or archive.default_period)


def timeline_of(engine: Engine, world: World) -> Timeline:
    """Return the timeline with a world's plans alone: those of the folder, and those that are in effect now."""
    timeline = timeline_module.load()
    stored = store.present(engine, "plans", kinds=world.kinds, units=timeline.codes)
    return timeline.of_kinds(world.kinds).with_plans(plans.plans(stored))


def default_world(engine: Engine, revision: int, timeline: Timeline) -> World:
    """Return the world that opens at a revision: the sample, until any official fact of the province is in effect.

    A province without a sample has the real world alone.
    """
    official, sample = (store.holds(engine, kind, units=timeline.codes, until=revision) for kind in (OFFICIAL, SAMPLE))
    return World.REAL if official or not sample else World.SAMPLE


def build(engine: Engine, data: Path = DATA) -> list[int]:
    """Load the published and the sample facts of `data/` into the database; return the revisions added.

    Files whose content is in the database already, or that a province does not have, add nothing.
    """
    reference = reference_module.load()
    added = []
    for kind, note in SEEDS.items():
        files = {name: data / kind / f"{name}.csv" for name in TYPES if (data / kind / f"{name}.csv").exists()}
        if not files:
            continue
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in files.values())).hexdigest()
        if store.has_digest(engine, digest):
            continue
        facts = {name: tables.read(file) for name, file in files.items()}
        change = store.Change(BUILDER, note, kind, facts, digest)
        revision = store.publish(engine, change, reference)
        if revision is not None:  # somebody else's first start may have come before
            added.append(revision)
    return added
