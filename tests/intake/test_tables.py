"""Tables below each other: each is read under its own headings and titles, or told by cell."""

import pytest

from ntm.intake import tables
from ntm.intake.reading import Asked
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.workbooks import ASKED, GIANG, LU, answers, columns, left_out, read

HEADS = ["Tên xã", "1", "2"]
GIANGS, LUS = ["Bản Giang", "x", "0"], ["Bình Lư", "0", "x"]
OF_GIANG = {(GIANG, "1"): "1", (GIANG, "2"): "0"}
BASIC, ADVANCED = "commune-2021-2025", "commune-advanced-2021-2025"
NAMED = ASKED.deciding("set", "named")


def sets(found) -> list[tuple[str, ...]]:
    return columns(found, "unit_code", "criteria_set", "criterion", "met")


OTHER_HEADINGS = {
    "other criteria": (["Tên xã", "3", "4"], ["Bình Lư", "0", "x"], {(LU, "3"): "0", (LU, "4"): "1"}),
    "shifted": (["TT", "Tên xã", "1", "2"], ["1", "Bình Lư", "0", "x"], {(LU, "1"): "0", (LU, "2"): "1"}),
    "in rows": (["Mã xã", "Tiêu chí", "Kết quả"], [LU, "5", "Đạt"], {(LU, "5"): "1"}),
    "by code": (["Mã xã", "2", "1"], ["3412", 1, 0], {(LU, "2"): "1", (LU, "1"): "0"}),
    "by name": (["Xã", "Y tế", "Điện"], ["Bình Lư", "có", "không"], {(LU, "15"): "1", (LU, "4"): "0"}),
}


@pytest.mark.parametrize("name", OTHER_HEADINGS)
@pytest.mark.parametrize(
    "between", [[[], ["II. BẢNG KHÁC"]], [[]], [], [["Tổng số", 1, 0], ["Người lập", "Chủ tịch"], []]]
)
def test_a_table_with_other_headings_is_read_under_them(facts, name: str, between: list[list[object]]) -> None:
    heads, row, expected = OTHER_HEADINGS[name]
    assert answers(read(facts, HEADS, GIANGS, *between, heads, row)) == OF_GIANG | expected


def test_a_table_of_something_else_is_told_and_not_read_under_the_headings_above(facts) -> None:
    found = read(facts, HEADS, GIANGS, [], ["Tên huyện", "Số xã", "Số xã đạt 19"], ["Tam Đường", "1", "0"])
    assert answers(found) == OF_GIANG
    assert list(left_out(found)) == ["A4:C5"]
    before = read(facts, ["Tên huyện", "Số xã"], ["Tam Đường", "1"], [], ["TT", *HEADS], ["1", *GIANGS])
    assert answers(before) == OF_GIANG
    assert list(left_out(before)) == ["A1:B2"]


def test_headings_that_are_repeated_begin_no_other_table(facts) -> None:
    found = read(facts, HEADS, GIANGS, ["HUYỆN TAM ĐƯỜNG"], HEADS, LUS)
    assert len(found.layouts) == 1
    assert answers(found) == OF_GIANG | {(LU, "1"): "0", (LU, "2"): "1"}


CAPTIONS = {
    "alone": ["II. XÃ NÔNG THÔN MỚI NÂNG CAO"],
    "number beside": ["II", "Xã nông thôn mới nâng cao"],
    "with counts": ["Xã NTM nâng cao", 1, 0],
}


@pytest.mark.parametrize("name", CAPTIONS)
@pytest.mark.parametrize("again", [[], [HEADS]])
def test_below_a_caption_of_another_set_are_answers_of_that_set(facts, name: str, again: list[list[str]]) -> None:
    rows = (["I. XÃ NÔNG THÔN MỚI"], HEADS, GIANGS, CAPTIONS[name], *again, LUS)
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == ["named", BASIC]
    assert "S, dòng 4–" in question.value.choices["named"]
    first = [(GIANG, BASIC, "1", "1"), (GIANG, BASIC, "2", "0")]
    found = read(facts, *rows, asked=NAMED)
    assert sets(found) == [*first, (LU, ADVANCED, "1", "0"), (LU, ADVANCED, "2", "1")]
    assert len(found.left_out) == (name == "with counts")
    assert all(row[1] == BASIC for row in sets(read(facts, *rows, asked=ASKED.deciding("set", BASIC))))


