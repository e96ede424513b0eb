"""Periods in words: what titles and groups of columns say, and what is no period at all."""

import pytest

from ntm.intake import periods

TITLES = {
    "KẾT QUẢ THỰC HIỆN ĐẾN 31/12/2024": {"2024-12-31"},
    "6 tháng đầu năm 2024": {"2024-06-30"},
    "9 tháng năm 2024": {"2024-09-30"},
    "Quý III/2024": {"2024-09-30"},
    "Tháng 2/2024": {"2024-02-29"},
    "2/2024": {"2024-02-29"},
    "2024-12-31": {"2024-12-31"},
    "(Kèm theo Báo cáo số 15/BC-UBND ngày 30/11/2024)": set(),
    "Lai Châu, ngày 15/12/2024": set(),
    "KẾT QUẢ THỰC HIỆN NĂM 2024": set(),  # of any month of the year
    "Tháng 13/2024": set(),
    "so với 31/12/2023, đến 31/12/2024": {"2023-12-31", "2024-12-31"},
}


@pytest.mark.parametrize(("words", "expected"), TITLES.items())
def test_the_periods_that_a_title_says(words: str, expected: set[str]) -> None:
    assert periods.of_title(words) == expected


GROUPS = {
    "Năm 2023": "2023-12-31",
    "KQ đến 31/12 năm trước": "2023-12-31",
    "TH 6 tháng năm 2024": "2024-06-30",
    "Hạ tầng": "",
}


@pytest.mark.parametrize(("words", "expected"), GROUPS.items())
def test_the_period_of_a_group_of_columns(words: str, expected: str) -> None:
    assert periods.of_group(words, "2024-12-31") == expected
