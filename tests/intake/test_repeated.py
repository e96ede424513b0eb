"""Repeated rows: of several lines of one unit the result is read; what else they are is told, or the person chooses."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, LU, PERIOD, answers, left_out, read

HEADS = ["Mã xã", "Nội dung", "1", "2"]
RESULT = {(GIANG, "1"): "1"}


@pytest.mark.parametrize("plan", ["Kế hoạch", "KH năm 2024", "Đăng ký", "Ước thực hiện", "Lộ trình 2025", "Mục tiêu"])
@pytest.mark.parametrize("result", ["Thực hiện", "Kết quả", "TH năm 2024", "Đánh giá"])
def test_the_line_of_a_plan_is_no_result(facts, plan: str, result: str) -> None:
    rows = ([GIANG, plan, "x", "x"], [GIANG, result, "x", None])
    for lines in (rows, rows[::-1]):
        found = read(facts, HEADS, *lines)
        assert answers(found) == RESULT
        (told,) = left_out(found).values()
        assert "kế hoạch" in told


def test_lines_under_a_merged_unit_are_told_apart(facts) -> None:
    rows = (
        [GIANG, "Kế hoạch", "x", "x"],
        [None, "Thực hiện", "x", 0],
        [LU, "Kế hoạch", "x", "x"],
        [None, "Thực hiện", 0, 0],
    )
    found = read(facts, HEADS, *rows, merged=["A2:A3", "A4:A5"])
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0", (LU, "1"): "0", (LU, "2"): "0"}
    unmerged = read(facts, HEADS, *rows)
    assert unmerged.faults["cell"].tolist() == ["A3", "A5"]
    assert unmerged.rows.empty


def test_lines_of_a_criterion_in_rows_are_told_apart(facts) -> None:
    rows = ([GIANG, 1, "Kế hoạch", "Đạt"], [GIANG, 1, "Thực hiện", "Chưa đạt"], [GIANG, 2, "Kế hoạch", "Đạt"])
    found = read(facts, ["Mã xã", "Tiêu chí", "Nội dung", "Kết quả"], *rows)
    assert answers(found) == {(GIANG, "1"): "0"}
    assert list(left_out(found)) == ["B2:D2", "B4:D4"]


def test_plans_alone_are_refused(facts) -> None:
    with pytest.raises(Refused):
        read(facts, HEADS, [GIANG, "Kế hoạch", "x", "x"], [LU, "Kế hoạch", "x", "x"])


def test_of_lines_of_several_periods_the_one_asked_for_is_read(facts) -> None:
    rows = ([GIANG, "Năm 2023", 0, "x"], [GIANG, "Năm 2024", "x", None])
    found = read(facts, ["Mã xã", "Năm", "1", "2"], *rows)
    assert answers(found) == RESULT
    assert "dòng khác" in left_out(found)["B2:D2"]
    months = ([GIANG, "6 tháng", 0, "x"], [GIANG, "Cả năm", "x", None])
    assert answers(read(facts, HEADS, *months)) == RESULT


def test_of_a_figure_and_its_judgement_in_lines_the_judgement_is_read(facts) -> None:
    rows = ([GIANG, "Kết quả", 95, 1], [GIANG, "Đánh giá", "Đạt", "Chưa đạt"])
    found = read(facts, HEADS, *rows)
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert "số liệu của chỉ tiêu" in left_out(found)["B2:D2"]


@pytest.mark.parametrize("words", [("Tự đánh giá", "Thẩm định"), ("Lần 1", "Lần 2"), ("Xã", "Huyện")])
def test_several_lines_that_may_be_meant_are_asked_about(facts, words: tuple[str, str]) -> None:
    lines = [
        [unit, word, *marks] for unit in (GIANG, LU) for word, marks in zip(words, (["x", "x"], ["x", 0]), strict=True)
    ]
    with pytest.raises(Undecided) as question:
        read(facts, ["Mã xã", "Loại", "1", "2"], *lines)
    assert (question.value.question, list(question.value.choices)) == ("line", list(words))
    found = read(facts, ["Mã xã", "Loại", "1", "2"], *lines, asked=ASKED.deciding("line", words[1]))
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0", (LU, "1"): "1", (LU, "2"): "0"}
    assert len(left_out(found)) == 2


def test_a_line_of_shares_is_no_result(facts) -> None:
    rows = ([GIANG, "Kế hoạch", "x", "x"], [GIANG, "Thực hiện", "x", None], [GIANG, "Tỷ lệ %", 100, 0])
    found = read(facts, HEADS, *rows)
    assert answers(found) == RESULT
    assert list(left_out(found)) == ["B2:D2", "B4:D4"]


def test_rows_of_a_table_that_are_no_lines_stay(facts) -> None:
    noted = read(facts, ["Mã xã", "1", "Xếp loại"], [GIANG, "x", "Khá"], [LU, "x", "Khá"])
    assert len(answers(noted)) == 2
    twice = read(facts, ["Mã xã", "1", "Cán bộ"], [GIANG, "x", "An"], [GIANG, 0, "Bình"])
    assert len(twice.faults) == 2  # they contradict each other


def test_villages_planned_and_recognised_in_lines(facts) -> None:
    rows = (["Tam Đường", "Kế hoạch", 30], ["Tam Đường", "Thực hiện", 20])
    found = read(facts, ["Huyện", "Nội dung", "Số thôn đạt chuẩn"], *rows, asked=Asked("villages", PERIOD))
    assert found.rows["recognised"].tolist() == ["20"]
    assert "kế hoạch" in left_out(found)["B2:C2"]
