"""Archives: a new revision is loaded beside the one that readers look at; who must see it waits."""

import threading

import pandas as pd
import pytest
from sqlalchemy.exc import OperationalError

from ntm import dataset, people, store
from ntm.store import Change
from ntm.ui import archives
from ntm.ui.archives import Archives
from ntm.world import World

LONG = 30  # seconds, after which a test that hangs fails
PERIOD = "2024-12-31"


@pytest.fixture
def kept(empty_engine, facts) -> Archives:
    """The archives of a database with one official answer, which is loaded."""
    publish(empty_engine, facts, "1")
    found = Archives(lambda: empty_engine)
    assert found.settle(1, wait=True) == 1
    return found


def publish(engine, facts, met: str, kind: str = "official") -> int | None:
    row = {"period": PERIOD, "unit_code": "03628", "criteria_set": "commune-2021-2025", "criterion": "10", "met": met}
    author = people.owner("tester")
    return store.publish(engine, Change(author, "note", kind, {"assessments": pd.DataFrame([row])}), facts)


def met(found: Archives, revision: int) -> list[bool]:
    return found.of(revision, World.REAL).tables["assessments"]["met"].tolist()


@pytest.fixture
def gate(monkeypatch) -> threading.Event:
    """Loading waits until this is set."""
    opened, plain = threading.Event(), dataset.load

    def slow(*arguments, **options):
        assert opened.wait(LONG)
        return plain(*arguments, **options)

    monkeypatch.setattr(archives.dataset, "load", slow)
    return opened


def test_readers_go_on_with_the_revision_before_until_the_new_one_is_there(kept, gate, empty_engine, facts) -> None:
    latest = publish(empty_engine, facts, "0")
    assert kept.settle(latest, wait=False) == 1
    assert kept.settle(latest, wait=False) == 1  # and no second loader is started
    assert met(kept, 1) == [True]
    gate.set()
    kept._loader.join(LONG)
    assert kept.settle(latest, wait=False) == latest
    assert met(kept, latest) == [False]


def test_who_must_see_it_waits(kept, empty_engine, facts) -> None:
    latest = publish(empty_engine, facts, "0")
    assert kept.settle(latest, wait=True) == latest
    assert met(kept, latest) == [False]


def test_both_worlds_that_are_looked_at_are_loaded(kept, gate, empty_engine, facts) -> None:
    gate.set()
    kept.of(1, World.SAMPLE)
    latest = publish(empty_engine, facts, "0")
    kept.settle(latest, wait=True)
    gate.clear()
    assert kept.of(latest, World.SAMPLE).world is World.SAMPLE  # would wait at the gate


def test_a_load_that_fails_is_tried_again(kept, empty_engine, facts, monkeypatch) -> None:
    latest, plain = publish(empty_engine, facts, "0"), dataset.load

    def away(*_arguments, **_options):
        raise OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(archives.dataset, "load", away)
    assert kept.settle(latest, wait=False) == 1
    kept._loader.join(LONG)
    monkeypatch.setattr(archives.dataset, "load", plain)
    assert kept.settle(latest, wait=False) == 1
    kept._loader.join(LONG)
    assert kept.settle(latest, wait=False) == latest


def test_no_more_are_kept_than_there_is_room_for(kept, empty_engine, facts) -> None:
    for number in range(archives.KEPT + 2):
        kept.settle(publish(empty_engine, facts, str(number % 2)), wait=True)
    assert len(kept._kept) == archives.KEPT
