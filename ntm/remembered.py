"""Remembered columns: how an office has corrected the columns of a shape of tables by hand, for its next file.

Append-only like all else: the latest entry of an office and a shape holds, and one without columns forgets. Nothing is
decided by it alone: whoever reads a file is told that it is used, and may drop it.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select

from ntm import schema, signs, store
from ntm.database import reading, writing
from ntm.intake.table_shape import Shape
from ntm.people import GROUP_EDITOR, Denied, Person
from ntm.text import _


@dataclass(frozen=True)
class Remembered:
    """Columns corrected by hand: when (UTC), by whom, and column (number from 0) → role."""

    at: dt.datetime
    person: str
    roles: Mapping[int, str]


def office(person: Person) -> str:
    """Return the codes of the groups for which somebody acts; "" for who may change the whole province's data."""
    return " ".join(sorted(person.groups)) if person.role == GROUP_EDITOR else ""


def find(engine: Engine, person: Person, shape: Shape) -> Remembered | None:
    """Return what somebody's office remembers of a shape; None if there is nothing, or it was forgotten."""
    with reading(engine) as connection:
        return _find(connection, office(person), shape)


def _find(connection: Connection, named: str, shape: Shape) -> Remembered | None:
    table = schema.remembered_columns
    known = select(table.c.at, table.c.person, table.c.roles).where(
        table.c.office == named,
        table.c.form == shape.form,
        table.c.criteria_set == shape.criteria_set,
        table.c.fingerprint == shape.fingerprint,
    )
    row = connection.execute(known.order_by(table.c.id.desc()).limit(1)).one_or_none()
    roles = {int(column): role for column, role in json.loads(row.roles).items()} if row else {}
    return Remembered(row.at, row.person, roles) if row and roles else None


def keep(engine: Engine, person: Person, shape: Shape, roles: Mapping[int, str], words: str) -> bool:
    """Remember the columns of a shape for somebody's office, or forget them if there are none; log it.

    `words`: the columns as the log says them. Returns whether anything was to be written. Raises Denied for who may not
    upload files.
    """
    if not person.may_change:
        raise Denied(_("{person} chỉ được xem, không được thay đổi số liệu.", person=person.name))
    with writing(engine) as connection:
        known = _find(connection, office(person), shape)
        if dict(roles) == (dict(known.roles) if known else {}):
            return False
        table = schema.remembered_columns
        number = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
        values = {"id": number, "at": store.now(), "person": signs.shown(person.signature()), "office": office(person)}
        values |= {"form": shape.form, "criteria_set": shape.criteria_set, "fingerprint": shape.fingerprint}
        values |= {"roles": json.dumps({str(column): role for column, role in sorted(roles.items())})}
        connection.execute(insert(table).values(values))
        store.add_entry(connection, person, "remember columns" if roles else "forget columns", signs.shown(words))
    return True
