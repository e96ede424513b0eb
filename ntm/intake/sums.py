"""Sums that a table carries, compared with what was read of it: the cheapest guard against shifted columns.

A column may count the criteria that a commune meets; a row may count the communes that meet a criterion, of a district
or of the whole table, as a number or as a share. What agrees is read; what differs is told by cell. A sum never becomes
a fact.
"""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ntm import text
from ntm.intake import headings
from ntm.intake.headings import ORDINAL, TOTAL
from ntm.intake.layout import Layout
from ntm.intake.left_out import Account
from ntm.intake.sheets import Sheet
from ntm.text import _

UNIT, CAPTION, SUM = "unit", "caption", "sum"
_TOLD = re.compile(r"(\d{1,5}(?:[.,]\d{1,3})?)\s*(?:/\s*(\d{1,5}))?\s*(%?)\s*(?:tc|tieu chi|xa|don vi|thon)?")
_SHARE = re.compile(r"\bty le\b|%")
_AVERAGE = re.compile(r"\b(binh quan|trung binh|bq)\b")
_WHOLE = re.compile(r"\b(toan tinh|tong cong|toan bo|ca tinh)\b")
_SECTION = re.compile(r"\b(toan huyen|huyen|thanh pho)\b")
_UNITS = re.compile(r"\b(\d{1,3})\s*(?:xa|don vi)\b")


