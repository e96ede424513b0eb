"""Formats: grids written as the files that offices send."""

import html
import io
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt

from tests.intake import hostile
from tests.intake.grammar.grid import Formula, Grid, Percent, Value, shown

OLD_FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


def xlsx(grids: Sequence[Grid], font: str = "") -> bytes:
    """Return a workbook of Excel; `font`: of all its words."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for row, line in enumerate(grid.cells, start=1):
            for column, value in enumerate(line, start=1):
                cell = sheet.cell(row, column, _plain(value))
                if isinstance(value, Percent):
                    cell.number_format = "0%"
                if font:
                    cell.font = openpyxl.styles.Font(name=font)
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in grid.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
    return _saved(book)


def _plain(value: Value) -> str | float | bool | None:
    if isinstance(value, Percent):
        return value.value
    return f"={value.words}" if isinstance(value, Formula) else value


def _saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(grids: Sequence[Grid], font: str = "") -> bytes:
    """Return a workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    look = xlwt.easyxf(f"font: name {font}" if font else "")
    percent = xlwt.easyxf(num_format_str="0%")
    for grid in grids:
        sheet = book.add_sheet(grid.name, cell_overwrite_ok=True)
        for row, line in enumerate(grid.cells):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, _of_xls(value), percent if isinstance(value, Percent) else look)
        sheet.merged_ranges.extend((top, bottom, left, right) for top, left, bottom, right in grid.merged)
        for row in grid.hidden_rows:
            sheet.row(row).hidden = True
    return _saved(book)


def _of_xls(value: Value) -> xlwt.Formula | str | float | bool | None:
    return xlwt.Formula(value.words) if isinstance(value, Formula) else _plain(value)


def ods(grids: Sequence[Grid], font: str = "") -> bytes:
    """Return an OpenDocument spreadsheet. A font is not written: its words must say it."""
    return hostile.ods("".join(map(_ods_table, grids)))


def _ods_table(grid: Grid) -> str:
    rows = []
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
    for row in range(grid.height):
        cells = "".join(_ods_cell(grid.value(row, column), spans.get((row, column))) for column in range(grid.width))
        hidden = ' table:visibility="collapse"' if row in grid.hidden_rows else ""
        rows.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(grid.name)}>{''.join(rows)}</table:table>"


def _ods_cell(value: Value, span: tuple[int, int] | None) -> str:
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if value is None:
        return f"<table:table-cell{spanned}/>"
    words = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown(value).split("\n"))
    return f"<table:table-cell{spanned} {_ods_value(value)}>{words}</table:table-cell>"


def _ods_value(value: Value) -> str:
    if isinstance(value, bool):
        return f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if isinstance(value, Percent):
        return f'office:value-type="percentage" office:value="{value.value}"'
    if isinstance(value, int | float):
        return f'office:value-type="float" office:value="{value}"'
    formula = f"table:formula={quoteattr('of:=' + value.words)} " if isinstance(value, Formula) else ""
    return f'{formula}office:value-type="string"'


def csv(grid: Grid, delimiter: str = ";", encoding: str = "utf-8-sig", end: str = "\r\n") -> bytes:
    """Return a table in text, with quotes where they are needed."""
    lines = [delimiter.join(_quoted(shown(value), delimiter) for value in line) for line in grid.cells]
    return end.join(lines).encode(encoding)


def _quoted(words: str, delimiter: str) -> str:
    if any(sign in words for sign in (delimiter, '"', "\n")):
        return '"{}"'.format(words.replace('"', '""'))
    return words


def page(grid: Grid) -> bytes:
    """Return a web page with one table."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - spans.keys()
    rows = []
    for row in range(grid.height):
        cells = [
            _page_cell(grid.value(row, column), spans.get((row, column)))
            for column in range(grid.width)
            if (row, column) not in covered
        ]
        hidden = ' style="display: none"' if row in grid.hidden_rows else ""
        rows.append(f"<tr{hidden}>{''.join(cells)}</tr>")
    return f'<html><meta charset="utf-8"><table>{"".join(rows)}</table></html>'.encode()


def _page_cell(value: Value, span: tuple[int, int] | None) -> str:
    spanned = f' rowspan="{span[0]}" colspan="{span[1]}"' if span else ""
    return f"<td{spanned}>{html.escape(shown(value)).replace(chr(10), '<br>')}</td>"
