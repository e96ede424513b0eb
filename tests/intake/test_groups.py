"""Groups of columns: of several columns with one fact the right one is read, or the person is asked."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, PERIOD, answers, left_out, read

ONE = {(GIANG, "1"): "1"}
PLANS = [
    "ƯTH 2024", "Ước thực hiện", "Lộ trình 2025", "Đăng ký", "Phấn đấu", "KH 2025", "Kế hoạch", "Dự kiến", "Mục tiêu",
    "Chỉ tiêu giao", "Định hướng 2025", "Nhu cầu",
]  # fmt: skip
OTHER_PERIODS = {
    "Năm 2023": "2023-12-31", "TH 2023": "2023-12-31", "Thực hiện năm 2023": "2023-12-31", "2023": "2023-12-31",
    "31/12/2023": "2023-12-31", "Đến hết năm 2023": "2023-12-31", "Năm trước": "2023-12-31", "6 tháng": "2024-06-30",
    "6T đầu năm": "2024-06-30", "Quý I/2024": "2024-03-31", "Quý III": "2024-09-30", "Cùng kỳ": "2023-12-31",
}  # fmt: skip


def test_of_two_groups_the_chosen_one_is_read_and_the_other_told(facts) -> None:
    rows = (["Mã xã", "Nhóm A", None, "Nhóm B", None], [None, "1", "2", "1", "2"], [GIANG, 0, 0, "x", 0])
    merged = ["B1:C1", "D1:E1"]
    with pytest.raises(Undecided) as question:
        read(facts, *rows, merged=merged)
    assert list(question.value.choices) == ["Nhóm A", "Nhóm B"]
    found = read(facts, *rows, merged=merged, asked=ASKED.deciding("group", "Nhóm B"))
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert list(left_out(found)) == ["B3", "C3"]


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_beside_above_below_or_in_a_heading_is_no_result(facts, plan: str) -> None:
    below = (["Mã xã", "TC 1", None], [None, plan, "Kết quả"], [GIANG, "0", "x"])
    above = (["Mã xã", plan, "Năm 2024"], [None, "TC 1", "TC 1"], [GIANG, "0", "x"])
    within = (["Mã xã", f"TC 1 {plan}", "TC 1"], [], [GIANG, "0", "x"])
    for rows, merged in ((below, ["B1:C1"]), (below, []), (above, []), (within, [])):
        found = read(facts, *rows, merged=merged)
        assert answers(found) == ONE
        assert "kế hoạch" in left_out(found)["B3"]
    for rows in ((["Mã xã", "TC 1"], [None, plan], [GIANG, "x"]), (["Mã xã", "Tiêu chí", plan], [GIANG, "1", "x"])):
        with pytest.raises(Refused, match="kế hoạch hoặc ước"):
            read(facts, *rows)


@pytest.mark.parametrize(("words", "period"), OTHER_PERIODS.items())
def test_another_period_beside_above_below_or_in_a_heading_is_no_result_of_this_one(
    facts, words: str, period: str
) -> None:
    below = (["Mã xã", "TC 1", None], [None, words, "Năm 2024"], [GIANG, "0", "x"])
    above = (["Mã xã", words, "Năm 2024"], [None, "TC 1", "TC 1"], [GIANG, "0", "x"])
    within = (["Mã xã", f"TC 1 {words}", "TC 1 năm 2024"], [], [GIANG, "0", "x"])
    for rows in (below, above, within):
        found = read(facts, *rows)
        assert answers(found) == ONE
        assert "nhóm cột khác" in left_out(found)["B3"]
    for rows in ((["Mã xã", "TC 1"], [None, words], [GIANG, "x"]), (["Mã xã", f"TC 1 {words}"], [GIANG, "x"])):
        with pytest.raises(Undecided) as question:
            read(facts, *rows)
        assert list(question.value.choices) == [period, PERIOD]


def test_a_period_over_some_of_the_columns_is_asked_about(facts) -> None:
    rows = (["Mã xã", "TC 1 năm 2023", "TC 2"], [GIANG, "x", "0"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == ["năm 2023", "cột C"]
    found = read(facts, *rows, asked=ASKED.deciding("group", "cột C"))
    assert answers(found) == {(GIANG, "2"): "0"}
    assert list(left_out(found)) == ["B2"]


def test_results_of_several_years_in_rows_are_told_apart(facts) -> None:
    found = read(facts, ["Mã xã", "Tiêu chí", "Năm 2023", "Năm 2024"], [GIANG, "1", "0", "x"])
    assert answers(found) == ONE
    assert list(left_out(found)) == ["C2"]


LEVELS = (
    ["Mã xã", "TC 1", None, None, None],
    [None, "Năm 2023", None, "Năm 2024", None],
    [None, "Kết quả", "Đánh giá", "Kết quả", "Đánh giá"],
    [GIANG, 1, "Chưa đạt", 0, "Đạt"],
)


@pytest.mark.parametrize("merged", [["B1:E1", "B2:C2", "D2:E2"], []])
def test_periods_and_judgements_below_a_criterion(facts, merged: list[str]) -> None:
    found = read(facts, *LEVELS, merged=merged)
    assert answers(found) == ONE
    assert sorted(left_out(found)) == ["B4", "C4", "D4"]


@pytest.mark.parametrize(
    "figure", ["Kết quả", "Hiện trạng", "Thực hiện", "Kết quả thực hiện", "Số liệu", "Tỷ lệ", "Điểm"]
)
def test_of_a_figure_and_its_judgement_the_judgement_is_read_and_the_figure_told(facts, figure: str) -> None:
    below = [None, figure, "Đánh giá", figure, "Đánh giá"]
    wide = (["Mã xã", "TC 1", None, "TC 2", None], below, [GIANG, 0, "Đạt", 1, "Chưa đạt"])
    for merged in (["B1:C1", "D1:E1"], []):
        found = read(facts, *wide, merged=merged)
        assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
        assert list(left_out(found)) == ["B3", "D3"]
    in_rows = read(facts, ["Mã xã", "Tiêu chí", figure, "Đánh giá"], [GIANG, "1", 0, "Đạt"])
    assert answers(in_rows) == ONE
    assert list(left_out(in_rows)) == ["C2"]


def test_judgements_are_known_by_their_short_names(facts) -> None:
    rows = (["Mã xã", "TC 1", None], [None, "KQ", "ĐG"], [GIANG, 0, "Đạt"])
    found = read(facts, *rows, merged=["B1:C1"])
    assert answers(found) == ONE
    assert list(left_out(found)) == ["B3"]


@pytest.mark.parametrize("now", ["Đến nay", "Hiện nay", "Kỳ báo cáo", "Kỳ này"])
def test_what_says_now_is_of_the_period_that_was_asked_for(facts, now: str) -> None:
    found = read(facts, ["Mã xã", "TC 1", None], [None, "Năm 2023", now], [GIANG, 0, "x"], merged=["B1:C1"])
    assert answers(found) == ONE
    assert list(left_out(found)) == ["B3"]


def test_two_judgements_are_asked_about_in_words_that_hold_for_all_criteria(facts) -> None:
    words = ["Tự đánh giá", "Thẩm định"]
    rows = (["Mã xã", "TC 1", None, "TC 2", None], [None, *words, *words], [GIANG, "x", "0", "x", "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows, merged=["B1:C1", "D1:E1"])
    assert list(question.value.choices) == words
    found = read(facts, *rows, merged=["B1:C1", "D1:E1"], asked=ASKED.deciding("group", "Thẩm định"))
    assert answers(found) == {(GIANG, "1"): "0", (GIANG, "2"): "1"}


def test_a_figure_and_a_judgement_that_contradict_each_other_are_asked_about(facts) -> None:
    rows = (["Mã xã", "TC 1", None], [None, "Kết quả", "Đánh giá"])
    with pytest.raises(Undecided):
        read(facts, *rows, [GIANG, "Đạt", "Chưa đạt"], merged=["B1:C1"])
    assert answers(read(facts, *rows, [GIANG, "Đạt", "Đạt"], merged=["B1:C1"])) == ONE


def test_criteria_twice_without_a_word_are_asked_about_by_their_columns(facts) -> None:
    rows = (["Mã xã", "1", "2", "1", "2"], [GIANG, "x", "0", "0", "x"])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == ["cột B–C", "cột D–E"]
    found = read(facts, *rows, asked=ASKED.deciding("group", "cột D–E"))
    assert answers(found) == {(GIANG, "1"): "0", (GIANG, "2"): "1"}


def test_words_below_a_criterion_that_nobody_knows_are_told(facts) -> None:
    alone = read(facts, ["Mã xã", "TC 1"], [None, "Tình hình"], [GIANG, "Đạt"])
    assert answers(alone) == ONE
    assert "không rõ" in left_out(alone)["B2"]
    with pytest.raises(Refused, match="Đường xã"):  # parts of a criterion by their names
        read(facts, ["Mã xã", "TC 2", None], [None, "Đường xã", "Đường thôn"], [GIANG, "x", "0"], merged=["B1:C1"])


def test_a_requirement_is_no_result(facts) -> None:
    found = read(facts, ["Mã xã", "TC 1", None], [None, "Yêu cầu", "Kết quả"], [GIANG, "Đạt", "Chưa đạt"])
    assert answers(found) == {(GIANG, "1"): "0"}
    assert "yêu cầu" in left_out(found)["B3"]


@pytest.mark.parametrize(
    "heads",
    [
        [["Huyện", "Số thôn đạt chuẩn", None, None], [None, "Năm 2023", "Năm 2024", "Kế hoạch 2025"]],
        [["Huyện", "Số thôn đạt chuẩn năm 2023", "Số thôn đạt chuẩn năm 2024", "KH số thôn đạt chuẩn 2025"]],
    ],
)
def test_villages_of_several_years_and_a_plan(facts, heads: list[list[object]]) -> None:
    found = read(facts, *heads, ["Tam Đường", 10, 12, 15], asked=Asked("villages", PERIOD))
    assert found.rows["recognised"].tolist() == ["12"]
    row = len(heads) + 1
    assert list(left_out(found)) == [f"B{row}", f"D{row}"]
