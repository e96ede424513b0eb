"""Every statement that could change or remove a row is refused, on both databases; the application cannot lift that."""

import sqlite3
import threading
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from ntm import database, database_roles, dataset, schema, store
from ntm.accounts import keeping, signing_in
from ntm.cli import main
from ntm.database import Busy
from ntm.facts import openings
from ntm.store import Change
from tests import one_of_each
from tests.conftest import new_database

TABLES = list(schema.metadata.tables)
STAYS = "what is written stays"
OPENING = Change(one_of_each.TESTER, "mở", "official", {"openings": openings.row("12", "2025-03-31")})


@pytest.fixture
def filled(empty_engine, facts) -> Engine:
    one_of_each.fill(empty_engine, facts)
    return empty_engine


def rows(engine: Engine) -> dict[str, list]:
    with engine.connect() as connection:
        return {name: connection.execute(sa.select(schema.metadata.tables[name])).all() for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_postgresql_and_sqlite_refuse_what_they_share(filled, name: str) -> None:
    before = rows(filled)
    table = schema.metadata.tables[name]
    columns = ", ".join(column.name for column in table.columns)
    key = ", ".join(column.name for column in table.primary_key.columns)
    other = next((column.name for column in table.columns if not column.primary_key), columns.split(", ")[0])
    copied = f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name} WHERE TRUE LIMIT 1"
    statements = [
        f"DELETE FROM {name}",
        f"UPDATE {name} SET {other} = {other}",
        f"{copied} ON CONFLICT ({key}) DO UPDATE SET {other} = excluded.{other}",
    ]
    statements += [f"TRUNCATE {name} CASCADE"] if filled.dialect.name == "postgresql" else []
    for statement in statements:
        with pytest.raises(DBAPIError, match=STAYS), database.writing(filled) as connection:
            connection.exec_driver_sql(statement)
    assert rows(filled) == before


@pytest.mark.parametrize("is_ours", [True, False])
@pytest.mark.parametrize("name", TABLES)
def test_sqlite_replaces_nothing(tmp_path, facts, name: str, is_ours: bool) -> None:
    """By any unique key and by the hidden rowid, through the application's connection and another's."""
    file = tmp_path / "kept.sqlite"
    engine = store.connect(f"sqlite:///{file}")
    one_of_each.fill(engine, facts)
    before = rows(engine)
    columns = [column.name for column in schema.metadata.tables[name].columns]
    listed = ", ".join(columns)
    statements = [
        f"{verb} INTO {name} ({listed}) SELECT {listed} FROM {name} LIMIT 1"
        for verb in ("INSERT OR REPLACE", "REPLACE")
    ]
    statements.append(f"UPDATE OR REPLACE {name} SET {columns[0]} = {columns[0]}")
    if "id" not in columns:  # an id is the rowid
        moved = ", ".join("99" if place == "revision" else place for place in columns)
        statements.append(f"REPLACE INTO {name} (rowid, {listed}) SELECT rowid, {moved} FROM {name} LIMIT 1")
    for key in ("digest", "entry"):
        if key in columns and name in ("revisions", "chain"):
            other = ", ".join("99" if place == "id" else place for place in columns)
            statements.append(
                f"REPLACE INTO {name} ({listed}) SELECT {other} FROM {name} WHERE {key} IS NOT NULL LIMIT 1"
            )
    for statement in statements:
        if is_ours:
            with pytest.raises(DBAPIError), database.writing(engine) as connection:
                connection.exec_driver_sql(statement)
        else:
            with sqlite3.connect(file) as connection, pytest.raises(sqlite3.Error, match=STAYS):
                connection.execute(statement)
    assert rows(engine) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE log",
        "DROP TRIGGER log_stay_delete",
        "DROP INDEX assessments_by_unit",
        "ALTER TABLE revisions DROP COLUMN note",
        "ALTER TABLE log RENAME TO other",
        "CREATE TRIGGER more BEFORE INSERT ON log BEGIN SELECT RAISE(IGNORE); END",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF",
        "ATTACH ':memory:' AS other",
    ],
)
def test_the_application_cannot_alter_a_sqlite_file(tmp_path, statement: str) -> None:
    engine = store.connect(f"sqlite:///{tmp_path / 'kept.sqlite'}")
    with pytest.raises(DBAPIError, match="not authorized"), database.writing(engine) as connection:
        connection.exec_driver_sql(statement)
    assert database_roles.weaknesses(engine) == []