@dataclass
class Line:
    """A row of the table: what it is, and of a unit's row what was read in each column."""

    row: int
    kind: str
    label: str = ""
    unit: str = ""
    marks: dict[int, str] = field(default_factory=dict)  # column → "1" or "0"
    numbers: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A number in a cell: its value, how far rounding may have moved it, whether it is in percent, of how many."""

    value: float
    rounding: float
    is_share: bool
    of: str

    def agrees(self, expected: float) -> bool:
        """Return whether the number is an expected one, rounded."""
        return abs(self.value - expected) <= self.rounding


@dataclass
class Sums:
    """The rows of one table, gathered while they are read."""

    layout: Layout
    sheet: Sheet
    cells: Sequence[Sequence[str]]
    account: Account
    lines: list[Line] = field(default_factory=list)

    def add(self, row: int, kind: str) -> None:
        """Add the row that is read next: a unit's (UNIT), a district's over its communes (CAPTION), or a SUM."""
        self.lines.append(
            Line(row, kind, text.plain(max(self.cells[row], key=lambda word: sum(map(str.isalpha, word)))))
        )

    def compare(self, facts: Sequence[Mapping[str, Any]], faulty: Collection[int]) -> None:
        """Compare every sum with what was read.

        `facts`: those of the table, with row and column of their cell; `faulty`: rows of which something was not taken.
        """
        self._gather(facts)
        for place, line in enumerate(self.lines):
            if line.kind != UNIT:
                self._compare_scope(line, list(self._scopes(place)))
            elif self.layout.criteria() and (line.marks or line.row not in faulty):
                self._compare_unit(line)

    def _gather(self, facts: Sequence[Mapping[str, Any]]) -> None:
        by_row = {line.row: line for line in self.lines if line.kind == UNIT}
        for fact in facts:
            line = by_row[fact["row"]]
            line.unit = fact["unit_code"]
            if fact.get("met") in ("0", "1"):
                line.marks[fact["column"]] = fact["met"]
            elif fact.get("recognised", "").isdecimal():
                line.numbers[fact["column"]] = int(fact["recognised"])

    def _scopes(self, place: int) -> Iterator[list[Line]]:
        """The rows of units that a sum may be of: those of its district, above or below it, or of the whole table."""
        line = self.lines[place]
        if line.kind == CAPTION:
            scopes = [_until(self.lines[place + 1 :], {CAPTION})]
        else:
            above = self.lines[:place][::-1]
            scopes = [_until(above, {CAPTION}), _until(above, {CAPTION, SUM})]
            if not _SECTION.search(line.label):
                scopes = [self.lines, *(() if _WHOLE.search(line.label) else scopes)]
        for scope in scopes if self.layout.criteria() else reversed(scopes):
            if units := [other for other in scope if other.kind == UNIT]:
                yield units

    def _compare_unit(self, line: Line) -> None:
        columns = [column for column, role in enumerate(self.layout.roles) if role == TOTAL]
        for column in columns:
            before = max((other for other in columns if other < column), default=-1)
            nearer = {place: met for place, met in line.marks.items() if before < place < column}
            expected = [self._of_unit(column, line.marks), *([self._of_unit(column, nearer)] if nearer else [])]
            self._tell(line.row, column, expected, _("tệp ghi tổng {told} tiêu chí đạt, đọc được {met}"))

    def _of_unit(self, column: int, marks: dict[int, str]) -> float:
        met = sum(mark == "1" for mark in marks.values())
        heading = f"{self.layout.groups[column]} {self.layout.headings[column]}"
        if _SHARE.search(text.plain(heading)):
            return 100 * met / max(len(marks), 1)
        return len(marks) - met if headings.says_unmet(heading) else met

    def _compare_scope(self, line: Line, scopes: Sequence[Sequence[Line]]) -> None:
        """Compare the cells of a sum with the scope that they agree with most."""
        columns = [column for column in range(len(self.layout.roles)) if self._told(line.row, column) is not None]
        best = max(scopes, key=lambda units: self._agreeing(line, columns, units), default=None)
        if best is None:
            return
        compared = {column: expected for column in columns if (expected := self._of_scope(line, column, best))}
        for column, expected in compared.items():
            self._tell(line.row, column, expected, _("tệp ghi {told}, tính từ các dòng đọc được là {met}"))
            self._compare_of(line, column, best)
        if self._compare_units(line, best) or compared:
            self.account.read |= {(line.row, self._at(line)), (line.row, self.layout.column(ORDINAL) or 0)}

    def _at(self, line: Line) -> int:
        """The column of a line's label."""
        return next(place for place, word in enumerate(self.cells[line.row]) if text.plain(word) == line.label)

    def _agreeing(self, line: Line, columns: Sequence[int], units: Sequence[Line]) -> int:
        return sum(self._agrees(line.row, column, self._of_scope(line, column, units)) for column in columns)

    def _of_scope(self, line: Line, column: int, units: Sequence[Line]) -> list[float]:
        """What a sum may be: of a column of answers, of villages, or of the totals at its right."""
        if numbers := [unit.numbers[column] for unit in units if column in unit.numbers]:
            return [sum(numbers) / len(numbers) if _AVERAGE.search(line.label) else sum(numbers)]
        if self.layout.roles[column] == TOTAL:
            return _of_totals(line, units)
        marks = [unit.marks[column] for unit in units if column in unit.marks]
        if not marks or _AVERAGE.search(line.label):
            return []
        wanted = "0" if headings.says_unmet(line.label) or column in self.layout.turned else "1"
        count = sum(mark == wanted for mark in marks)
        if _SHARE.search(line.label):
            return [100 * count / len(units), 100 * count / len(marks)]
        is_of_units = bool(re.fullmatch(r"(tong )?so (xa|don vi)", line.label.strip()))
        return [count, len(units)] if is_of_units else [count]

    def _compare_of(self, line: Line, column: int, units: Sequence[Line]) -> None:
        """Compare the number of communes that a sum is of: "55/94"."""
        told = self._told(line.row, column)
        if told and told.of and self.layout.roles[column] != TOTAL and int(told.of) != _count(units):
            self.account.note(line.row, column, _counted(told.of, units))

    def _compare_units(self, line: Line, units: Sequence[Line]) -> bool:
        """Compare the number of communes in a label: "Huyện Than Uyên (11 xã)"; return whether there is one."""
        told = _UNITS.search(line.label)
        if told and int(told[1]) != _count(units):
            self.account.note(line.row, self._at(line), _counted(told[1], units))
        return bool(told)

    def _told(self, row: int, column: int) -> Told | None:
        cells = self.cells[row]
        found = _TOLD.fullmatch(text.plain(cells[column]).strip()) if column < len(cells) else None
        if found is None:
            return None
        words = found[1].replace(",", ".")
        value, decimals = float(words), len(words.partition(".")[2])
        times = 100 if (row, column) in self.sheet.percents else 1
        rounding = 0.5 * 10**-decimals * times + 1e-9
        return Told(value * times, rounding, bool(found[3]) or times > 1, found[2] or "")

    def _agrees(self, row: int, column: int, expected: Sequence[float]) -> bool:
        told = self._told(row, column)
        return told is not None and any(_agree(told, number) for number in expected)

    def _tell(self, row: int, column: int, expected: Sequence[float], words: str) -> None:
        """Say that a cell is read; or what was read instead of what it tells."""
        if self._told(row, column) is None:
            return
        self.account.read.add((row, column))
        self.account.sums.add((row, column))
        if not self._agrees(row, column, expected):
            met = text.number(expected[0], 0 if float(expected[0]).is_integer() else 1)
            self.account.note(row, column, words.format(told=self.cells[row][column], met=met))


def _count(units: Sequence[Line]) -> int:
    return len({unit.unit or unit.row for unit in units})


def _counted(told: str, units: Sequence[Line]) -> str:
    return _("tệp ghi {told} xã, đọc được {met}", told=told, met=text.number(_count(units)))


def _until(lines: Sequence[Line], kinds: Collection[str]) -> list[Line]:
    return list(itertools.takewhile(lambda line: line.kind not in kinds, lines))


def _agree(told: Told, expected: float) -> bool:
    """Whole numbers agree exactly; shares and averages as they are rounded."""
    if float(expected).is_integer() and not told.is_share and told.value.is_integer():
        return told.value == expected
    return told.agrees(expected)


def _of_totals(line: Line, units: Sequence[Line]) -> list[float]:
    met = [sum(mark == "1" for mark in unit.marks.values()) for unit in units]
    if _SHARE.search(line.label):
        return [100 * sum(met) / max(sum(len(unit.marks) for unit in units), 1)]
    return [sum(met) / len(units)] if _AVERAGE.search(line.label) else [sum(met), sum(met) / len(units)]
