import datetime as dt
import json

import pandas as pd
import pytest

from ntm import resources, store
from ntm.cli import main
from ntm.database import writing
from ntm.facts import assessments

HEAD = "period,unit_code,criteria_set,criterion,met\n"
GOOD = HEAD + "2024-12-31,03628,commune-2021-2025,10,đạt\n"


@pytest.fixture
def database(monkeypatch, tmp_path, empty_url):
    monkeypatch.setenv("NTM_DATABASE_URL", empty_url)
    return tmp_path


def written(folder, content: str | bytes):
    file = folder / "file.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(file)


def test_build_twice(database, capsys) -> None:
    assert main(["build"]) == 0
    assert "[1, 2]" in capsys.readouterr().out
    assert main(["build"]) == 0
    assert "Phiên bản mới: không có" in capsys.readouterr().out


def test_check_prints_published_beside_actual(database, capsys) -> None:
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("✓ khớp") == 10
    assert "không có lỗi" in printed
    assert "13,6" in printed


def test_check_finds_what_breaks_the_rules(database, capsys) -> None:
    main(["build"])
    row = {"revision": 2, "period": dt.date(2024, 12, 30), "unit_code": "03628", "criterion": 1, "met": True}
    with writing(store.connect()) as connection:
        connection.execute(assessments.TABLE.insert().values(row | {"criteria_set": "commune-2021-2025"}))
    assert main(["check"]) == 1
    assert "cuối tháng" in capsys.readouterr().err


def test_check_fails_on_a_difference(database, capsys, facts) -> None:
    """39 communes were published as meeting all criteria; here 40 are known to."""
    codes = facts.communes.index[:40]
    main(["build"])
    answers = [f"2023-12-31,{code},commune-2021-2025,{number},đạt\n" for code in codes for number in range(1, 20)]
    assert main(["publish", written(database, HEAD + "".join(answers)), "--author", "a", "--note", "n"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "✕ lệch" in capsys.readouterr().out


def test_a_database_that_cannot_be_reached_shows_no_secret(monkeypatch, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", "sqlite:////nowhere/secret-word/ntm.sqlite")
    assert main(["build"]) == 2
    complaint = capsys.readouterr().err
    assert "NTM_DATABASE_URL" in complaint
    assert "secret-word" not in complaint


def test_export_writes_every_table_with_its_kind(database) -> None:
    main(["build"])
    assert main(["export", str(database / "out")]) == 0
    about = json.loads((database / "out" / "about.json").read_text(encoding="utf-8"))
    assert about["tables"] == [
        "assessments", "communes", "complete_lists", "criteria", "groups", "openings", "periods", "plans", "published",
        "recognitions", "revisions", "targets", "units", "villages",
    ]  # fmt: skip
    assert about["world"] == "sample"
    for name in about["tables"]:
        columns = pd.read_csv(database / "out" / f"{name}.csv").columns
        assert tuple(columns[-4:]) == resources.ORIGIN, name


def test_export_and_report_hold_the_world_that_is_asked_for(database) -> None:
    main(["build"])
    main(["publish", written(database, GOOD), "--note", "n"])
    for asked, world in (([], "real"), (["--data", "sample"], "sample")):
        assert main(["export", str(database / world), *asked]) == 0
        assert json.loads((database / world / "about.json").read_text(encoding="utf-8"))["world"] == world
        kinds = set(pd.read_csv(database / world / "assessments.csv")["kind"])
        assert kinds == {"official" if world == "real" else "sample"}


def test_what_cannot_be_compared_yet_is_no_difference(database, capsys) -> None:
    main(["build"])
    main(["publish", written(database, GOOD.replace("2024-12-31", "2023-12-31")), "--note", "n"])
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "? chưa đủ số liệu" in capsys.readouterr().out


def test_speaking_english(database, capsys) -> None:
    assert main(["--language", "en", "check"]) == 0
    assert "No figure differs from what is published." in capsys.readouterr().out


def test_an_unknown_command_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["dance"])
    assert stopped.value.code == 2
