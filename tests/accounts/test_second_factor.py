"""The second factor: turned on by a first code; recovery codes, each of which works once."""

import datetime as dt

import pyotp
import pytest
import sqlalchemy as sa

from ntm.accounts import keeping, second_factor, signing_in, tables
from ntm.accounts.refusals import WrongSecret
from ntm.database import writing
from tests.accounts.conftest import AN, PASSWORD


def turned_on(engine, clock) -> list[str]:
    secret = second_factor.new_secret()
    given = pyotp.TOTP(secret).at(clock.now.replace(tzinfo=dt.UTC))
    with writing(engine) as connection:
        return second_factor.turn_on(connection, AN, secret, given)


def test_a_recovery_code_stands_in_for_the_phone_once(office, clock) -> None:
    codes = turned_on(office, clock)
    assert len(set(codes)) == second_factor.CODES
    assert signing_in.by_password(office, AN, PASSWORD, codes[0].upper())
    with pytest.raises(WrongSecret):
        signing_in.by_password(office, AN, PASSWORD, codes[0])
    assert signing_in.by_password(office, AN, PASSWORD, codes[1])


def test_new_codes_end_the_old_ones_and_turning_off_ends_all(office, clock) -> None:
    old, new = turned_on(office, clock), turned_on(office, clock)
    with pytest.raises(WrongSecret):
        signing_in.by_password(office, AN, PASSWORD, old[0])
    assert signing_in.by_password(office, AN, PASSWORD, new[0])
    with writing(office) as connection:
        second_factor.turn_off(connection, AN)
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.recovery_codes)) == 0
    assert signing_in.by_password(office, AN, PASSWORD, "")
    assert not keeping.has_second_factor(office, AN)


@pytest.mark.parametrize("secret", ["", "A" * 16, "not base 32 at all, but 32 signs", "A" * 64])
def test_a_secret_that_is_not_ours_is_not_taken(office, secret: str) -> None:
    with pytest.raises(WrongSecret), writing(office) as connection:
        second_factor.turn_on(connection, AN, secret, "123456")
    assert not keeping.has_second_factor(office, AN)


def test_a_first_code_that_is_wrong_turns_nothing_on(office, clock) -> None:
    with pytest.raises(WrongSecret), writing(office) as connection:
        second_factor.turn_on(connection, AN, second_factor.new_secret(), "12345")
    assert not keeping.has_second_factor(office, AN)


def test_what_the_phone_reads_names_account_and_product() -> None:
    secret = second_factor.new_secret()
    read = pyotp.parse_uri(second_factor.address_for_phone(secret, AN, "Nông thôn mới Lai Châu"))
    assert (read.secret, read.name, read.issuer) == (secret, AN, "Nông thôn mới Lai Châu")
