"""Verdicts: a drawn file is read, and every cell that came back otherwise than it was put in must have been told."""

import json
from dataclasses import dataclass, field, replace

from openpyxl.utils.cell import range_boundaries

from ntm.apart import Refused
from ntm.intake import files, reading, sheets
from ntm.intake.asked import Asked
from ntm.intake.reading import Reading
from ntm.intake.undecided import Undecided
from ntm.reference import Reference
from tests.intake.grammar.grid import Grid, Said, Spot
from tests.intake.grammar.tables import File

RIGHT, TOLD, ASKED, REFUSED = "read right", "told", "asked", "refused"
QUESTIONS = range(7)  # that a file may raise one after the other
Key = tuple[str, str, str, str]  # unit, criterion, period, criteria set


@dataclass
class Verdict:
    """What became of a file: the class, and what was wrong without a word (must be empty)."""

    outcome: str
    silent: list[str] = field(default_factory=list)
    words: str = ""


def judge(file: File, content: bytes, reference: Reference) -> Verdict:
    """Read a file as a person would who answers what is asked, and compare."""
    asked = file.asked
    try:
        found_sheets = [sheets.of_json(found) for found in json.loads(files.cells(content))]
        for _question in QUESTIONS:
            try:
                found = _by_sheet(reading.read(found_sheets, asked, reference), found_sheets)
            except Undecided as question:
                if (answer := _answer(file, question)) is None:
                    return Verdict(ASKED, words=str(question))
                asked = asked.deciding(question.question, answer)
            else:
                return _verdict(file, found, asked)
    except Refused as refusal:
        return Verdict(REFUSED, words=str(refusal))
    return Verdict(ASKED, ["the same question is asked again and again"])


def _verdict(file: File, found: Reading, asked: Asked) -> Verdict:
    silent, told = _compare(file, found, asked)
    outcome = TOLD if told else ASKED if asked.decided else RIGHT
    return Verdict(outcome, silent, "; ".join([*found.faults["rule"], *found.left_out["reason"]]))


def _by_sheet(found: Reading, of_file: list[sheets.Sheet]) -> Reading:
    """Return a reading with the numbers of the file's sheets in place of those of its tables."""
    places = [sheet.place for sheet in of_file]
    numbers = {number: places.index(table.place) for number, table in enumerate(found.sheets)}
    rows, faults = (
        frame.assign(sheet_number=frame["sheet_number"].map(numbers)) if len(frame) else frame
        for frame in (found.rows, found.faults)
    )
    return replace(found, sheets=of_file, rows=rows, faults=faults)


def _answer(file: File, question: Undecided) -> str | None:
    """What the person who has drawn the file would answer; None where there is no right answer."""
    answer = file.answers.get(question.question)
    return answer if answer in question.choices else None


def _compare(file: File, found: Reading, asked: Asked) -> tuple[list[str], bool]:
    """Return what differs without a word, and whether any fact was told instead of read."""
    silent, told = [], False
    keys = {_key(row) for row in found.rows.to_dict("records")}
    for place, grid in enumerate(file.grids):
        numbers = _numbers(file, found, place)
        of_grid = found.rows[found.rows["sheet_number"].isin(numbers)] if len(found.rows) else found.rows
        got = {(int(row["row"]), int(row["column"])): row for row in of_grid.to_dict("records")}
        marks = _told(found, numbers)
        skipped = grid.hidden_rows if asked.answer("hidden") == "skip" else set()
        for spot, said in grid.said.items():
            row = got.pop(spot, None)
            if _is_right(row, said, keys):
                continue
            told = told or spot[0] not in skipped
            if not marks & {spot, grid.anchor(spot), *grid.naming[spot]}:
                became = "is lost" if row is None else f"is read as {_key(row)} {row['met']}"
                silent.append(f"{_where(grid, spot)}: {said} {became}")
        unread = grid.unread - marks - _kept(found, numbers, grid)
        silent += [f"{_where(grid, spot)} holds words, and is not told" for spot in sorted(unread)]
        for spot in got.keys() - marks:
            silent.append(f"{_where(grid, spot)}: {_key(got[spot])} {got[spot]['met']} is invented")
    return silent, told


def _numbers(file: File, found: Reading, place: int) -> list[int]:
    """The numbers of the tables that a grid was read as: it may hold several."""
    name = file.grids[place].name if len(file.grids) > 1 else None
    return [number for number, sheet in enumerate(found.sheets) if name in (None, sheet.name)]


def _is_right(row: dict[str, str] | None, said: Said, keys: set[Key]) -> bool:
    """Whether a fact came back as it was put in: from its cell, or from another one that says the same."""
    if row is not None:
        return (*_key(row), row["met"]) == (*_of(said), said.met)
    return said.met != "?" and _of(said) in keys


def _where(grid: Grid, spot: Spot) -> str:
    return f"{grid.name} {sheets.address(*spot)}"


def _key(row: dict[str, str]) -> Key:
    return row["unit_code"], row["criterion"], row["period"], row["criteria_set"]


def _of(said: Said) -> Key:
    return said.unit, str(said.criterion), said.period, said.criteria_set


def _kept(found: Reading, numbers: list[int], grid: Grid) -> set[Spot]:
    """The remarks that are stored with the facts of a row, or wait for a fault of their row to be mended."""
    rows = found.rows[found.rows["sheet_number"].isin(numbers)].to_dict("records") if len(found.rows) else []
    stored = {(row["row"], row["remark"]) for row in rows}
    faulty = set(found.faults.loc[found.faults["sheet_number"].isin(numbers), "row"])
    words = {  # in Unicode, from whatever font
        (row, column): word
        for number in numbers
        for row, line in enumerate(found.sheets[number].cells)
        for column, word in enumerate(line)
        if word
    }
    return {spot for spot in grid.unread if (spot[0], words.get(spot)) in stored or spot[0] in faulty}


def _told(found: Reading, numbers: list[int]) -> set[Spot]:
    """The cells that a fault or an entry of what was left out names."""
    faults = found.faults[found.faults["sheet_number"].isin(numbers)]
    spots = {(int(row), int(column)) for row, column in zip(faults["row"], faults["column"], strict=True)}
    names = {found.sheets[number].name for number in numbers}
    for cells in found.left_out.loc[found.left_out["sheet"].isin(names), "cell"]:
        left, top, right, bottom = range_boundaries(cells)
        spots |= {(row - 1, column - 1) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return spots
