"""What is left out of a file, and what was taken as the person has not said it: named by cell, to be acknowledged.

Every cell that holds something is either read (a title, a heading, a unit, a fact, a sum that agrees) or told here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ntm import text
from ntm.intake.layout import Layout
from ntm.intake.sheets import Sheet, address
from ntm.text import _, mark

COLUMNS = ["sheet", "cell", "value", "reason"]
SHEET = mark("cả sheet: không có dòng tiêu đề hiểu được")
TABLE = mark("cả bảng: không có dòng tiêu đề hiểu được")
ROW = mark("dòng không phải đơn vị")
SHOWN_CELLS = 20  # of a run of rows
SHOWN_VALUE = 60  # signs of a cell that stand for a column or a row


@dataclass
class Account:
    """What became of the cells of one sheet. `read`: (row, column) of those that were; `rows`: why a row was not;
    `units`: (row, column) → code of the unit that a cell names; `noted`: (row, column) → what is told of a cell; `why`:
    why all of the sheet is left out, if it is.
    """

    sheet: Sheet
    number: int
    why: str = ""
    read: set[tuple[int, int]] = field(default_factory=set)
    rows: dict[int, str] = field(default_factory=dict)
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    sums: set[tuple[int, int]] = field(default_factory=set)
    notes: list[dict[str, Any]] = field(default_factory=list)
    units: dict[tuple[int, int], str] = field(default_factory=dict)
    noted: dict[tuple[int, int], str] = field(default_factory=dict)

    def read_row(self, row: int) -> None:
        """Say that all of a row is understood."""
        self.read |= {(row, column) for column in range(len(self.sheet.cells[row]))}

    def leave_out(self, spots: Iterable[tuple[int, int]], reason: str) -> None:
        """Say that cells in columns that are read say nothing that can be stored."""
        self.cells |= dict.fromkeys(spots, reason)
        self.read -= self.cells.keys()

    def note(self, row: int, column: int, reason: str) -> None:
        """Tell something of a cell that was read."""
        self.notes.append(_entry(self.sheet, address(row, column), _value(self.sheet, row, column), reason))
        self.noted[row, column] = reason

    def left_out(self, layout: Layout | None) -> Iterator[dict[str, Any]]:
        """Yield the entries: the sheet, or its columns and rows with cells that were not read, then the notes."""
        if layout is None:
            yield from self._whole()
            return
        rest = [spot for spot in _filled(self.sheet) if spot not in self.read]
        yield from self._by_row([spot for spot in rest if spot[0] in self.rows])
        yield from self._by_column([spot for spot in rest if spot[0] not in self.rows], layout)
        yield from self.notes

    def _whole(self) -> Iterator[dict[str, Any]]:
        spots = [spot for spot in _filled(self.sheet) if spot not in self.read]
        if spots:
            reason = _("{reason} ({count} ô)", reason=self.why or _(SHEET), count=text.number(len(spots)))
            yield _entry(self.sheet, _range(spots), _value(self.sheet, *spots[0]), reason)

    def _by_row(self, spots: Sequence[tuple[int, int]]) -> Iterator[dict[str, Any]]:
        """An entry for each run of rows of one kind. `spots`: in the order of rows."""
        runs: list[list[tuple[int, int]]] = []
        for spot in spots:
            last = runs[-1][-1][0] if runs else None
            if last is not None and spot[0] - last <= 1 and self.rows[spot[0]] == self.rows[last]:
                runs[-1].append(spot)
            else:
                runs.append([spot])
        for run in runs:
            words = "; ".join(_value(self.sheet, row, column) for row, column in run[:SHOWN_CELLS])[:SHOWN_VALUE]
            yield _entry(self.sheet, _range(run), words, _(self.rows[run[0][0]]))

    def _by_column(self, spots: Sequence[tuple[int, int]], layout: Layout) -> Iterator[dict[str, Any]]:
        columns: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for spot in spots:
            columns.setdefault((spot[1], self.reason(spot, layout)), []).append(spot)
        for (column, why), mine in sorted(columns.items()):
            heading = layout.headings[column] if column < len(layout.headings) else ""
            words = heading or _value(self.sheet, *mine[0])
            reason = _("{reason} ({count} ô)", reason=_(why), count=text.number(len(mine)))
            yield _entry(self.sheet, _range(mine), words[:SHOWN_VALUE], reason)

    def reason(self, spot: tuple[int, int], layout: Layout) -> str:
        """Return why a cell was not read."""
        return self.rows.get(spot[0]) or self.cells.get(spot) or layout.reason(spot[1])


def _filled(sheet: Sheet) -> Iterator[tuple[int, int]]:
    return ((row, column) for row, cells in enumerate(sheet.cells) for column, word in enumerate(cells) if word.strip())


def _value(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.cells[row]
    return cells[column][:SHOWN_VALUE] if column < len(cells) else ""


def _entry(sheet: Sheet, cell: str, value: str, reason: str) -> dict[str, Any]:
    return {"sheet": sheet.name, "cell": cell, "value": value, "reason": reason}


def _range(spots: Sequence[tuple[int, int]]) -> str:
    rows, columns = [row for row, _column in spots], [column for _row, column in spots]
    first, last = address(min(rows), min(columns)), address(max(rows), max(columns))
    return first if first == last else f"{first}:{last}"


def table(accounts: Mapping[int, Account], layouts: Mapping[int, Layout]) -> pd.DataFrame:
    """Return what was left out of all sheets. Columns: COLUMNS; a row for each column, row or sheet, or note."""
    entries = [entry for number, account in accounts.items() for entry in account.left_out(layouts.get(number))]
    return pd.DataFrame(entries, columns=COLUMNS)
