"""Accounts by command, from the first administrator to the last one removed."""

import json
import re
from pathlib import Path

import pytest

from ntm import database, people_list, store
from ntm.accounts import keeping, signing_in
from ntm.cli import main
from ntm.people import ADMINISTRATOR, GROUP_EDITOR

KHANH, AN, PASSWORD = "khanh@laichau.example", "an@laichau.example", "bốn từ không liên quan"


@pytest.fixture
def office(tmp_path: Path, monkeypatch) -> Path:
    """An office that has named its list of people and its database, and has neither yet."""
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    return tmp_path


def link(said: str) -> str:
    return re.search(r"one=(\S+)", said)[1]


def test_an_office_keeps_its_accounts(office, capsys) -> None:
    assert main(["accounts", "init", KHANH, "Lò Văn Khánh", "--at", "https://ntm.laichau.example"]) == 0
    said = capsys.readouterr().out
    assert "https://ntm.laichau.example/sign-in/link?one=" in said
    signing_in.set_password(database.connect(), link(said), PASSWORD)
    assert people_list.load().find(KHANH).role == ADMINISTRATOR
    assert main(["accounts", "init", AN, "An"]) == 2
    assert "đã có tài khoản" in capsys.readouterr().err

    assert main(["accounts", "add", AN, "--name", "Lò Thị An", "--role", "group editor", "--groups", "Than Uyên"]) == 0
    said = capsys.readouterr().out
    assert "http://localhost:8501/sign-in/link?one=" in said
    assert "--at" in said
    assert people_list.load().find(AN).groups == {"110"}
    assert people_list.load().find(AN).role == GROUP_EDITOR

    assert main(["accounts", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "cập nhật địa bàn được giao" in lines[0]
    assert "chưa đặt mật khẩu" in lines[0]
    assert "1 phiên" in lines[1]
    assert main(["accounts", "list", "--json"]) == 0
    assert [one["has_password"] for one in json.loads(capsys.readouterr().out)] == [False, True]

    assert main(["accounts", "end", KHANH]) == 0
    assert "1 phiên" in capsys.readouterr().out
    assert main(["accounts", "end", "--all"]) == main(["accounts", "unlock", AN]) == 0
    assert main(["accounts", "reset", AN]) == 0
    assert link(capsys.readouterr().out) != link(said)
    assert main(["accounts", "remove", AN]) == 0
    assert "vẫn có trong danh sách" in capsys.readouterr().out
    assert main(["accounts", "add", AN]) == 0  # who is on the list needs no role again
    assert main(["accounts", "remove", AN, "--from-list"]) == 0
    assert AN not in people_list.load().listed
    assert [account.address for account in keeping.listed(database.connect())] == [KHANH]
    actions = set(store.log(database.connect())["action"])
    assert actions == {"account made", "account reset", "account removed", "account unlocked", "sessions ended"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "new@laichau.example"], "Hãy thêm --name"),
        (["add", KHANH, "--role", "viewer"], "sửa ở đó"),
        (["add", "b@laichau.example", "--name", "Bình", "--role", "group editor"], "groups"),
        (["remove", AN], "chưa có tài khoản"),
        (["reset", AN], "chưa có tài khoản"),
        (["unlock", AN], "chưa có tài khoản"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(office, capsys, arguments: list[str], words: str) -> None:
    assert main(["accounts", "init", KHANH, "Khánh"]) == 0
    before = (office / "people.toml").read_bytes()
    assert main(["accounts", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert (office / "people.toml").read_bytes() == before
    assert len(keeping.listed(database.connect())) == 1


def test_the_first_account_is_an_administrators(office, capsys) -> None:
    (office / "people.toml").write_text(f'reading = "open"\n[people."{AN}"]\nname = "An"\nrole = "editor"\n', "utf-8")
    assert main(["accounts", "init", AN, "An"]) == 2
    assert "không phải administrator" in capsys.readouterr().err


def test_without_a_list_of_people_there_are_no_accounts(office, capsys, monkeypatch) -> None:
    monkeypatch.delenv("NTM_PEOPLE")
    for arguments in (["init", KHANH, "Khánh"], ["add", KHANH]):
        assert main(["accounts", *arguments]) == 2
        assert "NTM_PEOPLE" in capsys.readouterr().err


def test_the_machines_owner_gets_a_link_or_the_reason_why_not(office, capsys) -> None:
    assert main(["accounts", "owner"]) == 0
    assert "/sign-in/link?one=" in capsys.readouterr().out
    assert main(["accounts", "init", KHANH, "Khánh"]) == 0
    capsys.readouterr()
    assert main(["accounts", "owner"]) == 0
    said = capsys.readouterr().out
    assert "cách đăng nhập khác" in said
    assert "one=" not in said
