"""Odd files, made as offices and their programs make them."""

import io
import struct
import zipfile
from collections.abc import Sequence

import msoffcrypto
import openpyxl
import pandas as pd
from msoffcrypto.format.ooxml import OOXMLFile

Cells = Sequence[Sequence[object]]


def xlsx(*sheets: tuple[str, Cells], merged: Sequence[str] = ()) -> bytes:
    """A workbook of sheets; `merged`: areas of the first one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merged:
        book.worksheets[0].merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows: Cells) -> bytes:
    """An OpenDocument spreadsheet."""
    file = io.BytesIO()
    pd.DataFrame(rows).to_excel(file, engine="odf", header=False, index=False)
    return file.getvalue()


def text(rows: Cells, sign: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A CSV file."""
    lines = [sign.join("" if value is None else str(value) for value in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def encrypted(content: bytes) -> bytes:
    """The same workbook behind a password."""
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("secret", locked)
    assert msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue())).is_encrypted()
    return locked.getvalue()


def with_entry(content: bytes, name: str, extra: bytes) -> bytes:
    """The same archive with one file more."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, extra)
    return file.getvalue()


def replaced(content: bytes, name: str, new: bytes) -> bytes:
    """The same archive with one file's content replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.infolist():
            made.writestr(entry, new if entry.filename == name else archive.read(entry))
    return out.getvalue()


def bomb(content: bytes, unpacked: int = 300_000_000) -> bytes:
    """A workbook whose sheet unpacks to hundreds of megabytes of blanks."""
    return replaced(content, "xl/worksheets/sheet1.xml", b" " * unpacked)


def lying_bomb(content: bytes) -> bytes:
    """The same, saying of itself that it is small."""
    made = bytearray(bomb(content, 20_000_000))
    real, small = struct.pack("<I", 20_000_000), struct.pack("<I", 1000)
    return bytes(made).replace(real, small)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&h;</t></is></c></row></sheetData></worksheet>"""
