"""What each cell was taken for: what a clerk sees at a glance is what is stored."""

from ntm.intake import reading, understood
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Sheet
from ntm.intake.understood import Understood

ASKED = Asked("assessments", "2024-12-31")
GIANG, LU = "03418", "03412"
SIGNS = {
    understood.TITLE: "T", understood.HEADING: "H", understood.UNIT: "u", understood.MET: "+",
    understood.NOT_MET: "-", understood.UNKNOWN: "?", understood.FACT: "f", understood.SUM: "s",
    understood.READ: "r", understood.LEFT_OUT: "x", understood.EMPTY: ".",
}  # fmt: skip


def read(facts, *rows: list[str], asked: Asked = ASKED, **of_sheet: object) -> tuple[Reading, Understood]:
    found = reading.read([Sheet("S", [list(row) for row in rows], **of_sheet)], asked, facts)
    return found, Understood(found, 0, facts)


def picture(sheet: Understood) -> list[str]:
    """A sign for each cell; a fault is followed by an exclamation mark."""
    rows = sheet.rows(range(sheet.height), range(sheet.width))
    return ["".join(SIGNS[cell.kind] + "!" * bool(cell.faults) for cell in row.cells) for row in rows]


def test_every_cell_says_what_it_was_taken_for(facts) -> None:
    found, sheet = read(
        facts,
        ["KẾT QUẢ NĂM 2024"],
        ["TT", "Xã", "1", "2", "Tổng số", "Xếp loại"],
        ["I", "Huyện Tam Đường", "", "", "12", ""],
        ["1", "Bản Giang", "x", "0", "1", "Khá"],
        ["2", "Hồ Thầu", "", "Đạt", "1", ""],
        ["", "Tổng cộng", "1", "1", "", ""],
    )
    assert found.faults.empty
    assert picture(sheet) == ["T.....", "HHHHHH", "rr..s.", "ru+-sx", "ru?+s.", ".rss.."]
    assert sheet.counts() == {"met": 2, "not_met": 1, "unknown": 1, "fault": 0}
    cells = {cell.word: cell for row in sheet.rows(range(3, 4), range(sheet.width)) for cell in row.cells}
    assert cells["x"].meaning == "Bản Giang 03418 · Tiêu chí 1. Quy hoạch · Đạt"
    assert cells["0"].meaning.endswith("Chưa đạt")
    assert "không rõ cột này là gì" in cells["Khá"].meaning
    assert [column.letters for column in sheet.columns(range(6))] == ["A", "B", "C", "D", "E", "F"]
    assert [column.kind for column in sheet.columns(range(6))] == ["read", "unit", "fact", "fact", "sum", "left_out"]
    assert sheet.columns(range(2, 3))[0].name == "TC 1"
    assert "Quy hoạch" in sheet.columns(range(2, 3))[0].meaning


def test_every_cell_that_holds_something_is_read_or_told(facts) -> None:
    """The picture and the list of what is left out speak of the same cells."""
    found, sheet = read(
        facts,
        ["Mã xã", "1", "Xếp loại", "2"],
        [GIANG, "x", "xem lại", ""],
        ["", "", "", ""],
        ["Người lập biểu", "", "", ""],
    )
    assert picture(sheet) == ["HHHH", "u+x?", "....", "x..."]
    assert found.left_out["cell"].tolist() == ["A4", "C2"]


def test_turned_marks_are_drawn_as_what_they_mean(facts) -> None:
    _found, sheet = read(facts, ["Mã xã", "Các tiêu chí chưa đạt", ""], ["", "1", "2"], [GIANG, "", "x"])
    assert picture(sheet)[2] == "u?-"
    assert "chưa đạt" in sheet.columns(range(2, 3))[0].name
    assert "dấu ở cột này nghĩa là chưa đạt" in sheet.columns(range(2, 3))[0].meaning


