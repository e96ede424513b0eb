"""Keeping accounts: an administrator makes, resets and removes them by commands. Each act goes into the log."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from ntm import people, signs, store
from ntm.accounts import failures, links, second_factor, sessions, tables
from ntm.database import writing
from ntm.people import Person
from ntm.text import _


@dataclass(frozen=True)
class Account:
    """An account as an administrator sees it. Moments are naive UTC.

    `link_until`: until when a link for the first password can be used; `sessions`: how many hold.
    """

    address: str
    has_password: bool
    has_second_factor: bool
    made_at: dt.datetime
    link_until: dt.datetime | None
    locked_until: dt.datetime | None
    sessions: int


def exists(engine: Engine) -> bool:
    """Return whether this installation keeps accounts: there is at least one."""
    with engine.connect() as connection:
        return connection.scalar(select(tables.accounts.c.address).limit(1)) is not None


def has_second_factor(engine: Engine, folded: str) -> bool:
    """Return whether an account asks for a code. `folded`: its address as people.fold writes it."""
    table = tables.accounts
    with engine.connect() as connection:
        return connection.scalar(select(table.c.secret).where(table.c.address == folded)) is not None


def listed(engine: Engine) -> list[Account]:
    """Return the accounts, by address."""
    table = tables.accounts
    with engine.connect() as connection:
        found = connection.execute(select(table).order_by(table.c.address)).all()
        return [
            Account(
                row.address,
                row.password is not None,
                row.secret is not None,
                row.made_at,
                _link_until(connection, row.address),
                failures.locked_until(connection, row.address),
                _sessions(connection, row.address),
            )
            for row in found
        ]


def _link_until(connection: Connection, address: str) -> dt.datetime | None:
    table = tables.links
    usable = (table.c.address == address) & table.c.used_at.is_(None) & (table.c.expires_at > tables.now())
    return connection.scalar(select(table.c.expires_at).where(usable))


def _sessions(connection: Connection, address: str) -> int:
    table = tables.sessions
    holding = (table.c.address == address) & (table.c.expires_at > tables.now())
    return connection.scalar(select(func.count()).select_from(table).where(holding)) or 0


def add(engine: Engine, address: str, by: Person) -> str:
    """Make an account; return the secret of the link for its first password. Raises ValueError if there is one."""
    folded = people.fold(address)
    with writing(engine) as connection:
        if _has(connection, folded):
            raise ValueError(
                _("{address} đã có tài khoản. Muốn cấp liên kết mới: accounts reset {address}.", address=address)
            )
        values = {"address": folded, "last_step": 0, "made_at": tables.now()}
        connection.execute(insert(tables.accounts).values(values))
        secret = links.make(connection, folded)
        store.add_entry(connection, by, "account made", address)
    return secret


def reset(engine: Engine, address: str, by: Person) -> str:
    """Take password, second factor, lock and sessions of an account away; return the secret of a new link.

    Raises ValueError if there is no such account.
    """
    folded = people.fold(address)
    with writing(engine) as connection:
        _require(connection, folded)
        table = tables.accounts
        connection.execute(update(table).where(table.c.address == folded).values(password=None))
        second_factor.turn_off(connection, folded)
        failures.forget(connection, folded)
        sessions.end_all(connection, folded)
        secret = links.make(connection, folded)
        store.add_entry(connection, by, "account reset", address)
    return secret


def remove(engine: Engine, address: str, by: Person) -> None:
    """Remove an account with all that is its own. Raises ValueError if there is none."""
    folded = people.fold(address)
    with writing(engine) as connection:
        _require(connection, folded)
        second_factor.turn_off(connection, folded)
        sessions.end_all(connection, folded)
        links.end(connection, folded)
        failures.forget(connection, folded)
        connection.execute(delete(tables.accounts).where(tables.accounts.c.address == folded))
        store.add_entry(connection, by, "account removed", address)


def unlock(engine: Engine, address: str, by: Person) -> None:
    """Let somebody try again at once. Raises ValueError if there is no such account."""
    folded = people.fold(address)
    with writing(engine) as connection:
        _require(connection, folded)
        failures.forget(connection, folded)
        store.add_entry(connection, by, "account unlocked", address)


def end_sessions(engine: Engine, address: str | None, by: Person) -> int:
    """End the sessions of one address, or everybody's (None); return how many there were."""
    with writing(engine) as connection:
        ended = sessions.end_all(connection, None if address is None else people.fold(address))
        store.add_entry(connection, by, "sessions ended", signs.shown(address or ""))
    return ended


def owners_link(engine: Engine) -> str:
    """Return the secret of a new link by which the machine's owner signs in."""
    with writing(engine) as connection:
        return links.make(connection, tables.OWNER)


def _has(connection: Connection, folded: str) -> bool:
    table = tables.accounts
    return connection.scalar(select(table.c.address).where(table.c.address == folded)) is not None


def _require(connection: Connection, folded: str) -> None:
    if not _has(connection, folded):
        raise ValueError(_("{address} chưa có tài khoản. Xem ai đã có: python -m ntm accounts list.", address=folded))
