"""The database's tables: revisions, the facts that they add, and the log of who did what. Nothing is ever overwritten.

Alembic's migrations (`ntm/migrations/`) make the same tables step by step; a test compares the two.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, Float, ForeignKey, Index, Integer, MetaData, String, Table

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


def _revision() -> Column:
    return Column("revision", ForeignKey("revisions.id"), primary_key=True)


assessments = Table(
    "assessments",
    metadata,
    _revision(),
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("criteria_set", String, primary_key=True),
    Column("criterion", Integer, primary_key=True),
    Column("met", Boolean, nullable=False),
    Index("assessments_by_unit", "unit_code", "period"),  # a page of one province reads only its own units
)
recognitions = Table(
    "recognitions",
    metadata,
    _revision(),
    Column("unit_code", String, primary_key=True),
    Column("standard", String, primary_key=True),
    Column("recognised_by", Date, nullable=False),  # recognised on this day or earlier
    Column("decision", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("source", String, nullable=False),
    Column("revoked_on", Date),  # the recognition has not held since this day
)
complete_lists = Table(
    "complete_lists",
    metadata,
    _revision(),
    Column("unit_code", String, primary_key=True),  # a district, or the province
    Column("standard", String, primary_key=True),
    Column("complete_to", Date, nullable=False),  # all recognitions up to this day are in the data
)
villages = Table(
    "villages",
    metadata,
    _revision(),
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("recognised", Integer, nullable=False),  # since the plan's baseline
)
figures = Table(
    "figures",
    metadata,
    _revision(),
    Column("unit_code", String, primary_key=True),
    Column("date", String, primary_key=True),  # as precise as it was published: 2011, 2018-06, 2024-12-31
    Column("indicator", String, primary_key=True),
    Column("period", String, nullable=False),  # that it can be compared with; empty where there is none
    Column("value", Float, nullable=False),
    Column("evidence", String, nullable=False),
    Column("source", String, nullable=False),
)
FACTS = {
    "assessments": assessments,
    "recognitions": recognitions,
    "complete_lists": complete_lists,
    "villages": villages,
    "figures": figures,
}

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


def key(table: Table) -> list[str]:
    """Return the columns that name one cell: the primary key less the revision."""
    return [column.name for column in table.primary_key.columns if column.name != "revision"]


def columns(table: Table) -> list[str]:
    """Return a table's columns less the revision."""
    return [column.name for column in table.columns if column.name != "revision"]
