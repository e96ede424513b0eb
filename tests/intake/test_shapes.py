"""Shapes of tables as offices have them: what is stored is what the file says, or it is told by cell, or asked.

The shapes were rebuilt from public reports of other people's files; all content is synthetic.
"""

import pytest

from ntm.intake import reading
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused, Sheet
from ntm.intake.undecided import Undecided

PERIOD = "2024-12-31"
ASKED = Asked("assessments", PERIOD)
GIANG, LU = "03418", "03412"
Answers = dict[tuple[str, str], str]


def read(facts, *rows: list[str], asked: Asked = ASKED, **of_sheet: object) -> Reading:
    return reading.read([Sheet("S", [list(row) for row in rows], **of_sheet)], asked, facts)


def answers(found: Reading) -> Answers:
    assert found.faults.empty, found.faults.to_string()
    rows = found.rows
    return dict(zip(zip(rows["unit_code"], rows["criterion"], strict=True), rows["met"], strict=True))


def left_out(found: Reading) -> dict[str, str]:
    return dict(zip(found.left_out["cell"], found.left_out["reason"], strict=True))


YEARS = (
    ["Mã xã", "Năm 2023", "", "Năm 2024", ""],
    ["", "TC 1", "TC 2", "TC 1", "TC 2"],
    [GIANG, "0", "0", "x", "x"],
)


def test_of_two_years_the_one_asked_for_is_read_and_the_other_told(facts) -> None:
    found = read(facts, *YEARS)
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "1"}
    assert list(left_out(found)) == ["B3", "C3"]
    assert "nhóm cột khác" in left_out(found)["B3"]


