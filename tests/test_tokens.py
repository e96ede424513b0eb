"""Tokens: kept as digests, ended by a day or by hand; a list that cannot be read is said."""

import datetime as dt
import json
import os

import pytest

from ntm import clock, tokens


@pytest.fixture(autouse=True)
def own(monkeypatch, tmp_path):
    monkeypatch.setenv("NTM_TOKENS", str(tmp_path / "kept" / "tokens.json"))


def test_what_is_shown_is_found_and_kept_nowhere() -> None:
    made, shown = tokens.add("an@b.vn", 30, "Power BI")
    other, another = tokens.add("an@b.vn", 30, "Excel")
    known = tokens.load()
    assert known == [made, other]
    assert tokens.find(shown, known) == made
    assert tokens.find(another, known) == other
    assert tokens.find(shown[:-1], known) is None
    assert tokens.find(made.digest, known) is None
    kept = tokens.file().read_text("utf-8")
    assert shown not in kept
    assert shown.split("_", 2)[2] not in kept


def test_the_file_is_for_its_owner_alone() -> None:
    tokens.add("an@b.vn", 30, "x")
    if os.name == "posix":
        assert tokens.file().stat().st_mode & 0o077 == 0
    tokens.add("an@b.vn", 30, "x")
    if os.name == "posix":
        assert tokens.file().stat().st_mode & 0o077 == 0


def test_it_holds_to_the_end_of_its_last_day(monkeypatch) -> None:
    made, _shown = tokens.add("an@b.vn", 1, "x")
    for days, ended in ((0, False), (1, False), (2, True)):
        monkeypatch.setattr(clock, "today", lambda days=days: made.made + dt.timedelta(days=days))
        assert made.has_ended is ended
    assert made.id in tokens.ended(made)


def test_one_is_removed_and_another_stays() -> None:
    made, _shown = tokens.add("an@b.vn", 1, "x")
    other, _other = tokens.add("an@b.vn", 1, "x")
    assert tokens.remove(made.id) == made
    assert tokens.load() == [other]
    with pytest.raises(ValueError, match=other.id):
        tokens.remove(made.id)


@pytest.mark.parametrize(("days", "note"), [(0, "x"), (-1, "x"), (4000, "x"), (1, ""), (1, "\x00")])
def test_what_cannot_be_made_is_said_and_not_kept(days: int, note: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        tokens.add("an@b.vn", days, note)
    assert tokens.load() == []


@pytest.mark.parametrize("content", ["{", "[1]", json.dumps([{"id": "x"}])])
def test_a_list_that_cannot_be_read(content: str) -> None:
    tokens.file().parent.mkdir()
    tokens.file().write_text(content, "utf-8")
    with pytest.raises(tokens.Unreadable, match=r"tokens\.json"):
        tokens.load()
