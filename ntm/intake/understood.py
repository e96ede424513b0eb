"""Sheets as they were understood: what each cell of a file was taken for, or why it was not read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ntm.facts import FORMS
from ntm.intake import headings, left_out
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.layout import Layout
from ntm.intake.left_out import Account
from ntm.intake.marked import sentence
from ntm.intake.reading import Reading, role_words
from ntm.intake.sheets import Sheet, address, filled
from ntm.reference import Reference
from ntm.text import _

TITLE, HEADING, UNIT = "title", "heading", "unit"
MET, NOT_MET, UNKNOWN, FACT, SUM = "met", "not_met", "unknown", "fact", "sum"
READ, LEFT_OUT, EMPTY = "read", "left_out", "empty"
Spot = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """A cell: what stands in it, what it was taken for (`kind`, and `meaning` in words), and what is told of it.

    `faults`: sentences; `across`: how many columns it covers.
    """

    word: str
    kind: str
    meaning: str = ""
    faults: tuple[str, ...] = ()
    across: int = 1


@dataclass(frozen=True)
class Column:
    """A column: its letters, what it was taken for in short (`name`) and in full (`meaning`); `kind` as of a cell."""

    letters: str
    name: str
    meaning: str
    kind: str


@dataclass(frozen=True)
class Row:
    """A row: its number as the file has it (from 1), and its cells from the left."""

    number: int
    cells: tuple[Cell, ...]


class Understood:
    """One sheet of a reading. Nothing is worked out for cells that are not asked for."""

    def __init__(self, reading: Reading, number: int, reference: Reference):
        self.sheet: Sheet = reading.sheets[number]
        self.layout: Layout | None = reading.layouts.get(number)
        self.account = reading.accounts.get(number, Account(self.sheet, number))
        self.labels = reference.timeline.labels()
        criteria_set = self.layout.criteria_set if self.layout else reading.asked.criteria_set
        self.criteria = reference.criteria_of(criteria_set) if criteria_set else pd.DataFrame()
        self.height, self.width = len(self.sheet.cells), max(map(len, self.sheet.cells), default=0)
        self._words = filled(self.sheet)
        self._facts = _by_spot(reading.rows, number)
        self._faults: dict[Spot, list[str]] = {}
        for fault in reading.faults.to_dict("records"):
            if fault["sheet_number"] == number:
                self._faults.setdefault((fault["row"], fault["column"]), []).append(sentence(fault))

    @property
    def faulty_rows(self) -> list[int]:
        """The rows with a fault (numbers from 0), in order."""
        return sorted({row for row, _column in self._faults})

    def columns(self, places: range) -> list[Column]:
        """Return what these columns (numbers from 0) were taken for."""
        return [self._column(place) for place in places]

    def rows(self, rows: range, columns: range) -> Iterator[Row]:
        """Yield these rows, with these columns (numbers from 0)."""
        for row in rows:
            covered = self._covered(row, columns)
            cells = [self._cell(row, column, columns) for column in columns if column not in covered]
            yield Row(row + 1, tuple(cells))

    def counts(self) -> dict[str, int]:
        """Return how many cells were taken for an answer of each kind, and how many have a fault (key "fault")."""
        found = Counter(self._kind_of_fact(fact) for fact in self._facts.values())
        found[UNKNOWN] += sum(
            self._is_blank_answer(row, column) for row in self._rows_of_units for column in self._asked
        )
        found["fault"] = len(self._faults)
        return dict(found)

    def _column(self, place: int) -> Column:
        letters = address(0, place).rstrip("1")
        if self.layout is None:
            return Column(letters, _("không đọc"), (self.account.why or _(left_out.SHEET)), LEFT_OUT)
        role = self._role(place)
        if not role:
            holds = any(
                place < len(cells) and cells[place] for cells in self.sheet.cells[self.layout.heading_row + 1 :]
            )
            left = Column(letters, _("không đọc"), _(self.layout.reason(place)), LEFT_OUT)
            return left if holds else Column(letters, "", "", EMPTY)
        meaning = role_words(role, self.criteria)
        if place in self.layout.turned:
            meaning = _("{meaning}: dấu ở cột này nghĩa là chưa đạt", meaning=meaning)
        return Column(letters, self._short(role, place) or meaning, meaning, self._kind_of_column(place))

    def _short(self, role: str, place: int) -> str:
        if not role.startswith(CRITERION):
            return ""
        number = role.removeprefix(CRITERION)
        turned = self.layout is not None and place in self.layout.turned
        return _("TC {number}, chưa đạt", number=number) if turned else _("TC {number}", number=number)

    def _kind_of_column(self, place: int) -> str:
        role = self._role(place)
        if role in headings.UNIT_ROLES:
            return UNIT
        return {ORDINAL: READ, TOTAL: SUM}.get(role, FACT)

    def _role(self, column: int) -> str:
        return self.layout.roles[column] if self.layout and column < len(self.layout.roles) else ""

    def _covered(self, row: int, columns: range) -> set[int]:
        """The columns of a row above the table that a merged area to their left covers."""
        if self.layout is None or row > self.layout.heading_row:
            return set()
        return {
            column
            for top, left, _bottom, right in self.sheet.merged
            for column in range(left + 1, right + 1)
            if top == row and left in columns
        }

    def _across(self, row: int, column: int, columns: range) -> int:
        area = next((area for area in self.sheet.merged if area[:2] == (row, column)), None)
        is_above = self.layout is not None and row <= self.layout.heading_row
        return min(area[3] + 1, columns.stop) - column if area and is_above else 1

    def _cell(self, row: int, column: int, columns: range) -> Cell:
        kind, meaning = self._taken(row, column)
        of_fact = kind in (MET, NOT_MET, UNIT, FACT)
        word = self._word(self._words if of_fact else self.sheet.cells, row, column)
        note = self.account.noted.get((row, column), "")
        meaning = " · ".join(filter(None, (meaning, note)))
        return Cell(word, kind, meaning, tuple(self._faults.get((row, column), ())), self._across(row, column, columns))

    def _taken(self, row: int, column: int) -> tuple[str, str]:
        """What a cell was taken for: its kind, and in words."""
        spot = (row, column)
        if spot in self._facts:
            return self._fact(self._facts[spot])
        if not self._word(self.sheet.cells, row, column) and spot not in self.account.units:
            return (UNKNOWN, _("không có số liệu")) if self._is_blank_answer(row, column) else (EMPTY, "")
        if spot in self.account.units:
            return UNIT, self._unit(self.account.units[spot])
        if self.layout is None or spot not in self.account.read:
            return LEFT_OUT, self._why(row, column)
        if row <= self.layout.heading_row:
            return (HEADING if self._is_heading(row, column) else TITLE), ""
        return self._other(row, column)

    def _other(self, row: int, column: int) -> tuple[str, str]:
        role = self._role(column)
        if (row, column) in self.account.sums:
            return SUM, _("số tổng, đã đối chiếu")
        of_unit = row in self._rows_of_units and self.layout is not None and column < len(self.layout.roles)
        if of_unit and self.layout is not None and self.layout.is_fact(column):
            return FACT, role_words(role, self.criteria)
        return READ, role_words(role, self.criteria) if role else ""

    def _why(self, row: int, column: int) -> str:
        if self.layout is None:
            return self.account.why or _(left_out.SHEET)
        return _(self.account.reason((row, column), self.layout))

    def _fact(self, fact: dict[str, str]) -> tuple[str, str]:
        kind = self._kind_of_fact(fact)
        what = ""
        if "criterion" in fact and fact["criterion"].isdecimal() and int(fact["criterion"]) in self.criteria.index:
            what = role_words(f"{CRITERION}{fact['criterion']}", self.criteria)
        said = {MET: _("Đạt"), NOT_MET: _("Chưa đạt")}.get(kind, "")
        return kind, " · ".join(filter(None, (self._unit(fact["unit_code"]), what, said)))

    @staticmethod
    def _kind_of_fact(fact: dict[str, str]) -> str:
        return {"1": MET, "0": NOT_MET}.get(fact.get("met", ""), FACT)

    def _unit(self, code: str) -> str:
        return f"{self.labels.get(code, '')} {code}".strip()

    @cached_property
    def _rows_of_units(self) -> set[int]:
        named = {row for row, _column in (*self.account.units, *self._facts)}
        if self.layout is None or not self.layout.unit:
            return named
        below = {row for row, column in self.account.read if row > self.layout.heading_row and column in self._asked}
        return named | (below - self.account.rows.keys())  # the whole sheet is about one unit

    @cached_property
    def _asked(self) -> dict[int, tuple[int, str]]:
        """The columns of answers: column → block and criterion."""
        if self.layout is None or not FORMS[self.layout.form].by_criterion:
            return {}
        return {
            column: (number, self.layout.roles[column])
            for number, block in enumerate(self.layout.blocks())
            for column in block.facts
            if self.layout.roles[column] == "met" or self.layout.roles[column].startswith(CRITERION)
        }

    @cached_property
    def _answered(self) -> set[tuple[int, tuple[int, str]]]:
        """The rows, and of them the block and criterion, that have an answer."""
        return {(row, self._asked[column]) for row, column in self._facts if column in self._asked}

    def _is_blank_answer(self, row: int, column: int) -> bool:
        """Whether a cell is one of an answer, has none, and no other cell of the row has it."""
        if column not in self._asked or (row, column) not in self.account.read or self._word(self._words, row, column):
            return False
        return row in self._rows_of_units and (row, self._asked[column]) not in self._answered

    @cached_property
    def _headings(self) -> tuple[headings.Heading, ...]:
        if self.layout is None:
            return ()
        return headings.read(self._words, self.layout.heading_row, self.width, self.sheet.merged_rows)

    def _is_heading(self, row: int, column: int) -> bool:
        if self.layout is not None and row == self.layout.heading_row:
            return True
        if column >= len(self._headings):
            return False
        heading = self._headings[column]
        return self._word(self._words, row, column) in (heading.own, *heading.above)

    @staticmethod
    def _word(cells: Sequence[Sequence[str]], row: int, column: int) -> str:
        return cells[row][column] if row < len(cells) and column < len(cells[row]) else ""


def _by_spot(rows: pd.DataFrame, number: int) -> dict[Spot, dict[str, str]]:
    """The facts of a sheet by their cell."""
    if rows.empty:
        return {}
    mine = rows[rows["sheet_number"] == number]
    return {(fact["row"], fact["column"]): fact for fact in mine.to_dict("records")}
