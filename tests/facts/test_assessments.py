import datetime as dt

import pandas as pd
import pytest

from ntm.facts import assessments
from ntm.facts.rules import Faults

GOOD = {
    "period": "2024-12-31",
    "unit_code": "03628",
    "criteria_set": "commune-2021-2025",
    "criterion": "10",
    "met": "đạt",
}


def rows(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([GOOD | change for change in changes])


def only_fault(facts, *changes: dict) -> pd.Series:
    with pytest.raises(Faults) as caught:
        assessments.check(rows(*changes), facts)
    assert len(caught.value.table) == 1
    return caught.value.table.iloc[0]


@pytest.mark.parametrize(
    ("word", "met"),
    [("đạt", True), ("Đạt", True), ("1", True), (" true ", True), (True, True), ("Chưa đạt", False), (0, False)],
)
def test_words_for_met(facts, word: object, met: bool) -> None:
    assert assessments.check(rows({"met": word}), facts)["met"].tolist() == [met]


def test_checked_rows_are_typed(facts) -> None:
    checked = assessments.check(rows({}), facts)
    assert checked.to_dict("records") == [GOOD | {"criterion": 10, "met": True, "document": "", "remark": ""}]


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"unit_code": "99999"}, "unit_code", "không có trong danh mục"),
        ({"criterion": "20"}, "criterion", "không có trong bộ"),
        ({"criterion": "x"}, "criterion", "không có trong bộ"),
        ({"met": "có lẽ"}, "met", "đạt"),
        ({"met": ""}, "met", "đạt"),
        ({"period": "2024-12-30"}, "period", "cuối tháng"),
        ({"period": "31/12/2024"}, "period", "cuối tháng"),
        ({"unit_code": "03433"}, "unit_code", "không áp dụng"),
        ({"district_code": "106"}, "district_code", "không thuộc huyện"),
        ({"criteria_set": "commune-1999"}, "criteria_set", "không có trong danh mục"),
        ({"period": "2025-07-31"}, "unit_code", "không tồn tại"),
    ],
)
def test_each_fault_is_named(facts, change: dict, column: str, words: str) -> None:
    fault = only_fault(facts, change)
    assert fault["row"] == 2
    assert fault["column"] == column
    assert words in fault["rule"]


def test_a_future_period_is_refused(facts) -> None:
    future = dt.date(dt.date.today().year + 1, 12, 31).isoformat()
    with pytest.raises(Faults) as caught:
        assessments.check(rows({"period": future}), facts)
    assert "tương lai" in " ".join(caught.value.table["rule"])


def test_duplicates_are_named_on_every_row(facts) -> None:
    with pytest.raises(Faults) as caught:
        assessments.check(rows({}, {"met": "0"}, {"criterion": "11"}), facts)
    assert caught.value.table["row"].tolist() == [2, 3]
    assert caught.value.table["rule"].str.startswith("trùng").all()


def test_all_faults_come_at_once(facts) -> None:
    with pytest.raises(Faults) as caught:
        assessments.check(rows({"met": "?"}, {"criterion": "20"}, {"unit_code": "1", "met": "?"}), facts)
    assert caught.value.table[["row", "column"]].to_numpy().tolist() == [
        [2, "met"],
        [3, "criterion"],
        [4, "unit_code"],
        [4, "met"],
    ]


def test_a_missing_column_is_named(facts) -> None:
    with pytest.raises(Faults) as caught:
        assessments.check(rows({}).drop(columns="met"), facts)
    assert caught.value.table["column"].tolist() == ["met"]


def test_the_right_district_is_accepted(facts) -> None:
    assert len(assessments.check(rows({"district_code": "110"}), facts)) == 1
