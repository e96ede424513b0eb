"""Marking: a workbook given back with its faulty cells coloured and commented. Runs in a process of its own."""

import io
import zipfile
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

from ntm.intake import bounds
from ntm.spreadsheets import neutralise

FAULTY = PatternFill("solid", fgColor="F8C9B8")
AUTHOR = "NTM"
WIDTHS = (18, 10, 24, 60, 30)
LONGEST_NAME = 31  # signs of a sheet's name


def mark_faults(
    content: bytes, faults: list[dict[str, Any]], headings: list[str], title: str, sheets: list[dict[str, Any]] | None
) -> bytes:
    """Return a workbook as XLSX with its faulty cells marked, and a sheet of all faults before the others.

    `faults`: place (of the sheet in the workbook), row, column (numbers from 0), sentence, and the words of each
    column of the list; `headings`, `title`: of the list; `sheets`: name and cells, where the words alone are kept.
    """
    book = _copied(sheets) if sheets is not None else _opened(content)
    sentences: dict[tuple[int, int, int], list[str]] = {}
    for fault in faults:
        sentences.setdefault((fault["place"], fault["row"], fault["column"]), []).append(fault["sentence"])
    by_place = {place: book[book.sheetnames[place]] for place, _row, _column in sentences}
    for (place, row, column), words in sentences.items():
        cell = _shown(by_place[place], row + 1, column + 1)
        cell.fill = FAULTY
        cell.comment = Comment(str(neutralise("\n".join(words))), AUTHOR)
    _list(book, title, headings, [fault["words"] for fault in faults])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _shown(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, or the one that is merged over it."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        return sheet.cell(area.min_row, area.min_col)
    return cell


def _opened(content: bytes) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        bounds.check_archive(archive)
        bounds.check_merged(archive)
    return openpyxl.load_workbook(io.BytesIO(content))


def _copied(sheets: list[dict[str, Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        name = INVALID_TITLE_REGEX.sub(" ", sheet["name"])[:LONGEST_NAME]
        copy = book.create_sheet(name or f"{number}")
        for cells in sheet["cells"]:
            copy.append([neutralise(word) or None for word in cells])
    return book


def _list(book: Workbook, title: str, headings: list[str], rows: list[list[str]]) -> None:
    sheet = book.create_sheet(title, 0)
    for row in (headings, *rows):
        sheet.append([neutralise(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
