"""The list of what was found in a file: one page to forward, and a workbook with all of it."""

import datetime as dt
import io
import re

import openpyxl
import pypdf

from ntm.intake import reading, sheets
from ntm.intake.reading import Asked
from ntm.reports import findings
from ntm.reports.findings import Findings
from tests.intake import odd

DAY = dt.date(2025, 1, 6)


def found(facts, *rows: list, file: str = "báo cáo quý.xlsx") -> Findings:
    content = odd.xlsx(("Tam Đường", [["Tên xã", "1", "Xếp loại"], *rows]))
    read = reading.read(sheets.read(content), Asked("assessments", "2024-12-31"), facts)
    return Findings(file, "huyện Tam Đường", DAY, read)


def page(content: bytes) -> str:
    document = pypdf.PdfReader(io.BytesIO(content))
    assert len(document.pages) == 1
    assert {font["/FontDescriptor"]["/FontFile2"] is not None for font in fonts(document)} == {True}  # in the file
    return re.sub(r"\s+", " ", document.pages[0].extract_text())


def fonts(document: pypdf.PdfReader) -> list:
    named = document.pages[0]["/Resources"]["/Font"].values()
    return [font.get_object()["/DescendantFonts"][0].get_object() for font in named]


def test_the_page_says_of_which_file_what_is_wrong_and_what_was_left_out(facts) -> None:
    said = page(findings.one_page(found(facts, ["Bản Giang", "tốt", "xem lại"], ["Hồ Thầu", "x", ""])))
    assert "Tệp: báo cáo quý.xlsx" in said
    assert "Kỳ: 31/12/2024" in said
    assert "Đơn vị: huyện Tam Đường" in said
    assert "Ngày lập: 06/01/2025" in said
    assert "Số lỗi: 1" in said
    assert "Số chỗ không đọc hoặc cần biết: 1" in said
    assert "B2 tốt" in said
    assert "C2 Xếp loại không rõ cột này là gì (1 ô)" in said
    assert "Còn" not in said


def test_what_does_not_fit_one_page_is_counted_and_the_workbook_has_it(facts) -> None:
    listed = found(facts, *[[f"Không Có {number}", "x", ""] for number in range(200)])
    said = page(findings.one_page(listed))
    more = int(re.search(r"Còn (\d+) dòng không vừa trang này; danh sách Excel có đủ", said)[1])
    assert 0 < more < 200
    assert said.count("Không Có ") == 200 - more
    book = openpyxl.load_workbook(io.BytesIO(findings.xlsx(listed)))
    assert book.sheetnames == ["Tóm tắt", "Danh sách"]
    assert book["Danh sách"].max_row == 201
    assert ("Số lỗi", "200") in [row[:2] for row in book["Tóm tắt"].iter_rows(values_only=True)]


def test_longest_words_leave_the_page_one(facts) -> None:
    rows = [["Hồ Thầu", "x" * 3000, ""], ["Bản Giang", "tốt\u202e<b>", ""]]
    said = page(findings.one_page(found(facts, *rows, file="a" * 300 + ".xlsx")))
    assert "Số lỗi: 4" in said
    assert "<U+202E>" in said


def test_a_file_in_which_all_is_right_has_a_list_that_says_so(facts) -> None:
    listed = found(facts, ["Bản Giang", "x", ""])
    assert "Không có lỗi, không có chỗ nào bị bỏ qua." in page(findings.one_page(listed))
    assert openpyxl.load_workbook(io.BytesIO(findings.xlsx(listed)))["Danh sách"].max_row == 1


def test_the_workbook_runs_nothing(facts) -> None:
    listed = found(facts, ["Bản Giang", "'=cmd|' /C calc'!A1", ""], file="=1+1.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(findings.xlsx(listed)))
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not any(str(value).startswith("=") for value in values)
