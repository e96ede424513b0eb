"""Tables as offices have them, drawn by a grammar: what comes back is what was put in, or the cell is told.

Below: what the grammar has found, each kind by its smallest file.
"""

import sys
from collections import Counter

import pytest
from hypothesis import Phase, given, settings

from ntm import reference
from ntm.intake import reading, sheets
from ntm.intake.asked import Asked
from ntm.intake.reading import Reading
from ntm.intake.sheets import Sheet
from ntm.intake.undecided import Undecided
from tests.intake.grammar import formats
from tests.intake.grammar.grid import Formula, Grid
from tests.intake.grammar.verdict import ASKED, REFUSED, RIGHT, TOLD, judge
from tests.intake.grammar.words import PERIOD
from tests.intake.grammar.writing import Written, written

ALIKE = {"derandomize": True, "database": None, "phases": [Phase.generate]}  # the same files every time
FACTS = reference.load(PERIOD)
GIANG, LU = "03418", "03412"


@settings(max_examples=100, **ALIKE)
@given(written(FACTS, plain=True))
def test_of_a_plain_table_every_fact_is_read(drawn: Written) -> None:
    found = judge(drawn.file, drawn.content, FACTS)
    assert (found.outcome, found.silent) == (RIGHT, []), found.words


def test_of_an_odd_table_nothing_is_wrong_without_a_word() -> None:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=200, **ALIKE)
    @given(written(FACTS, plain=False))
    def read(drawn: Written) -> None:
        found = judge(drawn.file, drawn.content, FACTS)
        outcomes[found.outcome] += 1
        assert found.silent == [], drawn

    read()
    sys.stdout.write(f"{dict(outcomes)}\n")
    assert set(outcomes) == {RIGHT, TOLD, ASKED, REFUSED}
    assert outcomes[RIGHT] > 40
    assert outcomes[TOLD] > 40
    assert outcomes[REFUSED] < 40


def test_a_drawn_file_is_read_alike_in_a_process_of_its_own() -> None:
    grid = Grid("S")
    for row, words in enumerate((["Mã xã", "1"], [GIANG, "x"])):
        for column, word in enumerate(words):
            grid.put(row, column, word)
    contents = [write([grid]) for write in (formats.xlsx, formats.xls, formats.ods)]
    for content in (*contents, formats.csv(grid), formats.page(grid)):
        assert met(read_sheets(sheets.read(content))) == {(GIANG, "1"): "1"}


def read_sheets(found: list[Sheet], **answers: str) -> Reading:
    asked = Asked("assessments", PERIOD)
    for question, answer in answers.items():
        asked = asked.deciding(question, answer)
    return reading.read(found, asked, FACTS)


def met(found: Reading) -> dict[tuple[str, str], str]:
    return {(row["unit_code"], row["criterion"]): row["met"] for row in found.rows.to_dict("records")}


@pytest.mark.parametrize("write", [formats.xls, formats.ods])
def test_a_formula_without_a_value_is_told(write) -> None:
    grid = Grid("S", [["Mã xã", "1", "2"], [GIANG, "x", Formula('IF(1=1,"Đạt","")', "")]])
    found = read_sheets(sheets.read(write([grid])))
    assert found.faults["cell"].tolist() == ["C2"]
    assert "công thức" in found.faults["rule"][0]


def test_a_hidden_row_under_a_merged_unit_is_told_where_it_is_skipped() -> None:
    rows = [["Mã xã", "Tiêu chí", "Kết quả"], [GIANG, "1", "Đạt"], ["", "2", "Đạt"], ["", "3", "Đạt"]]
    sheet = Sheet("S", rows, merged=((1, 0, 3, 0),), hidden_rows=frozenset([2]))
    found = read_sheets([sheet], hidden="skip")
    assert met(found) == {(GIANG, "1"): "1", (GIANG, "3"): "1"}
    assert found.left_out["cell"].tolist() == ["B3:C3"]


def test_a_merged_title_does_not_end_the_groups_that_are_not_merged() -> None:
    rows = [["Bảng tổng hợp"], ["TT", "Mã xã", "Các tiêu chí chưa đạt", ""], ["", "", "1", "2"], ["1", GIANG, "", "x"]]
    assert met(read_sheets([Sheet("S", rows, merged=((0, 0, 0, 3),))])) == {(GIANG, "2"): "0"}


def test_a_fault_of_a_unit_takes_nothing_else_of_its_row_away() -> None:
    found = read_sheets([Sheet("S", [["Tên xã", "1", "Xếp loại"], ["Bản Giangg", "x", "khá"]])])
    assert found.faults["cell"].tolist() == ["A2"]
    assert found.left_out["cell"].tolist() == ["C2"]
    beside = [["Mã xã", "1", "Mã xã", "1"], [GIANG, "x", "99999", "x"]]
    found = read_sheets([Sheet("S", beside)])
    assert met(found) == {(GIANG, "1"): "1"}
    assert found.faults["cell"].tolist() == ["C2"]


def test_a_sum_under_a_column_of_codes_is_a_sum() -> None:
    found = read_sheets([Sheet("S", [["Mã xã", "1"], [GIANG, "x"], ["Toàn huyện", "1"]])])
    assert found.faults.empty
    assert "dòng tổng" in " ".join(found.left_out["reason"]) or found.left_out.empty


def test_a_heading_over_two_rows_is_no_title() -> None:
    rows = [["Mã xã", "Kết quả", "", "Nguyên nhân chưa đạt"], ["", "1", "2", ""], [GIANG, "x", "", "x"]]
    found = read_sheets([Sheet("S", rows, merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)))])
    assert found.rows[["criterion", "met"]].to_numpy().tolist() == [["1", "1"]]
    assert found.left_out["cell"].tolist() == ["D3"]


def test_the_year_of_some_columns_is_not_that_of_the_table() -> None:
    found = read_sheets([Sheet("S", [["Mã xã", "Kết quả", "Đăng ký đạt năm 2025"], ["", "1", "1"], [GIANG, "x", "x"]])])
    assert found.rows[["period", "criterion"]].to_numpy().tolist() == [[PERIOD, "1"]]
    assert "kế hoạch" in found.left_out["reason"][0]


@pytest.mark.parametrize("title", [["Năm 2023"], ["", "", "Năm 2023"], ["UBND HUYỆN", "", "Năm 2023"]])
def test_a_year_that_stands_alone_is_that_of_the_table_wherever_it_stands(title: list[str]) -> None:
    with pytest.raises(Undecided, match="2023"):
        read_sheets([Sheet("S", [title, ["Mã xã", "1", "2"], [GIANG, "x", "x"]])])
