"""The chain over revisions and log, the seal of a package: whatever was changed is told, on both databases."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from ntm import chain, database, package, schema, seal, store
from ntm.cli import main
from ntm.package import Unpackable, Unproved
from tests import one_of_each


@pytest.fixture
def filled(empty_engine, facts) -> Engine:
    one_of_each.fill(empty_engine, facts)
    return empty_engine


def without_triggers(engine: Engine, *statements: str) -> None:
    """What somebody does who owns the database and takes its triggers away."""
    with database.writing(engine, migrates=True) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            triggers = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for name in connection.scalars(triggers).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_what_nobody_has_changed_is_whole(filled) -> None:
    followed = store.follow(filled)
    assert (followed.fault, followed.links) == ("", 7)  # three revisions, four entries of the log
    assert len(followed.mark) == 19


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE revisions SET author = 'ai đó' WHERE id = 1", "phiên bản 1 không giống lúc ghi"),
        ("UPDATE revisions SET kind = 'official' WHERE id = 2", "phiên bản 2 không giống lúc ghi"),
        ("UPDATE assessments SET met = NOT met", "phiên bản 1 không giống lúc ghi"),
        ("DELETE FROM villages", "phiên bản 1 không giống lúc ghi"),
        ("UPDATE log SET words = '' WHERE id = 3", "dòng nhật ký 3 không giống lúc ghi"),
        ("DELETE FROM chain WHERE id = 2", "thiếu mắt xích 2"),
        ("DELETE FROM chain WHERE id = 7", "dòng nhật ký 4 không có trong chuỗi"),
        ("UPDATE chain SET digest = 'abc' WHERE id = 4", "dòng nhật ký 2 không giống lúc ghi"),
        (
            "INSERT INTO revisions (id, created_at, author, note, kind) "
            "VALUES (4, '2024-12-31 00:00:00.000000', 'a', 'n', 'official')",
            "phiên bản 4 không có trong chuỗi",
        ),
    ],
)
def test_where_it_was_changed_is_told(filled, tmp_path, monkeypatch, capsys, statement: str, fault: str) -> None:
    without_triggers(filled, statement)
    assert store.follow(filled).fault == fault
    with pytest.raises(Unpackable, match=fault):
        package.write(filled, tmp_path / "out.zip")
    assert list(tmp_path.glob("*.zip*")) == []
    monkeypatch.setenv("NTM_DATABASE_URL", filled.url.render_as_string(hide_password=False))
    assert main(["check"]) == 1
    assert fault in capsys.readouterr().out


def test_another_history_has_another_mark(empty_engine, tmp_path, facts) -> None:
    other = store.connect(f"sqlite:///{tmp_path / 'other.sqlite'}")
    for engine, note in ((empty_engine, "một"), (other, "hai")):
        one_of_each.fill(engine, facts)
        store.undo(engine, 3, one_of_each.TESTER, note, facts)
    assert store.follow(empty_engine).mark != store.follow(other).mark


def test_what_was_written_before_there_was_a_chain_gets_its_links(filled) -> None:
    with database.writing(filled, migrates=True) as connection:
        before = chain.follow(connection)
        connection.execute(sa.text("ALTER TABLE chain RENAME TO chain_before"))
        schema.chain.create(connection)
        chain.complete(connection)
        followed = chain.follow(connection)
    assert (followed.fault, followed.links) == ("", before.links)


Forge = Callable[[dict[str, bytes]], None]


def repacked(file: Path, forge: Forge) -> Path:
    """A package with some members changed and every digest in its description computed anew."""
    with zipfile.ZipFile(file) as archive:
        members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    forge(members)
    if package.DESCRIPTION in members:
        description = json.loads(members[package.DESCRIPTION])
        for resource in description["resources"]:
            resource["hash"] = f"sha256:{hashlib.sha256(members[resource['path']]).hexdigest()}"
        members[package.DESCRIPTION] = json.dumps(description).encode()
    forged = file.with_name("forged.zip")
    with zipfile.ZipFile(forged, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return forged


def described(members: dict[str, bytes], **changed: object) -> None:
    description = json.loads(members[package.DESCRIPTION])
    members[package.DESCRIPTION] = json.dumps(description | changed).encode()


def other_author(members: dict[str, bytes]) -> None:
    members["revisions.csv"] = members["revisions.csv"].replace(b"tester", b"An")


def other_kind(members: dict[str, bytes]) -> None:
    members["revisions.csv"] = members["revisions.csv"].replace(b",published,", b",official,")


def chain_computed_anew(members: dict[str, bytes]) -> None:
    """Everything that can be computed without the key."""
    other_author(members)
    del members["chain.csv"]
    resources = [part for part in json.loads(members[package.DESCRIPTION])["resources"] if part["name"] != "chain"]
    described(members, resources=resources, chain={"seal": "0" * 64})


def seal_taken_away(members: dict[str, bytes]) -> None:
    chain_computed_anew(members)
    described(members, chain={})


@pytest.mark.parametrize("forge", [other_author, other_kind, chain_computed_anew, seal_taken_away])
def test_a_forged_package_is_told(filled, empty_copy, tmp_path, forge: Forge) -> None:
    package.write(filled, tmp_path / "out.zip")
    with pytest.raises(Unpackable) as told:
        package.restore(empty_copy, repacked(tmp_path / "out.zip", forge))
    assert isinstance(told.value, Unproved) == (forge is seal_taken_away)
    assert store.latest(empty_copy) == 0


@pytest.fixture
def empty_copy(tmp_path) -> Engine:
    return store.connect(f"sqlite:///{tmp_path / 'copy.sqlite'}")


def test_without_the_key_the_mark_is_to_be_compared(filled, empty_copy, tmp_path, monkeypatch) -> None:
    packed = package.write(filled, tmp_path / "out.zip")
    monkeypatch.setenv("NTM_SEAL", str(tmp_path / "none.key"))
    with pytest.raises(Unproved, match=packed.chain.mark):
        package.restore(empty_copy, tmp_path / "out.zip")
    assert store.latest(empty_copy) == 0
    assert package.restore(empty_copy, tmp_path / "out.zip", unproved=True) == packed
    monkeypatch.setenv("NTM_SEAL", str(tmp_path / "other.key"))
    seal.make_key()
    with pytest.raises(Unpackable, match=r"other\.key"):
        package.restore(store.connect(f"sqlite:///{tmp_path / 'third.sqlite'}"), tmp_path / "out.zip")


def described_as(content: bytes) -> Forge:
    def forge(members: dict[str, bytes]) -> None:
        members[package.DESCRIPTION] = content

    return forge


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        b"[" * 9999,
        b"1" * 2_000_000,
        b'{"resources": null}',
        b'{"resources": [1]}',
        b'{"resources": {"a": 1}}',
        b'{"resources": [{"path": "revisions.csv"}]}',
        b'{"resources": [{"path": 1, "hash": 2}]}',
    ],
)
def test_an_odd_description_is_refused(filled, empty_copy, tmp_path, content: bytes) -> None:
    package.write(filled, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive, zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
        for entry in archive.infolist():
            odd.writestr(entry, content if entry.filename == package.DESCRIPTION else archive.read(entry))
    with pytest.raises(Unpackable):
        package.restore(empty_copy, tmp_path / "odd.zip")
    assert store.latest(empty_copy) == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b",true,,\n", b"\n"),
        (b",true,,\n", b",true,,,more\n"),
        (b",true,", b",maybe,"),
        (b"\n1,", b"\n99,"),
        (b"2024-12-31", b"31/12/2024"),
        (b"\n", b"\n\n"),
        (b"revision,", b"number,"),
        (b"\n1,", b'\n"1,'),
    ],
)
def test_odd_rows_are_refused(filled, empty_copy, tmp_path, old: bytes, new: bytes) -> None:
    def forge(members: dict[str, bytes]) -> None:
        members["assessments.csv"] = members["assessments.csv"].replace(old, new, 1)

    package.write(filled, tmp_path / "out.zip")
    with pytest.raises(Unpackable):
        package.restore(empty_copy, repacked(tmp_path / "out.zip", forge))
    assert store.latest(empty_copy) == 0


def test_a_full_disk_leaves_nothing_behind(filled, tmp_path, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(package, "_write_table", full)
    with pytest.raises(OSError, match="No space"):
        package.write(filled, tmp_path / "out.zip")
    assert list(tmp_path.glob("out*")) + list(tmp_path.glob(".ntm*")) == []


def test_a_backup_that_could_not_be_restored_is_not_called_done(filled, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(package.rows, "word", lambda value: str(value).replace("true", "tru"))
    (tmp_path / "out.zip").write_bytes(b"the one before")
    with pytest.raises(Unpackable):
        package.write(filled, tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_bytes() == b"the one before"


def test_what_an_older_version_stored_can_be_backed_up(empty_engine, empty_copy, tmp_path) -> None:
    """Signs that are refused today are in databases of before, and must not be lost with them."""
    with database.writing(empty_engine) as connection:
        values = {"id": 1, "created_at": store.now(), "author": "a\tb", "kind": "official"}
        connection.execute(sa.insert(schema.revisions).values(values | {"note": 'a\rb\r\n"\x1b\u2028' + "x" * 200_000}))
        chain.complete(connection)
    packed = package.write(empty_engine, tmp_path / "out.zip")
    assert package.restore(empty_copy, tmp_path / "out.zip") == packed
    assert (
        store.revisions(empty_copy).drop(columns="undoes").equals(store.revisions(empty_engine).drop(columns="undoes"))
    )


def test_the_file_is_a_plain_sqlite_database(tmp_path) -> None:
    """What follows attacks it through a connection that is not the application's."""
    store.connect(f"sqlite:///{tmp_path / 'plain.sqlite'}")
    with sqlite3.connect(tmp_path / "plain.sqlite") as connection:
        assert connection.execute("PRAGMA recursive_triggers").fetchone() == (0,)
