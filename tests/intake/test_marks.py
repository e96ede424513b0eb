"""Marks: what the cells of one criterion say together, also where they deny."""

import pytest

from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, LU, answers, left_out, read

PAIRS = (["Mã xã", "Tiêu chí 1", None, "Tiêu chí 2", None], [None, "Đạt", "Chưa đạt", "Đạt", "Chưa đạt"])
MERGED = ["B1:C1", "D1:E1"]
MET = [
    ("Có", "Không"), (True, False), (1, 0), ("x", "-"), ("☑", "☐"), ("Đạt", None), ("x", "Không"), ("yes", "no"),
]  # fmt: skip
NOT_MET = [
    ("Không", "Có"), (False, True), (0, 1), ("-", "x"), ("☐", "☑"), (None, "Chưa đạt"), ("Chưa đạt", None), (0, None),
    ("Không", "Không đạt"),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "met"), [*((pair, "1") for pair in MET), *((pair, "0") for pair in NOT_MET)])
def test_of_a_pair_the_one_that_holds_is_the_answer(facts, pair: tuple[object, object], met: str) -> None:
    found = read(facts, *PAIRS, [GIANG, *pair, "x", None], merged=MERGED)
    assert answers(found) == {(GIANG, "1"): met, (GIANG, "2"): "1"}
    assert found.left_out.empty


@pytest.mark.parametrize("heads", [("Đ", "CĐ"), ("Có", "Không"), ("+", "-"), ("Đ", "KĐ")])
def test_short_headings_of_a_pair_are_understood(facts, heads: tuple[str, str]) -> None:
    rows = (["Tên xã", "TC 1", None, "TC 2", None], [None, *heads, *heads], ["Bản Giang", None, "x", "x", None])
    for merged in (["B1:C1", "D1:E1"], []):
        assert answers(read(facts, *rows, merged=merged)) == {(GIANG, "1"): "0", (GIANG, "2"): "1"}
    without_unit = read(facts, ["Tên xã", "TC 1", "TC 2"], [None, heads[0], heads[1]], ["Bản Giang", "x", "x"])
    assert without_unit.faults["cell"].tolist() == ["A2"]
    assert {"1"} == set(without_unit.rows["met"])


@pytest.mark.parametrize("pair", [("x", "x"), ("Đạt", "Chưa đạt"), (1, 1), ("Có", "Chưa đạt")])
def test_both_of_a_pair_are_a_fault(facts, pair: tuple[object, object]) -> None:
    found = read(facts, *PAIRS, [GIANG, *pair, "x", None], merged=MERGED)
    assert found.faults[["cell", "rule"]].to_numpy().tolist() == [
        ["C3", "đánh dấu cả Đạt và Chưa đạt của cùng một tiêu chí"]
    ]


@pytest.mark.parametrize("pair", [(False, False), (0, 0), ("Không", "Không"), ("☐", "☐"), ("-", "-")])
def test_neither_of_a_pair_is_unknown_and_told(facts, pair: tuple[object, object]) -> None:
    rows = (*PAIRS, [GIANG, *pair, "x", None])
    for asked in (ASKED, ASKED.__class__(ASKED.form, ASKED.period, blank_is_not_met=True)):
        found = read(facts, *rows, merged=MERGED, asked=asked)
        assert answers(found) == {(GIANG, "2"): "1"}
        assert list(left_out(found)) == ["B3", "C3"]
        assert "cũng không đánh dấu" in left_out(found)["B3"]


@pytest.mark.parametrize("word", ["Không", False, 0, "Chưa", "n", "☐"])
def test_a_denial_under_not_met_can_be_read_either_way(facts, word: object) -> None:
    in_list = (["Mã xã", "Các tiêu chí chưa đạt", None], [None, "1", "2"], [GIANG, word, "x"])
    assert read(facts, *in_list, merged=["B1:C1"]).faults["cell"].tolist() == ["B3"]
    in_pair = read(facts, *PAIRS, [GIANG, None, word, "x", None], merged=MERGED)
    assert in_pair.faults["cell"].tolist() == ["C3"]
    assert in_pair.faults["rule"].str.contains("hai cách").all()


@pytest.mark.parametrize("word", ["x", 1, True, "Có", "Chưa đạt", "Không đạt", "CĐ", "KĐ."])
def test_a_mark_under_not_met_says_not_met(facts, word: object) -> None:
    found = read(facts, ["Mã xã", "TC 1 chưa đạt", "TC 2"], [GIANG, word, "x"])
    assert answers(found) == {(GIANG, "1"): "0", (GIANG, "2"): "1"}


def test_a_heading_that_denies_twice_is_not_read(facts) -> None:
    group = ["Mã xã", "Không còn tiêu chí chưa đạt", None, "3"]
    found = read(facts, group, [None, "1", "2", None], [GIANG, "x", "0", "x"], merged=["B1:C1"])
    assert answers(found) == {(GIANG, "3"): "1"}
    assert "phủ định hai lần" in left_out(found)["B3"]
    with pytest.raises(Refused, match="phủ định hai lần"):
        read(facts, *([word[:2] for word in (group, [None, "1"], [GIANG, "x"])]))


def test_a_title_that_denies_twice_is_asked_about(facts) -> None:
    with pytest.raises(Undecided) as question:
        read(facts, ["Danh sách xã không có tiêu chí chưa đạt"], ["Mã xã", "1"], [GIANG, "x"], [LU, "x"])
    assert list(question.value.choices) == ["unmet", "met"]
