"""Sheets: the cells of a workbook or table as plain words. Nothing in a file is ever run.

Taken: XLSX, XLSB, XLS, ODS, FODS, web pages and XML of 2003 that are named .xls, and CSV with any usual sign between
its columns, in UTF-8 or UTF-16. A file is read by `ntm.intake.files` in a process of its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ntm import apart
from ntm.apart import Refused
from ntm.text import _

__all__ = ["LARGEST", "Refused", "Sheet", "address", "filled", "read"]

LARGEST = 20_000_000  # bytes of a file: a province's year is under one million
LETTERS = 26


@dataclass(frozen=True)
class Sheet:
    """One sheet: `cells[row][column]` as words ("" where empty). All places are numbers from 0.

    `formulas`, `percents`: the (row, column) that hold one; `coloured`: those that are filled with a colour and hold no
    word; `merged`: areas as (row, column, last row, last column); `hidden_rows`, `hidden_columns`: also by a filter;
    `hidden`: whether the sheet is; `font`: "TCVN3" or "VNI" where its words were for an old font and are converted;
    `place`: its place among all sheets of the workbook, with those that hold nothing.
    """

    name: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    hidden: bool = False
    coloured: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    font: str = ""
    place: int = 0

    @property
    def title(self) -> str:
        """What it is called to the reader."""
        return self.name

    @property
    def merged_rows(self) -> set[int]:
        """The rows in which cells side by side are merged."""
        return {row for top, left, bottom, right in self.merged if right > left for row in range(top, bottom + 1)}


def address(row: int, column: int) -> str:
    """Return a cell's address as spreadsheets write it: (1, 2) → C2."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, LETTERS)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def filled(sheet: Sheet) -> list[list[str]]:
    """Return a sheet's cells with every merged area filled with its word: it holds for all that it covers."""
    cells = [list(row) for row in sheet.cells]
    for top, left, bottom, right in sheet.merged:
        word = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        for row in range(top, min(bottom + 1, len(cells))) if word else ():
            cells[row] += [""] * (right + 1 - len(cells[row]))
            cells[row][left : right + 1] = [word] * (right + 1 - left)
    return cells


def read(content: bytes, told: Callable[[float], object] = lambda passed: None) -> list[Sheet]:
    """Return a file's sheets that hold anything. `told`: see apart.run. Raises Refused."""
    if not content:
        raise Refused(_("Tệp trống. Hãy chọn tệp có số liệu."))
    if len(content) > LARGEST:
        raise Refused(
            _(
                "Tệp nặng {found} MB; nhận tệp đến {allowed} MB. Hãy xóa hình ảnh và các sheet không dùng.",
                found=round(len(content) / 1e6),
                allowed=round(LARGEST / 1e6),
            )
        )
    found = json.loads(apart.run("cells", content, told=told))
    return [of_json(sheet) for sheet in found]


def of_json(sheet: dict[str, Any]) -> Sheet:
    """Return one sheet of what files.cells gives, parsed."""
    spots = {kind: frozenset(map(tuple, sheet[kind])) for kind in ("formulas", "percents", "coloured")}
    numbers = {kind: frozenset(sheet[kind]) for kind in ("hidden_rows", "hidden_columns")}
    return Sheet(**(sheet | spots | numbers | {"merged": tuple(map(tuple, sheet["merged"]))}))
