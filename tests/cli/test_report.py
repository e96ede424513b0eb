from ntm.cli import main


def test_the_command_line_writes_a_districts_report(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite'}")
    assert main(["report", "--kind", "xlsx", "--group", "110", "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "bao-cao-than-uyen-2024-12-31-minh-hoa.xlsx").exists()
    assert main(["report", "--kind", "xlsx", "--all-groups", "-o", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").iterdir())) == 8
    capsys.readouterr()
    assert main(["report", "--group", "999"]) == 2
    assert "110 Than Uyên" in capsys.readouterr().err
    assert main(["report", "--period", "2020-01-01"]) == 2
    assert "2024-12-31" in capsys.readouterr().err
