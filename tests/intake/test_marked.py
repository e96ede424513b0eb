import io

import openpyxl
import pandas as pd
import pytest

from ntm.intake import marked
from tests.intake import odd
from tests.intake.test_reading import HEADS, read


def test_the_workbook_given_back_is_the_same_with_faults_marked(facts) -> None:
    content = odd.xlsx(("S", [["TIÊU ĐỀ", None], HEADS, ["03418", "tốt", "x"], ["03412", "x", None]]))
    book = openpyxl.load_workbook(io.BytesIO(marked.make(content, read(content, facts))))
    assert book.sheetnames == ["Lỗi", "S"]
    assert book["S"]["A1"].value == "TIÊU ĐỀ"
    assert "đạt" in book["S"]["B3"].comment.text
    assert book["S"]["B3"].fill.fgColor.rgb.endswith("F8C9B8")
    assert book["S"]["B4"].comment is None
    assert [cell.value for cell in book["Lỗi"][2]][:3] == ["S", "B3", "tốt"]


def test_a_table_given_back_runs_nothing(facts) -> None:
    content = odd.text([HEADS, ["03418", "=cmd|' /C calc'!A1", "x"]])
    book = openpyxl.load_workbook(io.BytesIO(marked.make(content, read(content, facts))))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(isinstance(value, str) and value.startswith("=") for value in values)
    assert pd.Series(values).astype(str).str.contains("cmd").any()


@pytest.mark.parametrize(
    "content",
    [
        odd.xlsx(("Bìa", []), ("Trang giữa", []), ("Tam Đường ", [HEADS, ["03418", "tốt", "x"]])),
        odd.xlsx(("Bìa", []), ("Tam Đường ", [HEADS, ["03418", "tốt", "x"]]), ("Cuối", [["a"]])),
    ],
)
def test_a_mark_stands_on_the_sheet_of_the_fault(facts, content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked.make(content, read(content, facts))))
    places = [(sheet.title, cell.coordinate) for sheet in book for row in sheet for cell in row if cell.comment]
    assert places == [("Tam Đường ", "B2")]
