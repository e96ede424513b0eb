"""Sessions: who is signed in, by a random secret in their cookie, for twelve hours or until the session is ended."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from ntm.accounts import tables

HOURS = 12
SECONDS = HOURS * 3600


@dataclass(frozen=True)
class Session:
    """A session that holds. `address`: whose it is, tables.OWNER for the machine's owner; moments are naive UTC."""

    address: str
    begun_at: dt.datetime
    expires_at: dt.datetime


def begin(connection: Connection, address: str, earlier: str = "") -> str:
    """Begin a session and return its secret; the session of an earlier secret in the same browser ends."""
    now = tables.now()
    connection.execute(delete(tables.sessions).where(tables.sessions.c.expires_at <= now))
    end(connection, earlier)
    secret = tables.token()
    values = {"address": address, "begun_at": now, "expires_at": now + dt.timedelta(hours=HOURS)}
    connection.execute(insert(tables.sessions).values(values | {"digest": tables.digest(secret)}))
    return secret


def find(connection: Connection, secret: str) -> Session | None:
    """Return the session of a secret, if it holds."""
    table = tables.sessions
    found = connection.execute(
        select(table.c.address, table.c.begun_at, table.c.expires_at).where(
            table.c.digest == tables.digest(secret), table.c.expires_at > tables.now()
        )
    ).one_or_none()
    return Session(*found) if found else None


def end(connection: Connection, secret: str) -> None:
    """End the session of a secret, if there is one."""
    connection.execute(delete(tables.sessions).where(tables.sessions.c.digest == tables.digest(secret)))


def end_all(connection: Connection, address: str | None = None, *, but: str = "") -> int:
    """End the sessions of an address, or everybody's (None), but for that of one secret; return how many there were."""
    table = tables.sessions
    of_whom = [] if address is None else [table.c.address == address]
    ended = delete(table).where(table.c.digest != tables.digest(but), *of_whom)
    return connection.execute(ended).rowcount
