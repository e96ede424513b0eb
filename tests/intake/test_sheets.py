"""Files refused whole: each with a sentence, quickly, and without unpacking what is too large."""

import time
import tracemalloc

import pytest

from ntm.intake import bounds, cells, sheets
from ntm.intake.sheets import Refused
from tests.intake import odd

ROWS = [["Mã xã", "1", "2"], ["03409", "x", ""]]
GOOD = odd.xlsx(("Sheet1", ROWS))
REFUSED = {
    "empty": (b"", "trống"),
    "no cells": (odd.xlsx(("Sheet1", [[None]])), "không có ô nào"),
    "password": (odd.encrypted(GOOD), "mật khẩu"),
    "macros": (odd.with_entry(GOOD, "xl/vbaProject.bin", b"Sub Auto_Open()"), "macro"),
    "cut": (GOOD[: len(GOOD) // 2], "hỏng"),
    "broken sheet": (odd.replaced(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "hỏng"),
    "another archive": (odd.with_entry(b"PK\x05\x06" + b"\0" * 18, "photo.jpg", b"x"), "tệp nén"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "hình ảnh"),
    "old letters": ("Mã xã;Tên xã\n03409;Bản Bo\n".encode("cp1258", "replace") + b"\xd0\xcf", "UTF-8"),
    "too large": (b"a" * (sheets.LARGEST + 1), "20 MB"),
    "bomb": (odd.bomb(GOOD), "60 MB"),
    "lying bomb": (odd.lying_bomb(GOOD), "hỏng"),
    "laughs": (odd.replaced(GOOD, "xl/worksheets/sheet1.xml", odd.LAUGHS), "DOCTYPE"),
    "too many rows": (("a;b\n" * (bounds.MOST_ROWS + 5)).encode(), "dòng thứ 25.000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_a_sentence(name: str) -> None:
    content, words = REFUSED[name]
    tracemalloc.start()
    start = time.monotonic()
    with pytest.raises(Refused, match=words):
        sheets.read(content)
    assert time.monotonic() - start < 20
    assert tracemalloc.get_traced_memory()[1] < 300_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        odd.ods(ROWS),
        odd.text(ROWS),
        odd.text(ROWS, ",", "utf-8"),
        odd.text(ROWS, "\t", "utf-16"),
    ],
)
def test_the_same_cells_from_every_kind_of_file(content: bytes) -> None:
    (sheet,) = sheets.read(content)
    assert [row[:2] for row in sheet.cells] == [["Mã xã", "1"], ["03409", "x"]]


def test_words_are_composed_and_stripped() -> None:
    assert cells.word("  Mu\u031bo\u031b\u0300ng   Te\u0300 ") == "Mường Tè"
    assert cells.word(3409.0) == "3409"
    assert cells.word(True) == "1"
    assert sheets.address(1, 27) == "AB2"
