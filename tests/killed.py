"""Publishes without end and is killed: `python -m tests.killed URL COUNT` kills so many publishers at random moments.

After each kill the database must hold whole revisions only. Prints how many kills there were, and how many revisions
the killed had published before.
"""

import os
import random
import signal
import sys
import time

import pandas as pd
from sqlalchemy import func, select

from ntm import database, people, reference, schema, store
from ntm.facts import assessments
from ntm.store import Change

LONGEST = 3  # times of publishing that a publisher lives: some die in their first, whatever else the machine does
TIMED = 3
COMMUNES = 25
SET = "commune-2021-2025"


def whole(facts: reference.Reference) -> pd.DataFrame:
    """One period's assessments of some communes."""
    rows = [(code, number) for code in facts.communes.index[:COMMUNES] for number in facts.criteria_of(SET).index]
    frame = pd.DataFrame(rows, columns=["unit_code", "criterion"])
    return frame.assign(period="2024-12-31", criteria_set=SET, met=True)


def publish_without_end(url: str, facts: reference.Reference, rows: pd.DataFrame) -> None:
    engine = database.connect(url)
    while True:
        store.publish(engine, Change(people.owner("publisher"), "again", "official", {"assessments": rows}), facts)


def seconds_to_publish(url: str, facts: reference.Reference, rows: pd.DataFrame) -> float:
    """Publish TIMED times; return the seconds that one took."""
    engine = database.connect(url)
    start = time.monotonic()
    for _time in range(TIMED):
        store.publish(engine, Change(people.owner("timed"), "timed", "official", {"assessments": rows}), facts)
    engine.dispose()
    return (time.monotonic() - start) / TIMED


def check_whole(url: str, expected: int) -> int:
    """Return how many revisions there are; AssertionError where one is not whole."""
    engine = database.connect(url)
    counts = select(assessments.TABLE.c.revision, func.count()).group_by(assessments.TABLE.c.revision)
    with engine.connect() as connection:
        rows = dict(connection.execute(counts).all())
        numbers = list(connection.scalars(select(schema.revisions.c.id).order_by(schema.revisions.c.id)))
        logged = list(connection.scalars(select(schema.log.c.revision).order_by(schema.log.c.id)))
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    assert numbers == list(range(1, len(numbers) + 1)) == logged
    assert rows == dict.fromkeys(numbers, expected)
    return len(numbers)


def main(url: str, count: int) -> None:
    facts = reference.load("2024-12-31")
    rows = whole(facts)
    database.connect(url).dispose()
    store.check(Change(people.owner(), "", "official", {"assessments": rows}), facts)  # imports what publishing needs
    longest = LONGEST * seconds_to_publish(url, facts, rows)
    chance = random.Random(count)
    for _kill in range(count):
        child = os.fork()
        if child == 0:
            publish_without_end(url, facts, rows)
        time.sleep(chance.random() * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        published = check_whole(url, len(rows))
    assert store.follow(database.connect(url)).fault == ""
    print(f"{count} kills, {published - TIMED} whole revisions")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
