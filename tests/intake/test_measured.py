"""Measured values: 0 and 1 that count something are no marks, or the person says what they are."""

import pytest

from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, HA, LU, answers, left_out, read

MEANT = ASKED.deciding("values", "marks")
MEASURED = ASKED.deciding("values", "measures")


@pytest.mark.parametrize("words", ["Hiện trạng", "Thực hiện", "Thực trạng", "Kết quả thực hiện", "Tình hình"])
def test_0_and_1_under_words_that_may_be_a_figure_are_asked_about(facts, words: str) -> None:
    rows = (["Mã xã", "Tiêu chí 5"], [None, words], [GIANG, 1], [LU, 0])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == ["marks", "measures"]
    assert answers(read(facts, *rows, asked=MEANT)) == {(GIANG, "5"): "1", (LU, "5"): "0"}
    with pytest.raises(Refused, match="số liệu của chỉ tiêu"):
        read(facts, *rows, asked=MEASURED)


@pytest.mark.parametrize("words", ["Hiện trạng", "Thực hiện"])
def test_0_and_1_in_rows_are_asked_about_too(facts, words: str) -> None:
    rows = (["Mã xã", "Tiêu chí", words], [GIANG, "5", 1], [GIANG, "4", 0])
    with pytest.raises(Undecided):
        read(facts, *rows)
    assert answers(read(facts, *rows, asked=MEANT)) == {(GIANG, "5"): "1", (GIANG, "4"): "0"}


@pytest.mark.parametrize("words", ["Điểm", "Số trường", "Tỷ lệ (%)", "Số hộ", "Diện tích", "Giá trị"])
def test_a_figure_by_name_is_never_an_answer(facts, words: str) -> None:
    with pytest.raises(Refused, match="số liệu của chỉ tiêu"):
        read(facts, ["Mã xã", "Tiêu chí 5"], [None, words], [GIANG, 1], [LU, 0])
    found = read(facts, ["Mã xã", "Quy hoạch", f"Trường học ({words}) %"], [GIANG, "x", 1])
    assert answers(found) == {(GIANG, "1"): "1"}
    assert list(left_out(found)) == ["C2"]


def test_a_column_of_several_numbers_is_measured(facts) -> None:
    rows = (["Mã xã", "1", "Tỷ lệ hộ nghèo"], [GIANG, "x", 1], [LU, "x", 0], [HA, "x", 12.5])
    found = read(facts, *rows)
    assert answers(found) == {(GIANG, "1"): "1", (LU, "1"): "1", (HA, "1"): "1"}
    assert list(left_out(found)) == ["C2:C4"]


def test_0_and_1_beside_one_other_number_are_asked_about(facts) -> None:
    rows = (["Mã xã", "1", "5"], [GIANG, 1, 1], [LU, 0, 0], [HA, 1, 3])
    with pytest.raises(Undecided, match="“5” \\(C\\)"):
        read(facts, *rows)
    assert read(facts, *rows, asked=MEANT).faults["cell"].tolist() == ["C4"]
    found = read(facts, *rows, asked=MEASURED)
    assert answers(found) == {(GIANG, "1"): "1", (LU, "1"): "0", (HA, "1"): "1"}
    assert list(left_out(found)) == ["C2:C4"]


def test_0_and_1_where_the_other_columns_have_marks_are_asked_about(facts) -> None:
    rows = (["Mã xã", "Quy hoạch", "Trường học"], [GIANG, "x", 1], [LU, "x", 0])
    with pytest.raises(Undecided):
        read(facts, *rows)
    assert answers(read(facts, *rows, asked=MEANT))[GIANG, "5"] == "1"


def test_marks_are_not_asked_about(facts) -> None:
    numbers = read(facts, ["Mã xã", "1", "2"], [GIANG, 1, 0], [LU, 0, 1], [None, None, None])
    assert len(answers(numbers)) == 4
    mixed = read(facts, ["Mã xã", "1", "2"], [GIANG, "x", 0], [LU, 0, "x"])
    assert len(answers(mixed)) == 4
    judged = read(facts, ["Mã xã", "TC 1", "TC 2"], [None, "Đánh giá", "Đánh giá"], [GIANG, 1, "x"])
    assert len(answers(judged)) == 2


def test_counts_of_a_district_or_a_sum_say_nothing_of_the_column(facts) -> None:
    heads = ["Tên xã", "1", "2"]
    found = read(facts, heads, ["Huyện Tam Đường", 12, 7], ["Bản Giang", 1, 0], ["Bình Lư", 1, 1], ["Cộng", 2, 1])
    assert len(answers(found)) == 4
