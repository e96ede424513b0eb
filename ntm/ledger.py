"""The ledger: which revisions there are, and which of them are in effect. Read within a transaction that is open."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, func, literal, select

from ntm import schema
from ntm.facts import TYPES


def latest(connection: Connection) -> int:
    """Return the number of the latest revision; 0 in an empty database."""
    return connection.execute(select(func.coalesce(func.max(schema.revisions.c.id), 0))).scalar_one()


def revisions(connection: Connection) -> pd.DataFrame:
    """Return all revisions, latest first. Columns: id, created_at (UTC), author, note, kind, undoes (or None)."""
    table = schema.revisions
    columns = [column for column in table.columns if column.name != "digest"]
    found = pd.read_sql(select(*columns).order_by(table.c.id.desc()), connection)
    return found.assign(undoes=found["undoes"].astype("Int64"))


def undone(known: pd.DataFrame, until: int) -> set[int]:
    """Return which revisions are taken back at a revision: by one that is not taken back itself."""
    taken_back: set[int] = set()
    by_number = known[known["id"] <= until].sort_values("id", ascending=False)
    for number, undoes in zip(by_number["id"], by_number["undoes"], strict=True):
        if number not in taken_back and pd.notna(undoes):
            taken_back.add(int(undoes))
    return taken_back


def units_of(connection: Connection, numbers: Collection[int]) -> set[tuple[str, str]]:
    """Return all units that some revisions speak of: code, and the day on which it is meant ("" if none is named)."""
    found: set[tuple[str, str]] = set()
    for kept in TYPES.values():
        day = kept.table.c[kept.day_column] if kept.day_column else literal("")
        asked = select(kept.table.c.unit_code, day).where(kept.table.c.revision.in_(numbers)).distinct()
        found |= {(code, str(meant)) for code, meant in connection.execute(asked)}
    return found


def holds(
    connection: Connection,
    kind: str,
    taken_back: Collection[int],
    *,
    units: Collection[str] | None = None,
    until: int | None = None,
) -> bool:
    """Return whether any fact of a kind is in effect, where these revisions are taken back.

    `units`: about these codes alone; `until`: at an earlier revision.
    """
    for fact_type in TYPES.values():
        table = fact_type.table
        found = _in_effect(table, "revision", kind, taken_back)
        if units is not None:
            found = found.where(table.c.unit_code.in_(units))
        if until is not None:
            found = found.where(table.c.revision <= until)
        if connection.scalar(found.limit(1)) is not None:
            return True
    return False


def periods(connection: Connection, kind: str, taken_back: Collection[int]) -> set[str]:
    """Return the periods (ISO text) of which any fact of a kind is in effect, where these revisions are taken back."""
    return {
        day.isoformat()
        for found in TYPES.values()
        if found.opens_periods
        for day in connection.scalars(_in_effect(found.table, "period", kind, taken_back).distinct())
    }


def _in_effect(table: Table, column: str, kind: str, taken_back: Collection[int]) -> Select[Any]:
    revision = schema.revisions
    found = select(table.c[column]).join_from(table, revision)
    return found.where(revision.c.kind == kind, table.c.revision.not_in(taken_back))
