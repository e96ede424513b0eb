"""Bounds: what the parts of a workbook would cost, counted before any library reads them.

A file of some hundred bytes can stand for billions of cells: rows and columns are repeated by a number, styles and
strings are shared, a single cell stands at the end of a row. Each part is parsed once, element by element, and nothing
of it is kept.
"""

import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from xml.parsers import expat

from openpyxl.utils.cell import range_boundaries

from ntm.apart import Refused
from ntm.text import _, mark, number

MOST_ROWS = 25_000  # of a sheet: a year of 106 communes by 19 criteria, a row for each month and criterion, are 24,168
MOST_COLUMNS = 200  # of a sheet: a set has 19 criteria, with notes to each still under 100
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel
MOST_SHEETS = 150  # that hold something: a commune each, and some more
MOST_CELLS = 200_000  # that hold something: 24,168 rows of six columns are 145,000
LARGEST_UNPACKED = 60_000_000  # bytes of a file; MOST_CELLS are about 14 million
MOST_PARTS = 2_000
LONGEST_CELL = 32_767  # signs, as in Excel
LONGEST_TEXT = 5_000_000  # signs of a CSV: 24,168 rows with names are 2 million
DEEPEST = 60  # elements within elements
MOST_ELEMENTS = 1_500_000
CHUNK = 1 << 16
MOST = {  # element → how many of it a file may have; Excel writes far fewer
    "c": MOST_CELLS,  # also empty ones: a coloured row has 16,384
    "row": MOST_ROWS * 2,
    "si": 60_000,
    "r": 100_000,  # runs of one look within a cell
    "xf": 20_000,
    "mergeCell": 20_000,
    "definedName": 5_000,
    "dataValidation": 5_000,
    "cfRule": 5_000,
    "style": 20_000,
}
PARSED = (".xml", ".rels")


def refused(what: str, allowed: int, found: int | None = None) -> Refused:
    """Return the refusal of a file that has too much of something (in words, marked for translation).

    `found`: how much; None where counting has stopped at the bound.
    """
    if found is not None:
        return Refused(
            _(
                "Tệp có {found} {what}; nhận đến {allowed}. Hãy chép số liệu sang tệp mẫu, hoặc chia nhỏ tệp.",
                found=number(found),
                what=_(what),
                allowed=number(allowed),
            )
        )
    return Refused(
        _(
            "Tệp có quá nhiều {what}: nhận đến {allowed}. Hãy chép số liệu sang tệp mẫu, hoặc chia nhỏ tệp.",
            what=_(what),
            allowed=number(allowed),
        )
    )


def check_archive(archive: zipfile.ZipFile) -> None:
    """Count every part of a workbook that a library would parse. Raises Refused, or expat.ExpatError."""
    check_size(archive)
    counts: Counter[str] = Counter()
    for entry in archive.infolist():
        if entry.filename.endswith(PARSED):
            _parse(archive, entry, _counting(counts))


def check_size(archive: zipfile.ZipFile) -> None:
    """Count the parts of an archive, and what they say of their size. Raises Refused."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise refused(mark("phần"), MOST_PARTS, len(entries))
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused(_("Tệp giải nén ra hơn {allowed} MB; không mở.", allowed=number(round(LARGEST_UNPACKED / 1e6))))


def check_merged(archive: zipfile.ZipFile) -> None:
    """Count the cells that a workbook merges, each of which is made where it is written again. Raises Refused."""
    merged = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal merged
        if name.rpartition(":")[2] == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes.get("ref", ""))
            merged += ((right or LAST_COLUMN) - (left or 1) + 1) * ((bottom or LAST_ROW) - (top or 1) + 1)
            if merged > MOST_CELLS:
                raise refused(mark("ô"), MOST_CELLS)

    for entry in archive.infolist():
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            _parse(archive, entry, start)


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def check_ods(archive: zipfile.ZipFile, start: Start, end: End) -> None:
    """Count the cells of an OpenDocument spreadsheet as its repeats make them. Raises Refused.

    `start`, `end`: told of each element that has been counted.
    """
    area = _Area()

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        area.start(name, attributes)
        start(name, attributes)

    def finish(name: str) -> None:
        area.end(name)
        end(name)

    _parse(archive, archive.getinfo("content.xml"), begin, finish)


def _parse(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, start: Start, end: End = lambda name: None) -> None:
    parser = expat.ParserCreate()
    depth = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise refused(mark("tầng lồng nhau"), DEEPEST)
        start(name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def doctype(*_declaration: object) -> None:  # entities are only for attacks: no office program writes them
        raise Refused(_("Tệp có khai báo DOCTYPE; không mở. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."))

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.StartDoctypeDeclHandler = doctype
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)


def _counting(counts: Counter[str]) -> Start:
    def start(name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        counts["elements"] += 1
        counts[name] += name in MOST
        if counts["elements"] > MOST_ELEMENTS or counts[name] > MOST.get(name, MOST_ELEMENTS):
            raise refused(mark("ô, kiểu chữ hoặc định dạng"), MOST.get(name, MOST_ELEMENTS))

    return start


class _Area:
    """The rows and columns that the repeats of one table after the other make, up to the last cell with something."""

    def __init__(self) -> None:
        self.rows = self.filled_rows = self.columns = self.filled_columns = 0
        self.tables = 0
        self.cells = 0
        self.repeated = 1
        self.width = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "table":
            self.rows = self.filled_rows = self.filled_columns = 0
        elif name == "table-row":
            self.repeated = repeats(attributes, "number-rows-repeated")
            self.columns = self.width = 0
        elif name in ("table-cell", "covered-table-cell"):
            times = repeats(attributes, "number-columns-repeated")
            self.columns += times
            if any(key.rpartition(":")[2] in ("value-type", "formula") for key in attributes):
                self._fill(self.columns)
        elif name == "p":
            self._fill(self.columns)

    def _fill(self, columns: int) -> None:
        self.width = max(self.width, columns)
        if self.width > MOST_COLUMNS:
            raise refused(mark("cột"), MOST_COLUMNS)

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "table-row":
            self.rows += self.repeated
            if self.width:
                self.filled_rows, self.filled_columns = self.rows, max(self.filled_columns, self.width)
                if self.filled_rows > MOST_ROWS:
                    raise refused(mark("dòng"), MOST_ROWS)
        elif name == "table":
            self.tables += self.filled_rows > 0
            if self.tables > MOST_SHEETS:
                raise refused(mark("sheet"), MOST_SHEETS)
            self.cells += self.filled_rows * self.filled_columns
            if self.cells > MOST_CELLS:
                raise refused(mark("ô"), MOST_CELLS)


def repeats(attributes: Mapping[str, str], name: str) -> int:
    """Return how often an element of an OpenDocument is repeated or over how many cells it spans: at least once."""
    found = next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "1")
    return max(int(found), 1)
