"""An office with accounts, on both databases, and a clock that tests set."""

import datetime as dt

import pytest
from sqlalchemy import Engine

from ntm import people
from ntm.accounts import keeping, signing_in, tables

AN, PASSWORD = "an@laichau.example", "bốn từ không liên quan"


class Clock:
    """The time of the accounts; it stands until it is moved."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 2, 1, 0, 10)

    def move(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(tables, "now", lambda: made.now)
    return made


@pytest.fixture
def office(empty_engine: Engine, clock: Clock) -> Engine:
    """A database in which An has an account and a password."""
    link = keeping.add(empty_engine, AN, people.owner("Khánh"))
    signing_in.set_password(empty_engine, link, PASSWORD)
    return empty_engine
