"""One-time links: the first password of an account is set by one, and the machine's owner signs in by one."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, select, update

from ntm.accounts import tables
from ntm.accounts.refusals import SpentLink, UnknownLink

FOR_A_PASSWORD = dt.timedelta(hours=72)
FOR_THE_OWNER = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=30)  # so long a spent link is still told from one that never was


def make(connection: Connection, address: str) -> str:
    """Make a link for who has an address (tables.OWNER: the machine's owner) and return its secret.

    Links that the same person has not used yet hold no longer.
    """
    now, table = tables.now(), tables.links
    unused = (table.c.address == address) & table.c.used_at.is_(None)
    connection.execute(delete(table).where(unused | (table.c.expires_at < now - KEPT)))
    secret = tables.token()
    lasts = FOR_THE_OWNER if address == tables.OWNER else FOR_A_PASSWORD
    values = {"digest": tables.digest(secret), "address": address, "expires_at": now + lasts}
    connection.execute(insert(table).values(values))
    return secret


def address_of(connection: Connection, secret: str) -> str:
    """Return whose link it is, if it can be used; uses nothing. Raises UnknownLink, SpentLink."""
    table = tables.links
    found = connection.execute(select(table).where(table.c.digest == tables.digest(secret))).one_or_none()
    if found is None:
        raise UnknownLink
    if found.used_at is not None or found.expires_at <= tables.now():
        raise SpentLink(is_used=found.used_at is not None)
    return found.address


def use(connection: Connection, secret: str) -> str:
    """Use a link up and return whose it is: of two who try at once, one is let in. Raises UnknownLink, SpentLink."""
    address = address_of(connection, secret)
    table = tables.links
    unused = (table.c.digest == tables.digest(secret)) & table.c.used_at.is_(None)
    if connection.execute(update(table).where(unused).values(used_at=tables.now())).rowcount != 1:
        raise SpentLink(is_used=True)
    return address


def end(connection: Connection, address: str) -> None:
    """Take the links of an address away."""
    connection.execute(delete(tables.links).where(tables.links.c.address == address))
