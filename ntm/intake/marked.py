"""The workbook given back: the same one with every faulty cell marked, and a list of what is wrong."""

import io

import openpyxl
import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from ntm.exports import neutralise
from ntm.intake.reading import FAULT_COLUMNS, Reading
from ntm.intake.sheets import Sheet
from ntm.text import _

FAULTY = PatternFill("solid", fgColor="F8C9B8")
AUTHOR = "NTM"


def make(content: bytes, reading: Reading) -> bytes:
    """Return the file as XLSX with its faulty cells marked and commented, and a sheet of all faults.

    A workbook keeps its own look; of a file of another kind the words alone are kept.
    """
    book = openpyxl.load_workbook(io.BytesIO(content)) if _is_xlsx(content) else _copied(reading.sheets)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for number, faults in reading.faults.groupby("sheet_number"):
        name = reading.sheets[number].name
        sheet = sheets.get(name) or book.worksheets[number]
        for (row, column), of_cell in faults.groupby(["row", "column"]):
            cell = sheet.cell(row + 1, column + 1)
            if isinstance(cell, openpyxl.cell.MergedCell):
                continue
            cell.fill = FAULTY
            cell.comment = Comment("\n".join(map(_sentence, of_cell.to_dict("records"))), AUTHOR)
    _list(book, reading.faults)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK") and b"xl/workbook.xml" in content


def _copied(sheets: list[Sheet]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        copy = book.create_sheet(sheet.name[:31] or f"{number}")
        for cells in sheet.cells:
            copy.append([neutralise(word) or None for word in cells])
    return book


def _sentence(fault: dict) -> str:
    said = f"{fault['value']}: {fault['rule']}" if fault["value"] else fault["rule"]
    return said + (_(". Nên là: {suggestion}", suggestion=fault["suggestion"]) if fault["suggestion"] else "")


def _list(book: Workbook, faults: pd.DataFrame) -> None:
    sheet = book.create_sheet(_("Lỗi"), 0)
    sheet.append([_("Sheet"), _("Ô"), _("Giá trị"), _("Điều phải đúng"), _("Nên là")])
    for row in faults[FAULT_COLUMNS].itertuples(index=False):
        sheet.append([neutralise(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDE", (18, 10, 24, 60, 30), strict=True):
        sheet.column_dimensions[column].width = width
