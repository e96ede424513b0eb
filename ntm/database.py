"""The connection: SQLite by default, PostgreSQL by its address; brought up to date by Alembic's migrations.

Writers come one after the other, on SQLite by its lock and on PostgreSQL by an advisory one: a revision's number
therefore says its place in time, whatever the clock does, and a reader who has seen number 7 has seen all before it.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from ntm import chain
from ntm.environment import setting
from ntm.paths import VAR
from ntm.text import _

logger = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
FIRST_MIGRATION = "0001"
LOCK_SECONDS = 10  # that a writer waits for the one before
STATEMENT_SECONDS = 60  # that a statement may take: the whole province's state is read in under one
CONNECT_SECONDS = 5
WRITERS = 1050  # the number of the advisory lock that writers take on PostgreSQL
LOCKED, CANCELLED = "55P03", "57014"  # what PostgreSQL says at the two limits
STEPS = 10_000  # of SQLite's machine between two looks at the clock
KEPT_FROM = frozenset(  # what no connection of the application does, but for a migration
    {
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_ATTACH,
    }
)
KEPT_SETTINGS = ("foreign_keys", "recursive_triggers", "writable_schema", "ignore_check_constraints", "defensive")


class Busy(SQLAlchemyError):
    """Somebody else has held the database, or a statement has run, for longer than the limit; nothing is stored."""


class Newer(ValueError):
    """The database was made by a newer version of this software."""


def default_url() -> str:
    """Return the database's address: NTM_DATABASE_URL, or a SQLite file under var/."""
    return setting("NTM_DATABASE_URL") or f"sqlite:///{VAR / 'ntm.sqlite'}"


def connect(url: str | None = None) -> Engine:
    """Open the database; create it, or bring it up to date, where it is not yet. Raises Newer."""
    engine = _engine(url or default_url())
    if not _is_current(engine):
        _migrate(engine)
    return engine


def is_current(url: str | None = None) -> bool:
    """Return whether a database that is there is up to date; changes nothing in it. Raises Newer."""
    engine = _engine(url or default_url())
    try:
        return _is_current(engine)
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        limits = f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout={STATEMENT_SECONDS}s"
        arguments = {"connect_timeout": CONNECT_SECONDS, "options": limits}
        engine = create_engine(address, pool_pre_ping=True, connect_args=arguments)
    else:
        VAR.mkdir(mode=0o700, exist_ok=True)
        _keep_private(address.database)
        engine = create_engine(address)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "before_cursor_execute", _start_clock)
    event.listen(engine, "handle_error", _say_limit)
    return engine


def _keep_private(file: str | None) -> None:
    """Make a new database's file readable for its owner alone; SQLite gives its companions the same rights."""
    if not file or file == ":memory:" or file.startswith("file:"):
        return
    if not Path(file).exists() and Path(file).parent.is_dir():
        Path(file).touch(mode=0o600)


def _prepare_sqlite(connection: sqlite3.Connection, record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # what REPLACE takes away is refused as a DELETE is
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # readers go on while someone publishes
    except sqlite3.OperationalError:
        logger.warning("The database's file is read-only; it is read as it is.")
    record.info["until"] = float("inf")
    connection.set_progress_handler(lambda: time.monotonic() > record.info["until"], STEPS)


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: of two first starts the second waits, and then sees what the first has done.
    options = connection.get_execution_options()
    driver: Any = connection.connection.driver_connection
    driver.set_authorizer(None if options.get("migrates") else _authorize)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _authorize(action: int, first: str | None, second: str | None, *_place: str | None) -> int:
    changes_setting = action == sqlite3.SQLITE_PRAGMA and first in KEPT_SETTINGS and second is not None
    return sqlite3.SQLITE_DENY if changes_setting or action in KEPT_FROM else sqlite3.SQLITE_OK


def _start_clock(connection: Connection, *_statement: Any) -> None:
    seconds = connection.get_execution_options().get("seconds", STATEMENT_SECONDS)
    connection.connection.info["until"] = time.monotonic() + seconds


def _say_limit(context: ExceptionContext) -> None:
    """Give an error that is one of the limits its sentence."""
    error = context.original_exception
    state = getattr(error, "sqlstate", None)
    if state == LOCKED or "database is locked" in str(error):
        raise Busy(
            _(
                "Người khác đang ghi vào cơ sở dữ liệu quá {seconds} giây. Chưa lưu gì; hãy thử lại sau ít phút.",
                seconds=LOCK_SECONDS,
            )
        ) from error
    if state == CANCELLED or str(error) == "interrupted":
        raise Busy(
            _("Một lệnh của cơ sở dữ liệu chạy quá lâu nên bị dừng. Chưa lưu gì; hãy báo người quản trị.")
        ) from error


@contextmanager
def writing(engine: Engine, *, migrates: bool = False, patient: bool = False) -> Iterator[Connection]:
    """Open a transaction that writes; it waits for the writer before, and leaves all or nothing. Raises Busy.

    `migrates`: it may change the tables themselves; `patient`: see reading.
    """
    with _begun(engine, patient, writes=True, migrates=migrates) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": WRITERS})
        yield connection


@contextmanager
def reading(engine: Engine, *, patient: bool = False) -> Iterator[Connection]:
    """Open a transaction that sees one state from its beginning to its end. Raises Busy.

    `patient`: a statement may take as long as it does: what is read is written to a file meanwhile.
    """
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _begun(engine, patient, **options) as connection:
        yield connection


@contextmanager
def _begun(engine: Engine, patient: bool, **options: Any) -> Iterator[Connection]:
    limit = {"seconds": float("inf")} if patient else {}
    with engine.execution_options(**options, **limit).begin() as connection:
        if patient and engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _is_current(engine: Engine) -> bool:
    scripts = ScriptDirectory.from_config(_config())
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise Newer(
            _(
                "Cơ sở dữ liệu do phiên bản mới hơn của phần mềm này tạo ra (bước {found}). Chưa đổi gì; hãy cập nhật "
                "phần mềm rồi chạy lại.",
                found=found,
            )
        )
    return found == scripts.get_current_head()


def _migrate(engine: Engine) -> None:
    config = _config()
    with writing(engine, migrates=True) as connection:
        config.attributes["connection"] = connection
        tables = inspect(connection).get_table_names()
        if "revisions" in tables and "alembic_version" not in tables:
            command.stamp(config, FIRST_MIGRATION)  # made before there were migrations
        command.upgrade(config, "head")
        chain.complete(connection)
