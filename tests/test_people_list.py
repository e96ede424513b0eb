"""The list of people: what is understood, and that whatever is not understood closes the dashboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import people, people_list, timeline
from ntm.people import Faulty
from tests import invented
from tests.test_people import LIST, load


def test_without_a_list_reading_is_open_and_nobody_changes(monkeypatch) -> None:
    monkeypatch.delenv("NTM_PEOPLE", raising=False)
    nobody = people_list.load()
    assert nobody.may_read(None)
    assert not nobody.find("an@laichau.example").may_change


def test_the_list_is_named_by_the_environment(monkeypatch, tmp_path) -> None:
    load(tmp_path, LIST)
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    assert people_list.load().reading == "listed"


OPEN = 'reading = "open"\n'


PERSON = '[people."a@b.vn"]\nname = "A"\nrole = "editor"\n'


FAULTY = {  # content, after OPEN where it says nothing of reading; the line below that; what is said
    "nothing": ("", 1, 'reading = "open"'),
    "a comment alone": ('# reading = "listed"\n' + PERSON, 1, 'reading = "open"'),
    "brackets without end": ("# read\npeople = " + "[" * 5_000, 1, "cú pháp TOML"),
    "a number without end": ("# read\npeople = " + "9" * 5_000, 1, "cú pháp TOML"),
    "an address for a key": ('"a@b.vn" = "editor"\n', 1, "không có mục “…”"),
    "an editor of no group": (PERSON + "groups = []", 1, "chỉ với vai trò này"),
    "below a person": (PERSON + 'reading = "listed"\n', 4, "phải đứng ở đầu tệp"),
    "a key misspelt": ('readin = "listed"\n' + PERSON, 1, "có phải “reading”"),
    "a key in capitals": ('Reading = "listed"\n', 1, "có phải “reading”"),
    "a table misspelt": ('[peoples."a@b.vn"]\nname = "A"\nrole = "editor"', 1, "có phải “people”"),
    "a role misspelt": (PERSON.replace("editor", "edtor"), 3, "viewer, group editor, editor, administrator"),
    "a person's key misspelt": (PERSON.replace("role", "rol"), 3, "có phải “role”"),
    "one key too many": (PERSON + 'phone = "1"\n', 4, "không có mục “phone”"),
    "another reading": ('reading = "everyone"', 1, "open, listed"),
    "reading is no text": ("reading = true", 1, "open, listed"),
    "people is a number": ("people = 3", 1, "mục riêng"),
    "a person is a word": ('[people]\n"a@b.vn" = "editor"', 2, "mục riêng"),
    "a list of people": ('[[people]]\nname = "A"', 1, "mục riêng"),
    "groups is a number": (
        '[people."a@b.vn"]\nname = "A"\nrole = "group editor"\ngroups = 110', 4, "danh sách",
    ),
    "groups within groups": (
        '[people."a@b.vn"]\nname = "A"\nrole = "group editor"\ngroups = [["110"]]', 4, "danh sách",
    ),
    "no such group": (
        '[people."a@b.vn"]\nname = "A"\nrole = "group editor"\ngroups = ["999"]', 1, "110 Than Uyên",
    ),
    "an editor of a group": (PERSON + 'groups = ["110"]', 1, "chỉ với vai trò này"),
    "a group editor without": (PERSON.replace("editor", "group editor"), 1, "phải có với"),
    "no name": ('[people."a@b.vn"]\nrole = "editor"', 1, "thiếu “name”"),
    "an empty name": (PERSON.replace('"A"', '" "'), 1, "họ tên"),
    "an address for a name": (PERSON.replace('"A"', '"a@b.vn"'), 1, "họ tên"),
    "an address in full width": (PERSON.replace('"A"', '"a＠b.vn"'), 1, "họ tên"),
    "a name with a control sign": (PERSON.replace('"A"', '"A\\u001b"'), 1, "họ tên"),
    "no address": (PERSON.replace("a@b.vn", "An"), 1, "dấu cách"),
    "an address with a space": (PERSON.replace("a@b.vn", "a@b.vn "), 1, "dấu cách"),
    "twice": (PERSON + PERSON.replace("a@b.vn", "A@B.vn"), 4, "đã có ở một mục khác"),
    "no toml": (PERSON + "role: editor", 4, "cú pháp TOML"),
    "twice the same key": (PERSON + PERSON, 4, "cú pháp TOML"),
    "utf-16": (LIST.encode("utf-16"), 1, "UTF-8"),
    "old letters": ('reading = "đóng"'.encode("cp1258", "replace") + b"\xd0", 1, "UTF-8"),
    "a picture": (b"\x89PNG" + b"\xff" * 2_000_000, 1, "quá lớn"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_list_is_closed_and_says_where(tmp_path, name: str) -> None:
    content, line, words = FAULTY[name]
    if isinstance(content, str) and content and "read" not in content.lower():
        content, line = OPEN + content, line + 1
    with pytest.raises(Faulty) as told:
        load(tmp_path, content)
    assert f"people.toml, dòng {line}" in str(told.value), told.value
    assert words in str(told.value)
    assert "@b.vn" not in str(told.value)  # readers see this sentence


@pytest.mark.parametrize("place", ["missing.toml", "."])
def test_a_list_that_is_not_there_is_closed(tmp_path, monkeypatch, place: str) -> None:
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / place))
    with pytest.raises(Faulty, match="không đọc được tệp"):
        people_list.load()


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + LIST.encode(), LIST.replace("\n", "\r\n")])
def test_what_notepad_writes_is_taken(tmp_path, content: bytes | str) -> None:
    assert load(tmp_path, content).reading == "listed"


@pytest.mark.parametrize("word", ['"110"', "110", '"Than Uyên"', '"Huyện Than Uyên"', '"THAN UYEN"'])
def test_a_district_is_a_number_or_a_name(tmp_path, word: str) -> None:
    assert load(tmp_path, LIST.replace('"110"', word)).find("an@laichau.example").groups == {"110"}


@pytest.mark.parametrize("key", ["groups", "districts"])
@pytest.mark.parametrize("role", ["group editor", "district editor"])
def test_older_lists_say_districts(tmp_path, role: str, key: str) -> None:
    older = LIST.replace("group editor", role).replace("groups", key)
    found = load(tmp_path, older).find("an@laichau.example")
    assert (found.role, found.groups) == (people.GROUP_EDITOR, {"110"})


def test_a_name_of_two_groups_is_not_guessed(tmp_path, monkeypatch) -> None:
    known = invented.clusters(invented.province(tmp_path / "thu-nghiem"))
    groups = known / "units" / "groups.csv"
    groups.write_text(groups.read_text("utf-8").replace("V1,Thung 1", "V1,Cụm 1"), "utf-8")
    loaded = timeline.load(known)
    monkeypatch.setattr(people_list.timeline, "load", lambda: loaded)
    assert load(tmp_path, LIST.replace('"110"', '"Cụm 2"')).find("an@laichau.example").groups == {"C2"}
    with pytest.raises(Faulty, match="hãy ghi mã: C1 Cụm 1, V1 Cụm 1"):
        load(tmp_path, LIST.replace('"110"', '"cum 1"'))


SLIPS = ["delete", "double", "replace", "cut", "swap"]


@given(st.integers(0, len(LIST) - 1), st.sampled_from(SLIPS), st.sampled_from('xr=\n"['))
def test_no_slip_opens_the_door(tmp_path_factory, place: int, slip: str, sign: str) -> None:
    """One slip of the pen anywhere: closed, or no more open than it was."""
    changed = {
        "delete": LIST[:place] + LIST[place + 1 :],
        "double": LIST[:place] + LIST[place] + LIST[place:],
        "replace": LIST[:place] + sign + LIST[place + 1 :],
        "cut": LIST[:place],
        "swap": LIST[:place] + LIST[place : place + 2][::-1] + LIST[place + 2 :],
    }[slip]
    try:
        found = load(tmp_path_factory.mktemp("slip"), changed)
    except Faulty:
        return
    assert found.reading == "listed"
    assert sum(person.role == people.ADMINISTRATOR for person in found.listed.values()) <= 1
