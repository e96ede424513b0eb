"""Fit: a table with the criteria of another set than that of its period is asked about, and never read in part."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, answers, left_out, read

OLD, ADVANCED, NEW = "commune-2021-2025", "commune-advanced-2021-2025", "commune-2026-2030"
NEWLY = Asked("assessments", "2026-06-30")
KIM = "03637"  # Mường Kim, since 1/7/2025


def names(facts, code: str) -> list[str]:
    return facts.criteria_of(code)["name_vi"].tolist()


@pytest.mark.parametrize("words", ["{}", "TC {}", "Tiêu chí số {}"])
def test_nineteen_numbers_in_a_year_of_ten_criteria_are_asked_about(facts, words: str) -> None:
    heads = [words.format(number) for number in range(1, 20)]
    wide = (["Mã xã", *heads], [KIM, *["x"] * 19])
    in_rows = (["Mã xã", "Tiêu chí", "Kết quả"], *([KIM, head, "Đạt"] for head in heads))
    for rows in (wide, in_rows):
        with pytest.raises(Undecided, match="19") as question:
            read(facts, *rows, asked=NEWLY)
        assert list(question.value.choices) == [OLD, ADVANCED, NEW]
        assert "không áp dụng ở kỳ 30/06/2026" in question.value.choices[OLD]
        found = read(facts, *rows, asked=NEWLY.deciding("criteria", OLD))
        assert len(answers(found)) == 19
        assert set(found.rows["criteria_set"]) == {OLD}


@pytest.mark.parametrize("words", ["{name}", "{number}. {name}", "TC{number}: {name}"])
def test_criteria_of_another_time_by_name_are_asked_about(facts, words: str) -> None:
    heads = [words.format(number=number, name=name) for number, name in enumerate(names(facts, NEW), start=1)]
    wide = (["Mã xã", *heads], [GIANG, *["x"] * 10])
    in_rows = (["Mã xã", "Tiêu chí", "Kết quả"], *([GIANG, head, "Đạt"] for head in heads))
    for rows in (wide, in_rows):
        with pytest.raises(Undecided) as question:
            read(facts, *rows)
        assert list(question.value.choices) == [NEW, OLD]
        assert len(answers(read(facts, *rows, asked=ASKED.deciding("criteria", NEW)))) == 10
    told = read(facts, *wide, asked=ASKED.deciding("criteria", OLD))
    assert len(answers(told)) == 1
    assert len(left_out(told)) == 9


def test_numbers_below_names_of_another_time_are_asked_about(facts) -> None:
    rows = (["Mã xã", *names(facts, NEW)], [None, *range(1, 11)], [GIANG, *["x"] * 10])
    with pytest.raises(Undecided) as question:
        read(facts, *rows)
    assert list(question.value.choices) == [NEW, OLD]


def test_names_of_the_old_set_in_a_new_period_are_asked_about(facts) -> None:
    with pytest.raises(Undecided) as question:
        read(facts, ["Mã xã", *names(facts, OLD)], [KIM, *["x"] * 19], asked=NEWLY)
    assert list(question.value.choices) == [OLD, NEW]


def test_advanced_criteria_by_name_are_asked_about(facts) -> None:
    with pytest.raises(Undecided) as question:
        read(facts, ["Mã xã", *names(facts, ADVANCED)], [GIANG, *["x"] * 19])
    assert list(question.value.choices) == [ADVANCED, OLD]


def test_a_table_that_fits_its_period_is_not_asked_about(facts) -> None:
    groups = [None, "Quy hoạch", *["Hạ tầng kinh tế - xã hội"] * 8]
    under_groups = (groups, ["Mã xã", *range(1, 10)], [GIANG, *["x"] * 9])
    assert len(answers(read(facts, *under_groups, merged=["C1:J1"]))) == 9
    assert len(answers(read(facts, ["Mã xã", *names(facts, OLD)], [GIANG, *["x"] * 19]))) == 19
    assert len(answers(read(facts, ["Mã xã", *names(facts, NEW)], [KIM, *["x"] * 10], asked=NEWLY))) == 10
    some = ["Hộ nghèo", "GD&ĐT", "Chợ"]
    assert len(answers(read(facts, ["Mã xã", *some], [GIANG, "x", "x", "x"]))) == 3
