"""Signing in: by an address, a password and, if it is asked for, a code; or by a one-time link."""

from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from ntm import people, signs
from ntm.accounts import failures, links, passwords, second_factor, sessions, tables
from ntm.accounts.refusals import UnknownLink, WrongSecret
from ntm.database import writing


def by_password(engine: Engine, address: str, password: str, code: str, earlier: str = "") -> str:
    """Begin a session and return its secret. `earlier`: the secret of the browser's session before, which ends.

    An address without an account takes as long and is refused in the same words. Raises Refused.
    """
    folded = people.fold(signs.shown(address))
    account = _ask(engine, folded, password)
    with writing(engine) as connection:
        if account.secret:
            second_factor.check(connection, folded, account.secret, code)
        failures.forget(connection, folded)
        return sessions.begin(connection, folded, earlier)


def confirm(engine: Engine, address: str, password: str) -> None:
    """Raise Refused unless who is signed in knows their password, before they change how they sign in."""
    _ask(engine, address, password)
    with writing(engine) as connection:
        failures.forget(connection, address)


def _ask(engine: Engine, address: str, password: str) -> Row[Any]:
    """Count an attempt; return the account, if the password is right. `address`: as people.fold writes it."""
    with writing(engine) as connection:
        failures.begin(connection, address)
    table = tables.accounts
    with engine.connect() as connection:
        found = connection.execute(select(table).where(table.c.address == address)).one_or_none()
    if not passwords.holds(password, found.password if found else None) or found is None:
        raise WrongSecret
    return found


def set_password(engine: Engine, secret: str, password: str, earlier: str = "") -> str:
    """Set the password of whose one-time link it is, end their sessions, and return the secret of a new one.

    Raises Refused; the link is then as it was.
    """
    with engine.connect() as connection:
        address = links.address_of(connection, secret)
    if address == tables.OWNER:
        raise UnknownLink
    passwords.check(password, address)
    hashed = passwords.hashed(password)
    with writing(engine) as connection:
        return _changed(connection, links.use(connection, secret), hashed, earlier)


def change_password(engine: Engine, address: str, password: str, earlier: str) -> str:
    """Change the password of who is signed in; end all their sessions and return the secret of a new one.

    Raises WeakPassword.
    """
    passwords.check(password, address)
    hashed = passwords.hashed(password)
    with writing(engine) as connection:
        return _changed(connection, address, hashed, earlier)


def _changed(connection: Connection, address: str, hashed: str, earlier: str) -> str:
    table = tables.accounts
    done = connection.execute(update(table).where(table.c.address == address).values(password=hashed))
    if done.rowcount != 1:  # the account was removed meanwhile
        raise UnknownLink
    sessions.end_all(connection, address)
    failures.forget(connection, address)
    return sessions.begin(connection, address, earlier)


def by_owners_link(engine: Engine, secret: str, earlier: str = "") -> str:
    """Begin a session of the machine's owner and return its secret. Raises UnknownLink, SpentLink."""
    with writing(engine) as connection:
        if links.use(connection, secret) != tables.OWNER:
            raise UnknownLink
        return sessions.begin(connection, tables.OWNER, earlier)
