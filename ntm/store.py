"""The database: revisions and the facts that they add. Append-only: nothing is overwritten, the present is derived.

A revision is one atomic change by someone, at a time, with a note. Where several revisions speak of the same cell,
the present state takes the most trusted kind (official and published before sample), then the latest.
"""

import datetime as dt
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    case,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
)

from ntm import assessments as assessments_module
from ntm.paths import VAR
from ntm.reference import Reference

KINDS = ("published", "official", "sample")

metadata = MetaData()
revisions_table = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created_at", DateTime, nullable=False),  # UTC
    Column("author", String, nullable=False),
    Column("note", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("digest", String, unique=True),  # of the files that a build has loaded, so that a second build adds nothing
)


def _revision() -> Column:
    return Column("revision", ForeignKey("revisions.id"), primary_key=True)


assessments_table = Table(
    "assessments",
    metadata,
    _revision(),
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("criteria_set", String, primary_key=True),
    Column("criterion", Integer, primary_key=True),
    Column("met", Boolean, nullable=False),
)
recognitions_table = Table(
    "recognitions",
    metadata,
    _revision(),
    Column("unit_code", String, primary_key=True),
    Column("standard", String, primary_key=True),
    Column("recognised_by", Date, nullable=False),  # recognised on this day or earlier
    Column("decision", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("source", String, nullable=False),
)
villages_table = Table(
    "villages",
    metadata,
    _revision(),
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("recognised", Integer, nullable=False),  # since the plan's baseline
)
FACT_TABLES = {"assessments": assessments_table, "recognitions": recognitions_table, "villages": villages_table}


@dataclass(frozen=True)
class Change:
    """What a revision adds: any of the three kinds of facts, in the columns of their tables less `revision`."""

    author: str
    note: str
    kind: str
    facts: dict[str, pd.DataFrame] = field(default_factory=dict)
    digest: str | None = None


def default_url() -> str:
    """Return the database's address: NTM_DATABASE_URL, or a SQLite file under var/."""
    return os.environ.get("NTM_DATABASE_URL") or f"sqlite:///{VAR / 'ntm.sqlite'}"


def connect(url: str | None = None) -> Engine:
    """Open the database, creating its file and tables where they are not there yet."""
    url = url or default_url()
    if url.startswith("sqlite:///"):
        VAR.mkdir(exist_ok=True)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if not inspect(engine).has_table(revisions_table.name):
        with _writing(engine) as connection:
            metadata.create_all(connection)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")  # readers go on while someone publishes


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: of two first starts the second waits, and then sees what the first has done.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _writing(engine: Engine) -> AbstractContextManager[Connection]:
    return engine.execution_options(writes=True).begin()


def publish(engine: Engine, change: Change, reference: Reference) -> int | None:
    """Check a change and add it as one revision; return its number, or None where its digest is there already.

    Raises assessments.Faults (all faults at once) or ValueError; a failed write leaves nothing behind.
    """
    if change.kind not in KINDS:
        raise ValueError(f"Revision kind {change.kind!r}; allowed: {', '.join(KINDS)}.")
    facts = dict(change.facts)
    if "assessments" in facts:
        facts["assessments"] = assessments_module.check(facts["assessments"], reference)
    with _writing(engine) as connection:
        if change.digest and _has_digest(connection, change.digest):
            return None
        revision = _add_revision(connection, change)
        for name, frame in facts.items():
            rows = _rows(frame, FACT_TABLES[name], revision)
            if rows:
                connection.execute(insert(FACT_TABLES[name]), rows)
    return revision


def has_digest(engine: Engine, digest: str) -> bool:
    """Return whether a revision with this digest is there."""
    with engine.connect() as connection:
        return _has_digest(connection, digest)


def _has_digest(connection: Connection, digest: str) -> bool:
    return connection.scalar(select(revisions_table.c.id).where(revisions_table.c.digest == digest)) is not None


def _add_revision(connection: Connection, change: Change) -> int:
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    values = {"created_at": now, "author": change.author, "note": change.note, "kind": change.kind}
    added = insert(revisions_table).values(**values, digest=change.digest).returning(revisions_table.c.id)
    return connection.execute(added).scalar_one()


def _rows(frame: pd.DataFrame, table: Table, revision: int) -> list[dict]:
    columns = [column.name for column in table.columns if column.name != "revision"]
    typed = frame[columns].astype(object)
    for column in table.columns:
        if isinstance(column.type, Date):
            typed[column.name] = typed[column.name].map(dt.date.fromisoformat)
    return [row | {"revision": revision} for row in typed.to_dict("records")]


def revisions(engine: Engine) -> pd.DataFrame:
    """Return all revisions, latest first. Columns: id, created_at (UTC), author, note, kind."""
    columns = [column for column in revisions_table.columns if column.name != "digest"]
    with engine.connect() as connection:
        return pd.read_sql(select(*columns).order_by(revisions_table.c.id.desc()), connection)


def latest(engine: Engine) -> int:
    """Return the number of the latest revision; 0 in an empty database."""
    with engine.connect() as connection:
        return connection.execute(select(func.coalesce(func.max(revisions_table.c.id), 0))).scalar_one()


def present(engine: Engine, facts: str) -> pd.DataFrame:
    """Return the present state of "assessments", "recognitions" or "villages".

    Columns: those of the table (dates as ISO text), with `revision` and its `kind`; one row per key, ordered by key.
    """
    table = FACT_TABLES[facts]
    key = [column for column in table.primary_key.columns if column.name != "revision"]
    trust = case((revisions_table.c.kind == "sample", 0), else_=1)
    rank = func.row_number().over(partition_by=key, order_by=[trust.desc(), revisions_table.c.id.desc()]).label("rank")
    ranked = select(*table.columns, revisions_table.c.kind, rank).join_from(table, revisions_table).subquery()
    columns = [column for column in ranked.columns if column.name != "rank"]
    query = select(*columns).where(ranked.c.rank == 1).order_by(*[ranked.c[column.name] for column in key])
    with engine.connect() as connection:
        state = pd.read_sql(query, connection)
    for column in table.columns:
        if isinstance(column.type, Date):
            state[column.name] = state[column.name].astype(str)
    return state
