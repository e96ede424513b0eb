"""The second factor: codes of a phone that change every half minute (TOTP, RFC 6238, by pyotp), and recovery codes."""

import datetime as dt
import re
import secrets

import pyotp
from sqlalchemy import Connection, delete, insert, update

from ntm.accounts import tables
from ntm.accounts.refusals import ClocksApart, WrongSecret

STEP = 30  # seconds that a code holds
DRIFT = 1  # steps that a phone's clock may be away
LOOKED_AT = 40  # steps, in which a code tells that the clocks are apart
CODES = 10  # recovery codes
SECRET = re.compile(r"[A-Z2-7]{32}")
SIGNS = 5  # of each of the four parts of a recovery code


def new_secret() -> str:
    """Return a new secret (base 32), which phone and server then share."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Return whether a text looks like a secret that new_secret has made."""
    return SECRET.fullmatch(text) is not None


def address_for_phone(secret: str, address: str, product: str) -> str:
    """Return the otpauth:// address that an authenticator app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=address, issuer_name=product)


def step_of(secret: str, code: str) -> int:
    """Return the half minute of which a code is. Raises ClocksApart, WrongSecret."""
    clock, now = pyotp.TOTP(secret), tables.now()
    present = int(now.replace(tzinfo=dt.UTC).timestamp()) // STEP
    for away in sorted(range(-LOOKED_AT, LOOKED_AT + 1), key=abs):
        if pyotp.utils.strings_equal(clock.generate_otp(present + away), code):
            if abs(away) > DRIFT:
                raise ClocksApart(max(abs(away) * STEP // 60, 1), now)
            return present + away
    raise WrongSecret


def check(connection: Connection, address: str, secret: str, code: str) -> None:
    """Use a code of the phone, or a recovery code, up. Raises ClocksApart, WrongSecret."""
    written = code.replace(" ", "").lower()
    if written.isascii() and written.isdigit() and len(written) == pyotp.TOTP(secret).digits:
        step, table = step_of(secret, written), tables.accounts
        later = (table.c.address == address) & (table.c.last_step < step)
        used = connection.execute(update(table).where(later).values(last_step=step))
    else:
        codes = tables.recovery_codes
        own = (codes.c.address == address) & (codes.c.digest == tables.digest(written))
        used = connection.execute(delete(codes).where(own))
    if used.rowcount != 1:
        raise WrongSecret


def turn_on(connection: Connection, address: str, secret: str, code: str) -> list[str]:
    """Ask for a second factor from now on, after a first code has shown that the phone has the secret.

    Returns the recovery codes, which are shown once. Raises ClocksApart, WrongSecret.
    """
    if not is_secret(secret):
        raise WrongSecret
    step = step_of(secret, code.replace(" ", ""))
    turn_off(connection, address)
    table = tables.accounts
    connection.execute(update(table).where(table.c.address == address).values(secret=secret, last_step=step))
    codes = ["-".join(secrets.token_hex(SIGNS)[:SIGNS] for _part in range(4)) for _code in range(CODES)]
    rows = [{"address": address, "digest": tables.digest(code)} for code in codes]
    connection.execute(insert(tables.recovery_codes), rows)
    return codes


def turn_off(connection: Connection, address: str) -> None:
    """Ask for the password alone."""
    table, codes = tables.accounts, tables.recovery_codes
    connection.execute(delete(codes).where(codes.c.address == address))
    connection.execute(update(table).where(table.c.address == address).values(secret=None))