@pytest.fixture
def hardened(postgresql, facts) -> Iterator[tuple[Engine, Engine]]:
    """The owner's engine, and the application's under a role that was limited by command."""
    url = new_database(postgresql)
    owner = store.connect(url)
    one_of_each.fill(owner, facts)
    role = f"ntm_app_{owner.url.database[-8:]}"
    database_roles.harden(owner, role)
    database_roles.harden(owner, role)  # a second time is as good as once
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {role} PASSWORD 'only-for-tests'")
    limited = store.connect(owner.url.set(username=role, password="only-for-tests").render_as_string(False))
    yield owner, limited
    limited.dispose()
    owner.dispose()


def test_a_hardened_role_reads_and_publishes(hardened, facts) -> None:
    _owner, limited = hardened
    assert dataset.load(limited).revision == 3
    assert store.publish(limited, OPENING, facts) == 4
    assert store.follow(limited).fault == ""
    assert database_roles.weaknesses(limited) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_hardened_role_changes_nothing(hardened, name: str) -> None:
    _owner, limited = hardened
    before = rows(limited)
    for statement in (
        f"DELETE FROM {name}",
        f"UPDATE {name} SET revision = 1" if name != "revisions" else "UPDATE revisions SET note = ''",
        f"TRUNCATE {name} CASCADE",
        f"DROP TABLE {name} CASCADE",
        f"ALTER TABLE {name} DISABLE TRIGGER ALL",
        f"DROP TRIGGER {name}_stay ON {name}",
        f"CREATE TRIGGER more BEFORE INSERT ON {name} EXECUTE FUNCTION ntm_refuse()",
        f"ALTER TABLE {name} RENAME TO other",
        f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE",
        "CREATE OR REPLACE FUNCTION ntm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TABLE other (id int)",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        with pytest.raises(DBAPIError), database.writing(limited) as connection:
            connection.exec_driver_sql(statement)
    assert rows(limited) == before


def test_a_hardened_role_signs_people_in_and_out(hardened) -> None:
    _owner, limited = hardened
    link = keeping.add(limited, "an@laichau.example", one_of_each.TESTER)
    secret = signing_in.set_password(limited, link, "bốn từ không liên quan")
    assert signing_in.by_password(limited, "an@laichau.example", "bốn từ không liên quan", "", secret)
    assert keeping.end_sessions(limited, None, one_of_each.TESTER) == 1
    keeping.remove(limited, "an@laichau.example", one_of_each.TESTER)


def test_an_owner_is_told_what_their_role_could_do(hardened) -> None:
    owner, _limited = hardened
    assert any("TRUNCATE" in sentence for sentence in database_roles.weaknesses(owner))
    with database.writing(owner, migrates=True) as connection:
        connection.exec_driver_sql("ALTER TABLE log DISABLE TRIGGER log_stay")
    assert "thiếu trigger log_stay" in database_roles.weaknesses(owner)


def test_who_cannot_be_limited_is_refused(postgresql, monkeypatch, capsys) -> None:
    url = new_database(postgresql)
    monkeypatch.setenv("NTM_DATABASE_URL", url)
    assert main(["database", "harden", sa.make_url(url).username or "postgres"]) == 2
    assert "superuser" in capsys.readouterr().err
    assert main(["database", "harden", 'odd "name; --']) == 0


def test_sqlite_has_no_roles(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'kept.sqlite'}")
    assert main(["database", "harden", "ntm_app"]) == 2
    assert "SQLite" in capsys.readouterr().err


def test_who_waits_for_a_writer_is_told(empty_url, facts, monkeypatch) -> None:
    monkeypatch.setattr(database, "LOCK_SECONDS", 1)
    first, second = store.connect(empty_url), database.connect(empty_url)
    with database.writing(first), pytest.raises(Busy, match="1 giây"):
        store.publish(second, OPENING, facts)
    assert store.publish(second, OPENING, facts) == 1


def test_a_statement_without_end_is_stopped(empty_url, monkeypatch) -> None:
    monkeypatch.setattr(database, "STATEMENT_SECONDS", 1)
    engine = store.connect(empty_url)
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "postgresql": "SELECT pg_sleep(600)",
    }
    with pytest.raises(Busy, match="quá lâu"), database.reading(engine) as connection:
        connection.exec_driver_sql(endless[engine.dialect.name])
    assert store.latest(engine) == 0


def test_readers_go_on_while_a_writer_holds_the_lock(empty_url) -> None:
    first, second = store.connect(empty_url), store.connect(empty_url)
    dataset.build(first)
    loaded: list[int] = []
    reader = threading.Thread(target=lambda: loaded.append(dataset.load(second).revision))
    with database.writing(first):
        reader.start()
        reader.join(60)
        assert loaded == [2]
