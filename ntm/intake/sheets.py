"""Sheets: the cells of a workbook or table as plain words, read within bounds. Nothing in a file is ever run.

Taken: XLSX, ODS, XLS, and CSV with commas, semicolons or tabs in UTF-8 or UTF-16.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import olefile
import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from ntm.text import _

LARGEST = 20_000_000  # bytes of a file: a province's year is under one million
LARGEST_UNPACKED = 200_000_000
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 200_000, 200, 60
SPARE = re.compile(r"\s+")
DELIMITERS = ",;\t"


class Refused(ValueError):
    """A file that cannot be taken at all; the text says what was found, what is allowed and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `cells[row][column]` as words ("" where empty); `formulas`: the (row, column) that hold one."""

    name: str
    cells: list[list[str]]
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def address(row: int, column: int) -> str:
    """Return a cell's address as spreadsheets write it: (1, 2) → C2."""
    return f"{get_column_letter(column + 1)}{row + 1}"


def word(value: object) -> str:
    """Return a cell's value as words: composed Unicode, single spaces; 3409.0 is "3409", a day "2024-12-31"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return SPARE.sub(" ", unicodedata.normalize("NFC", str(value))).strip()


def read(content: bytes) -> list[Sheet]:
    """Return a file's sheets that hold anything. Raises Refused."""
    if not content:
        raise Refused(_("Tệp trống. Hãy chọn tệp có số liệu."))
    if len(content) > LARGEST:
        raise Refused(
            _(
                "Tệp nặng {found} MB; nhận tệp đến {allowed} MB. Hãy xóa hình ảnh và các sheet không dùng.",
                found=round(len(content) / 1e6),
                allowed=round(LARGEST / 1e6),
            )
        )
    if content.startswith(b"PK"):
        sheets = _read_zip(content)
    elif content.startswith(olefile.MAGIC):
        sheets = _read_old(content)
    else:
        sheets = [Sheet("", _bounded(_csv_rows(_decode(content))))]
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.cells)]
    if not filled:
        raise Refused(_("Tệp không có ô nào có nội dung. Hãy chọn tệp có số liệu."))
    return filled


def _read_zip(content: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise Refused(_("Tệp giải nén ra hơn {allowed} MB; không mở.", allowed=round(LARGEST_UNPACKED / 1e6)))
            if any(entry.flag_bits & 1 for entry in entries):
                raise _locked()
            if any(name.endswith(("vbaProject.bin", "Basic/script-lc.xml")) for name in names):
                raise _macros()
            if "mimetype" in names:
                return _read_ods(archive, content)
            if "xl/workbook.xml" in names:
                return _read_xlsx(content)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError) as error:
        raise _broken() from error
    raise Refused(_("Đây là tệp nén, không phải bảng tính. Hãy giải nén rồi chọn tệp .xlsx, .ods hoặc .csv."))


def _locked() -> Refused:
    return Refused(_("Tệp có mật khẩu. Hãy bỏ mật khẩu (File › Info › Protect Workbook) rồi lưu lại."))


def _macros() -> Refused:
    return Refused(_("Tệp có macro. Hãy lưu lại dạng .xlsx (Excel Workbook), không có macro."))


def _broken() -> Refused:
    return Refused(_("Tệp hỏng hoặc không phải bảng tính. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."))


def _read_xlsx(content: bytes) -> list[Sheet]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        return [_xlsx_sheet(sheet) for sheet in book.worksheets[:MOST_SHEETS]]
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part of a file makes it stumble over
        raise _broken() from error


def _xlsx_sheet(sheet) -> Sheet:
    formulas: set[tuple[int, int]] = set()
    sheet.reset_dimensions()  # what a file says of its size may be wrong

    def rows() -> Iterator[list[str]]:
        for number, row in enumerate(sheet.iter_rows()):
            formulas.update((number, place) for place, cell in enumerate(row) if cell.data_type == "f")
            yield [word(cell.value) for cell in row]

    return Sheet(word(sheet.title), _bounded(rows()), frozenset(formulas))


def _read_ods(archive: zipfile.ZipFile, content: bytes) -> list[Sheet]:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise _locked()
    if b"table:formula" in archive.read("content.xml"):
        raise Refused(_("Tệp ODS có công thức. Hãy dán giá trị thay công thức, hoặc lưu lại dạng .xlsx."))
    return _read_values(content)


def _read_old(content: bytes) -> list[Sheet]:
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        if file.exists("EncryptedPackage"):
            raise _locked()
        if file.exists("_VBA_PROJECT_CUR"):
            raise _macros()
    return _read_values(content)


def _read_values(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names[:MOST_SHEETS]]
        return [
            Sheet(word(sheet.name), _bounded([word(value) for value in row] for row in sheet.iter_rows()))
            for sheet in sheets
        ]
    except CalamineError as error:
        raise (_locked() if "assword" in str(error) else _broken()) from error


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise _broken()
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            _("Không đọc được chữ trong tệp. Hãy lưu lại dạng .xlsx, hoặc CSV mã UTF-8 (CSV UTF-8 trong Excel).")
        ) from error


def _csv_rows(text: str) -> Iterator[list[str]]:
    head = text[:4000].splitlines()[:10]
    delimiter = max(DELIMITERS, key=lambda sign: sum(line.count(sign) for line in head))
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            yield [word(value) for value in row]
    except csv.Error as error:
        raise _broken() from error


def _bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    """Rows up to the bound, without the empty ones at the end."""
    taken = [row[:MOST_COLUMNS] for row in islice(rows, MOST_ROWS + 1)]
    if len(taken) > MOST_ROWS:
        raise Refused(_("Tệp có hơn {allowed} dòng. Hãy chia nhỏ, hoặc xóa các dòng trống ở cuối.", allowed=MOST_ROWS))
    while taken and not any(taken[-1]):
        taken.pop()
    return taken
