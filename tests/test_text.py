import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from ntm import look, text
from ntm.look import Look
from ntm.paths import LOCALE, ROOT

CALLS = ("_", "mark", "plural", "mark_plural")
COUNTING = ("plural", "mark_plural")
PLACES = re.compile(r"{(\w+)}")
NOUNS = ("cells", "characters", "communes", "criteria", "days", "districts", "facts", "faults", "groups", "periods")
NOUNS += (
    "results",
    "revisions",
    "rows",
    "seconds",
    "sheets",
    "targets",
    "tiers",
    "towns",
    "units",
    "villages",
    "wards",
)
NEVER_ONE = {  # a place before such a noun, where it need not count → why
    "allowed": "a limit, far above one",
    "least": "a limit, far above one",
    "seconds": "a limit, or a step of those on offer",
    "found": "what is over a limit",
    "bounds": "a tier's bounds in words, 15–18",
    "counts": "a list of numbers",
    "average": "a number with decimals: 1.0 criteria",
    "actual": "the same",
    "total": "of a set's criteria, nine or more",
    "best": "the same",
    "criteria": "a tier's bound, next to 'or more' and 'below'",
    "wanted": "all units of a division",
}


@cache
def source_calls() -> tuple[tuple[Path, str, ast.expr], ...]:
    """Every call of a function of CALLS: its file, the function, its first argument. The sources are parsed once."""
    files = [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("ntm/**/*.py")]
    return tuple(
        (file, node.func.id, node.args[0])
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args
    )


def python_messages(calls: tuple[str, ...] = CALLS) -> set[str]:
    return {given.value for _file, call, given in source_calls() if call in calls and isinstance(given, ast.Constant)}


def template_messages() -> Iterator[str]:
    for file in ROOT.glob("ntm/**/html/*.html"):
        for _line, message, _comments, _context in extract_from_file("jinja2.ext:babel_extract", file):
            yield message


@cache
def catalogue() -> dict[str, tuple[str, ...]]:
    """Every message with its English forms: one, or, if it counts, those of one and of many. A fuzzy one is none."""
    with (LOCALE / "en" / "LC_MESSAGES" / "ntm.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id and not entry.fuzzy]
    return {entry.id[0]: entry.string for entry in entries if entry.pluralizable} | {
        entry.id: (entry.string,) for entry in entries if not entry.pluralizable
    }


def test_every_message_is_translated() -> None:
    messages = python_messages() | set(template_messages())
    assert len(messages) > 200
    assert sorted(message for message in messages if not all(catalogue().get(message, ("",)))) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(catalogue().keys() - python_messages() - set(template_messages())) == []


def test_translations_have_the_same_places() -> None:
    for message, forms in catalogue().items():
        for form in forms:
            assert set(PLACES.findall(message)) == set(PLACES.findall(form)), message


def test_what_counts_has_a_form_for_one_and_for_many() -> None:
    counting = python_messages(COUNTING)
    assert len(counting) > 30
    assert {message for message, forms in catalogue().items() if len(forms) == 2} == counting
    assert [message for message in counting if "{count}" not in message or len(set(catalogue()[message])) != 2] == []


def nouns() -> set[str]:
    """NOUNS, and every noun whose form of many differs from that of one in the catalogue."""
    found = set(NOUNS)
    for forms in catalogue().values():
        one, many = (set(re.findall(r"[a-z]+", form)) for form in (forms[0], forms[-1]))
        found |= {word for word in many if word.removesuffix("s") in one - many}
        found |= {"criteria"} if "criterion" in one else set()
    return found


def counted() -> dict[str, list[str]]:
    """The places that stand before a noun of many in a message of one form: place → messages."""
    before_noun = re.compile(rf"{{(\w+)}}\*{{0,2}} (?:[a-z-]+ )?(?:{'|'.join(sorted(nouns()))})\b")
    found: dict[str, list[str]] = {}
    for forms in catalogue().values():
        if len(forms) == 1:
            for place in before_noun.findall(forms[0]):
                found.setdefault(place, []).append(forms[0])
    return found


def test_the_nouns_are_learnt_from_the_catalogue() -> None:
    assert {"communes", "criteria", "faults", "rows"} <= nouns()
    assert not {"are", "have", "keep", "they"} & nouns()


def test_english_counts_one_thing_as_one() -> None:
    assert {place: messages for place, messages in counted().items() if place not in NEVER_ONE} == {}
    assert NEVER_ONE.keys() - counted().keys() == set()


@pytest.mark.parametrize(
    ("count", "vietnamese", "english"),
    [
        (0, "XI: 0 xã", "XI: 0 communes"),
        (1, "XI: 1 xã", "XI: 1 commune"),
        (1278, "XI: 1.278 xã", "XI: 1,278 communes"),
        (float("nan"), "XI: không có số liệu xã", "XI: no data communes"),
    ],
)
def test_plurals(count: float, vietnamese: str, english: str) -> None:
    assert text.plural("{tier}: {count} xã", count, tier="XI") == vietnamese
    with look.use(Look("en")):
        assert text.plural("{tier}: {count} xã", count, tier="XI") == english


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (13.6, 1, "13,6", "13.6"),
        (1278, 0, "1.278", "1,278"),
        (0, 0, "0", "0"),
        (None, 1, "không có số liệu", "no data"),
        (float("nan"), 1, "không có số liệu", "no data"),
    ],
)
def test_numbers(value: float | None, decimals: int, vietnamese: str, english: str) -> None:
    assert text.number(value, decimals) == vietnamese
    with look.use(Look("en")):
        assert text.number(value, decimals) == english


def test_signed_numbers_have_no_signed_zero() -> None:
    assert [text.number(value, 1, signed=True) for value in (1.25, -0.5, 0.01, -0.04)] == ["+1,2", "-0,5", "0,0", "0,0"]


def test_dates() -> None:
    assert text.date("2024-12-31") == "31/12/2024"
    with look.use(Look("en")):
        assert text.date("2024-12-31") == "31 Dec 2024"


def test_percent_of_the_unknown_is_said_in_words() -> None:
    assert text.percent(0.404) == "40%"
    assert text.percent(None) == "không có số liệu"


def test_vietnamese_order() -> None:
    names = ["Tà Mung", "Ta Gia", "Tả Lèng", "Đào San", "Dào San", "Ăn", "An", "Ân", "Tá Bạ"]
    expected = ["An", "Ăn", "Ân", "Dào San", "Đào San", "Ta Gia", "Tà Mung", "Tả Lèng", "Tá Bạ"]
    assert sorted(names, key=text.collation_key) == expected


def test_plain() -> None:
    assert text.plain("Mường Tè, Đông Phong") == "muong te, dong phong"


def test_source_files_name_no_message_in_an_f_string() -> None:
    assert [file for file, _call, given in source_calls() if isinstance(given, ast.JoinedStr)] == []


def test_parts_become_a_sentence() -> None:
    assert text.sentence(["đạt 41 xã", "bình quân 15,3"]) == "Đạt 41 xã; bình quân 15,3."
    assert text.sentence([]) == ""
