"""The connection and the migrations, on both databases."""

import datetime as dt
import sqlite3
import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from ntm import database, dataset, people, schema, store
from ntm.accounts import tables
from ntm.paths import ROOT
from ntm.store import Change
from tests import postgres
from tests.conftest import new_database


def test_the_migrations_make_the_tables_of_the_schema(empty_engine) -> None:
    with empty_engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), [schema.metadata, tables.metadata]) == []


@pytest.mark.parametrize("stamped", [True, False])
def test_an_older_database_with_data_is_brought_up_to_date(empty_url, facts, stamped: bool) -> None:
    engine = database._engine(empty_url)
    config = database._config()
    with database.writing(engine, migrates=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, database.FIRST_MIGRATION)
        old = sa.MetaData()
        old.reflect(connection)
        revision = {"id": 1, "created_at": dt.datetime(2024, 12, 31), "author": "a", "note": "n", "kind": "official"}
        connection.execute(old.tables["revisions"].insert().values(revision))
        row = {"revision": 1, "period": dt.date(2024, 12, 31), "unit_code": "03628", "criterion": 1, "met": True}
        connection.execute(old.tables["assessments"].insert().values(row | {"criteria_set": "commune-2021-2025"}))
        if not stamped:  # as made before there were migrations
            connection.execute(sa.text("DROP TABLE alembic_version"))
    engine = database.connect(empty_url)
    assert store.present(engine, "assessments")["met"].tolist() == [True]
    assert store.undo(engine, 1, people.owner("tester"), "new things work", facts) == 2
    assert store.present(engine, "assessments").empty


LINK = "a12eecacbececc480b6ef192831a2e64a0e9e30e12f224ee92cbe9e4b24a6170"  # of these rows, before there were remarks


def test_columns_that_came_later_change_no_link_of_the_chain(empty_url) -> None:
    engine = database._engine(empty_url)
    config = database._config()
    with database.writing(engine, migrates=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        old = sa.MetaData()
        old.reflect(connection)
        day = dt.date(2024, 12, 31)
        revision = {"id": 1, "created_at": dt.datetime(2024, 12, 31), "author": "a", "note": "n", "kind": "official"}
        assessment = {"period": day, "unit_code": "03628", "criterion": 1, "met": True}
        villages = {"revision": 1, "period": day, "unit_code": "110", "recognised": 3}
        connection.execute(old.tables["revisions"].insert().values(revision))
        row = assessment | {"revision": 1, "criteria_set": "commune-2021-2025"}
        connection.execute(old.tables["assessments"].insert().values(row))
        connection.execute(old.tables["villages"].insert().values(villages))
        connection.execute(old.tables["chain"].insert().values({"id": 1, "revision": 1, "digest": LINK}))
    engine = database.connect(empty_url)
    followed = store.follow(engine)
    assert (followed.end, followed.fault) == (LINK, "")
    assert store.present(engine, "assessments")[["document", "remark"]].to_numpy().tolist() == [["", ""]]


def test_connecting_again_changes_nothing(empty_url) -> None:
    dataset.build(database.connect(empty_url))
    assert store.latest(database.connect(empty_url)) == 2


def test_the_address_comes_from_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", "postgresql://example/ntm")
    assert database.default_url() == "postgresql://example/ntm"
    monkeypatch.delenv("NTM_DATABASE_URL")
    assert database.default_url().endswith("var/ntm.sqlite")


def publish(engine, facts, number: int) -> int | None:
    rows = dataset.load(engine).assessments.drop(columns=["revision", "kind"])
    return store.publish(engine, Change(people.owner("t"), f"{number}", "official", {"assessments": rows}), facts)


def test_a_full_disk_leaves_the_old_state(tmp_path, facts) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'full.sqlite'}")
    dataset.build(engine)

    @sa.event.listens_for(engine, "connect")
    def limit(connection, record) -> None:  # SQLite answers as on a full disk
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 20}")

    engine.dispose()
    before = dataset.load(engine)
    with pytest.raises(OperationalError, match="full"):
        publish(engine, facts, 1)
    assert store.latest(engine) == 2
    assert dataset.load(engine).assessments.equals(before.assessments)


def test_a_read_only_file_is_read_and_not_written(tmp_path, facts) -> None:
    file = tmp_path / "kept.sqlite"
    engine = database.connect(f"sqlite:///{file}")
    dataset.build(engine)
    engine.dispose()
    sqlite3.connect(file).execute("PRAGMA journal_mode = DELETE").close()
    read_only = database.connect(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert len(dataset.load(read_only).communes) > 0
    with pytest.raises(OperationalError, match="readonly"):
        publish(read_only, facts, 1)
    assert store.latest(read_only) == 2


def test_a_database_that_was_away_is_found_again(facts) -> None:
    with postgres.running() as server:
        engine = database.connect(new_database(server.address))
        dataset.build(engine)
        server.stop()
        with pytest.raises(OperationalError):
            store.latest(engine)
        server.start()
        assert store.latest(engine) == 2
        assert publish(engine, facts, 1) == 3


def test_the_clock_may_jump(empty_engine, facts, monkeypatch) -> None:
    dataset.build(empty_engine)
    monkeypatch.setattr(store, "now", lambda: dt.datetime(1999, 1, 1))
    publish(empty_engine, facts, 1)
    assert set(dataset.load(empty_engine).assessments["kind"]) == {"official"}
    assert store.revisions(empty_engine)["id"].tolist() == [3, 2, 1]


def test_killing_a_publisher_at_any_moment_leaves_whole_revisions(empty_url) -> None:
    command_line = [sys.executable, "-m", "tests.killed", empty_url, "200"]
    killed = subprocess.run(command_line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == 0, killed.stderr[-2000:]
    kills, revisions = (int(word) for word in killed.stdout.split() if word.isdecimal())
    assert kills == 200
    assert revisions > 20  # some died in the middle, and some had published
