"""Files: what a workbook or table holds, read within bounds. Runs in a process of its own (`ntm.apart`).

A file is judged by what is in it, never by its name: portals and old programs name many things .xls.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

import olefile
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from ntm.apart import Refused
from ntm.intake import binary, bounds, delimited, kinds, markup, ods, old_fonts, xlsx
from ntm.intake.bounds import MOST_CELLS, MOST_SHEETS, refused
from ntm.intake.cells import Look, Row, broken, sheet, word
from ntm.text import _, mark

Sheets = list[dict[str, Any]]
BROKEN = (zipfile.BadZipFile, zlib.error, ExpatError, KeyError, ValueError, EOFError, OSError, RuntimeError)
FORMULA = "="  # what stands for one without a value
MACROS = ("vbaProject.bin", "Basic/script-lc.xml")


def cells(content: bytes) -> bytes:
    """Return the sheets of a file that hold anything as JSON: the fields of sheets.Sheet. Raises Refused."""
    filled = [found for found in _sheets(content) if found["cells"]]
    if not filled:
        raise Refused(_("Tệp không có ô nào có nội dung. Hãy chọn tệp có số liệu."))
    if len(filled) > MOST_SHEETS:
        raise refused(mark("sheet"), MOST_SHEETS, len(filled))
    found = sum(len(row) for one in filled for row in one["cells"])
    if found > MOST_CELLS:
        raise refused(mark("ô"), MOST_CELLS, found)
    for one in filled:
        old_fonts.convert(one)
    return json.dumps(filled, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _sheets(content: bytes) -> Sheets:
    if content.startswith(b"PK"):
        return _read_zip(content)
    if content.startswith(olefile.MAGIC):
        return _read_old(content)
    kinds.refuse(content)
    reader = markup.reader(content)
    if reader is not None:
        return reader(content)
    if ods.KIND in content[: kinds.HEAD]:
        return _read_flat(content)
    return [sheet("", 0, delimited.rows(delimited.decode(content)))]


def _read_zip(content: bytes) -> Sheets:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise kinds.locked()
            if any(name.endswith(MACROS) for name in names):
                raise kinds.with_macros()
            kinds.refuse_archive(archive)
            if "mimetype" in names:
                return _read_values(content, ods.looks(archive))
            if "xl/workbook.xml" in names:
                return xlsx.read(archive, content)
            if "xl/workbook.bin" in names:
                bounds.check_archive(archive)
                return _read_values(content, binary.xlsb_looks(archive))
    except Refused:
        raise
    except (*BROKEN, struct.error, IndexError) as error:
        raise broken() from error  # NotImplementedError, for an odd compression, is a RuntimeError
    raise Refused(_("Đây là tệp nén, không phải bảng tính. Hãy giải nén rồi chọn tệp .xlsx, .ods hoặc .csv."))


def _read_flat(content: bytes) -> Sheets:
    archived = ods.in_archive(content)
    try:
        with zipfile.ZipFile(io.BytesIO(archived)) as archive:
            return _read_values(archived, ods.looks(archive))
    except (*BROKEN,) as error:
        raise (error if isinstance(error, Refused) else broken()) from error


def _read_old(content: bytes) -> Sheets:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if file.exists("EncryptedPackage"):
                raise kinds.locked()
            if file.exists("_VBA_PROJECT_CUR"):
                raise kinds.with_macros()
            kinds.refuse_old(file)
            looks = binary.xls_looks(file)
    except Refused:
        raise
    except Exception as error:  # olefile raises whatever a broken file makes it stumble over
        raise broken() from error
    return _read_values(content, looks)


def _read_values(content: bytes, looks: list[Look]) -> Sheets:
    """Read the values with calamine; `looks`: of every sheet, charts too."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            sheet(found.name, place, _dense(book.get_sheet_by_index(place), look), look)
            for place, (found, look) in enumerate(zip(book.sheets_metadata, looks, strict=True))
            if found.typ == SheetTypeEnum.WorkSheet
        ]
    except ValueError as error:  # sheets that are not those of the look
        raise (error if isinstance(error, Refused) else broken()) from error
    except CalamineError as error:
        raise (kinds.locked() if "assword" in str(error) else broken()) from error


def _dense(found: CalamineSheet, look: Look) -> Iterator[tuple[int, Row]]:
    """Yield the rows; a formula that shows nothing, or has never been computed, is there all the same."""
    unvalued: dict[int, Row] = {}
    for at, column in sorted(look.formulas):
        unvalued.setdefault(at, {})[column] = FORMULA
    first = found.start[1] if found.start else 0  # iter_rows has the empty rows above, no columns
    for place, row in enumerate(found.iter_rows()):
        filled = {column: word(value) for column, value in enumerate(row, first) if value not in (None, "")}
        yield place, unvalued.pop(place, {}) | filled
    yield from sorted(unvalued.items())
