import json

import pytest

from ntm import tokens
from ntm.cli import main

LIST = 'reading = "listed"\n[people."an@laichau.example"]\nname = "Lò Thị An"\nrole = "viewer"\n'


@pytest.fixture(autouse=True)
def listed(monkeypatch, tmp_path):
    (tmp_path / "people.toml").write_text(LIST, "utf-8")
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_TOKENS", str(tmp_path / "tokens.json"))


def test_a_token_is_made_listed_and_removed(capsys) -> None:
    assert main(["token", "add", "AN@laichau.example", "--days", "30", "--note", "Power BI", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert tokens.find(made["token"], tokens.load()).email == "an@laichau.example"
    assert main(["token", "list"]) == 0
    said = capsys.readouterr().out
    assert made["id"] in said
    assert "Power BI" in said
    assert made["token"] not in said
    assert main(["token", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert "digest" not in listed
    assert listed["ended"] is False
    assert main(["token", "remove", made["id"]]) == 0
    assert tokens.load() == []
    capsys.readouterr()
    assert main(["token", "list"]) == 0
    assert "Chưa có" in capsys.readouterr().out


def test_only_for_people_on_the_list(capsys) -> None:
    assert main(["token", "add", "chi@laichau.example", "--note", "x"]) == 1
    assert "chi@laichau.example" in capsys.readouterr().err
    assert tokens.load() == []


def test_a_wrong_call_is_said(capsys) -> None:
    assert main(["token", "add", "an@laichau.example", "--days", "0", "--note", "x"]) == 2
    assert main(["token", "remove", "none"]) == 2
    assert "none" in capsys.readouterr().err
