"""How the sheets of a template look: colours, and how they are printed: on one landscape A4 page's width."""

import math

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

TO_FILL = PatternFill("solid", fgColor="FFF9E5")
HEADING = PatternFill("solid", fgColor="E3E8EE")
LINE = Border(*[Side("thin", color="B0B8C0")] * 4)
LINE_HEIGHT = 15  # points
SIGNS_PER_WIDTH = 0.8  # a column's width is counted in figures, which are narrower than most letters
A4 = 9  # as Office counts sizes of paper
NARROW = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)  # inches


def set_up(sheet: Worksheet, heading_row: int = 0) -> None:
    """Set a sheet up to be printed: landscape, one page wide, its headings on every page, the page's number below.

    `heading_row`: the row of headings, 0 for none.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0  # as many pages long as it takes
    sheet.page_margins = NARROW
    sheet.oddFooter.center.text = "&P/&N"
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"


def protect(sheet: Worksheet) -> None:
    """Let only the cells to fill in be changed; heights, widths and filters may be."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def head(cell: Cell) -> None:
    """Draw a heading."""
    cell.font, cell.fill, cell.border = Font(bold=True), HEADING, LINE
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")


def to_fill(cell: Cell, number_format: str) -> None:
    """Draw a cell to fill in."""
    cell.fill, cell.border, cell.protection = TO_FILL, LINE, Protection(locked=False)
    cell.number_format = number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def to_read(cell: Cell) -> None:
    """Draw a line of words to read."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def fit(sheet: Worksheet, row: int, words: str, width: float) -> None:
    """Make a row as high as words in a column of a width need: a spreadsheet does not do it by itself."""
    height = LINE_HEIGHT * math.ceil(len(words) / (width * SIGNS_PER_WIDTH))
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or LINE_HEIGHT, height)
