"""Sessions: they hold for twelve hours, or until somebody ends them."""

from ntm.accounts import sessions
from ntm.database import writing
from tests.accounts.conftest import AN


def holding(engine, *secrets: str) -> list[bool]:
    with engine.connect() as connection:
        return [sessions.find(connection, secret) is not None for secret in secrets]


def begin(engine, address: str = AN) -> str:
    with writing(engine) as connection:
        return sessions.begin(connection, address)


def test_a_session_ends_after_twelve_hours(office, clock) -> None:
    secret = begin(office)
    clock.move(hours=11, minutes=59)
    assert holding(office, secret) == [True]
    clock.move(minutes=1)
    assert holding(office, secret) == [False]


def test_one_is_ended_all_of_a_person_or_everybodys(office) -> None:
    first, second, third, others = begin(office), begin(office), begin(office), begin(office, "b@laichau.example")
    with writing(office) as connection:
        sessions.end(connection, first)
        sessions.end(connection, "unknown")
        assert sessions.end_all(connection, AN, but=second) >= 1
    assert holding(office, first, second, third, others) == [False, True, False, True]
    with writing(office) as connection:
        assert sessions.end_all(connection) == 2
    assert holding(office, second, others) == [False, False]


def test_a_secret_of_any_kind_is_nobodys(office) -> None:
    assert holding(office, "", "x" * 100_000, "\0", "\ud800") == [False] * 4
