"""Failures are counted before they are looked at, by name, and not kept longer than they count."""

import pytest
import sqlalchemy as sa

from ntm.accounts import failures, tables
from ntm.accounts.refusals import Locked
from ntm.database import writing
from tests.accounts.conftest import AN


def begin(engine, address: str = AN) -> None:
    with writing(engine) as connection:
        failures.begin(connection, address)


def test_many_attempts_at_once_are_as_many_as_one_after_the_other(office) -> None:
    for _time in range(failures.ALLOWED):
        begin(office)  # none of them has been looked at yet
    with pytest.raises(Locked):
        begin(office)
    begin(office, "b@laichau.example")  # another name is not locked


def test_what_is_counted_names_nobody_and_does_not_stay(office, clock) -> None:
    begin(office, "a password typed as a name")
    with office.connect() as connection:
        assert "password" not in str(connection.execute(sa.select(tables.failures)).all())
    clock.now += failures.WITHIN
    begin(office)
    with office.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.failures)) == 1
