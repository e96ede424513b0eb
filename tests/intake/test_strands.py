"""Strands: standards, or criteria sets, that stand side by side over columns of one table."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.undecided import Undecided
from tests.intake.workbooks import ASKED, GIANG, LU, columns, left_out, read

RECOGNITIONS = Asked("recognitions")
MERGED = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
FIELDS = ("unit_code", "standard", "recognised_by", "decision")
NTM, ADVANCED = "2022-12-25", "2023-12-25"
ROWS = (
    [1, "Bản Giang", "1/QĐ", "25/12/2022", "2/QĐ", "25/12/2023"],
    [2, "Bình Lư", "3/QĐ", "25/12/2022", None, None],
)
EXPECTED = [(GIANG, "ntm", NTM, "1/QĐ"), (GIANG, "advanced", ADVANCED, "2/QĐ"), (LU, "ntm", NTM, "3/QĐ")]


def test_two_standards_side_by_side_are_two_recognitions(facts) -> None:
    heads = (["TT", "Tên xã", "NTM", None, "NTM nâng cao", None], [None, None, "Số QĐ", "Ngày", "Số QĐ", "Ngày"])
    found = read(facts, *heads, *ROWS, asked=RECOGNITIONS, merged=MERGED)
    assert columns(found, *FIELDS) == EXPECTED
    assert found.left_out.empty


SPOKEN = {
    "groups not merged": (
        ["TT", "Tên xã", "Xã nông thôn mới", None, "Xã nông thôn mới nâng cao", None],
        [None, None, "Số quyết định", "Ngày công nhận", "Số quyết định", "Ngày công nhận"],
    ),
    "in each heading": (
        ["TT", "Tên xã", "Số QĐ NTM", "Ngày công nhận NTM", "Số QĐ NTM nâng cao", "Ngày công nhận NTM nâng cao"],
    ),
    "one said, one by the title": (
        ["DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI"],
        ["TT", "Tên xã", "Số QĐ", "Ngày công nhận", "Số QĐ NTM nâng cao", "Ngày công nhận NTM nâng cao"],
    ),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_standards_over_columns_in_other_words(facts, name: str) -> None:
    assert columns(read(facts, *SPOKEN[name], *ROWS, asked=RECOGNITIONS), *FIELDS) == EXPECTED


def test_columns_that_say_no_standard_beside_some_that_do_are_asked_about(facts) -> None:
    heads = ["TT", "Tên xã", "Số QĐ", "Ngày công nhận", "Số QĐ NTM nâng cao", "Ngày công nhận NTM nâng cao"]
    with pytest.raises(Undecided) as question:
        read(facts, heads, *ROWS, asked=RECOGNITIONS)
    assert question.value.question == "standard"
    found = read(facts, heads, *ROWS, asked=RECOGNITIONS.deciding("standard", "ntm"))
    assert columns(found, *FIELDS) == EXPECTED


def test_a_standard_that_cannot_be_stored_is_told_by_its_columns(facts) -> None:
    heads = (["TT", "Tên xã", "NTM", None, "NTM kiểu mẫu", None], [None, None, "Số QĐ", "Ngày", "Số QĐ", "Ngày"])
    found = read(facts, *heads, *ROWS, asked=RECOGNITIONS, merged=MERGED)
    assert columns(found, *FIELDS) == [row for row in EXPECTED if row[1] == "ntm"]
    assert {cell: "kiểu mẫu" in why for cell, why in left_out(found).items()} == {"E3": True, "F3": True}


def test_a_decision_without_its_day_is_a_fault_of_its_standard(facts) -> None:
    heads = (["TT", "Tên xã", "NTM", None, "NTM nâng cao", None], [None, None, "Số QĐ", "Ngày", "Số QĐ", "Ngày"])
    row = [1, "Bản Giang", "1/QĐ", "25/12/2022", "2/QĐ", None]
    found = read(facts, *heads, row, asked=RECOGNITIONS, merged=MERGED)
    assert found.faults["cell"].tolist() == ["F3"]


def test_answers_of_two_sets_side_by_side_are_each_of_their_own(facts) -> None:
    heads = (["TT", "Tên xã", "NTM", None, "NTM nâng cao", None], [None, None, "1", "2", "1", "2"])
    row = [1, "Bản Giang", "x", "0", "0", "x"]
    with pytest.raises(Undecided) as question:
        read(facts, *heads, row, merged=MERGED)
    assert list(question.value.choices) == ["named", "commune-2021-2025"]
    found = read(facts, *heads, row, merged=MERGED, asked=ASKED.deciding("set", "named"))
    sets = ("commune-2021-2025", "commune-advanced-2021-2025")
    assert columns(found, "criteria_set", "criterion", "met") == [
        (sets[0], "1", "1"),
        (sets[0], "2", "0"),
        (sets[1], "1", "0"),
        (sets[1], "2", "1"),
    ]


def test_a_column_that_says_who_reaches_a_standard_is_no_group_of_answers(facts) -> None:
    found = read(facts, ["Tên xã", "1", "Đạt chuẩn NTM", "Đạt NTM nâng cao"], ["Bản Giang", "x", "x", "x"])
    assert columns(found, "criteria_set", "criterion") == [("commune-2021-2025", "1")]
    assert list(left_out(found)) == ["C2", "D2"]
