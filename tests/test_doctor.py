"""The doctor: a good installation, and each thing that can be wrong with one."""

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from starlette.applications import Starlette

from ntm import database, doctor, people
from ntm.accounts import failures, keeping, signing_in
from ntm.api import health
from ntm.cli import main
from ntm.doctor import BAD, GOOD
from ntm.paths import ROOT
from ntm.server import listening, proxy, quirks, ways
from tests.running import running

PERSON = 'reading = "open"\n[people."a@b.vn"]\nname = "A"\nrole = "editor"\n'


@pytest.fixture
def installed(tmp_path, monkeypatch) -> Iterator[Path]:
    """An office's installation as docs/hardening.md asks."""
    for name in ("people.toml", "seal.key"):
        (tmp_path / name).touch(0o600)
    (tmp_path / "people.toml").write_text(PERSON, encoding="utf-8")
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_SEAL", str(tmp_path / "seal.key"))
    monkeypatch.setenv("NTM_BACKUPS", str(tmp_path))
    (tmp_path / "seal.key").write_bytes(b"x" * 32)
    monkeypatch.setattr(doctor, "VAR", tmp_path)
    monkeypatch.setattr(
        quirks, "sign_in_secrets", lambda: {"redirect_uri": "https://ntm.example", "cookie_secret": "x" * 32}
    )
    tmp_path.chmod(0o700)
    assert main(["build"]) == main(["backup", str(tmp_path / "b.zip")]) == 0
    with running(Starlette(routes=health.routes())) as address:
        monkeypatch.setattr(doctor, "server_address", lambda: address)
        yield tmp_path


def bad(capsys) -> str:
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    return " ".join(finding["words"] for finding in found if finding["mark"] == BAD)


def test_a_good_installation(installed, capsys) -> None:
    capsys.readouterr()
    assert main(["doctor"]) == 0, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith(GOOD) for line in lines) == len(doctor.CHECKS), lines


def test_a_slip_in_the_list(installed, capsys) -> None:
    (installed / "people.toml").write_text(PERSON + 'reading = "listed"', encoding="utf-8")
    assert "dòng 5" in bad(capsys)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights.")
@pytest.mark.parametrize("name", ["people.toml", "seal.key", "office.sqlite"])
def test_files_that_others_read(installed, capsys, name: str) -> None:
    (installed / name).chmod(0o644)
    assert name in bad(capsys)


def test_a_server_that_is_not_ready_and_none(installed, capsys, monkeypatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert "disk" in bad(capsys)
    monkeypatch.setattr(doctor, "server_address", lambda: "http://localhost:1")
    main(["doctor"])
    assert "! Không có máy chủ này ở http://localhost:1" in capsys.readouterr().out


def test_an_old_backup_and_none(installed, capsys) -> None:
    os.utime(installed / "b.zip", (0, 0))
    assert "b.zip" in bad(capsys)
    (installed / "b.zip").unlink()
    assert "Không thấy bản sao lưu" in bad(capsys)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"redirect_uri": "http://ntm.example", "cookie_secret": "x" * 32}, "không phải https"),
        ({"redirect_uri": "https://ntm.example", "cookie_secret": "short"}, "cookie_secret"),
    ],
)
def test_a_weak_sign_in(installed, capsys, monkeypatch, section: dict, words: str) -> None:
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: section)
    assert words in bad(capsys)


@pytest.fixture
def with_accounts(installed, monkeypatch) -> str:
    """The same with an account instead of a provider; the secret of its first link."""
    monkeypatch.setattr(quirks, "sign_in_secrets", dict)
    return keeping.add(ways.engine(), "a@b.vn", people.owner("A"))


def said(capsys) -> str:
    capsys.readouterr()
    main(["doctor"])
    return capsys.readouterr().out


def test_accounts_are_counted_and_those_that_need_something_are_named(with_accounts, capsys) -> None:
    assert "! 1 tài khoản, 0 đã đặt mật khẩu." in said(capsys)
    signing_in.set_password(ways.engine(), with_accounts, "bốn từ không liên quan")
    assert f"{GOOD} 1 tài khoản, 1 đã đặt mật khẩu." in said(capsys)
    keeping.add(ways.engine(), "stranger@b.vn", people.owner("A"))
    with database.writing(ways.engine()) as connection:
        for _time in range(failures.ALLOWED):
            failures.begin(connection, "a@b.vn")
    words = said(capsys)
    assert "! Có tài khoản mà không có trong danh sách người dùng, nên chỉ được xem: stranger@b.vn." in words
    assert "! Đang khóa vì sai nhiều lần: a@b.vn." in words


def test_passwords_without_tls_and_a_header_that_anybody_could_send(with_accounts, capsys, monkeypatch) -> None:
    monkeypatch.setattr(listening, "is_on_loopback", lambda: False)
    monkeypatch.setattr(proxy, "headers", lambda: {"email": "X-Remote-User"})
    words = bad(capsys)
    assert "mà không có TLS" in words
    assert "server.trustedUserHeaders không có hiệu lực" in words


def test_a_slip_in_the_list_is_told_once(with_accounts, installed, capsys) -> None:
    (installed / "people.toml").write_text(PERSON + 'reading = "listed"', encoding="utf-8")
    words = said(capsys)
    assert words.count("dòng 5") == 1
    assert "Có tài khoản mà" not in words


def test_a_machine_of_one_person(installed, capsys, monkeypatch) -> None:
    monkeypatch.setattr(quirks, "sign_in_secrets", dict)
    assert f"{GOOD} Trên máy này, chủ máy mở liên kết một lần" in said(capsys)


def test_a_clock_that_is_behind_the_data(installed, capsys, monkeypatch) -> None:
    monkeypatch.setattr(doctor.tables, "now", lambda: dt.datetime(2020, 1, 1))
    assert "Đồng hồ máy chủ (01/01/2020 07:00) chậm hơn số liệu mới nhất" in bad(capsys)


def test_looking_makes_nothing(installed, capsys, monkeypatch) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'none.sqlite'}")
    assert "python -m ntm build" in bad(capsys)
    assert not (installed / "none.sqlite").exists()


def test_a_database_that_cannot_be_opened(installed, capsys, monkeypatch) -> None:
    (installed / "noise.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'noise.sqlite'}")
    assert "Không mở được cơ sở dữ liệu" in bad(capsys)


def test_another_package_than_was_locked(installed, capsys, monkeypatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "0.0.1")
    assert "streamlit" in bad(capsys)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_pin_is_locked_with_digests(name: str) -> None:
    locked = doctor.locked_versions(ROOT / f"{name}.lock")
    pins = re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    assert pins
    assert [pin for pin, version in pins if version not in locked.get(pin.lower().replace("_", "-"), ())] == []
    lock = (ROOT / f"{name}.lock").read_text("utf-8")
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", lock)[1:])
    assert "index-url" not in lock
    assert "find-links" not in lock


def test_what_runs_is_what_was_locked() -> None:
    locked = doctor.locked_versions(ROOT / "requirements-dev.lock")
    for name, versions in locked.items():
        assert doctor._installed(name) in {*versions, ""}, name
