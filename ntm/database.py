"""The connection: SQLite by default, PostgreSQL by its address; brought up to date by Alembic's migrations.

Writers come one after the other, on SQLite by its lock and on PostgreSQL by an advisory one: a revision's number
therefore says its place in time, whatever the clock does, and a reader who has seen number 7 has seen all before it.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text

from ntm.paths import VAR

logger = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
FIRST_MIGRATION = "0001"
BUSY_MILLISECONDS = 10_000
CONNECT_SECONDS = 5
WRITERS = 1050  # the number of the advisory lock that writers take on PostgreSQL


def default_url() -> str:
    """Return the database's address: NTM_DATABASE_URL, or a SQLite file under var/."""
    return os.environ.get("NTM_DATABASE_URL") or f"sqlite:///{VAR / 'ntm.sqlite'}"


def connect(url: str | None = None) -> Engine:
    """Open the database; create it, or bring it up to date, where it is not yet."""
    engine = _engine(url or default_url())
    if not _is_current(engine):
        _migrate(engine)
    return engine


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    VAR.mkdir(exist_ok=True)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers go on while someone publishes
    except sqlite3.OperationalError:
        logger.warning("The database's file is read-only; it is read as it is.")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: of two first starts the second waits, and then sees what the first has done.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes; it waits for the writer before, and leaves all or nothing."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": WRITERS})
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees one state from its beginning to its end."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.execution_options(**options).begin() as connection:
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _is_current(engine: Engine) -> bool:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _migrate(engine: Engine) -> None:
    config = _config()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        tables = inspect(connection).get_table_names()
        if "revisions" in tables and "alembic_version" not in tables:
            command.stamp(config, FIRST_MIGRATION)  # made before there were migrations
        command.upgrade(config, "head")
