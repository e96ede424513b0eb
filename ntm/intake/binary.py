"""Binary workbooks (XLS and XLSB): what the look of their cells says, which calamine does not give with the values.

Both are records one after the other: a number for its kind, a length, and the content. Only those are looked at that
say which cells are formulas or percentages, merged, hidden, coloured, or drawn in an old font. [MS-XLS], [MS-XLSB]
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import olefile

from ntm.intake import old_fonts
from ntm.intake.bounds import MOST_ELEMENTS, refused
from ntm.intake.cells import Look
from ntm.text import mark

Record = tuple[int, bytes]
BOF, EOF = 0x0809, 0x000A
FONT, FORMAT, XF, BOUNDSHEET = 0x0031, 0x041E, 0x00E0, 0x0085
ROW, COLUMNS, MERGED = 0x0208, 0x007D, 0x00E5
FORMULA, BLANK, BLANKS, NUMBERS = 0x0006, 0x0201, 0x00BE, 0x00BD
ONE_CELL = {FORMULA, BLANK, 0x0203, 0x027E, 0x00FD, 0x0204, 0x0205, 0x00D6}  # row, column, style
WORDS = {0x00FD, 0x0204, 0x00D6}
SKIPPED_FONT = 4  # no font has this number
SOLID, WHITE = 1, (1, 9, 64, 65)
PERCENTS = (9, 10)
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01
B_ROW, B_FIRST_FORMULA, B_LAST_CELL = 0, 8, 11  # of XLSB
B_MERGED, B_XF, B_FORMAT, B_SHEET, B_STYLES, B_STYLES_END = 176, 47, 44, 156, 617, 618


@dataclass
class _Style:
    percent: bool = False
    coloured: bool = False
    font: str = ""


@dataclass
class _Styles:
    """The styles of an XLS as its records tell them."""

    biff8: bool = True
    fonts: list[str] = field(default_factory=list)
    percents: set[int] = field(default_factory=lambda: set(PERCENTS))
    raw: list[bytes] = field(default_factory=list)

    def take(self, kind: int, content: bytes) -> None:
        """Take a record that says something of styles."""
        if kind == FONT:
            self.fonts.append(self._words(content, 14))
        elif kind == FORMAT and "%" in self._words(content, 2, long=True):
            self.percents.add(_u16(content))
        elif kind == XF:
            self.raw.append(content)

    def _words(self, content: bytes, start: int, *, long: bool = False) -> str:
        if not self.biff8:
            return content[start + 1 :].decode("latin-1")
        flags = start + (2 if long else 1)
        encoding = "utf-16-le" if content[flags : flags + 1] == b"\1" else "latin-1"
        return content[flags + 1 :].decode(encoding, "replace")

    def all(self) -> list[_Style]:
        """Return every style, by its number."""
        return [self._style(content) for content in self.raw]

    def _style(self, content: bytes) -> _Style:
        font = _u16(content)
        font -= font > SKIPPED_FONT
        name = old_fonts.kind(self.fonts[font]) if font < len(self.fonts) else ""
        filled = False
        if self.biff8 and len(content) >= 20:
            pattern, colours = struct.unpack_from("<I", content, 14)[0] >> 26, _u16(content, 18)
            filled = pattern == SOLID and colours & 0x7F not in WHITE
        return _Style(_u16(content, 2) in self.percents, filled, name)


def xls_looks(file: olefile.OleFileIO) -> list[Look]:
    """Return what the looks of an XLS's sheets say, in the workbook's order. Raises struct.error or Refused."""
    name = "Workbook" if file.exists("Workbook") else "Book"
    stream = file.openstream(name).read()
    styles, sheets = _Styles(), []
    for kind, content in _xls_records(stream, 0):
        if kind == BOF:
            styles.biff8 = _u16(content) == 0x0600
        elif kind == BOUNDSHEET:
            sheets.append((struct.unpack_from("<I", content)[0], content[4] & 3 != 0))
        else:
            styles.take(kind, content)
    known = styles.all()
    return [_xls_look(stream, start, known, hidden=hidden) for start, hidden in sheets]


def _xls_records(stream: bytes, place: int) -> Iterator[Record]:
    """Yield the records from a place to the end of their part; those of a part within it (a chart) are left out."""
    depth = 0
    for _count in range(MOST_ELEMENTS):
        if place + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length
    raise refused(mark("ô, kiểu chữ hoặc định dạng"), MOST_ELEMENTS)


def _xls_look(stream: bytes, start: int, styles: list[_Style], *, hidden: bool) -> Look:
    look = Look(hidden=hidden)
    for kind, content in _xls_records(stream, start):
        if kind in ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", content)
            _note(look, kind, row, column, styles, style)
        elif kind in (BLANKS, NUMBERS):
            row, column = struct.unpack_from("<HH", content)
            size = 2 if kind == BLANKS else 6
            for step, at in enumerate(range(4, len(content) - 2, size)):
                _note(look, kind, row, column + step, styles, _u16(content, at))
        elif kind == ROW and _u16(content, 12) & ROW_HIDDEN:
            look.rows.add(_u16(content))
        elif kind == COLUMNS and _u16(content, 8) & COLUMN_HIDDEN:
            look.columns.append((_u16(content), _u16(content, 2)))
        elif kind == MERGED:
            for at in range(2, 2 + 8 * _u16(content), 8):
                top, bottom, left, right = struct.unpack_from("<HHHH", content, at)
                look.merged.append((top, left, bottom, right))
    return look


def _note(look: Look, kind: int, row: int, column: int, styles: list[_Style], number: int) -> None:
    style = styles[number] if number < len(styles) else _Style()
    if kind == FORMULA:
        look.formulas.add((row, column))
    if kind in (BLANK, BLANKS):
        if style.coloured:
            look.coloured.add((row, column))
    elif kind not in WORDS and style.percent:
        look.percents.add((row, column))
    elif style.font:
        look.fonts.setdefault(style.font, set()).add((row, column))


def _u16(content: bytes, place: int = 0) -> int:
    return int(struct.unpack_from("<H", content, place)[0])


def xlsb_looks(archive: zipfile.ZipFile) -> list[Look]:
    """Return what the looks of an XLSB's sheets say, in the workbook's order. Raises struct.error, KeyError …"""
    targets = {
        found.get("Id"): found.get("Target", "") for found in ET.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    }
    percents = list(_xlsb_percents(archive.read("xl/styles.bin"))) if "xl/styles.bin" in archive.namelist() else []
    looks = []
    for kind, content in _xlsb_records(archive.read("xl/workbook.bin")):
        if kind == B_SHEET:
            state, length = struct.unpack_from("<I", content)[0], struct.unpack_from("<I", content, 8)[0]
            target = targets[content[12 : 12 + 2 * length].decode("utf-16-le")]
            part = archive.read("xl/" + target.removeprefix("/xl/"))
            looks.append(_xlsb_look(part, percents, hidden=state != 0))
    return looks


def _xlsb_percents(part: bytes) -> Iterator[bool]:
    """Yield for each style of a cell whether it is a percentage."""
    formats, of_cells = set(PERCENTS), False
    for kind, content in _xlsb_records(part):
        if kind == B_FORMAT and "%" in content[6:].decode("utf-16-le", "replace"):
            formats.add(_u16(content))
        elif kind in (B_STYLES, B_STYLES_END):
            of_cells = kind == B_STYLES
        elif kind == B_XF and of_cells:
            yield _u16(content, 2) in formats


def _xlsb_look(part: bytes, percents: list[bool], *, hidden: bool) -> Look:
    look, row = Look(hidden=hidden), 0
    for kind, content in _xlsb_records(part):
        if kind == B_ROW and len(content) >= 4:
            row = struct.unpack_from("<I", content)[0]
        elif 1 < kind <= B_LAST_CELL:
            column, style = struct.unpack_from("<II", content)
            style &= 0xFFFFFF
            if kind >= B_FIRST_FORMULA:
                look.formulas.add((row, column))
            if style < len(percents) and percents[style]:
                look.percents.add((row, column))
        elif kind == B_MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            look.merged.append((top, left, bottom, right))
    return look


def _xlsb_records(part: bytes) -> Iterator[Record]:
    place = 0
    for _count in range(MOST_ELEMENTS):
        if place >= len(part):
            return
        kind, place = _varying(part, place, 2)
        length, place = _varying(part, place, 4)
        yield kind, part[place : place + length]
        place += length
    raise refused(mark("ô, kiểu chữ hoặc định dạng"), MOST_ELEMENTS)


def _varying(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    found = 0
    for step in range(most):
        byte = part[place]
        found |= (byte & 0x7F) << 7 * step
        place += 1
        if byte < 0x80:
            break
    return found, place