def test_of_a_pair_the_empty_one_is_not_unknown(facts) -> None:
    heads = (["Mã xã", "Tiêu chí 1", "", "Tiêu chí 2", ""], ["", "Đạt", "Chưa đạt", "Đạt", "Chưa đạt"])
    _found, sheet = read(facts, *heads, [GIANG, "x", "", "", "x"], [LU, "", "x", "", ""])
    assert picture(sheet)[2:] == ["u+..-", "u.-??"]


def test_blocks_side_by_side_each_have_their_own_unknown(facts) -> None:
    _found, sheet = read(facts, ["Mã xã", "1", "2", "", "Mã xã", "1"], [GIANG, "x", "", "", LU, ""])
    assert picture(sheet)[1] == "u+?.u?"


def test_faults_are_at_their_cells_in_a_sentence(facts) -> None:
    _found, sheet = read(facts, ["Mã xã", "1"], [GIANG, "tốt"], ["Không Có", "x"])
    assert picture(sheet)[1] == "uf!"
    assert sheet.faulty_rows == [1, 2]
    cell = next(sheet.rows(range(1, 2), range(2))).cells[1]
    assert cell.faults[0].startswith("tốt: ")
    assert sheet.counts()["fault"] == 2


def test_a_sum_that_does_not_agree_is_told_at_its_cell(facts) -> None:
    _found, sheet = read(facts, ["Mã xã", "1", "2", "Tổng số"], [GIANG, "x", "x", "5"])
    cell = next(sheet.rows(range(1, 2), range(4))).cells[3]
    assert cell.kind == understood.SUM
    assert "tệp ghi tổng 5 tiêu chí đạt, đọc được 2" in cell.meaning


def test_a_merged_answer_is_drawn_where_it_was_read_and_a_merged_title_once(facts) -> None:
    _found, sheet = read(
        facts,
        ["BIỂU 1", "", ""],
        ["Mã xã", "1", "2"],
        [GIANG, "x", "0"],
        [LU, "", "0"],
        merged=((0, 0, 0, 2), (2, 1, 3, 1)),
    )
    assert picture(sheet) == ["T", "HHH", "u+-", "u+-"]
    assert next(sheet.rows(range(1), range(3))).cells[0].across == 3
    assert next(sheet.rows(range(1), range(2))).cells[0].across == 2  # a page of columns ends there
    assert len(next(sheet.rows(range(1), range(1, 3))).cells) == 2
    assert next(sheet.rows(range(3, 4), range(3))).cells[1].word == "x"


def test_blank_taken_for_not_met_is_drawn_so(facts) -> None:
    asked = Asked("assessments", "2024-12-31", blank_is_not_met=True)
    _found, sheet = read(facts, ["Mã xã", "1", "2"], [GIANG, "x", ""], asked=asked)
    assert picture(sheet)[1] == "u+-"


def test_a_form_of_one_commune_has_its_answers(facts) -> None:
    _found, sheet = read(
        facts,
        ["PHIẾU ĐÁNH GIÁ XÃ BẢN GIANG"],
        ["TT", "Tiêu chí", "Kết quả"],
        ["1", "Quy hoạch", "Đạt"],
        ["2", "Giao thông", ""],
    )
    assert [row[-1] for row in picture(sheet)[2:]] == ["+", "?"]


def test_other_forms_have_facts(facts) -> None:
    _found, sheet = read(
        facts,
        ["Mã xã", "Số quyết định", "Ngày công nhận", "Gì đó"],
        [GIANG, "12/QĐ-UBND", "15/10/2021", "a"],
        asked=Asked("recognitions", "2024-12-31").deciding("standard", "ntm"),
    )
    assert picture(sheet)[1] == "uffx"


def test_a_sheet_without_headings_is_all_left_out(facts) -> None:
    sheets = [Sheet("A", [["Mã xã", "1"], [GIANG, "x"]]), Sheet("B", [["ghi chú", ""]])]
    found = reading.read(sheets, ASKED, facts)
    sheet = Understood(found, 1, facts)
    assert picture(sheet) == ["x."]
    assert sheet.columns(range(1))[0].kind == understood.LEFT_OUT
