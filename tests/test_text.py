import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from ntm import text
from ntm.paths import LOCALE, ROOT

CALLS = ("_", "mark")
PLACES = re.compile(r"{(\w+)}")


def python_messages() -> Iterator[str]:
    for file in [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("ntm/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
            if named and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def template_messages() -> Iterator[str]:
    for file in (ROOT / "ntm" / "ui" / "html").glob("*.html"):
        for _line, message, _comments, _context in extract_from_file("jinja2.ext:babel_extract", file):
            yield message


@cache
def catalogue() -> dict[str, str]:
    with (LOCALE / "en" / "LC_MESSAGES" / "ntm.po").open("rb") as file:
        return {entry.id: entry.string for entry in read_po(file, locale="en") if entry.id}


def test_every_message_is_translated() -> None:
    messages = {*python_messages(), *template_messages()}
    assert len(messages) > 200
    assert sorted(message for message in messages if not catalogue().get(message)) == []


def test_no_translation_is_left_over() -> None:
    assert sorted(catalogue().keys() - {*python_messages(), *template_messages()}) == []


def test_translations_have_the_same_places() -> None:
    for message, translation in catalogue().items():
        assert set(PLACES.findall(message)) == set(PLACES.findall(translation)), message


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
    text.use("en")
    assert text.number(value, decimals) == english


def test_signed_numbers_have_no_signed_zero() -> None:
    assert [text.number(value, 1, signed=True) for value in (1.25, -0.5, 0.01, -0.04)] == ["+1,2", "-0,5", "0,0", "0,0"]


def test_dates() -> None:
    assert text.date("2024-12-31") == "31/12/2024"
    text.use("en")
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


def test_an_unknown_language_is_vietnamese() -> None:
    text.use("xx")
    assert text.language() == "vi"


def test_source_files_name_no_message_in_an_f_string() -> None:
    for file in [*Path(ROOT / "ntm").rglob("*.py"), *Path(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr), file
