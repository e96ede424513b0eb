"""Files that cost far more than they weigh, of every kind that is taken; made here, each with what it should end in.

The kinds are those with which the dashboard was attacked in November 2026: repeats, far cells, shared parts without
number, merges, long cells, rows that contradict each other. None says how large it is until it is read.
"""

import io
import zipfile
from collections.abc import Callable

from ntm.intake.sheets import address
from tests.intake import odd

MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
TYPES = "[Content_Types].xml"
GOOD = odd.xlsx(("S", [["Tên xã", "1"], ["Pha Mu", "x"]]))


def zipped(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def ods(tables: str) -> bytes:
    members = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": MANIFEST}
    return zipped(members | {"content.xml": ODS_HEAD + tables + ODS_TAIL})


def ods_cells(rows: int, columns: int, tables: int = 1, words: str = "<text:p>x</text:p>") -> bytes:
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">{words}'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-cell></table:table-row>'
    return ods("".join(f'<table:table table:name="{place}">{row}</table:table>' for place in range(tables)))


def with_sheet(rows: str, rest: str = "") -> bytes:
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'
    return odd.replaced(GOOD, SHEET, content.encode())


def text_cell(address: str, words: str = "x") -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{words}</t></is></c>'


HEADS = f'<row r="1">{text_cell("A1", "Tên xã")}{text_cell("B1", "1")}</row>'
WRONG = f'<row r="2">{text_cell("A2", "Pha Mu")}{text_cell("B2", "tốt")}</row>'


def far_cells(rows: int, content: str = "") -> bytes:
    cells = (
        f'<row r="{row}">{text_cell(f"A{row}", "Pha Mu")}<c r="XFD{row}">{content}</c></row>' for row in range(3, rows)
    )
    return with_sheet(HEADS + "".join(cells))


def shared_strings(count: int) -> bytes:
    """Strings that no cell uses, in the part that Excel keeps them in."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        types = (
            archive.read(TYPES)
            .decode()
            .replace("</Types>", f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>')
        )
    strings = f'<sst xmlns="{MAIN}" count="{count}">' + "<si><t/></si>" * count + "</sst>"
    return odd.with_entry(odd.replaced(GOOD, TYPES, types.encode()), STRINGS, strings.encode())


def styles(count: int) -> bytes:
    one = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    parts = "<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
    parts += f"<cellStyleXfs>{one}</cellStyleXfs><cellXfs>{one * count}</cellXfs>"
    content = f'<styleSheet xmlns="{MAIN}">{parts}</styleSheet>'
    return odd.replaced(GOOD, STYLES, content.encode())


def rows_of(head: str, row: Callable[[int], str], count: int = 20_000) -> bytes:
    return "\n".join([head, *map(row, range(count))]).encode()


def table(head: str, rows: str, count: int) -> bytes:
    return (head + rows * count).encode()


def many_parts(count: int) -> bytes:
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a") as archive:
        for place in range(count):
            archive.writestr(f"xl/more{place}.xml", "<a/>")
    return file.getvalue()


def coloured_rows(count: int) -> bytes:
    """Rows that somebody has coloured to the last of Excel's columns."""
    row = "".join(f'<c r="{address(2, column)[:-1]}%" s="0"/>' for column in range(16_384))
    rows = (f'<row r="{place}">{row.replace("%", str(place))}</row>' for place in range(3, 3 + count))
    return with_sheet(HEADS + WRONG + "".join(rows))


TOO_MUCH, TOO_LONG = "quá nhiều|nhận đến|dài", "giây|bộ nhớ|quá nhiều|nhận đến"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {  # name → how it is made, and what its sentence says
    "ods: 6 tables of 20,000 × 1,000 repeats": (lambda: ods_cells(20_000, 1_000, 6), TOO_MUCH),
    "ods: 17 G cells": (lambda: ods_cells(1_048_576, 16_384), TOO_MUCH),
    "ods: a billion columns": (lambda: ods_cells(1, 4_000_000_000), TOO_MUCH),
    "ods: a value at the last row": (
        lambda: ods(
            '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
            '</table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
        TOO_MUCH,
    ),
    "ods: repeats below zero": (lambda: ods_cells(-5, -5), "tiêu đề|hỏng|nội dung"),
    "ods: repeats that are no number": (lambda: ods_cells("many", 2), "hỏng"),  # type: ignore[arg-type]
    "ods: 2,000 tables": (lambda: ods_cells(1, 1, 2_000), "sheet"),
    "ods: nested 5,000 deep": (lambda: ods("<text:p>" * 5_000 + "</text:p>" * 5_000), "tầng"),
    "ods: 60 tables at the bound": (lambda: ods_cells(20_000, 200, 60), TOO_MUCH),
    "ods: a long cell": (lambda: ods_cells(1, 1, 1, f"<text:p>{'x' * 5_000_000}</text:p>"), "dài"),
    "xlsx: 2,000 far cells": (lambda: far_cells(2_000, "<v>1</v>"), "XFD3"),
    "xlsx: 200,000 far empty cells": (lambda: far_cells(200_000), TOO_LONG),
    "xlsx: 30 coloured rows": (lambda: coloured_rows(30), TOO_MUCH),
    "xlsx: 6 coloured rows": (lambda: coloured_rows(6), "1 lỗi"),
    "xlsx: a million empty shared strings": (lambda: shared_strings(1_000_000), TOO_MUCH),
    "xlsx: 59,000 shared strings": (lambda: shared_strings(59_000), "không có ô nào|1 số liệu|1 lỗi|hỏng"),
    "xlsx: a million styles": (lambda: styles(1_000_000), TOO_MUCH),
    "xlsx: 1 M merged cells beside a fault": (
        lambda: with_sheet(HEADS + WRONG, '<mergeCells><mergeCell ref="D1:XFD100"/></mergeCells>'),
        "1 lỗi",
    ),
    "xlsx: 17 G merged cells beside a fault": (
        lambda: with_sheet(HEADS + WRONG, '<mergeCells><mergeCell ref="D1:XFD1048576"/></mergeCells>'),
        "1 lỗi",
    ),
    "xlsx: 100,000 merges": (
        lambda: with_sheet(HEADS + WRONG, "<mergeCells>" + '<mergeCell ref="D1:E2"/>' * 100_000 + "</mergeCells>"),
        TOO_MUCH,
    ),
    "xlsx: the last row": (lambda: with_sheet(HEADS + f'<row r="1048576">{text_cell("A1048576")}</row>'), "A1048576"),
    "xlsx: a row beyond the last": (
        lambda: with_sheet(HEADS + '<row r="99999999999"><c r="A1"><v>1</v></c></row>'),
        "",
    ),
    "xlsx: 200,000 nested elements": (lambda: with_sheet("<a>" * 200_000 + "</a>" * 200_000), "tầng"),
    "xlsx: a cell of 30 MB": (lambda: with_sheet(f'<row r="1">{text_cell("A1", "x" * 30_000_000)}</row>'), "dài"),
    "xlsx: runs of rich text": (
        lambda: with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is>{"<r><t>x</t></r>" * 400_000}</is></c></row>'),
        TOO_MUCH,
    ),
    "xlsx: 2 M rows": (lambda: with_sheet("<row/>" * 2_000_000), TOO_MUCH),
    "xlsx: unpacks to 300 MB": (lambda: odd.bomb(GOOD), "60 MB"),
    "xlsx: 5,000 parts": (lambda: many_parts(5_000), "phần"),
    "xlsx: entities": (lambda: odd.replaced(GOOD, SHEET, odd.LAUGHS), "DOCTYPE"),
    "csv: 20,000 rows": (lambda: table("Tên xã,1\n", "Pha Mu,x\n", 20_000), "1 số liệu"),
    "csv: 200,000 rows": (lambda: table("Tên xã,1\n", "Pha Mu,x\n", 200_000), "25.000"),
    "csv: 24,000 contradicting rows": (lambda: table("Tên xã,1\n", "Pha Mu,0\nPha Mu,1\n", 12_000), "24.000 lỗi"),
    "csv: 20,000 unknown names": (
        lambda: rows_of("Tên xã,1", lambda place: f"Pha Mu {place}z,x"),
        "20.000 lỗi",
    ),
    "csv: 20,000 unknown districts": (
        lambda: rows_of("Tên xã,Huyện,1", lambda place: f"Pha Mu,h{place},x"),
        "20.000 lỗi",
    ),
    "csv: 20,000 long names": (
        lambda: rows_of("Tên xã,1", lambda place: f"{place}{'ờ' * 300},x"),
        "ký tự",
    ),
    "csv: 19 answers that are none": (
        lambda: table("Tên xã," + ",".join(map(str, range(1, 20))) + "\n", "Pha Mu" + ",zz" * 19 + "\n", 8_000),
        "60.000",
    ),
    "csv: 19 MB of commas": (lambda: b"," * 4_900_000, "cột"),
    "csv: one line of 19 MB": (lambda: b"a" * 19_000_000, "ký tự"),
    "csv: a quoted field of 19 MB": (lambda: b'"' + b"a" * 19_000_000 + b'"', "ký tự"),
    "csv: a field of 9 M lines": (lambda: b'"' + b"\n" * 19_000_000, "ký tự"),
    "csv: 9 M lines": (lambda: b"a\n" * 9_500_000, "ký tự"),
    "csv: 9 M rows of utf-16": (lambda: ("a;\n" * 3_000_000).encode("utf-16"), "ký tự"),
    "csv: one line of 4 MB": (lambda: b"a" * 4_000_000, "hỏng|dài"),
    "csv: a quoted field of 4 MB": (lambda: b'"' + b"a" * 4_000_000 + b'"', "hỏng|dài"),
    "csv: a field of 4 M lines": (lambda: b'"' + b"\n" * 4_000_000, "hỏng|dài"),
    "csv: 2 M lines": (lambda: b"a\n" * 2_000_000, "25.000"),
    "csv: a million rows of utf-16": (lambda: ("a;\n" * 1_000_000).encode("utf-16"), "25.000"),
    "csv: 14,000 long names": (
        lambda: rows_of("Tên xã,1", lambda place: f"{place}{'ờ' * 300},x", 14_000),
        "14.000 lỗi",
    ),
    "csv: combining marks": (lambda: table("Tên xã,1\na", "\u0301\u0323", 15_000) + b",x\n", "1 lỗi"),
    "xls: noise after its mark": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000_000, "hỏng"),
}
