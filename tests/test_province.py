"""Another province is a folder: what holds it together, what is wrong with it in a sentence, and that it opens."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ntm import province, timeline
from ntm.cli import main
from ntm.paths import OWN_DATA, ROOT
from tests import invented


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return invented.province(tmp_path / "thu-nghiem")


def test_the_projects_own_folder_and_the_invented_one_hold_together(folder) -> None:
    assert province.faults(OWN_DATA) == province.notes(OWN_DATA) == []
    assert province.faults(folder) == province.notes(folder) == []


def replaced(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


FAULTS = {  # what is changed: file, old, new → what the sentence says
    "a plan with an unknown unit": (
        ("plans/7.toml", 'indicator = "average"', 'indicator = "average"\ncommunes = ["00000"]'),
        "ke-hoach-2025: target_communes, average/00000, listed: không phải xã thuộc Chương trình ở ngày 31/12/2025",
    ),
    "an indicator that no measure has": (
        ("plans/7.toml", 'indicator = "average"', 'indicator = "happiness"'),
        "targets, average, indicator: không có chỉ tiêu này; có: recognised, named_recognised",
    ),
    "overlapping tiers": (
        ("plans/7.toml", "upper = 6", "upper = 7"),
        "middle, lower: chồng nhóm all ở 7 tiêu chí",
    ),
    "tiers with a gap": (("plans/7.toml", "lower = 4", "lower = 5"), "không nhóm nào có 4 tiêu chí"),
    "a due date before the baseline": (
        ("plans/7.toml", "2025-12-31", "2024-06-30"),
        "due_date: phải sau mốc",
    ),
    "a set that there is not": (
        ("plans/7.toml", 'commune = "bay"', 'commune = "tam"'),
        "không có bộ tiêu chí này; có: bay (tam)",
    ),
    "a tier that there is not": (
        ("plans/7.toml", 'tier = "all"', 'tier = "top"'),
        "không có nhóm này; có: all, middle, low (top)",
    ),
    "a plan that is no TOML": (("plans/7.toml", "[sets]", "[sets"), "7.toml: không đúng cú pháp TOML"),
    "a field of a plan that is missing": (
        ("plans/7.toml", 'number = "7/KH-UBND"\n', ""),
        "7.toml: number: thiếu",
    ),
    "a column that is missing": (("units/units-all.csv", "parent_code", "parent"), "thiếu cột parent_code"),
    "a parent that there is not": (("units/units-all.csv", "xã,commune,99", "xã,commune,98"), "parent_code 98"),
    "a day that is none": (("criteria/criteria_sets.csv", "criteria_set,role", "criteria_set,rol"), "thiếu cột role"),
    "a criterion of no set": (("criteria/criteria.csv", "bay,1", "khac,1"), "không có bộ khac"),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_and_field(folder, change: tuple[str, str, str], words: str) -> None:
    name, old, new = change
    replaced(folder / name, old, new)
    assert any(words in fault for fault in province.faults(folder)), province.faults(folder)


def test_units_that_overlap_in_time_and_a_succession_to_nobody(folder) -> None:
    units = pd.read_csv(folder / "units" / "units-all.csv", dtype=str, keep_default_na=False)
    again = units[units["code"] == "90001"].assign(valid_from="2025-07-01")
    pd.concat([units, again]).to_csv(folder / "units" / "units-all.csv", index=False)
    rows = "code,successor_code,effective\n90002,90099,2025-07-01\n90003,90004,mai\n"
    (folder / "units" / "successions.csv").write_text(rows, encoding="utf-8")
    found = "\n".join(province.faults(folder))
    assert "90001: hai đơn vị cùng mã trùng thời gian từ 2025-07-01" in found
    assert "90002: đơn vị kế tục 90099 không có ở ngày 2025-07-01" in found
    assert "90003: ngày mai phải có dạng" in found


def test_a_folder_without_shapes_or_plan_opens_and_says_what_is_missing(folder, capsys) -> None:
    (folder / "boundaries" / "squares.geojson").unlink()
    (folder / "plans" / "7.toml").unlink()
    assert main(["province", "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "bản đồ không vẽ được" in said
    assert "không có mục tiêu" in said


def test_the_command_says_every_fault_and_an_unknown_folder(folder, tmp_path, capsys) -> None:
    (folder / "criteria" / "tiers.csv").unlink()
    assert main(["province", "check", str(folder)]) == 1
    assert "criteria/tiers.csv: thiếu tệp" in capsys.readouterr().err
    assert main(["province", "check", str(tmp_path / "nowhere")]) == 2


def test_what_is_read_is_the_folders(folder) -> None:
    known = timeline.load(folder)
    assert (known.province, known.province_name(), len(known.criteria_of("bay"))) == ("99", "Thử Nghiệm", 7)
    assert known.districts.empty


def run(folder: Path, place: Path, *command: str) -> str:
    """Run a command for the invented province, with a database and a map of its own."""
    own = {"NTM_DATA": str(folder), "NTM_DATABASE_URL": f"sqlite:///{place / 'own.sqlite'}", "PYTHONUTF8": "1"}
    own |= {"NTM_BOUNDARIES": str(place / "boundaries"), "NTM_SEAL": str(place / "seal.key")}
    done = subprocess.run(
        [sys.executable, "-m", "ntm", *command],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_a_folder_to_reports(folder, tmp_path) -> None:
    run(folder, tmp_path, "build")
    for file in invented.reports(tmp_path):
        asked = ["--form", "assessments", "--period", file.stem]
        assert "Đã lưu phiên bản" in run(folder, tmp_path, "publish", str(file), *asked, "--note", "báo cáo")
    for kind in ("docx", "xlsx", "pptx", "pdf"):
        report = ["report", "--kind", kind, "--period", "2025-06-30", "-o", str(tmp_path / f"out.{kind}")]
        run(folder, tmp_path, *report)
        assert (tmp_path / f"out.{kind}").stat().st_size > 5_000
    assert "Không số nào lệch" in run(folder, tmp_path, "check")
