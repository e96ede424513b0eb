"""Sums in a table: compared with what was read; what differs is told by cell."""

import pytest

from ntm.intake.reading import Asked
from tests.intake.tables import GIANG, HA, LU, PERIOD, answers, left_out, read

HEADS = ["TT", "Tên xã", "1", "2", "Tổng số TC đạt"]
COMMUNES = ([1, "Bản Giang", "x", "x", 2], [2, "Bình Lư", "x", 0, 1])


def test_sums_that_agree_are_read(facts) -> None:
    found = read(
        facts,
        HEADS,
        ["I", "Huyện Tam Đường (2 xã)", 2, 1, 3],
        *COMMUNES,
        [None, "Tổng số xã đạt", 2, 1, 3],
        [None, "Số xã chưa đạt", 0, 1, None],
        [None, "Tỷ lệ (%)", 100, 50, 75],
        [None, "Bình quân", None, None, "1,5"],
    )
    assert len(answers(found)) == 4
    assert found.left_out.empty, found.left_out.to_string()


@pytest.mark.parametrize(
    ("row", "cell", "read_as"),
    [
        ([None, "Tổng số xã đạt", 2, 2, 3], "D5", "1"),
        ([None, "Cộng", 1, 1, 3], "C5", "2"),
        ([None, "Số xã chưa đạt", 1, 1, None], "C5", "0"),
        ([None, "Tỷ lệ (%)", 100, 45, None], "D5", "50"),
        ([None, "Tỷ lệ", "100%", "33,3%", None], "D5", "50"),
        ([None, "Tổng cộng", 2, 1, 4], "E5", "3"),
        ([None, "Bình quân", None, None, "1,7"], "E5", "1,5"),
        ([None, "Toàn huyện", 2, 0, 3], "D5", "1"),
    ],
)
def test_a_sum_that_differs_is_told_by_cell(facts, row: list[object], cell: str, read_as: str) -> None:
    found = read(facts, HEADS, ["I", "Huyện Tam Đường", None, None, None], *COMMUNES, row)
    assert len(answers(found)) == 4
    assert list(left_out(found)) == [cell]
    assert left_out(found)[cell].endswith(f"đọc được là {read_as}")


def test_columns_that_have_shifted_are_told_by_their_sums(facts) -> None:
    heads = ["Tên xã", "1", "2", "3", "Tổng"]
    shifted = (["Bản Giang", "x", "x", None, 2], ["Bình Lư", "x", None, None, 2], ["Khun Há", None, "x", None, 1])
    found = read(facts, heads, *shifted, ["Số xã đạt", 0, 2, 2, 5])
    assert {"B5", "D5", "E3"} <= set(left_out(found))


@pytest.mark.parametrize(
    ("heading", "agrees", "differs"),
    [("Số TC chưa đạt", 1, 0), ("Tỷ lệ (%)", 50, 60), ("Tổng số TC", "1/2", "2/2"), ("Tổng", "1 TC", "2 TC")],
)
def test_totals_of_a_commune_are_compared_by_what_they_count(
    facts, heading: str, agrees: object, differs: object
) -> None:
    found = read(facts, ["Mã xã", "1", "2", heading], [GIANG, "x", 0, agrees], [LU, "x", 0, differs])
    assert len(answers(found)) == 4
    assert list(left_out(found)) == ["D3"]


def test_totals_of_groups_of_criteria_are_compared_with_theirs(facts) -> None:
    found = read(facts, ["Mã xã", "1", "2", "Cộng", "3", "Cộng", "Tổng số"], [GIANG, "x", 0, 1, "x", 1, 2])
    assert len(answers(found)) == 3
    assert found.left_out.empty


def test_a_commune_that_says_a_total_and_no_answer_is_told(facts) -> None:
    found = read(facts, ["Mã xã", "1", "2", "Tổng"], [GIANG, "x", 0, 1], [LU, None, None, 2])
    assert list(left_out(found)) == ["D3"]


def test_sums_of_each_district_and_of_all(facts) -> None:
    rows = (
        ["", "Toàn tỉnh", 2, 2],
        ["I", "Huyện Tam Đường: 2 xã", 1, 2],
        [1, "Bản Giang", "x", "x"],
        [2, "Bình Lư", 0, "x"],
        ["II", "Huyện Than Uyên: 1 xã", 1, 1],
        [1, "Mường Cang", "x", 0],
    )
    found = read(facts, ["TT", "Tên xã", "1", "2"], *rows)
    assert len(answers(found)) == 6
    assert list(left_out(found)) == ["D6"]
    below = [*rows[1:4], ["", "Cộng huyện", 1, 1], *rows[4:], ["", "Tổng cộng", 2, 2]]
    assert list(left_out(read(facts, ["TT", "Tên xã", "1", "2"], *below))) == ["D5", "D6"]


