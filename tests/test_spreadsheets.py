"""What may stand in a cell of a file that leaves: over all of Unicode, in CSV, in a workbook, and in LibreOffice."""

import csv
import io
import random
import unicodedata

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm import exports, signs, spreadsheets
from ntm.spreadsheets import neutralise, restored
from tests import office

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\n=",
    " =",
    "\u00a0=",
    "\ufeff=",
    "\u200b@",
    "＝",
    "＋",
    "－",
    "＠",
    "\r\n ＝",
]


@pytest.mark.parametrize("start", STARTS)
def test_what_starts_like_a_formula_becomes_text(start: str) -> None:
    assert str(neutralise(start + "cmd")).startswith("'")


@pytest.mark.parametrize("value", ["Pha Mu", "", -3, 1.5, None, True, "10–14", "a=b", "x\ny"])
def test_everything_else_stays(value: object) -> None:
    assert neutralise(value) == value
    assert type(neutralise(value)) is type(value)


@given(ANYTHING)
def test_no_cell_starts_with_what_a_spreadsheet_runs(value: str) -> None:
    out = str(neutralise(value))
    seen = [sign for sign in out if unicodedata.category(sign) not in spreadsheets.SKIPPED]
    assert not seen or unicodedata.normalize("NFKC", seen[0])[0] not in "=+-@"
    assert not out.startswith(("\t", "\r", "\n"))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))  # a table holds no lone surrogates
def test_csv_and_workbook_hold_what_was_neutralised(values: list[str]) -> None:
    wanted = [str(neutralise(value)) for value in values]
    table = pd.DataFrame({"Xã": values})
    read = list(csv.reader(io.StringIO(exports.csv(table, {}).decode("utf-8-sig"), newline="")))
    assert [row[0] if row else "" for row in read[1:]] == wanted
    book = openpyxl.load_workbook(io.BytesIO(exports.xlsx({"S": table}, {"Nguồn": values[0]})))
    cells = [row[0].value or "" for row in book["S"].iter_rows(min_row=2)]
    assert [cell.replace("\r", "") for cell in cells] == [word.replace("\r", "") for word in wanted]


def test_what_is_longer_than_a_cell_is_cut() -> None:
    assert len(str(neutralise("x" * 40_000))) == spreadsheets.LONGEST


def test_a_workbook_opens_in_libreoffice_with_the_same_texts(tmp_path) -> None:
    """Two thousand texts of any sign that may be stored, and some that a spreadsheet takes for something else."""
    chance = random.Random(2026)
    allowed = [sign for sign in map(chr, range(0x110000)) if signs.is_allowed(sign)]
    usual = "aĂ=+-@'\"\t ,;\n0129.%_xX"
    drawn = (
        "".join(chance.choice(chance.choice((allowed, usual))) for _sign in range(chance.randint(1, 12)))
        for _text in range(2_000)
    )
    texts = [text for text in map(signs.composed, drawn) if text and not signs.fault(text)]
    texts += ["_x0041_", "'x", "=1+1", "\n=1", "007", "1e5", "2024-12-31", "TRUE", "0x10", "＝1", "a\n\nb"]
    file = tmp_path / "texts.xlsx"
    exports.workbook({"S": pd.DataFrame({"text": texts})}, {}).save(file)
    read = csv.reader(io.StringIO(office.words(file, "csv"), newline=""))
    assert len(texts) > 1_500
    assert [row[0] for row in read][1:] == [neutralise(text) for text in texts]


@pytest.mark.parametrize("value", ["=1+1", "- Công nhận 5 xã", "'tis", "13,6", "", "＝1"])
def test_what_was_neutralised_is_restored(value: str) -> None:
    assert restored(str(neutralise(value))) == value
