"""XLSX: the sheets of an Excel workbook, with what their look says. Read by openpyxl, row by row.

Excel opens what openpyxl does not: workbooks in the strict form of the standard, and some with odd styles. These are
brought into the form that it knows first; of odd styles the formats of numbers are kept, which say what is a day.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import COL_TAG, ROW_TAG, WorkSheetParser  # openpyxl's own sheets pad every row
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from ntm.apart import Refused
from ntm.intake import bounds, old_fonts
from ntm.intake.cells import Look, Row, broken, sheet, word

STRICT = b"http://purl.oclc.org/ooxml/"  # namespaces of the strict form, and those that openpyxl knows
KNOWN = {
    STRICT + b"spreadsheetml/main": SHEET_MAIN_NS.encode(),
    STRICT + b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
STYLES = "xl/styles.xml"
OF_NUMBERS = ("numFmts", "cellXfs")  # the parts of styles that say what a number means
PERCENTS = (9, 10)  # Excel's own formats 0% and 0.00%
WHITE = {"00000000", "FFFFFFFF", "00FFFFFF"}
MERGE = f"{{{SHEET_MAIN_NS}}}mergeCell"
TRUE = ("1", "true")


def read(archive: zipfile.ZipFile, content: bytes) -> list[dict[str, Any]]:
    """Return the sheets of a workbook (see cells.sheet), charts left out. Raises Refused."""
    bounds.check_archive(archive)
    if STRICT in archive.read("xl/workbook.xml"):
        content = _rewritten(content, _transitional)
    try:
        book = _opened(content)
        looks = _Looks(book)
        places = {name: place for place, name in enumerate(book.sheetnames)}
        return [_sheet(found, places[found.title], looks) for found in book.worksheets]
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of a file makes it stumble over
        raise broken() from error


def _opened(content: bytes) -> Workbook:
    options = {"read_only": True, "data_only": False, "keep_links": False}
    try:
        return openpyxl.load_workbook(io.BytesIO(content), **options)
    except MemoryError:
        raise
    except Exception:  # as above; a second failure is the file's
        return openpyxl.load_workbook(io.BytesIO(_rewritten(content, _without_look)), **options)


def _rewritten(content: bytes, change: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w") as made:
        for entry in archive.infolist():
            made.writestr(entry.filename, change(entry.filename, archive.read(entry)))
    return file.getvalue()


def _transitional(name: str, part: bytes) -> bytes:
    if name.endswith(bounds.PARSED):
        for strict, known in KNOWN.items():
            part = part.replace(strict, known)
    return part


def _without_look(name: str, part: bytes) -> bytes:
    """Styles without fonts, fills and borders, and a document without properties: nothing that is read needs them."""
    if name == "docProps/core.xml":
        return ET.tostring(ET.Element("{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}core"))
    if name != STYLES:
        return part
    namespace = f"{{{SHEET_MAIN_NS}}}"
    styles = ET.fromstring(part)
    plain = ET.Element(f"{namespace}styleSheet")
    for found in (styles.find(f"{namespace}{name}") for name in OF_NUMBERS):
        if found is not None:
            plain.append(found)
    for style in plain.iter(f"{namespace}xf"):
        style.attrib = {"numFmtId": style.get("numFmtId", "0")}
        style[:] = []
    return ET.tostring(plain)


class _Looks:
    """What each style of a workbook means, by its number."""

    def __init__(self, book: Workbook):
        styles = list(enumerate(book._cell_styles))  # noqa: SLF001
        formats = book._number_formats  # noqa: SLF001
        self.percents = {place for place, style in styles if _is_percent(style.numFmtId, formats)}
        coloured = {place for place, fill in enumerate(book._fills) if _is_coloured(fill)}  # noqa: SLF001
        self.coloured = {place for place, style in styles if style.fillId in coloured}
        fonts = [old_fonts.kind(font.name or "") for font in book._fonts]  # noqa: SLF001
        self.fonts = {
            place: fonts[style.fontId] for place, style in styles if style.fontId < len(fonts) and fonts[style.fontId]
        }


def _is_percent(number: int, formats: list[str]) -> bool:
    own = number - openpyxl.styles.numbers.BUILTIN_FORMATS_MAX_SIZE
    return number in PERCENTS or (0 <= own < len(formats) and "%" in formats[own])


def _is_coloured(fill: object) -> bool:
    if not isinstance(fill, PatternFill) or fill.fill_type != "solid":
        return False
    colour = fill.fgColor
    return not (colour.type == "rgb" and colour.rgb in WHITE) and not (colour.type == "theme" and colour.theme == 0)


class _Rows:
    """Rows, columns and merged cells of a sheet; the rest of it is left alone, however odd it is."""

    def __init__(self, found: ReadOnlyWorksheet, source: Any, looks: _Looks):
        book = found.parent
        # A parser of one's own needs these parts of openpyxl: its public reader gives formulas or values, never both.
        self.parser = WorkSheetParser(
            source,
            found._shared_strings,  # noqa: SLF001
            data_only=False,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        self.looks = looks
        self.look = Look(hidden=found.sheet_state != "visible")

    def read(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows that the sheet has, each with its words; the look is gathered meanwhile."""
        for _event, element in iterparse(self.parser.source):
            if element.tag == ROW_TAG:
                place, cells = self.parser.parse_row(element)
                if element.get("hidden") in TRUE:
                    self.look.rows.add(place - 1)
                element.clear()
                yield place - 1, self._words(place - 1, cells)
            elif element.tag == COL_TAG:
                if element.get("hidden") in TRUE:
                    self.look.columns.append((int(element.get("min")) - 1, int(element.get("max")) - 1))
            elif element.tag == MERGE:
                left, top, right, bottom = range_boundaries(element.get("ref"))
                self.look.merged.append((top - 1, left - 1, bottom - 1, right - 1))

    def _words(self, row: int, cells: list[dict[str, Any]]) -> Row:
        looks, look, words = self.looks, self.look, {}
        for cell in cells:
            column, style = cell["column"] - 1, cell["style_id"]
            if style in looks.coloured and cell["value"] is None:
                look.coloured.add((row, column))
            if cell["value"] is None:
                continue
            words[column] = word(cell["value"])
            if cell["data_type"] == "f":
                look.formulas.add((row, column))
            if style in looks.percents and cell["data_type"] in ("n", "f"):
                look.percents.add((row, column))
            if style in looks.fonts:
                kind = looks.fonts[style]
                words[column] = old_fonts.symbols(words[column], kind)
                look.fonts.setdefault(kind, set()).add((row, column))
        return words


def _sheet(found: ReadOnlyWorksheet, place: int, looks: _Looks) -> dict[str, Any]:
    with found._get_source() as source:  # noqa: SLF001
        rows = _Rows(found, source, looks)
        return sheet(found.title, place, rows.read(), rows.look)
