"""Which texts are stored: over all of Unicode, on both databases, and what comes back is what went in."""

import unicodedata
from functools import partial

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm import package, people, signs, store
from ntm.facts.rules import Faults
from ntm.people import Person
from ntm.store import Change

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
TESTER = people.owner("tester")
REFUSED = ["\0", "\a", "\t", "\r", "\x1b[2J", "\x7f", "\x85", "\x9b", "\u200b", "\u202e", "\u2066", "\u2028", "\ufeff"]
REFUSED += ["\ufffe", "\ufdd0", "\U0010ffff", "\ud800", "\u00ad", "\U000e0001"]
TAKEN = [
    "Đạt",
    "Xã Pa Ủ",
    "a\nb",
    "=1+1",
    "x" * signs.LONGEST,
    "👍🏽",
    "ကျေးရွာ",
    "\u200d ở giữa",
    "１２",
    "<b>&amp;</b>",
]


def decision(text: str) -> dict[str, pd.DataFrame]:
    row = {"unit_code": "03628", "standard": "ntm", "recognised_by": "2024-11-15", "decision": text, "source": ""}
    return {"recognitions": pd.DataFrame([row | {"evidence": "official"}])}


@pytest.mark.parametrize("text", REFUSED)
def test_a_sign_that_is_refused_is_named(text: str) -> None:
    assert f"U+{ord(text[0]):04X} ở vị trí 4" in signs.fault(f"xã {text} Pha Mu")


@pytest.mark.parametrize("text", TAKEN)
def test_what_people_write_is_taken(text: str) -> None:
    assert signs.fault(signs.composed(f"a{text}"[: signs.LONGEST])) == ""


def test_the_length_is_bounded() -> None:
    assert "dài 2.001 ký tự; cho phép đến 2.000" in signs.fault("x" * 2001)


@given(ANYTHING)
def test_what_is_shown_may_be_stored(text: str) -> None:
    assert signs.fault(signs.shown(text)) == ""


@given(ANYTHING)
def test_what_is_taken_is_composed_and_printable(text: str) -> None:
    found = signs.composed(text)
    if not signs.fault(found):
        assert unicodedata.is_normalized("NFC", found)
        assert found.encode("utf-8").decode("utf-8") == found


@pytest.mark.parametrize("where", ["note", "author", "decision", "undo"])
@pytest.mark.parametrize("text", ["a\rb", "\x1b[31mRed", "a\0b", "a\u202eb", "x" * 2001])
def test_the_store_refuses_it_everywhere(empty_engine, facts, where: str, text: str) -> None:
    person = Person(text, people.ADMINISTRATOR) if where == "author" else TESTER
    note, words = text if where == "note" else "1/BC", text if where == "decision" else "1/QĐ"
    store.publish(empty_engine, Change(TESTER, "đầu", "official", decision("0/QĐ")), facts)
    act = partial(store.publish, empty_engine, Change(person, note, "official", decision(words)), facts)
    if where == "undo":
        act = partial(store.undo, empty_engine, 1, TESTER, text, facts)
    with pytest.raises((Faults, ValueError)):
        act()
    assert store.latest(empty_engine) == 1


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_note_says_something(empty_engine, facts, text: str) -> None:
    with pytest.raises(ValueError, match="Ghi chú: không được để trống"):
        store.publish(empty_engine, Change(TESTER, text, "official", decision("1/QĐ")), facts)


def test_every_text_that_is_taken_comes_back_and_survives_a_backup(empty_engine, facts, tmp_path) -> None:
    """In one database and one package, so that many texts cost little."""
    kept: dict[int, tuple[str, str]] = {}

    @settings(max_examples=60)
    @given(ANYTHING, ANYTHING)
    def publish(note: str, words: str) -> None:
        try:
            number = store.publish(empty_engine, Change(TESTER, note, "official", decision(words)), facts)
        except (Faults, ValueError):
            return
        kept[number] = (signs.composed(note), signs.composed(words))

    publish()
    for note, words in (("a\nb", '"x", y'), ("é", "é"), ("=1", "'")):
        number = store.publish(empty_engine, Change(TESTER, note, "official", decision(words)), facts)
        kept[number] = (signs.composed(note), signs.composed(words))
    assert len(kept) > 3
    packed = package.write(empty_engine, tmp_path / "out.zip")
    copy = store.connect(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    assert package.restore(copy, tmp_path / "out.zip") == packed
    for engine in (empty_engine, copy):
        notes = store.revisions(engine).set_index("id")["note"]
        decisions = store.history(engine, "recognitions", {"unit_code": "03628"}).set_index("revision")["decision"]
        assert {number: (notes[number], decisions[number]) for number in kept} == kept
