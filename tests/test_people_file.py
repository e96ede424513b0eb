"""The list of people, changed by commands: all else in it stays, and nothing is written that would close the door."""

import os
from pathlib import Path

import pytest

from ntm import people_file, people_list
from ntm.people import ADMINISTRATOR, EDITOR, GROUP_EDITOR, Faulty, Role

LIST = """# Danh sách của Sở
reading = "listed"   # không ai khác

[people."An@laichau.example"]   # từ 1/3
name = 'Lò "Thị" An'
role = "district editor"
districts = ["110"]
# hết
"""


@pytest.fixture
def file(tmp_path) -> Path:
    found = tmp_path / "people.toml"
    found.write_text(LIST, encoding="utf-8")
    return found


def test_a_list_is_begun_for_its_owner_alone(tmp_path) -> None:
    file = tmp_path / "people.toml"
    people_file.begin(file)
    assert people_list.read(file).reading == "open"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    people_file.add(file, "khanh@laichau.example", "Khánh", ADMINISTRATOR)
    people_file.begin(file)  # it is there
    assert len(people_list.read(file).listed) == 1


def test_who_is_added_comes_after_the_others_and_all_else_stays(file) -> None:
    found = people_file.add(file, "Bình@laichau.example", 'Bình "Ba" \\ Đỗ', GROUP_EDITOR, ["Than Uyên"])
    assert file.read_text("utf-8").startswith(LIST.rstrip())
    assert found.listed == people_list.read(file).listed
    added = found.find("bình@laichau.example")
    assert (added.name, added.role, added.groups) == ('Bình "Ba" \\ Đỗ', GROUP_EDITOR, {"110"})


def test_who_is_taken_out_is_gone_and_the_others_stay(file) -> None:
    people_file.add(file, "b@laichau.example", "Bình", EDITOR)
    found = people_file.remove(file, "an@LAICHAU.example")
    assert set(found.listed) == {"b@laichau.example"}
    assert "# Danh sách của Sở" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "name", "role", "groups", "words"),
    [
        ("AN@laichau.example", "An", EDITOR, (), "đã có trong danh sách"),
        ("không phải thư", "An", EDITOR, (), "địa chỉ thư phải có dạng"),
        ("b@laichau.example", "b@laichau.example", EDITOR, (), "không phải địa chỉ thư"),
        ("b@laichau.example", "Bình", GROUP_EDITOR, (), "groups"),
        ("b@laichau.example", "Bình", EDITOR, ("110",), "groups"),
        ("b@laichau.example", "Bình", GROUP_EDITOR, ("Không có",), "không có nhóm xã"),
        (
            'b@laichau.example"]\nrole = "administrator"\n[people."x@y.vn',
            "Bình",
            EDITOR,
            (),
            "địa chỉ thư phải có dạng",
        ),
        ("b@laichau.example", 'Bình"\nrole = "administrator', EDITOR, (), "name"),
    ],
)
def test_what_the_server_would_refuse_is_not_written(
    file, address: str, name: str, role: Role, groups: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        people_file.add(file, address, name, role, groups)
    assert "Không ai được vào" not in str(refused.value)
    assert file.read_text("utf-8") == LIST


def test_who_is_not_there_cannot_be_taken_out(file) -> None:
    with pytest.raises(ValueError, match="không có trong danh sách"):
        people_file.remove(file, "b@laichau.example")


def test_a_faulty_list_is_not_touched(file) -> None:
    file.write_text("reading = ", encoding="utf-8")
    with pytest.raises(Faulty, match="TOML"):
        people_file.add(file, "b@laichau.example", "Bình", EDITOR)
    assert file.read_text("utf-8") == "reading = "


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights.")
def test_a_list_stays_readable_for_whom_it_was(file) -> None:
    file.chmod(0o640)
    people_file.add(file, "b@laichau.example", "Bình", EDITOR)
    assert file.stat().st_mode & 0o777 == 0o640


def test_without_a_list_a_sentence_says_how_to_name_one(monkeypatch) -> None:
    monkeypatch.delenv("NTM_PEOPLE", raising=False)
    with pytest.raises(ValueError, match="NTM_PEOPLE"):
        people_file.place()