def test_of_two_groups_without_a_period_none_is_taken_without_asking(facts) -> None:
    rows = (["Mã xã", "Nhóm A", "Nhóm B"], ["", "TC 1", "TC 1"], [GIANG, "0", "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == ["Nhóm A", "Nhóm B"]
    assert answers(read(facts, *rows, asked=ASKED.deciding("group", "Nhóm B"))) == {(GIANG, "1"): "1"}


def test_a_plan_is_never_a_result(facts) -> None:
    groups = ["Mã xã", "Tiêu chí", "KQ đến 31/12 năm trước", "TH 6 tháng năm 2024", "KH 6T cuối năm 2024"]
    rows = (groups, ["", "", "Đánh giá", "Đánh giá", "Đánh giá"], [GIANG, "1", "Chưa đạt", "Đạt", "Chưa đạt"])
    found = read(facts, *rows, asked=Asked("assessments", "2024-06-30"))
    assert answers(found) == {(GIANG, "1"): "1"}
    assert "kế hoạch" in left_out(found)["E3"]
    with pytest.raises(Refused, match="kế hoạch"):
        read(facts, ["Mã xã", "Kế hoạch TC 1"], [GIANG, "x"])


def test_blocks_side_by_side_are_both_read(facts) -> None:
    found = read(facts, ["Mã xã", "1", "2", "", "Mã xã", "1", "2"], [GIANG, "x", "0", "", LU, "0", "x"])
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0", (LU, "1"): "0", (LU, "2"): "1"}
    assert found.left_out.empty


def test_of_a_pair_of_columns_the_heading_says_what_a_mark_means(facts) -> None:
    heads = (["Mã xã", "Tiêu chí 1", "", "Tiêu chí 2", ""], ["", "Đạt", "Chưa đạt", "Đạt", "Chưa đạt"])
    found = read(facts, *heads, [GIANG, "x", "", "", "x"], [LU, "", "x", "", ""])
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0", (LU, "1"): "0"}
    both = read(facts, *heads, [GIANG, "x", "x", "", ""])
    assert both.faults["rule"].str.contains("cả Đạt và Chưa đạt").tolist() == [True]


def test_a_mark_in_a_list_of_what_is_not_met_says_not_met(facts) -> None:
    found = read(facts, ["Mã xã", "Các tiêu chí chưa đạt", ""], ["", "1", "2"], [GIANG, "", "x"])
    assert answers(found) == {(GIANG, "2"): "0"}
    contradicts = read(facts, ["Mã xã", "Các tiêu chí chưa đạt"], ["", "1"], [GIANG, "Đạt"])
    assert contradicts.faults["cell"].tolist() == ["B3"]


def test_a_title_that_may_turn_the_marks_is_asked_about(facts) -> None:
    rows = (["Danh mục tiêu chí chưa hoàn thành"], ["Mã xã", "1"], [GIANG, "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    for answer, met in (("unmet", "0"), ("met", "1")):
        assert answer in question.value.choices
        assert answers(read(facts, *rows, asked=ASKED.deciding("marks", answer))) == {(GIANG, "1"): met}


def test_a_title_turns_marks_where_criteria_are_in_rows_too(facts) -> None:
    rows = (["DANH MỤC TIÊU CHÍ CHƯA ĐẠT"], ["Tên xã", "Tiêu chí", "Kết quả"], ["Bản Giang", "1", "x"])
    with pytest.raises(Undecided, match="CHƯA ĐẠT"):
        read(facts, *rows)
    assert answers(read(facts, *rows, asked=ASKED.deciding("marks", "unmet"))) == {(GIANG, "1"): "0"}
    assert answers(read(facts, *rows, asked=ASKED.deciding("marks", "met"))) == {(GIANG, "1"): "1"}
    in_words = (*rows[:2], ["Bản Giang", "1", "Chưa đạt"], ["Bản Giang", "2", "Đạt"])
    assert answers(read(facts, *in_words)) == {(GIANG, "1"): "0", (GIANG, "2"): "1"}


@pytest.mark.parametrize(
    "heading", ["5.1", "Chỉ tiêu 5.1", "5.1 Trường học", "6.2024", "12/2023", "3. Ghi chú", "1.000"]
)
def test_a_part_a_month_or_another_list_is_no_criterion(facts, heading: str) -> None:
    found = read(facts, ["Mã xã", "1", heading], [GIANG, "x", "0"])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert list(left_out(found)) == ["C2"]


def test_parts_alone_are_refused_for_what_they_are(facts) -> None:
    with pytest.raises(Refused, match="chỉ tiêu thành phần"):
        read(facts, ["Mã xã", "5.1", "5.2"], [GIANG, "Đạt", "Chưa đạt"])


NAMES = {
    "Tiêu chí 6 (Văn hóa)": "6", "Tiêu chí số 1 về Quy hoạch": "1", "Tiêu chí 7 - Chợ": "7", "TC8": "8",
    "Giáo dục & Đào tạo": "14", "GD&ĐT": "14", "Hộ nghèo": "11", "Thuỷ lợi": "3", "QP và AN": "19",
    "CSVC văn hoá": "6", "TT và TT": "8", "12": "12", "2. Giao thông": "2",
}  # fmt: skip


@pytest.mark.parametrize(("heading", "number"), NAMES.items())
def test_criteria_are_known_by_the_names_that_offices_use(facts, heading: str, number: str) -> None:
    assert answers(read(facts, ["Mã xã", heading], [GIANG, "x"])) == {(GIANG, number): "1"}
    in_rows = read(facts, ["Mã xã", "Tiêu chí", "Kết quả"], [GIANG, heading, "Đạt"])
    assert answers(in_rows) == {(GIANG, number): "1"}


def test_a_merged_area_holds_for_all_that_it_covers(facts) -> None:
    found = read(facts, ["Mã xã", "1", "2", "3"], [GIANG, "Đạt", "", ""], merged=((1, 1, 1, 3),))
    assert set(answers(found).values()) == {"1"}
    assert len(found.rows) == 3
    rows = (["Mã xã", "Tiêu chí", "Kết quả"], [GIANG, "1", "Đạt"], ["", "2", "Chưa đạt"])
    assert answers(read(facts, *rows, merged=((1, 0, 2, 0),))) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert read(facts, *rows).faults["cell"].tolist() == ["A3"]  # nothing says whose result it is


def test_a_percentage_is_no_mark(facts) -> None:
    found = read(facts, ["Mã xã", "4"], [GIANG, "1"], percents=frozenset([(1, 1)]))
    assert found.faults["rule"].str.contains("phần trăm").tolist() == [True]


def test_rows_that_are_no_units_are_known_by_what_they_are(facts) -> None:
    found = read(
        facts,
        ["TT", "Tên xã", "1", "2"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["I", "Huyện Tam Đường (11 xã)", "2", "1"],
        ["1", "Bản Giang", "x", "x"],
        ["TT", "Tên xã", "1", "2"],
        ["2", "Bình Lư", "x", "0"],
        ["", "Toàn huyện", "2", "1"],
        ["", "NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH"],
    )
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "1", (LU, "1"): "1", (LU, "2"): "0"}
    assert list(left_out(found)) == ["B8:D8", "B3"]
    assert "11 xã, đọc được 2" in left_out(found)["B3"]


def test_a_commune_whose_name_begins_like_a_sum_is_a_commune(facts) -> None:
    assert answers(read(facts, ["Tên xã", "1"], ["Tông Qua Lìn", "x"])) == {("03565", "1"): "1"}


def test_a_result_without_a_unit_or_of_nobody_is_a_fault(facts) -> None:
    found = read(facts, ["TT", "Tên xã", "1"], ["1", "", "x"], ["2", "Nowhere", "x"])
    assert found.faults["cell"].tolist() == ["B2", "B3"]


def test_districts_are_units_where_the_set_is_theirs(facts) -> None:
    asked = Asked("assessments", PERIOD, "district-2021-2025")
    found = read(facts, ["Tên huyện xã", "1", "2"], ["Huyện Tam Đường", "Đạt", ""], asked=asked)
    assert answers(found) == {("106", "1"): "1"}


def test_code_and_name_of_two_units_is_a_fault(facts) -> None:
    found = read(facts, ["Mã xã", "Tên xã", "1"], [GIANG, "Bình Lư", "x"])
    assert found.faults["cell"].tolist() == ["A2"]
    assert found.rows.empty
    numbers = read(facts, ["Mã số", "Tên xã", "1"], ["12", "Bình Lư", "x"])  # no codes of units at all
    assert answers(numbers) == {(LU, "1"): "1"}
    assert list(left_out(numbers)) == ["A2"]


def test_a_commune_and_a_town_of_one_name_are_told_apart_by_what_is_asked(facts) -> None:
    found = read(facts, ["Tên xã", "Huyện", "1"], ["Mường Tè", "Mường Tè", "x"])
    assert set(found.rows["unit_code"]) == {"03445"}


def test_the_form_of_one_commune_is_read_by_its_title(facts) -> None:
    """The programme's own form: criteria and their parts in rows, three groups of columns, the commune in the title."""
    found = read(
        facts,
        ["Biểu 10. Kết quả thực hiện bộ tiêu chí 6 tháng đầu năm 2024"],
        ["Xã Bản Giang, huyện Tam Đường"],
        ["TT", "Nội dung", "ĐVT", "KQ đến 31/12 năm trước", "", "TH 6 tháng năm 2024", ""],
        ["", "", "", "Kết quả", "Đánh giá", "Kết quả", "Đánh giá"],
        ["1", "Quy hoạch", "", "", "Chưa đạt", "", "Đạt"],
        ["1.1", "Có quy hoạch chung xã", "xã", "0", "Chưa đạt", "1", "Đạt"],
        ["2", "Giao thông", "", "", "Chưa đạt", "", "Chưa đạt"],
        asked=Asked("assessments", "2024-06-30"),
    )
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert any("chỉ tiêu thành phần" in reason for reason in left_out(found).values())


def test_a_table_on_its_side_is_named_as_such(facts) -> None:
    with pytest.raises(Refused, match="nằm ngang"):
        read(
            facts,
            ["TT", "Tiêu chí", "Bản Giang", "Bình Lư"],
            ["1", "Quy hoạch", "Đạt", "Đạt"],
            ["2", "Giao thông", "", ""],
        )


def test_the_day_of_a_letter_is_no_period(facts) -> None:
    found = read(facts, ["(Kèm theo Báo cáo số 15/BC-UBND ngày 30/11/2024)"], ["Mã xã", "1"], [GIANG, "x"])
    assert set(found.rows["period"]) == {PERIOD}


@pytest.mark.parametrize("title", ["Quý IV/2024", "Tháng 12/2024", "Đến ngày 31/12/2024", "12 tháng năm 2024"])
def test_a_period_in_words_is_understood(facts, title: str) -> None:
    found = read(facts, [title], ["Mã xã", "1"], [GIANG, "x"], asked=Asked("assessments"))
    assert set(found.rows["period"]) == {PERIOD}


def test_a_set_that_a_title_names_is_asked_about_if_another_was_chosen(facts) -> None:
    rows = (["Biểu 02: Kết quả xã NTM nâng cao"], ["Mã xã", "1"], [GIANG, "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    advanced = next(iter(question.value.choices))
    assert set(read(facts, *rows, asked=ASKED.deciding("set", advanced)).rows["criteria_set"]) == {advanced}
    official = ["Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021-2025"]
    assert set(read(facts, official, *rows[1:]).rows["criteria_set"]) == {advanced}


def test_hidden_rows_are_asked_about(facts) -> None:
    rows = (["Mã xã", "1"], [GIANG, "x"], [LU, "0"])
    with pytest.raises(Undecided):
        read(facts, *rows, hidden_rows=frozenset([2]))
    for answer, units in (("read", {GIANG, LU}), ("skip", {GIANG})):
        found = read(facts, *rows, hidden_rows=frozenset([2]), asked=ASKED.deciding("hidden", answer))
        assert set(found.rows["unit_code"]) == units
        assert len(found.left_out) == (answer == "skip")


def test_colours_are_told_not_to_be_read(facts) -> None:
    with pytest.raises(Refused, match="màu"):
        read(facts, ["Mã xã", "1"], [GIANG, ""], coloured=frozenset([(1, 1)]))


def test_a_total_that_differs_from_what_was_read_is_told(facts) -> None:
    rows = (["Mã xã", "1", "2", "Tổng số TC đạt"], [GIANG, "x", "0", "1"], [LU, "x", "x", "1"])
    found = read(facts, *rows)
    assert list(left_out(found)) == ["D3"]
    assert "đọc được 2" in left_out(found)["D3"]


def test_a_revocation_without_its_recognition_is_a_fault_and_a_table_without_days_is_refused(facts) -> None:
    heads = ["Mã xã", "Chuẩn", "Ngày công nhận", "Ngày thu hồi"]
    found = read(facts, heads, [GIANG, "NTM", "", "30/06/2024"], asked=Asked("recognitions"))
    assert found.faults["cell"].tolist() == ["C2"]
    with pytest.raises(Refused, match="Ngày công nhận"):
        read(facts, ["Mã xã", "Số, ngày Quyết định"], [GIANG, "1/QĐ ngày 25/12/2015"], asked=Asked("recognitions"))


def test_who_says_that_blank_is_not_met_says_it_of_whole_rows_too(facts) -> None:
    asked = Asked("assessments", PERIOD, blank_is_not_met=True)
    found = read(facts, ["Mã xã", "1", "2"], [GIANG, "x", ""], [LU, "", ""], asked=asked)
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0", (LU, "1"): "0", (LU, "2"): "0"}


def test_a_sheet_that_is_not_understood_is_left_out_by_name(facts) -> None:
    sheets = [Sheet("S", [["Mã xã", "1"], [GIANG, "x"]]), Sheet("Phụ lục", [["gì đó"], ["1", "2"]])]
    found = reading.read(sheets, ASKED, facts)
    assert found.left_out[["sheet", "cell"]].to_numpy().tolist() == [["Phụ lục", "A1:B2"]]


def test_a_table_of_all_sets_comes_back_with_the_units_that_each_set_is_for(facts) -> None:
    heads = ["Kỳ", "Mã đơn vị", "Đơn vị", "Bộ tiêu chí", "Tiêu chí", "Kết quả", "Phiên bản số liệu"]
    district = facts.timeline.criteria_sets.at["district-2021-2025", "name_vi"]
    found = read(
        facts,
        heads,
        [PERIOD, GIANG, "Bản Giang", "commune-2021-2025", "1", "Đạt", "2"],
        [PERIOD, GIANG, "Bản Giang", "commune-advanced-2021-2025", "1", "Chưa đạt", "2"],
        [PERIOD, "107", "Mường Tè", district, "1", "Đạt", "2"],
    )
    assert found.faults.empty, found.faults.to_string()
    assert found.rows[["unit_code", "criteria_set", "met"]].to_numpy().tolist() == [
        [GIANG, "commune-2021-2025", "1"],
        [GIANG, "commune-advanced-2021-2025", "0"],
        ["107", "district-2021-2025", "1"],
    ]
    assert list(left_out(found)) == ["G2:G4"]


def test_a_pair_of_marks_is_read_where_criteria_are_in_rows(facts) -> None:
    heads = ["Tên xã", "Tiêu chí", "Đạt", "Chưa đạt"]
    found = read(facts, heads, ["Bản Giang", "1", "", "x"], ["Bình Lư", "1", "x", ""])
    assert answers(found) == {(GIANG, "1"): "0", (LU, "1"): "1"}
    assert read(facts, heads, ["Khun Há", "1", "x", "x"]).faults["rule"].str.contains("cả Đạt và Chưa đạt").all()


LEGENDS = ["Kết quả (Đ/CĐ)", "Kết quả (x: đạt; 0: chưa đạt)", "Tổng hợp đạt và chưa đạt"]


@pytest.mark.parametrize("group", LEGENDS)
def test_a_legend_in_a_heading_turns_no_marks(facts, group: str) -> None:
    assert answers(read(facts, ["Mã xã", group], ["", "1"], [GIANG, "x"])) == {(GIANG, "1"): "1"}
    assert answers(read(facts, ["Mã xã", "Tiêu chí 13 (tổ chức SX, KD)"], [GIANG, "x"])) == {(GIANG, "13"): "1"}


def test_columns_of_another_year_are_given_up_also_where_nothing_rivals_them(facts) -> None:
    found = read(facts, ["Mã xã", "Năm 2023", "", "Năm 2024"], ["", "TC 1", "TC 2", "TC 1"], [GIANG, "0", "0", "x"])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert list(left_out(found)) == ["B3", "C3"]
    with pytest.raises(Undecided):
        read(facts, ["Mã xã", "Năm 2022", "Năm 2023"], ["", "TC 1", "TC 2"], [GIANG, "x", "x"])


def test_a_first_row_of_data_is_no_numbering(facts) -> None:
    asked = Asked("assessments", PERIOD, "district-2021-2025")
    found = read(facts, ["Mã đơn vị", "1", "2"], ["106", "x", "0"], ["107", "0", "x"], asked=asked)
    assert set(found.rows["unit_code"]) == {"106", "107"}


def test_a_columns_number_gives_way_to_the_name_over_it(facts) -> None:
    rows = (["TT", "Tên xã", "Giao thông", "Trường học"], ["", "", "1", "2"], ["1", "Bản Giang", "x", "0"])
    assert answers(read(facts, *rows)) == {(GIANG, "2"): "1", (GIANG, "5"): "0"}


def test_a_town_is_no_commune_of_its_name(facts) -> None:
    found = read(facts, ["Tên xã", "1"], ["Thị trấn Mường Tè", "x"])
    assert found.faults["cell"].tolist() == ["A2"]
    caption = read(facts, ["Tên xã", "1"], ["H. Mường Tè", "1"], ["Bum Nưa", "x"])
    assert set(caption.rows["unit_code"]) == {"03466"}


def test_a_number_before_a_name_and_a_caption_with_a_dash_are_understood(facts) -> None:
    found = read(facts, ["Tên xã", "1"], ["II - Huyện Tam Đường: 11 xã", ""], ["1. Bản Giang", "x"])
    assert answers(found) == {(GIANG, "1"): "1"}


def test_an_unknown_unit_of_a_decision_is_a_fault(facts) -> None:
    rows = (["Tên xã", "Ngày công nhận"], ["Bình Lưư", "25/12/2022"], ["Bản Giang", "25/12/2022"])
    asked = Asked("recognitions").deciding("standard", "ntm")
    assert read(facts, *rows, asked=asked).faults["cell"].tolist() == ["A2"]


@pytest.mark.parametrize("title", ["KẾ HOẠCH THỰC HIỆN CÁC TIÊU CHÍ", "Ước thực hiện đến 31/12/2024", "Kế hoạch 2024"])
def test_a_title_of_a_plan_is_asked_about(facts, title: str) -> None:
    rows = ([title], ["Mã xã", "1"], [GIANG, "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert question.value.question == "plan"
    assert answers(read(facts, *rows, asked=ASKED.deciding("plan", "results"))) == {(GIANG, "1"): "1"}


@pytest.mark.parametrize("title", ["KẾT QUẢ NĂM 2023", "Năm 2023"])
def test_another_year_in_a_title_is_asked_about(facts, title: str) -> None:
    with pytest.raises(Undecided, match="31/12/2023"):
        read(facts, [title], ["Mã xã", "1"], [GIANG, "x"])


def test_the_day_of_signing_is_no_period(facts) -> None:
    found = read(facts, ["Lai Châu, ngày 10 tháng 01 năm 2025"], ["Mã xã", "1"], [GIANG, "x"])
    assert set(found.rows["period"]) == {PERIOD}


def test_the_number_of_all_villages_is_not_that_of_the_recognised(facts) -> None:
    found = read(
        facts,
        ["Tên huyện", "Số thôn", "Số thôn đạt chuẩn"],
        ["Tam Đường", "120", "30"],
        asked=Asked("villages", PERIOD),
    )
    assert found.rows["recognised"].tolist() == ["30"]
    assert list(left_out(found)) == ["B2"]


def test_a_result_of_the_whole_beside_the_criteria_is_told(facts) -> None:
    found = read(facts, ["Tên xã", "1", "2", "Kết quả"], ["Bản Giang", "x", "x", "Chưa đạt"])
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "1"}
    assert list(left_out(found)) == ["D2"]


def test_a_hidden_column_that_is_skipped_is_told_as_hidden(facts) -> None:
    asked = ASKED.deciding("hidden", "skip")
    found = read(facts, ["Mã xã", "1", "2"], [GIANG, "x", "0"], hidden_columns=frozenset([2]), asked=asked)
    assert answers(found) == {(GIANG, "1"): "1"}
    assert "bị ẩn" in left_out(found)["C2"]


def test_a_total_in_words_and_a_note_beside_a_caption_are_told(facts) -> None:
    heads = ["TT", "Tên xã", "1", "Tổng số TC đạt", "Ghi chú"]
    caption = ["I", "I. Huyện Tam Đường", "", "", "thiếu 2 xã"]
    found = read(facts, heads, caption, ["1", "Bản Giang", "x", "một TC", ""])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert sorted(left_out(found)) == ["D3", "E2"]


def test_a_title_that_is_the_units_name_is_no_other_table(facts) -> None:
    found = read(facts, ["Xã Bản Giang"], ["TT", "Tên tiêu chí", "Đánh giá"], ["1", "Quy hoạch", "Đạt"])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert found.left_out.empty


def test_sheets_of_other_periods_than_was_asked_are_told(facts) -> None:
    years = [Sheet(f"Đến 31/12/{year}", [["Mã xã", "1"], [GIANG, "x"]]) for year in (2022, 2023)]
    found = reading.read(years, ASKED, facts)
    assert set(found.rows["period"]) == {"2022-12-31", "2023-12-31"}
    assert found.left_out["reason"].str.contains("khác kỳ đã chọn").tolist() == [True, True]


BESIDE = ["Văn bản, nguồn", "Ghi chú"]


def test_a_rows_document_and_remark_are_kept_with_each_of_its_answers(facts) -> None:
    found = read(facts, ["Mã xã", "1", "2", *BESIDE], [GIANG, "x", "0", "12/BC-UBND", "đã kiểm tra"])
    assert found.left_out.empty
    assert set(map(tuple, found.facts[["document", "remark"]].to_numpy())) == {("12/BC-UBND", "đã kiểm tra")}
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}


def test_a_remark_without_a_fact_is_told(facts) -> None:
    found = read(facts, ["Mã xã", "1", *BESIDE], [GIANG, "x", "", ""], [LU, "", "", "chưa họp"])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert "không có số liệu nào ở dòng này" in left_out(found)["D3"]
    heads, rows = ["Mã huyện", "Số thôn, bản được công nhận", "Ghi chú"], (["106", "", "chưa có"], ["107", "2", ""])
    villages = read(facts, heads, *rows, asked=Asked("villages", PERIOD))
    assert villages.faults.empty
    assert list(left_out(villages)) == ["C2"]


def test_a_remark_of_one_criterion_is_not_taken_for_the_rows(facts) -> None:
    heads = (["Mã xã", "Tiêu chí 1", "", "Tiêu chí 2", ""], ["", "Kết quả", "Ghi chú", "Kết quả", "Ghi chú"])
    found = read(facts, *heads, [GIANG, "x", "riêng", "0", "riêng khác"])
    assert set(found.facts["remark"]) == {""}
    assert ["riêng một tiêu chí" in reason for reason in left_out(found).values()] == [True, True]


def test_of_two_columns_of_remarks_the_second_is_told(facts) -> None:
    found = read(facts, ["Mã xã", "1", "Ghi chú", "Ghi chú"], [GIANG, "x", "một", "hai"])
    assert set(found.facts["remark"]) == {"một"}
    assert "cột thứ hai" in left_out(found)["D2"]


def test_a_fact_that_is_told_twice_keeps_what_either_says_and_not_two_things(facts) -> None:
    heads = ["Mã xã", "1", "Ghi chú"]
    assert read(facts, heads, [GIANG, "x", ""], [GIANG, "x", "một"]).facts["remark"].tolist() == ["một"]
    faults = read(facts, heads, [GIANG, "x", "một"], [GIANG, "x", "hai"]).faults
    assert faults["cell"].tolist() == ["C2", "C3"]
    assert faults["rule"].str.contains("Ghi chú kèm số liệu").all()


FIGURES = ["Mã đơn vị", "Ngày của số liệu", "Chỉ tiêu", "Giá trị", "Nguồn"]


def test_a_published_figure_is_of_its_own_day(facts) -> None:
    """Whatever period is chosen on the page: it is compared with that day's, and its unit is that day's."""
    rows = (
        [*FIGURES],
        ["106", "31/12/2023", "recognised_communes", "7", "Báo cáo"],
        ["106", "2019", "criteria_met", "19", "Báo"],
    )
    for period in ("", "2024-12-31", "2026-06-30"):
        found = read(facts.at("2026-06-30"), *rows[:2], asked=Asked("figures", period))
        assert found.faults.empty
        assert found.facts[["unit_code", "period"]].to_numpy().tolist() == [["106", "2023-12-31"]]
    assert read(facts, *rows, asked=Asked("figures", PERIOD)).facts["period"].tolist() == ["2023-12-31", ""]


def test_a_revocation_without_the_day_of_recognition_is_told_as_that(facts) -> None:
    heads = ["Mã đơn vị", "Chuẩn", "Ngày công nhận", "Ngày thu hồi"]
    found = read(facts.at("2026-06-30"), heads, [GIANG, "nông thôn mới", "", "30/06/2024"], asked=Asked("recognitions"))
    assert found.faults["rule"].tolist() == ["thiếu “Ngày công nhận” ở dòng này"]
