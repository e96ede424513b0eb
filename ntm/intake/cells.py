"""Cells: a sheet as it leaves the process that reads files, from its rows and what the look of its cells says.

A word is what a person sees in a cell: composed, single spaces, without invisible signs. A number cell stays a number:
what would read as thousands the Vietnamese way (13.625) is written with its comma (13,625).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ntm import signs
from ntm.apart import Refused
from ntm.intake.bounds import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from ntm.intake.sheets import address
from ntm.text import _, number

SPARE = re.compile(r"[^\S\x1c-\x1f\x85\u2028\u2029]+")  # white space, but for control signs, which are faults
DIGITS = 15  # of a number, as in Excel: 13.600000000000001 is 13.6
Row = dict[int, str]  # column → what is there
Spot = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row and column, last row and column
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass
class Look:
    """What the look of a sheet says, gathered while its rows are read: see sheets.Sheet.

    `columns`: hidden ones, as (first, last); `fonts`: name of an old font → the cells that are drawn in it.
    """

    hidden: bool = False
    formulas: set[Spot] = field(default_factory=set)
    percents: set[Spot] = field(default_factory=set)
    coloured: set[Spot] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    fonts: dict[str, set[Spot]] = field(default_factory=dict)


def broken() -> Refused:
    """Return the refusal of a file that no library understands."""
    return Refused(_("Tệp hỏng hoặc không phải bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."))


def word(value: object) -> str:
    """Return a cell's value as words: 3409.0 is "3409", a day "2024-12-31". A soft hyphen stays: see old_fonts."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _seen(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return _seen(str(value))


@lru_cache(maxsize=10_000)
def _seen(words: str) -> str:
    return SPARE.sub(" ", signs.as_seen(unicodedata.normalize("NFC", words))).strip(" ")


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    short = f"{value:.{DIGITS}g}"
    words = str(value) if "e" in short else short
    return words.replace(".", ",") if _LIKE_THOUSANDS.fullmatch(words) else words


def sheet(name: str, place: int, rows: Iterable[tuple[int, Row]], look: Look | None = None) -> dict[str, Any]:
    """Gather a sheet's rows (number from 0, cells that hold something) and its look, within the bounds.

    Returns the fields of sheets.Sheet, ready for JSON, and `fonts` of the look. Raises Refused.
    """
    look = look or Look()
    taken: list[list[str]] = []
    for row, cells in rows:
        filled = {column: value for column, value in cells.items() if value}
        if filled:
            _check(name, row, filled)
            taken.extend([] for _gap in range(row - len(taken)))
            taken.append([filled.get(column, "") for column in range(max(filled) + 1)])
    width = max(map(len, taken), default=0)
    return {"name": word(name), "place": place, "cells": taken, "hidden": look.hidden} | _within(look, taken, width)


def _check(name: str, row: int, filled: Row) -> None:
    last = max(filled)
    if row >= MOST_ROWS:
        raise too_far(name, row, last, _("dòng"), MOST_ROWS)
    if last >= MOST_COLUMNS:
        raise too_far(name, row, last, _("cột"), MOST_COLUMNS)
    longest = max(filled, key=lambda column: len(filled[column]))
    if len(filled[longest]) > LONGEST_CELL:
        raise Refused(
            _(
                "Ô {cell} dài {found} ký tự; nhận đến {allowed}. Hãy rút ngắn ô này.",
                cell=address(row, longest),
                found=number(len(filled[longest])),
                allowed=number(LONGEST_CELL),
            )
        )


def too_far(name: str, row: int, column: int, what: str, allowed: int) -> Refused:
    """Return the refusal of a sheet with something beyond the last row or column that is read."""
    return Refused(
        _(
            "Sheet “{sheet}” có nội dung ở ô {cell}; nhận đến {what} thứ {allowed}. Hãy xóa ô ấy, chia nhỏ tệp, hoặc "
            "chép số liệu sang tệp mẫu.",
            sheet=name or "CSV",
            cell=address(row, column),
            what=what,
            allowed=number(allowed),
        )
    )


def _within(look: Look, taken: list[list[str]], width: int) -> dict[str, Any]:
    """The look of the rows and columns that hold anything: the rest of a sheet may be formatted to its last cell."""
    inside = {
        kind: sorted(spot for spot in spots if spot[0] < len(taken) and spot[1] < width)
        for kind, spots in (("formulas", look.formulas), ("percents", look.percents), ("coloured", look.coloured))
    }
    return inside | {
        "coloured": [spot for spot in inside["coloured"] if not _holds(taken, spot)],
        "merged": list(_areas(look.merged, len(taken), width)),
        "hidden_rows": sorted(row for row in look.rows if row < len(taken)),
        "hidden_columns": sorted(
            {column for first, last in look.columns for column in range(first, min(last + 1, width))}
        ),
        "fonts": {name: [spot for spot in spots if _holds(taken, spot)] for name, spots in look.fonts.items()},
    }


def _holds(taken: list[list[str]], spot: Spot) -> bool:
    row, column = spot
    return row < len(taken) and column < len(taken[row]) and bool(taken[row][column])


def _areas(merged: list[Area], height: int, width: int) -> Iterator[Area]:
    """Yield the merged areas of several cells, cut to what is filled. Raises Refused where they lie over each other."""
    cells = 0
    for top, left, bottom, right in merged:
        area = (top, left, min(bottom, height - 1), min(right, width - 1))
        size = max(area[2] - top + 1, 0) * max(area[3] - left + 1, 0)
        cells += size
        if cells > height * width:
            raise broken()
        if size > 1:
            yield area
