"""Kinds: files that are no tables, or none that can be read here, each named for what it is with the way out."""

import zipfile

import olefile

from ntm.apart import Refused
from ntm.text import _, mark

HEAD = 4_000  # bytes in which a file says what it is
PDF, WORD, SLIDES = mark("tệp PDF"), mark("văn bản Word"), mark("bản trình chiếu PowerPoint")
PICTURE, NUMBERS = mark("hình ảnh"), mark("bảng tính của Apple Numbers")
RICH_TEXT, LINK, ARCHIVE = mark("văn bản RTF"), mark("đường dẫn đến Google Trang tính"), mark("tệp nén")
BEGINNINGS = {
    b"%PDF": PDF,
    b"{\\rtf": RICH_TEXT,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
}
PARTS = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES, "Index/Document.iwa": NUMBERS, "Index.zip": NUMBERS}
STREAMS = {"WordDocument": WORD, "PowerPoint Document": SLIDES}
WAYS_OUT = {
    PDF: mark("Hãy lấy bảng tính gốc (.xlsx) đã tạo ra tệp này."),
    WORD: mark("Hãy chép bảng sang Excel, lưu dạng .xlsx rồi chọn lại."),
    SLIDES: mark("Hãy chép bảng sang Excel, lưu dạng .xlsx rồi chọn lại."),
    RICH_TEXT: mark("Hãy chép bảng sang Excel, lưu dạng .xlsx rồi chọn lại."),
    PICTURE: mark("Hãy lấy bảng tính gốc (.xlsx) đã tạo ra tệp này."),
    NUMBERS: mark("Hãy mở bằng Numbers, chọn Tệp › Xuất sang › Excel rồi chọn tệp .xlsx."),
    LINK: mark("Hãy mở đường dẫn, chọn Tệp › Tải xuống › Microsoft Excel (.xlsx) rồi chọn tệp tải về."),
    ARCHIVE: mark("Hãy giải nén rồi chọn tệp .xlsx, .ods hoặc .csv."),
}


def locked() -> Refused:
    """Return the refusal of a file behind a password."""
    return Refused(_("Tệp có mật khẩu. Hãy bỏ mật khẩu (File › Info › Protect Workbook) rồi lưu lại."))


def with_macros() -> Refused:
    """Return the refusal of a file that has programs in it."""
    return Refused(_("Tệp có macro. Hãy lưu lại dạng .xlsx (Excel Workbook), không có macro."))


def refuse(content: bytes) -> None:
    """Raise Refused if a file's beginning says that it is no table."""
    head = content[:HEAD].lstrip()
    named = next((kind for start, kind in BEGINNINGS.items() if head.startswith(start)), None)
    if named is None and head.startswith(b"{") and b"docs.google.com" in head:
        named = LINK
    if named is not None:
        raise _refusal(named)


def refuse_archive(archive: zipfile.ZipFile) -> None:
    """Raise Refused if an archive is a document of another kind, as its parts say."""
    names = set(archive.namelist())
    named = next((kind for part, kind in PARTS.items() if part in names), None)
    if named is not None:
        raise _refusal(named)


def refuse_old(file: olefile.OleFileIO) -> None:
    """Raise Refused if a file of old Office is a document of another kind."""
    named = next((kind for stream, kind in STREAMS.items() if file.exists(stream)), None)
    if named is not None:
        raise _refusal(named)


def _refusal(kind: str) -> Refused:
    return Refused(_("Đây là {kind}, không phải bảng tính. {way_out}", kind=_(kind), way_out=_(WAYS_OUT[kind])))
