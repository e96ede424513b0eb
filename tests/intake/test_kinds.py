"""Kinds of files: read for what they are, or named for what they are; never judged by their names."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from ntm.intake import sheets, xlsx
from ntm.intake.sheets import Refused
from tests.intake import odd
from tests.intake.hostile import zipped

ROWS = [["Mã xã", "1"], ["03418", "x"]]
CELLS = [["Mã xã", "1"], ["03418", "x"]]
GOOD = odd.xlsx(("S", ROWS))
HTML = (
    '<html><head><meta charset="utf-8"><title>Trang</title></head><body><h1>Biểu</h1><table>'
    '<tr><th rowspan="2">Mã xã</th><th>1</th></tr><tr style="display: none"><td x:num="13.625">13,6</td></tr>'
    '<tr><td>03418</td><td x:fmla="=1">x<br>y</td></tr></table><script>alert(1)</script></body></html>'
)
XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
    '<NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="Sheet1"><Table><Row ss:Index="2">'
    '<Cell ss:MergeAcross="1"><Data ss:Type="String">Mã xã</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2024-12-31T00:00:00.000</Data></Cell></Row><Row ss:Hidden="1">'
    '<Cell ss:Index="2" ss:StyleID="p" ss:Formula="=1"><Data ss:Type="Number">13.625</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)
ODD_STYLES = (
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts><font><family val="99"/></font></fonts><fills><fill/></fills></styleSheet>'
)
ODD_RULE = b'<dataValidations><dataValidation type="none of these"/></dataValidations>'


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as made:
        for entry in archive.infolist():
            made.writestr(entry.filename, change(archive.read(entry)))
    return out.getvalue()


def strict() -> bytes:
    def change(part: bytes) -> bytes:
        for namespace, known in xlsx.KNOWN.items():
            part = part.replace(known, namespace)
        return part

    return changed(GOOD, change)


@pytest.mark.parametrize(
    "content",
    [
        strict(),
        odd.replaced(GOOD, "xl/styles.xml", ODD_STYLES),
        odd.replaced(GOOD, "docProps/core.xml", b"<core><created>yesterday</created></core>"),
        changed(GOOD, lambda part: part.replace(b"</worksheet>", ODD_RULE + b"</worksheet>")),
    ],
    ids=["strict", "styles", "properties", "validation"],
)
def test_a_workbook_that_excel_opens_is_read(content: bytes) -> None:
    (found,) = sheets.read(content)
    assert found.cells == CELLS


def test_days_and_percentages_survive_odd_styles() -> None:
    book = openpyxl.load_workbook(io.BytesIO(GOOD))
    book.active["A2"], book.active["B2"] = dt.date(2024, 12, 31), 1
    book.active["B2"].number_format = "0.0%"
    file = io.BytesIO()
    book.save(file)
    content = changed(file.getvalue(), lambda part: part.replace(b"<fills", b"<fills><fill/></fills><fills", 1))
    (found,) = sheets.read(content)
    assert (found.cells[1], found.percents) == (["2024-12-31", "1"], {(1, 1)})


@pytest.mark.parametrize("content", [HTML.encode(), HTML.encode("utf-16"), b"\xef\xbb\xbf" + HTML.encode()])
def test_a_web_page_is_read(content: bytes) -> None:
    (found,) = sheets.read(content)
    assert found.cells == [["Biểu"], ["Mã xã", "1"], ["", "13,625"], ["03418", "x y"]]
    assert (found.merged, found.hidden_rows, found.formulas) == (((1, 0, 2, 0),), {2}, {(3, 1)})


def test_a_web_page_in_one_file_is_read() -> None:
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
    head += 'Content-Type: text/html; charset="utf-8"'
    (found,) = sheets.read(f"{head}\nContent-Transfer-Encoding: 8bit\n\n{HTML}\n--b--\n".encode())
    assert found.cells[1] == ["Mã xã", "1"]


def test_xml_of_2003_is_read() -> None:
    (found,) = sheets.read(XML.encode())
    assert found.cells == [[], ["Mã xã", "", "2024-12-31"], ["", "13,625"]]
    assert (found.percents, found.formulas, found.hidden_rows) == ({(2, 1)}, {(2, 1)}, {2})
    assert found.merged == ((1, 0, 1, 1),)


NAMED = {
    "a login page": (b"<html><body>Log in</body></html>", "trang web không có bảng"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "rtf": (b"{\\rtf1\\ansi", "RTF"),
    "docx": (zipped({"word/document.xml": "<a/>"}), "Word"),
    "numbers": (zipped({"Index/Document.iwa": "x"}), "Numbers"),
    "gsheet": (b'{"url": "https://docs.google.com/open?id=1"}', "Google"),
    "rar": (b"Rar!\x1a\x07", "giải nén"),
    "entities in xml": (XML.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook').encode(), "DOCTYPE"),
    "a rowspan without end": (HTML.replace('rowspan="2"', 'rowspan="99999999999" colspan="1000"').encode(), "ô"),
}


@pytest.mark.parametrize("name", NAMED)
def test_what_is_no_table_is_named(name: str) -> None:
    content, words = NAMED[name]
    with pytest.raises(Refused, match=words):
        sheets.read(content)
