"""Signing in by password, code or link, on both databases."""

import datetime as dt

import pyotp
import pytest
import sqlalchemy as sa

from ntm.accounts import failures, keeping, second_factor, sessions, signing_in, tables
from ntm.accounts.refusals import ClocksApart, Locked, SpentLink, UnknownLink, WeakPassword, WrongSecret
from ntm.database import writing
from tests.accounts.conftest import AN, PASSWORD


def session(engine, secret: str) -> sessions.Session | None:
    with engine.connect() as connection:
        return sessions.find(connection, secret)


def test_the_right_password_begins_a_session_and_ends_the_browsers_earlier_one(office) -> None:
    first = signing_in.by_password(office, AN, PASSWORD, "")
    second = signing_in.by_password(office, " AN@laichau.example ", PASSWORD, "", earlier=first)
    assert first != second
    assert session(office, first) is None
    assert session(office, second).address == AN


@pytest.mark.parametrize(
    ("address", "password"),
    [
        (AN, "wrong"),
        (AN, ""),
        (AN, PASSWORD + "\0"),
        ("nobody@laichau.example", PASSWORD),
        ("a\0n@laichau.example", PASSWORD),
        ("", ""),
        ("' OR 1=1 --", PASSWORD),
        ("x" * 5000, "y" * 5000),
    ],
)
def test_whatever_is_wrong_is_told_in_the_same_words(office, address: str, password: str) -> None:
    with pytest.raises(WrongSecret) as refused:
        signing_in.by_password(office, address, password, "")
    assert str(refused.value) == str(WrongSecret())


@pytest.mark.parametrize("address", [AN, "nobody@laichau.example"])
def test_after_some_failures_a_name_is_locked_for_a_while_whether_it_has_an_account_or_not(
    office, clock, address: str
) -> None:
    for _time in range(failures.ALLOWED):
        with pytest.raises(WrongSecret):
            signing_in.by_password(office, address, "wrong", "")
    for _time in range(3):
        with pytest.raises(Locked, match="08:15") as locked:  # in the province's time
            signing_in.by_password(office, address, PASSWORD, "")
    assert locked.value.until == clock.now + failures.WITHIN
    clock.move(minutes=15, seconds=1)
    if address == AN:
        assert signing_in.by_password(office, address, PASSWORD, "")
    else:
        with pytest.raises(WrongSecret):
            signing_in.by_password(office, address, PASSWORD, "")
    with office.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.failures)) <= 1  # old ones are gone


def test_a_success_forgets_the_failures_before(office) -> None:
    for _round in range(3):
        for _time in range(failures.ALLOWED - 1):
            with pytest.raises(WrongSecret):
                signing_in.by_password(office, AN, "wrong", "")
        signing_in.by_password(office, AN, PASSWORD, "")


def test_nothing_in_the_database_lets_its_reader_in(office) -> None:
    link = keeping.reset(office, AN, keeping.people.owner("Khánh"))
    secret = signing_in.set_password(office, link, PASSWORD)
    with office.connect() as connection:
        kept = [
            str(row) for name in tables.NAMES for row in connection.execute(sa.select(tables.metadata.tables[name]))
        ]
    assert kept
    assert not [row for row in kept if any(words in row for words in (PASSWORD, link, secret))]


def test_a_link_sets_the_password_once_and_ends_what_was_before(office) -> None:
    old = signing_in.by_password(office, AN, PASSWORD, "")
    link = keeping.reset(office, AN, keeping.people.owner("Khánh"))
    assert session(office, old) is None
    with pytest.raises(WrongSecret):
        signing_in.by_password(office, AN, PASSWORD, "")
    with pytest.raises(WeakPassword):
        signing_in.set_password(office, link, "short")  # the link is as it was
    assert session(office, signing_in.set_password(office, link, "một mật khẩu khác")).address == AN
    with pytest.raises(SpentLink, match="đã được dùng"):
        signing_in.set_password(office, link, "một mật khẩu khác nữa")
    assert signing_in.by_password(office, AN, "một mật khẩu khác", "")


def test_a_changed_password_ends_every_other_session(office) -> None:
    elsewhere, here = (signing_in.by_password(office, AN, PASSWORD, "") for _browser in range(2))
    signing_in.confirm(office, AN, PASSWORD)
    now = signing_in.change_password(office, AN, "một mật khẩu khác", here)
    assert [session(office, one) is None for one in (elsewhere, here, now)] == [True, True, False]
    with pytest.raises(WrongSecret):
        signing_in.confirm(office, AN, PASSWORD)


def test_the_owners_link_is_nobody_elses(office, clock) -> None:
    owners, of_an = keeping.owners_link(office), keeping.reset(office, AN, keeping.people.owner("Khánh"))
    with pytest.raises(UnknownLink):
        signing_in.set_password(office, owners, PASSWORD)
    with pytest.raises(UnknownLink):
        signing_in.by_owners_link(office, of_an)
    assert signing_in.set_password(office, of_an, PASSWORD)  # it was not used up
    assert session(office, signing_in.by_owners_link(office, owners)).address == tables.OWNER
    with pytest.raises(SpentLink):
        signing_in.by_owners_link(office, owners)


@pytest.fixture
def phone(office, clock) -> pyotp.TOTP:
    """An's phone, which has turned the second factor on; half a minute later."""
    secret = second_factor.new_secret()
    made = pyotp.TOTP(secret)
    with writing(office) as connection:
        second_factor.turn_on(connection, AN, secret, code(made, clock))
    clock.move(seconds=30)
    return made


def code(phone: pyotp.TOTP, clock, **away: float) -> str:
    """What a phone shows whose clock is as far away."""
    return phone.at(clock.now.replace(tzinfo=dt.UTC) + dt.timedelta(**away))


def test_with_a_second_factor_the_password_alone_is_not_enough(office, phone, clock) -> None:
    for given in ("", "000000", "abc", "１２３４５６"):
        with pytest.raises(WrongSecret):
            signing_in.by_password(office, AN, PASSWORD, given)
    assert signing_in.by_password(office, AN, PASSWORD, f" {code(phone, clock)[:3]} {code(phone, clock)[3:]}")


def test_a_code_is_used_once(office, phone, clock) -> None:
    given = code(phone, clock)
    signing_in.by_password(office, AN, PASSWORD, given)
    with pytest.raises(WrongSecret):
        signing_in.by_password(office, AN, PASSWORD, given)
    clock.move(seconds=30)
    assert signing_in.by_password(office, AN, PASSWORD, code(phone, clock))


@pytest.mark.parametrize(("away", "minutes"), [(-5, 5), (7, 7), (19, 19)])
def test_clocks_that_are_apart_are_told(office, phone, clock, away: int, minutes: int) -> None:
    with pytest.raises(ClocksApart, match=f"khoảng {minutes} phút"):
        signing_in.by_password(office, AN, PASSWORD, code(phone, clock, minutes=away))
    with pytest.raises(WrongSecret):  # and not to who does not know the password
        signing_in.by_password(office, AN, "wrong", code(phone, clock, minutes=away))


def test_clocks_may_differ_by_half_a_minute(office, phone, clock) -> None:
    assert signing_in.by_password(office, AN, PASSWORD, code(phone, clock, seconds=25))
