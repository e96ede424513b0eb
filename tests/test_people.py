"""The list of people: what is understood, and that whatever is not closes the door."""

import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import people, people_list, store
from ntm.cli import main
from ntm.people import People

LIST = """reading = "listed"

[people."An@Laichau.example"]
name = "Lò Thị An"
role = "group editor"
groups = ["110"]

[people."khanh@laichau.example"]
name = "Khánh"
role = "administrator"
"""


def load(folder: Path, content: str | bytes) -> People:
    file = folder / "people.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return people_list.load(file)


@pytest.fixture
def listed(tmp_path) -> People:
    return load(tmp_path, LIST)


def test_addresses_are_compared_in_small_letters(listed) -> None:
    found = listed.find("AN@laichau.example")
    assert (found.name, found.role, found.groups) == ("Lò Thị An", people.GROUP_EDITOR, {"110"})
    assert found.signature() == "Lò Thị An <An@Laichau.example>"


@pytest.mark.parametrize(
    "address",
    ["\u212ahanh@laichau.example", "khan\u04bb@laichau.example", "khanh@laıchau.example", " khanh@laichau.example",
     "khanh@laichau.example ", "khanh\u1fef@laichau.example", "ｋhanh@laichau.example",
     "khanh+x@laichau.example", "khanh@laichau.example\0", ""],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_a_viewer(listed, address: str) -> None:
    assert not listed.find(address).may_change
    assert not listed.may_read(address)


@given(st.text(st.characters(exclude_characters=string.ascii_letters), min_size=1, max_size=3))
def test_only_the_letters_of_ascii_are_folded(text: str) -> None:
    assert people.fold(text) in (unicodedata.normalize("NFC", text), text)


def test_who_is_not_listed_is_a_viewer_without_an_address_to_show(listed) -> None:
    stranger = listed.find("b@elsewhere.example")
    assert (stranger.role, stranger.may_change, stranger.name) == (people.VIEWER, False, "")
    assert not listed.may_read("b@elsewhere.example")
    assert not listed.may_read(None)
    assert listed.may_read("an@laichau.example")


def test_a_strangers_name_holds_no_address_and_steers_nothing(listed) -> None:
    assert listed.find("b@c.vn", "An <an@laichau.example>").name == ""
    assert "\x1b" not in listed.find("b@c.vn", "An\x1b[31m").name


@pytest.mark.parametrize(
    ("claim", "required", "not_sent"),
    [(True, True, True), (None, False, False), (False, False, False), ("true", False, False), ("false", False, False),
     (1, False, False), ("", False, False), ([True], False, False)],
)  # fmt: skip
def test_only_true_is_verified(claim: object, required: bool, not_sent: bool) -> None:
    assert People().believes({"email_verified": claim}) is required
    assert People(email_verified="not sent").believes({"email_verified": claim}) is not_sent
    assert People().believes({}) is False
    assert People(email_verified="not sent").believes({}) is True


def test_the_owner_is_a_name_and_not_an_account(monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    assert people.owner().name == "Người quản trị máy chủ"
    assert people.owner().signature() == "Người quản trị máy chủ <root>"
    assert people.owner("Văn phòng").signature() == "Văn phòng"


def test_the_owner_goes_on_whatever_the_list_is(tmp_path, monkeypatch, facts) -> None:
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "missing.toml"))
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    assert main(["open", "2024-12-31", "--note", "mở kỳ"]) == 0
    assert store.latest(store.connect()) == 1
