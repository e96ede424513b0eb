import pandas as pd
import pytest

from ntm import people
from ntm.people import Denied, Person

LIST = """
reading = "listed"
[people."An@Laichau.example"]
name = "Lò Thị An"
role = "district editor"
districts = ["110"]
"""


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "people.toml"
    file.write_text(LIST, encoding="utf-8")
    return people.load(file)


def test_addresses_are_compared_in_small_letters(listed) -> None:
    found = listed.find("AN@laichau.example")
    assert (found.name, found.role, found.districts) == ("Lò Thị An", people.DISTRICT_EDITOR, {"110"})
    assert found.signature() == "Lò Thị An <An@Laichau.example>"


def test_who_is_not_listed_is_a_viewer(listed) -> None:
    stranger = listed.find("b@elsewhere.example", "B")
    assert (stranger.role, stranger.may_change) == (people.VIEWER, False)
    assert not listed.may_read("b@elsewhere.example") and not listed.may_read(None)
    assert listed.may_read("an@laichau.example")


def test_without_a_list_reading_is_open_and_nobody_changes(monkeypatch) -> None:
    monkeypatch.delenv("NTM_PEOPLE", raising=False)
    nobody = people.load()
    assert nobody.may_read(None)
    assert not nobody.find("an@laichau.example").may_change


def test_the_list_is_named_by_the_environment(monkeypatch, tmp_path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(LIST, encoding="utf-8")
    monkeypatch.setenv("NTM_PEOPLE", str(file))
    assert people.load().reading == "listed"


@pytest.mark.parametrize(
    ("content", "words"),
    [('reading = "everyone"', "open, listed"), ('[people."a@b"]\nrole = "king"', "viewer, district editor")],
)
def test_a_faulty_list_says_what_is_allowed(tmp_path, content: str, words: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        people.load(file)


def test_a_district_editor_and_the_districts_communes(facts) -> None:
    an = Person("An", people.DISTRICT_EDITOR, frozenset({"110"}))
    own = pd.DataFrame({"unit_code": ["110", "03628"]})  # Than Uyên and its commune Pha Mu
    people.check(an, {"assessments": own}, facts)
    with pytest.raises(Denied, match="Ngoài phạm vi: Bản Giang"):
        people.check(an, {"assessments": pd.DataFrame({"unit_code": ["03418"]})}, facts)
    with pytest.raises(Denied, match="Lai Châu"):  # nor the province's own figures
        people.check(an, {"figures": pd.DataFrame({"unit_code": ["12"]})}, facts)


def test_the_owner_of_the_machine_may_do_everything(facts) -> None:
    people.check(people.owner(), {"assessments": pd.DataFrame({"unit_code": ["03418"]})}, facts)


def test_the_owner_is_a_name_and_not_an_account(monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    assert people.owner().name == "Người quản trị máy chủ"
    assert people.owner().signature() == "Người quản trị máy chủ <root>"
    assert people.owner("Văn phòng").signature() == "Văn phòng"