def test_captions_within_captions_each_say_their_own(facts) -> None:
    found = read(
        facts,
        ["Tên xã", "1"],
        ["A. NĂM 2023"],
        ["I. Xã NTM"],
        ["Bản Giang", "x"],
        ["II. Xã NTM nâng cao"],
        ["Bản Giang", "0"],
        ["B. NĂM 2024"],
        ["I. Xã NTM"],
        ["Bản Giang", "x"],
        asked=NAMED,
    )
    assert columns(found, "period", "criteria_set", "met") == [
        ("2023-12-31", BASIC, "1"),
        ("2023-12-31", ADVANCED, "0"),
        ("2024-12-31", BASIC, "1"),
    ]


def test_below_a_caption_that_is_not_understood_nothing_is_taken_for_what_stands_above(facts) -> None:
    first = (HEADS, ["I. Xã NTM"], GIANGS, ["II. Xã NTM nâng cao"], LUS)
    found = read(facts, *first, ["III. Các xã còn lại"], ["Khun Há", "x", "x"], asked=NAMED)
    assert {row[:2] for row in sets(found)} == {(GIANG, BASIC), (LU, ADVANCED)}
    assert "III. Các xã còn lại" in left_out(found)["A6:C7"]


@pytest.mark.parametrize("caption", ["HUYỆN TAM ĐƯỜNG", "I. Huyện Tam Đường (11 xã)", "Các xã biên giới"])
def test_a_caption_that_says_nothing_of_what_is_stored_begins_no_table(facts, caption: str) -> None:
    found = read(facts, HEADS, GIANGS, [caption], LUS)
    assert len(found.layouts) == 1
    assert len(answers(found)) == 4


def test_periods_below_each_other_are_each_their_own(facts) -> None:
    found = read(facts, ["Đến 31/12/2023"], HEADS, GIANGS, [], ["Đến 31/12/2024"], HEADS, GIANGS)
    assert columns(found, "period", "criterion") == [(f"{year}-12-31", of) for year in (2023, 2024) for of in "12"]
    assert found.left_out["reason"].str.contains("khác kỳ đã chọn").tolist() == [True]
    of_captions = read(facts, HEADS, ["6 tháng đầu năm 2024"], GIANGS, ["NĂM 2024"], LUS)
    assert set(columns(of_captions, "unit_code", "period")) == {(GIANG, "2024-06-30"), (LU, "2024-12-31")}


def test_a_list_of_what_is_met_and_one_of_what_is_not(facts) -> None:
    heads = ["Tên xã", "Tiêu chí", "Đánh dấu", "Kết quả"]
    rows = (
        heads,
        ["I. Tiêu chí đạt"],
        ["Bản Giang", "1", "", "x"],
        ["II. Tiêu chí chưa đạt"],
        ["Bản Giang", "2", "", "x"],
    )
    with pytest.raises(Undecided, match="chưa đạt"):
        read(facts, *rows)
    found = read(facts, *rows, asked=ASKED.deciding("marks", "unmet"))
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}


