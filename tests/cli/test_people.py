import json

from ntm.cli import main
from tests.test_people import LIST, load
from tests.test_people_list import FAULTY


def test_the_command_says_who_may_do_what(tmp_path, monkeypatch, capsys) -> None:
    load(tmp_path, LIST)
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    assert main(["people", "check"]) == 0
    said = capsys.readouterr().out
    assert "Lò Thị An" in said
    assert "Than Uyên" in said
    assert "Khánh" in said
    assert main(["people", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["people"][0]["groups"] == ["110"]
    (tmp_path / "people.toml").write_text(str(FAULTY["below a person"][0]), "utf-8")
    assert main(["people", "check"]) == 1
    assert "dòng 4" in capsys.readouterr().err