def test_the_number_of_communes_in_a_caption_is_compared(facts) -> None:
    found = read(facts, ["TT", "Tên xã", "1"], ["I", "Huyện Tam Đường (11 xã)", None], [1, "Bản Giang", "x"])
    assert left_out(found) == {"B2": "tệp ghi 11 xã, đọc được 1"}


def test_the_number_of_communes_that_a_sum_is_of_is_compared(facts) -> None:
    rows = (["Tên xã", "1"], ["Bản Giang", "x"], ["Bình Lư", 0])
    assert read(facts, *rows, ["Số xã đạt", "1/2"]).left_out.empty
    assert left_out(read(facts, *rows, ["Số xã đạt", "1/11"])) == {"B4": "tệp ghi 11 xã, đọc được 2"}
    listed = (["Tên xã", "Ngày công nhận"], ["Bản Giang", "25/12/2022"])
    asked = Asked("recognitions").deciding("standard", "ntm")
    assert read(facts, *listed, ["Tổng số: 1 xã", None], asked=asked).left_out.empty
    found = read(facts, *listed, ["Tổng số: 2 xã", None], asked=asked)
    assert left_out(found) == {"A3": "tệp ghi 2 xã, đọc được 1"}


def test_a_sum_below_codes_is_one(facts) -> None:
    rows = (["Mã xã", "1", "2"], [GIANG, "x", "x"], [LU, "x", 0])
    assert read(facts, *rows, ["Tổng", 2, 1]).left_out.empty
    assert list(left_out(read(facts, *rows, ["Tổng", 1, 2]))) == ["B4", "C4"]


def test_a_sum_in_pairs_counts_each_column(facts) -> None:
    heads = (["Tên xã", "Tiêu chí 1", None], [None, "Đạt", "Chưa đạt"])
    rows = (["Bản Giang", "x", None], ["Bình Lư", None, "x"], ["Khun Há", None, "x"], ["Cộng", 1, 1])
    found = read(facts, *heads, *rows, merged=["B1:C1"])
    assert len(answers(found)) == 3
    assert list(left_out(found)) == ["C6"]


def test_a_share_in_a_percent_cell_is_a_share(facts) -> None:
    rows = (["Bản Giang", "x"], ["Bình Lư", 0], ["Khun Há", "x"])
    assert read(facts, ["Tên xã", "1"], *rows, ["Tỷ lệ (%)", 66.7]).left_out.empty
    assert read(facts, ["Tên xã", "1"], *rows, ["Tỷ lệ", "67%"]).left_out.empty
    assert list(left_out(read(facts, ["Tên xã", "1"], *rows, ["Tỷ lệ (%)", 33.3]))) == ["B5"]


def test_sums_of_villages_are_compared(facts) -> None:
    asked = Asked("villages", PERIOD)
    rows = (["TT", "Huyện", "Số thôn đạt chuẩn"], [1, "Tam Đường", 20], [2, "Sìn Hồ", 10])
    assert read(facts, *rows, [None, "Tổng cộng", 30], asked=asked).left_out.empty
    assert list(left_out(read(facts, *rows, [None, "Tổng cộng", 31], asked=asked))) == ["C4"]


def test_the_total_of_the_form_of_one_commune_is_compared(facts) -> None:
    rows = (
        ["Xã Bản Giang"],
        ["TT", "Tên tiêu chí", "Đánh giá"],
        [1, "Quy hoạch", "Đạt"],
        [2, "Giao thông", "Chưa đạt"],
    )
    assert read(facts, *rows, [None, "Tổng số tiêu chí đạt", 1]).left_out.empty
    found = read(facts, *rows, [None, "Tổng số tiêu chí đạt", 2])
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert list(left_out(found)) == ["C5"]


def test_totals_of_communes_in_rows_are_compared_with_their_own(facts) -> None:
    heads = ["Mã xã", "Tiêu chí", "Kết quả"]
    of_giang = ([GIANG, 1, "Đạt"], [GIANG, 2, "Đạt"], [GIANG, "Tổng số tiêu chí đạt", 2])
    of_ha = ([HA, 1, "Đạt"], [HA, 2, "Chưa đạt"], [HA, "Tổng số tiêu chí đạt", 2])
    found = read(facts, heads, *of_giang, *of_ha)
    assert len(answers(found)) == 4
    assert list(left_out(found)) == ["C7"]
