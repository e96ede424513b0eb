"""Failed sign-ins: after some of them, a name is locked for a while, whether it has an account or not."""

import datetime as dt
import secrets

from sqlalchemy import Connection, delete, func, insert, select

from ntm.accounts import tables
from ntm.accounts.refusals import Locked

ALLOWED = 5  # failures under one name …
WITHIN = dt.timedelta(minutes=15)  # … in this time, for which it is then locked


def begin(connection: Connection, address: str) -> None:
    """Count an attempt before it is looked at, so that many at once are counted too. Raises Locked."""
    now, table = tables.now(), tables.failures
    connection.execute(delete(table).where(table.c.at <= now - WITHIN))
    until = locked_until(connection, address)
    if until:
        raise Locked(until)
    values = {"id": secrets.token_hex(8), "name": tables.digest(address), "at": now}
    connection.execute(insert(table).values(values))


def forget(connection: Connection, address: str) -> None:
    """Take back what was counted under a name: its owner is in, or somebody has unlocked it."""
    connection.execute(delete(tables.failures).where(tables.failures.c.name == tables.digest(address)))


def locked_until(connection: Connection, address: str) -> dt.datetime | None:
    """Return until when a name is locked (naive UTC); None if it is not."""
    table, now = tables.failures, tables.now()
    found = select(func.count(), func.max(table.c.at)).where(
        table.c.name == tables.digest(address), table.c.at > now - WITHIN
    )
    count, latest = connection.execute(found).one()
    return latest + WITHIN if count >= ALLOWED else None