def test_a_plan_below_the_results_is_not_read_if_the_person_says_so(facts) -> None:
    rows = (["KẾT QUẢ NĂM 2024"], HEADS, GIANGS, [], ["KẾ HOẠCH NĂM 2025"], HEADS, ["Bản Giang", "x", "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert question.value.question == "plan"
    found = read(facts, *rows, asked=ASKED.deciding("plan", "skip"))
    assert answers(found) == OF_GIANG
    assert "đã chọn bỏ" in left_out(found)["A5:C7"]


def test_forms_of_one_commune_each_below_each_other(facts) -> None:
    heads = ["TT", "Tiêu chí", "Đánh giá"]
    of_giang = ([1, "Quy hoạch", "Đạt"], [2, "Giao thông", "Chưa đạt"])
    of_lu = ([1, "Quy hoạch", "Chưa đạt"], [2, "Giao thông", "Đạt"])
    expected = OF_GIANG | {(LU, "1"): "0", (LU, "2"): "1"}
    for again in ([heads], []):
        found = read(facts, ["PHIẾU XÃ BẢN GIANG"], heads, *of_giang, [], ["PHIẾU XÃ BÌNH LƯ"], *again, *of_lu)
        assert answers(found) == expected
    captions = read(facts, heads, ["I", "XÃ BẢN GIANG"], *of_giang, ["II", "Xã Bình Lư, huyện Tam Đường"], *of_lu)
    assert answers(captions) == expected
    nobody = read(facts, heads, ["I", "XÃ BẢN GIANG"], *of_giang, ["II", "XÃ KHÔNG TÊN"], *of_lu)
    assert answers(nobody) == OF_GIANG
    assert "XÃ KHÔNG TÊN" in left_out(nobody)["A5:C7"]


FEET = [
    ["Lai Châu, ngày 31/12/2023"],
    ["Ghi chú: x là đạt, NTM nâng cao là xã đạt thêm chuẩn nâng cao"],
    ["Số xã đạt chuẩn NTM nâng cao", 2, 1],
    ["NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"],
    ["Xã NTM nâng cao: không có"],
]


@pytest.mark.parametrize("foot", FEET)
def test_what_stands_below_the_last_row_begins_no_table(facts, foot: list[object]) -> None:
    found = read(facts, HEADS, GIANGS, [], foot)
    assert answers(found) == OF_GIANG
    assert not found.left_out.empty


def test_columns_of_numbers_and_of_parts_are_no_headings(facts) -> None:
    found = read(
        facts,
        ["Xã Bản Giang"],
        ["TT", "Nội dung", "ĐVT", "Đánh giá"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Quy hoạch", "", "Đạt"],
        ["1.1", "Tỷ lệ trường học đạt chuẩn nông thôn mới", "xã", ""],
        ["", "Có quy hoạch chung", "xã", "Đạt"],
        ["2", "Giao thông", "", "Chưa đạt"],
    )
    assert answers(found) == OF_GIANG
    assert len(found.layouts) == 1


def test_a_fault_in_a_lower_table_names_its_own_cell(facts) -> None:
    found = read(facts, HEADS, GIANGS, [], ["Tên xã", "3", "4"], ["Bình Lư", "tốt", "x"])
    assert found.faults[["sheet", "cell", "value"]].to_numpy().tolist() == [["S", "B5", "tốt"]]
    same = read(facts, HEADS, GIANGS, [], ["Mã xã", "1"], [GIANG, "0"])
    assert same.faults["cell"].tolist() == ["B2", "B5"]
    assert "S B5" in same.faults["rule"].iloc[0]


def test_recognitions_below_captions_are_of_the_standards_that_these_name(facts) -> None:
    heads, day = ["TT", "Tên xã", "Số QĐ", "Ngày công nhận"], "25/12/2022"
    rows = (["I", "Xã đạt chuẩn NTM"], [1, "Bản Giang", "1/QĐ", day], ["II", "Xã đạt chuẩn NTM nâng cao"])
    found = read(facts, heads, *rows, [1, "Bình Lư", "2/QĐ", day], asked=Asked("recognitions"))
    assert columns(found, "unit_code", "standard", "decision") == [(GIANG, "ntm", "1/QĐ"), (LU, "advanced", "2/QĐ")]
    assert found.left_out.empty


def test_too_many_tables_are_refused(facts, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MOST_TABLES", 2)
    with pytest.raises(Refused, match="hơn 2 bảng"):
        read(facts, HEADS, GIANGS, ["Tên xã", "3"], ["Bình Lư", "x"], ["Tên xã", "4"], ["Bình Lư", "x"])
