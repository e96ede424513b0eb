"""The store with a country in it: 63 provinces, 10,600 communes, 19 criteria, 60 months: 12 million assessments.

Prints for SQLite and PostgreSQL how fast they are imported (checked and written, a revision for each province), how
large the database becomes, what tier counts by district cost in time and memory for one month and for all, and what
opening one province costs when it is alone and when 62 others are there. Beside them the limit: the same counts by
NumPy on an array of bit masks. `python -m benchmarks.store [PROVINCES]`; `make bench-store`.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Engine, Integer, func, select, text

from ntm import database, dataset, metrics, people, reference, store
from ntm.facts import TYPES
from ntm.reference import Reference
from ntm.store import Change
from tests import postgres
from tests.conftest import new_database

PROVINCES, COMMUNES, DISTRICTS = 63, 10_600, 700
MONTHS = 60
SET = "commune-2021-2025"
CRITERIA = 19
REPEATS = 3
DAY = "2024-12-31"  # whose units and sets the figures are of


def months() -> list[str]:
    """The last days of the months up to the plan's due date."""
    return list(pd.date_range(end=DAY, periods=MONTHS, freq="ME").strftime("%Y-%m-%d"))


def province(facts: Reference, number: int) -> Reference:
    """The reference data of a synthetic province, or of the plan's own for number 0."""
    if number == 0:
        return facts
    top, districts = f"{number:02}p", [f"{number:02}d{place}" for place in range(DISTRICTS // PROVINCES)]
    communes = [f"{number:02}{place:04}" for place in range(COMMUNES // PROVINCES)]
    units = pd.DataFrame({"code": [top, *districts, *communes]}).reindex(columns=facts.timeline.all_units.columns)
    units["name"] = units["name_gso"] = units["code"]
    units["level"] = ["province"] + ["district"] * len(districts) + ["commune"] * len(communes)
    units["kind"] = units["level"].map({"province": "tỉnh", "district": "huyện", "commune": "xã"})
    homes = [districts[place % len(districts)] for place in range(len(communes))]
    units["parent_code"] = [""] + [top] * len(districts) + homes
    units["valid_from"], units["valid_to"] = "", ""
    return reference.of_day(replace(facts.timeline, all_units=units), facts.day)


def assessments(units: list[str], chance: np.random.Generator) -> pd.DataFrame:
    """Every unit at every month and criterion."""
    places = pd.MultiIndex.from_product([months(), units, range(1, CRITERIA + 1)])
    frame = places.to_frame(index=False, name=["period", "unit_code", "criterion"])
    return frame.assign(criteria_set=SET, met=chance.random(len(frame)) < 0.7)


def fill(engine: Engine, facts: Reference, provinces: int) -> tuple[int, float]:
    """Publish the provinces one after the other; return the number of rows and the seconds."""
    chance = np.random.default_rng(1050)
    rows, seconds = 0, 0.0
    for number in range(provinces):
        own = province(facts, number)
        units = list(own.communes.index)
        change = Change(people.owner("benchmark"), f"{number}", "official", {"assessments": assessments(units, chance)})
        start = time.perf_counter()
        store.publish(engine, change, own)
        seconds += time.perf_counter() - start
        rows += len(change.facts["assessments"])
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as its own housekeeping does after a while
    return rows, seconds


def size(engine: Engine) -> float:
    """Return the database's size in MB."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            return connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one() / 1e6
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one() / 1e6


def timed(work: Callable[[], object]) -> float:
    """Return the median time of some runs in milliseconds."""
    times = []
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def tier_counts(engine: Engine, facts: Reference, period: str | None) -> pd.DataFrame:
    """Communes by district and tier, counted from what the database sums up."""
    table = TYPES["assessments"].table
    met = func.sum(table.c.met.cast(Integer)).label("met")
    query = select(table.c.period, table.c.unit_code, met).group_by(table.c.period, table.c.unit_code)
    if period:
        query = query.where(table.c.period == pd.Timestamp(period).date())
    with engine.connect() as connection:
        counts = pd.read_sql(query, connection)
    counts["tier"] = metrics.tier_of(counts["met"], facts.tiers)
    return counts.groupby(["period", counts["unit_code"].str[:4], "tier"]).size().unstack(fill_value=0)


def by_numpy() -> tuple[float, float]:
    """The limit: milliseconds for one month and for all, of a 19-bit mask for each commune and month in memory."""
    chance = np.random.default_rng(1050)
    masks = chance.integers(0, 2**CRITERIA, (MONTHS, COMMUNES), dtype=np.uint32)
    districts = np.arange(COMMUNES) % DISTRICTS
    lower = np.array([5, 10, 15, 19])

    def count(chosen: np.ndarray) -> np.ndarray:
        tiers = np.searchsorted(lower, np.bitwise_count(chosen), side="right")
        places = (np.arange(len(chosen))[:, None] * DISTRICTS + districts) * 5 + tiers
        return np.bincount(places.ravel(), minlength=len(chosen) * DISTRICTS * 5)

    return timed(lambda: count(masks[-1:])), timed(lambda: count(masks))


def measure(name: str, alone: Engine, country: Engine, facts: Reference, provinces: int) -> None:
    """Fill two databases, one with the plan's province alone, and print what they cost."""
    fill(alone, facts, 1)
    rows, seconds = fill(country, facts, provinces)
    one = timed(lambda: tier_counts(country, facts, months()[-1]))
    every = timed(lambda: tier_counts(country, facts, None))
    lonely, crowded = timed(lambda: dataset.load(alone)), timed(lambda: dataset.load(country))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:>11} {rows / 1e6:6.1f} M {rows / seconds:9,.0f} /s {size(country):8,.0f} MB {one:9,.0f} {every:9,.0f} "
        f"{lonely:9,.0f} {crowded:9,.0f} {crowded / lonely:6.2f} {memory:7,.0f} MB",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    provinces = int(sys.argv[1]) if len(sys.argv) > 1 else PROVINCES
    facts = reference.load(DAY)
    print(
        "   database     rows       import        size  1 month ms  all ms  alone ms  among ms  ratio    peak memory",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        files = [f"sqlite:///{Path(folder) / name}.sqlite" for name in ("alone", "country")]
        measure("SQLite", *map(database.connect, files), facts, provinces)
    with postgres.running() as server:
        measure("PostgreSQL", *(database.connect(new_database(server.address)) for _name in range(2)), facts, provinces)
    one, every = by_numpy()
    print(f"{'NumPy':>11} {COMMUNES * CRITERIA * MONTHS / 1e6:6.1f} M {'':31} {one:9,.2f} {every:9,.1f}")


if __name__ == "__main__":
    main()
