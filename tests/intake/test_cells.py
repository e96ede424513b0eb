"""What the look of a sheet says: the same of every kind of file that can say it."""

import io
import zipfile

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.styles import Font, PatternFill

from ntm.intake import old_fonts, sheets
from ntm.intake.sheets import Sheet
from tests.intake import odd

ROWS = [["Mã xã", "1", "2", "3"], ["03418", "x", None, None], ["03412", "x", "0", "x"]]


def workbook() -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(odd.xlsx(("Bìa", []), ("Tam Đường ", ROWS))))
    return book


def read(book: openpyxl.Workbook) -> Sheet:
    file = io.BytesIO()
    book.save(file)
    (sheet,) = sheets.read(file.getvalue())
    return sheet


def test_a_workbook_says_how_its_cells_look() -> None:
    book = workbook()
    sheet = book.worksheets[1]
    sheet["B2"], sheet["B2"].number_format = 1, "0%"
    sheet["B3"], sheet["B3"].number_format = 0.5, '0.0"%"'
    sheet["C2"].fill = PatternFill("solid", fgColor="00B050")
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFFFF")
    sheet["C3"] = "=1+1"
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.sheet_state = "veryHidden"
    found = read(book)
    assert found.percents == {(1, 1), (2, 1)}
    assert found.coloured == {(1, 2)}
    assert found.formulas == {(2, 2)}
    assert found.merged == ((0, 0, 0, 1),)
    assert (found.hidden_rows, found.hidden_columns, found.hidden) == ({2}, {3}, True)
    assert (found.name, found.place) == ("Tam Đường", 1)


def test_what_is_formatted_and_empty_does_not_count() -> None:
    book = workbook()
    sheet = book.worksheets[1]
    for address in ("A1048576", "ZZ1"):
        sheet[address].fill = PatternFill("solid", fgColor="00B050")
    sheet.merge_cells("A10:C12")
    found = read(book)
    assert (len(found.cells), found.coloured, found.merged) == (3, frozenset(), ())


@pytest.mark.parametrize(
    ("value", "words"),
    [(13.625, "13,625"), (0.125, "0,125"), (13.6 + 1e-15, "13.6"), (1250, "1250"), ("1.250", "1.250")],
)
def test_a_number_cell_stays_a_number(value: object, words: str) -> None:
    book = workbook()
    book.worksheets[1]["B2"] = value
    assert read(book).cells[1][1] == words


@pytest.mark.parametrize(
    ("letter", "font", "sign"),
    [("ü", "Wingdings", "✓"), ("û", "Wingdings", "✗"), ("P", "Wingdings 2", "✓"), ("r", "Webdings", "✗")],
)
def test_a_tick_is_what_its_font_draws(letter: str, font: str, sign: str) -> None:
    book = workbook()
    book.worksheets[1]["B2"], book.worksheets[1]["C2"] = letter, letter
    book.worksheets[1]["B2"].font = Font(name=font)
    assert read(book).cells[1][1:3] == [sign, letter]


def test_an_old_font_is_converted_and_named() -> None:
    book = openpyxl.Workbook()
    for row in (["X·", "KÕt qu¶"], ["B¶n Giang", "§¹t"], ["Tà Hừa", "Đạt"]):
        book.active.append(row)
    for cell in (*book.active["A"], *book.active["B"]):
        cell.font = Font(name=".VnTime")
    found = read(book)
    assert found.cells == [["Xã", "Kết quả"], ["Bản Giang", "Đạt"], ["Tà Hừa", "Đạt"]]
    assert found.font == "TCVN3"
    (found,) = sheets.read("Tên xã;1\nB¶n Giang;Ch\xada ®¹t\n".encode())
    assert (found.cells, found.font) == ([["Tên xã", "1"], ["Bản Giang", "Chưa đạt"]], "TCVN3")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Đ\u200bạt\ufeff", "Đạt"),
        ("Ðạt", "Đạt"),
        ("Ɖạt", "Đạt"),
        ("Đa\u0323\u2060t", "Đạt"),
        ("Đ\xadạt", "Đạt"),
        ("ca\u0301\u0302p", "cấp"),
        ("✔\ufe0f", "✔"),
        ("a\u202ebc", "a\u202ebc"),
    ],
)
def test_what_is_not_seen_does_not_count(written: str, seen: str) -> None:
    (found,) = sheets.read(f"Xã;1\nBình Lư;{written}\n".encode())
    assert found.cells[1][1] == seen


def ods() -> bytes:
    """A spreadsheet whose table begins at B2, with a hidden row, a hidden sheet, a formula, a percentage, a merge."""
    book, table = OpenDocumentSpreadsheet(), Table(name="S", stylename="hidden")
    style = Style(name="hidden", family="table")
    style.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(style)
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    table.addElement(TableColumn(visibility="collapse"))
    table.addElement(TableRow())
    cells = (
        [TableCell(valuetype="string", numbercolumnsspanned=2), CoveredTableCell()],
        [TableCell(valuetype="float", value="2", formula="of:=1+1"), TableCell(valuetype="percentage", value="1")],
    )
    for found in cells:
        row = TableRow(visibility="filter")
        row.addElement(TableCell())
        for cell in found:
            if cell.qname[1] == "table-cell":
                cell.addElement(P(text="x"))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def flat(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kind = b' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
        return archive.read("content.xml").replace(b"<office:document-content", b"<office:document-content" + kind, 1)


@pytest.mark.parametrize("content", [ods(), flat(ods())], ids=["ods", "fods"])
def test_an_open_document_says_the_same(content: bytes) -> None:
    (found,) = sheets.read(content)
    assert found.cells == [[], ["", "x"], ["", "2", "1"]]
    assert (found.formulas, found.percents) == ({(2, 1)}, {(2, 2)})
    assert (found.hidden_rows, found.hidden_columns, found.hidden) == ({1, 2}, {2}, True)
    assert found.merged == ((1, 1, 1, 2),)


def test_words_that_only_unicode_can_write_are_not_for_an_old_font() -> None:
    cells = [["Mã đơn vị", "Văn bản"], ["110", "ạạâ@q+/ứ,9k=t(/uô)="]]
    found = {"cells": [list(row) for row in cells], "fonts": {}}
    old_fonts.convert(found)
    assert found["cells"] == cells
    assert found["font"] == ""
