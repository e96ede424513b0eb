"""CSV: tables as text, whichever program wrote them: any usual sign between the columns, any end of line, UTF-8 or 16.

What a program writes for a spreadsheet's sake is taken away: "sep=;" as a first line, ="03418" to keep a zero.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ntm.apart import Refused
from ntm.intake.bounds import LONGEST_CELL, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, refused
from ntm.intake.cells import Row, broken, too_far, word
from ntm.text import _, mark, number

DELIMITERS = ";,\t|"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
LOOKED_AT = 2_000  # bytes by which UTF-16 without a mark is known: every second one of figures and separators is 0
LINES = 4  # of a row: words in a cell may have several
QUOTE = '"'
_SEPARATOR = re.compile(r"sep=(.)\n")
_PROTECTED = re.compile(r'="([^"]*)"')
_QUOTED = re.compile(r'"[^"]*"')
_DECIMAL = re.compile(r"\d+")


def decode(content: bytes) -> str:
    """Return the text of a file, with its lines ended by \\n alone. Raises Refused."""
    encoding = next((name for start, name in MARKS.items() if content.startswith(start)), "") or _unmarked(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            _("Không đọc được chữ trong tệp. Hãy lưu lại dạng .xlsx, hoặc CSV mã UTF-8 (CSV UTF-8 trong Excel).")
        ) from error
    if len(text) > LONGEST_TEXT:
        raise refused(mark("ký tự"), LONGEST_TEXT, len(text))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(content: bytes) -> str:
    if b"\0" not in content:
        return "utf-8"
    first, second = (content[start:LOOKED_AT:2].count(0) for start in (0, 1))
    if not len(content) % 2 and max(first, second) > 4 * min(first, second):
        return "utf-16-be" if first > second else "utf-16-le"
    raise broken()


def rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table in text (number from 0, cells that hold something). Raises Refused."""
    separator = _SEPARATOR.match(text)
    lines = text.split("\n")
    _check_lines(lines)
    delimiter = separator[1] if separator else _delimiter(lines)
    for place, line in enumerate(lines):  # before a row of millions of cells is made of it
        if line.count(delimiter) > MOST_COLUMNS:
            raise too_far("", place, line.count(delimiter), _("cột"), MOST_COLUMNS)
    if separator:
        lines[0] = ""
    found = _parsed(lines, delimiter)
    if delimiter == ",":
        found = _of_one_width(found)
    for place, row in found:
        yield place, {column: word(_unprotected(value)) for column, value in enumerate(row) if value}


def _check_lines(lines: list[str]) -> None:
    """Refuse far too many lines before they are looked at; cells.sheet counts the rows, which may have several."""
    filled = [place for place, line in enumerate(lines) if line] if len(lines) > LINES * MOST_ROWS else []
    if len(filled) > LINES * MOST_ROWS:
        raise too_far("", filled[MOST_ROWS], 0, _("dòng"), MOST_ROWS)


def _delimiter(lines: list[str]) -> str:
    """The sign that divides most lines into the same number of columns; of equal ones that with more columns."""
    plain = [_QUOTED.sub("", line) if QUOTE in line else line for line in lines if line]
    votes = {}
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in plain)
        del counts[0]
        columns, found = max(counts.items(), key=lambda of: (of[1], of[0]), default=(0, 0))
        votes[sign] = (found, columns)
    return max(DELIMITERS, key=lambda sign: votes[sign])


def _parsed(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows as they are written. A quote that is not closed is a sign like others, and swallows no line."""
    csv.field_size_limit(LONGEST_CELL + 2)
    ended = [f"{line}\n" for line in lines]
    try:
        found = list(csv.reader(ended, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "field larger" in str(error):
            raise broken() from error
        found = [_line(line, delimiter) for line in lines]
    yield from enumerate(found)


def _line(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])


def _of_one_width(found: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Refuse a row of figures that has more cells than the headings: a comma within a number divides it in two."""
    widest = 0
    for place, row in found:
        parts = [first for first, second in pairwise(row) if _are_figures(first, second)]
        filled = max((column + 1 for column, value in enumerate(row) if value), default=0)
        if parts and 1 < widest < filled:
            raise Refused(
                _(
                    "Dòng {row} có {found} ô, dòng tiêu đề có {allowed}: dấu phẩy vừa ngăn cột vừa là dấu thập phân. "
                    "Hãy lưu lại dạng .xlsx, hoặc đặt các số trong ngoặc kép.",
                    row=number(place + 1),
                    found=number(filled),
                    allowed=number(widest),
                )
            )
        widest = max(widest, len(row))
        yield place, row


def _are_figures(first: str, second: str) -> bool:
    return bool(_DECIMAL.fullmatch(first) and _DECIMAL.fullmatch(second))


def _unprotected(value: str) -> str:
    found = _PROTECTED.fullmatch(value)
    return found[1] if found else value
