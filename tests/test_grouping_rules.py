"""Grouping rules: each fault of a province's groups is a sentence with file and line."""

from pathlib import Path

import pytest

from ntm import province
from tests import invented


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return invented.clusters(invented.province(tmp_path / "thu-nghiem"))


def test_the_clusters_hold_together(folder) -> None:
    assert province.faults(folder) == []


FAULTS = {  # file, what is changed → what the sentence says
    "a member that does not exist": (
        ("groups.csv", "clusters,C1,Cụm 1,Cụm 1,90001", "clusters,C1,Cụm 1,Cụm 1,00000"),
        "groups.csv, dòng 2: không có đơn vị 00000",
    ),
    "two groups on one day": (
        ("groups.csv", "clusters,C1,Cụm 1,Cụm 1,90002", "clusters,C2,Cụm 2,Cụm 2,90001"),
        "groups.csv, dòng 3: đơn vị 90001 đã thuộc nhóm C1 cùng ngày (dòng 2)",
    ),
    "a group without members": (
        ("groups.csv", "clusters,C1,Cụm 1,Cụm 1,90001", "clusters,C9,Cụm 9,Cụm 9,"),
        "groups.csv, dòng 2: nhóm C9 không có đơn vị nào",
    ),
    "a grouping without groups": (
        ("groupings.csv", "valleys,Thung", "rivers,Sông,Rivers,sông,river,rivers,,,official,x\nvalleys,Thung"),
        "groupings.csv, dòng 3: rivers không có nhóm nào trong groups.csv",
    ),
    "an unknown grouping": (
        ("groups.csv", "clusters,C1,Cụm 1,Cụm 1,90001", "cluster,C1,Cụm 1,Cụm 1,90001"),
        "groups.csv, dòng 2: không có cách chia nhóm cluster; có: clusters, valleys",
    ),
    "a row before its grouping": (
        ("groups.csv", "90001,2025-01-01", "90001,2024-01-01"),
        "groups.csv, dòng 14: ngoài thời gian của cách chia nhóm valleys",
    ),
    "a day that is none": (("groups.csv", "90001,2025-01-01", "90001,1/1/2025"), "dòng 14: ngày 1/1/2025 phải có dạng"),
    "an end before the start": (("groupings.csv", "2025-01-01,", "2025-01-01,2024-01-01"), "valid_to trước valid_from"),
    "a group of two names": (("groups.csv", "C1,Cụm 1,Cụm 1,90002", "C1,Cụm Một,Cụm 1,90002"), "nhóm C1 có hai tên"),
    "a code in two groupings": (
        ("groups.csv", "V1,Thung 1", "C1,Thung 1"),
        "mã C1 là nhóm của hai cách chia cùng ngày",
    ),
    "a reserved name": (("groupings.csv", "clusters,Cụm", "none,Cụm"), "dòng 2: tên “none” đã có nghĩa riêng"),
    "a name twice": (("groupings.csv", "valleys,Thung", "clusters,Thung"), "dòng 3: cách chia nhóm clusters đã có"),
    "no word for a group": (("groupings.csv", "Clusters,cụm", "Clusters,"), "dòng 2: cần name_vi và noun_vi"),
    "a column that is missing": (("groups.csv", "unit_code", "unit"), "units/groups.csv: thiếu cột unit_code"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_a_sentence_with_file_and_line(folder, name: str) -> None:
    (file, old, new), said = FAULTS[name]
    path = folder / "units" / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    assert any(said in fault for fault in province.faults(folder)), province.faults(folder)


def test_a_group_may_not_bear_a_districts_code_of_its_day(tmp_path) -> None:
    folder = invented.province(tmp_path / "thu-nghiem")
    units = folder / "units" / "units-all.csv"
    units.write_text(units.read_text(encoding="utf-8") + "C1,Cũ,huyện,district,99,,,,,,,\n", encoding="utf-8")
    invented.clusters(folder)
    assert any("mã C1 là mã của một huyện cùng ngày" in fault for fault in province.faults(folder))
