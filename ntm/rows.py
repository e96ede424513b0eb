"""Rows: the values of the database's tables as words and back, in an order that is the same on every database."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Float, Integer, Select, Table, select
from sqlalchemy.types import TypeEngine

AT_ONCE = 20_000  # rows that are held in memory
FIELD_TYPES = {Boolean: "boolean", Date: "date", DateTime: "datetime", Float: "number", Integer: "integer"}
BOOLEANS = {"true": True, "false": False}
READERS: dict[str, Callable[[str], object]] = {
    "boolean": BOOLEANS.__getitem__,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "number": float,
    "integer": int,
    "string": str,
}


def field_type(kind: TypeEngine[Any]) -> str:
    """Return a column's type as Frictionless Data names it."""
    return next((name for column_type, name in FIELD_TYPES.items() if isinstance(kind, column_type)), "string")


def word(value: object) -> str:
    """Return a value as a word; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)


def value(word: str, column: Column[Any]) -> object:
    """Return a word as a value of a column. KeyError or ValueError where it is none."""
    if word == "" and column.nullable:
        return None
    return READERS[field_type(column.type)](word)


def ordered(connection: Connection, table: Table) -> Select[Any]:
    """Return the query of a table's rows in the order of their keys."""
    collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
    order = [
        column.collate(collation) if field_type(column.type) == "string" else column
        for column in table.primary_key.columns
    ]
    return select(table).order_by(*order)
