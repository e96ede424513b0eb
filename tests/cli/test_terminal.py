"""What a command prints or writes: words alone, whole files, and a sentence for whatever goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from ntm import database, package, schema, store
from ntm.cli import main
from ntm.cli.terminal import printable
from ntm.paths import ROOT

STEERING = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    return tmp_path


def older_entry(words: str) -> None:
    """An entry of the log as older versions stored it."""
    with database.writing(store.connect()) as connection:
        values = {"id": 1, "at": store.now(), "person": words, "action": "publish", "words": words}
        connection.execute(sa.insert(schema.log).values(values))


def test_nothing_printed_steers_the_terminal(office, capsys) -> None:
    older_entry(STEERING)
    assert main(["log"]) == 0
    said = capsys.readouterr().out
    assert "\\u001b]0;pwned" in said
    assert not set("\x1b\x07\x9b\u202e\u2066") & set(said)
    assert main(["log", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["log"][0]["words"] == STEERING


def test_errors_are_printed_so_too(capsys) -> None:
    with printable():
        print(STEERING, file=sys.stderr)
    assert "\x1b" not in capsys.readouterr().err


WRITERS = [
    ["export", "OUT"],
    ["report", "--kind", "xlsx", "--period", "2024-12-31", "-o", "OUT"],
    ["template", "OUT/t.xlsx", "--period", "2024-12-31"],
    ["backup", "OUT/b.zip"],
]


@pytest.mark.parametrize("command", WRITERS, ids=lambda command: command[0])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(office, monkeypatch, capsys, command: list[str]) -> None:
    main(["build"])
    out = office / "out"
    out.mkdir()

    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device", str(self))

    def no_zip(*_arguments: object) -> None:
        raise OSError(28, "No space left on device", "b.zip.part")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(package, "_write_table", no_zip)
    capsys.readouterr()
    assert main([part.replace("OUT", str(out)) for part in command]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert [file for file in out.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("command", [["log"], ["build"], ["check"], ["history", "03628"], ["preview", "x.csv"]])
def test_a_newer_database_is_a_sentence(office, capsys, command: list[str]) -> None:
    engine = store.connect()
    with database.writing(engine, migrates=True) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    (office / "x.csv").write_text("Tên xã,1\nPha Mu,x\n", encoding="utf-8")
    arguments = [str(office / part) if part == "x.csv" else part for part in command]
    assert main([*arguments, "--period", "2024-12-31"] if command[0] == "preview" else arguments) == 2
    assert "phiên bản mới hơn" in capsys.readouterr().err


DAMAGED = {
    "text": b"not a database, but text " * 100,
    "cut": b"SQLite format 3\0" + b"\0" * 50,
    "noise": os.urandom(4096),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_database_is_a_sentence(office, capsys, name: str) -> None:
    (office / "office.sqlite").write_bytes(DAMAGED[name])
    assert main(["log"]) == 2
    assert "Traceback" not in (said := capsys.readouterr().err)
    assert said.count("\n") == 1


def test_a_folder_in_a_files_place_is_a_sentence(office, capsys) -> None:
    for command in (["import", str(office)], ["restore", str(office)], ["boundaries", "import", str(office)]):
        assert main(command) in (1, 2)
        assert "Traceback" not in (said := capsys.readouterr().err)
        assert said


def test_who_stops_a_command_gets_a_sentence(office, monkeypatch, capsys) -> None:
    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "connect", stopped)
    assert main(["build"]) == 130
    assert "Đã dừng" in capsys.readouterr().err


def test_exports_hold_no_address_and_no_formula(office) -> None:
    (office / "one.csv").write_text("Tên xã,10\nPha Mu,x\n", encoding="utf-8")
    publish = ["publish", str(office / "one.csv"), "--period", "2024-12-31", "--note", '=HYPERLINK("http://x")']
    assert main([*publish, "--author", "=1+1 <an@laichau.example>"]) == 0
    assert main(["export", str(office / "out")]) == 0
    written = (office / "out" / "revisions.csv").read_text("utf-8")
    assert "an@laichau.example" not in written
    assert ",'=1+1" in written
    assert "'=HYPERLINK" in written


def test_the_module_itself_prints_no_traceback(office) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ntm", "restore", str(office / "missing.zip")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
