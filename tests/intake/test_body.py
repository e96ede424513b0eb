"""Rows of a table: those of one commune's form with the signs of lists, and those of districts."""

import pytest

from ntm.intake.reading import Asked
from tests.intake.workbooks import GIANG, PERIOD, answers, left_out, read

ONE_COMMUNE = (["Xã Bản Giang, huyện Tam Đường"], ["TT", "Nội dung", "ĐVT", "Đánh giá"])


@pytest.mark.parametrize("sign", ["-", "–", "•", "+", "*", "\uf0b7"])
def test_a_part_behind_the_sign_of_a_list_is_a_part(facts, sign: str) -> None:
    found = read(
        facts,
        *ONE_COMMUNE,
        ["1", "Quy hoạch", "", "Đạt"],
        ["", f"{sign} 1.1 Có quy hoạch chung", "xã", "Chưa đạt"],
        ["2", "Giao thông", "", "Chưa đạt"],
        [sign, "Giao thông nội đồng", "km", "Đạt"],
    )
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert {cell: "thành phần" in why for cell, why in left_out(found).items()} == {"B4:D4": True, "A6:D6": True}


def test_a_name_in_a_list_below_a_criterion_is_not_that_criterion(facts) -> None:
    found = read(
        facts,
        *ONE_COMMUNE,
        ["14", "Giáo dục và Đào tạo", "", "Đạt"],
        ["-", "Y tế", "", "Chưa đạt"],
        ["15", "Y tế", "", "Đạt"],
    )
    assert answers(found) == {(GIANG, "14"): "1", (GIANG, "15"): "1"}
    assert list(left_out(found)) == ["A4:D4"]


def test_signs_before_all_criteria_are_only_the_look_of_a_list(facts) -> None:
    heads = (["PHIẾU XÃ BẢN GIANG"], ["Nội dung", "Đánh giá"])
    numbered = read(facts, *heads, ["- Tiêu chí 1: Quy hoạch", "Đạt"], ["• Tiêu chí 2 Giao thông", "Chưa đạt"])
    assert answers(numbered) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    named = read(facts, *heads, ["- Quy hoạch", "Đạt"], ["- Giao thông", "Chưa đạt"])
    assert answers(named) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}


OF_DISTRICTS = Asked("assessments", PERIOD, "district-2021-2025")


@pytest.mark.parametrize("heading", ["Tên huyện", "Huyện", "Huyện, thành phố", "Tên đơn vị", "Mã huyện", "Mã đơn vị"])
def test_districts_are_named_by_any_heading_where_the_set_is_theirs(facts, heading: str) -> None:
    words = ["106", "107"] if heading.startswith("Mã") else ["Tam Đường", "Huyện Mường Tè"]
    rows = [["TT", heading, "1", "2"], [1, words[0], "x", "0"], [2, words[1], "0", "x"]]
    found = read(facts, *rows, asked=OF_DISTRICTS)
    assert answers(found) == {("106", "1"): "1", ("106", "2"): "0", ("107", "1"): "0", ("107", "2"): "1"}
    assert found.left_out.empty


def test_the_code_and_the_name_of_a_district_are_both_read(facts) -> None:
    found = read(facts, ["Mã huyện", "Tên huyện", "1"], ["106", "Tam Đường", "x"], asked=OF_DISTRICTS)
    assert answers(found) == {("106", "1"): "1"}
    differ = read(facts, ["Mã huyện", "Tên huyện", "1"], ["106", "Mường Tè", "x"], asked=OF_DISTRICTS)
    assert differ.faults["cell"].tolist() == ["A2"]


def test_the_code_of_a_communes_district_is_no_code_of_a_commune(facts) -> None:
    found = read(facts, ["Mã huyện", "Tên xã", "1"], ["106", "Bản Giang", "x"])
    assert answers(found) == {(GIANG, "1"): "1"}
