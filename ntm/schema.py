"""The database's tables: revisions, the log of who did what, the chain over both, and remembered columns.

The tables of the facts that revisions add stand with their types, in ntm.facts. Nothing is ever overwritten.

Alembic's migrations (`ntm/migrations/`) make the same tables step by step; a test compares the two.
"""

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()
revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", DateTime, nullable=False),  # UTC
    Column("author", String, nullable=False),
    Column("note", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("digest", String, unique=True),  # of the files that a build has loaded, so that a second build adds nothing
    Column("undoes", Integer),  # the revision that this one takes back
)


def revision_column() -> Column[Any]:
    """Return the column of a table of facts that says which revision added a row."""
    return Column("revision", ForeignKey("revisions.id"), primary_key=True)


log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("person", String, nullable=False),
    Column("action", String, nullable=False),
    Column("revision", Integer),
    Column("words", String, nullable=False),
)
chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", ForeignKey("revisions.id"), unique=True),  # what the link is of: a revision with its facts …
    Column("entry", ForeignKey("log.id"), unique=True),  # … or an entry of the log
    Column("digest", String, nullable=False),  # of that and of the link before
)
remembered_columns = Table(  # how an office has corrected the columns of its files; the latest row of a shape holds
    "remembered_columns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    Column("person", String, nullable=False),
    Column("office", String, nullable=False),  # the codes of its groups; "" for who may change the whole province
    Column("form", String, nullable=False),
    Column("criteria_set", String, nullable=False),
    Column("fingerprint", String, nullable=False),  # of the headings, see ntm.intake.table_shape
    Column("roles", String, nullable=False),  # JSON: column (number from 0) → role; {} where it is forgotten
)


def key(table: Table) -> list[str]:
    """Return the columns that name one cell: the primary key less the revision."""
    return [column.name for column in table.primary_key.columns if column.name != "revision"]


def columns(table: Table) -> list[str]:
    """Return a table's columns less the revision."""
    return [column.name for column in table.columns if column.name != "revision"]
