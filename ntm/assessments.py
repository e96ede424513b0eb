"""Assessments: for a period, a unit and a criterion of a set, met or not met. The schema, and the checks at the door.

An assessment that is not there is unknown; unknown is never counted as not met.
"""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from ntm.reference import Reference
from ntm.text import _, mark

KEY = ["period", "unit_code", "criteria_set", "criterion"]
COLUMNS = [*KEY, "met"]
MET_WORDS = {"true": True, "1": True, "đạt": True, "met": True}
MET_WORDS |= {"false": False, "0": False, "chưa đạt": False, "not met": False}


class Faults(ValueError):
    """Data that cannot be taken, with every fault at once in `.table` (row, column, value, rule)."""

    def __init__(self, table: pd.DataFrame):
        self.table = table
        super().__init__(_("{count} lỗi; không lưu gì.", count=len(table)))


@dataclass(frozen=True)
class Rule:
    """One thing that must hold of every row: `holds` takes the raw frame and returns one boolean per row."""

    column: str
    sentence: str
    holds: Callable[[pd.DataFrame, Reference], pd.Series]


def _is_month_end(period: str) -> bool:
    try:
        day = dt.date.fromisoformat(period)
    except ValueError:
        return False
    return period == day.isoformat() and day.day == calendar.monthrange(day.year, day.month)[1]


def _period_is_past(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    today = dt.date.today().isoformat()
    return (frame["period"] <= today) | ~frame["period"].map(_is_month_end)


def _unit_is_known(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["unit_code"].isin(reference.units.index)


def _unit_existed(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    start = frame["unit_code"].map(reference.units["valid_from"]).fillna("")
    end = frame["unit_code"].map(reference.units["valid_to"]).replace("", "9999-12-31").fillna("9999-12-31")
    return (start <= frame["period"]) & (frame["period"] <= end) | ~frame["period"].map(_is_month_end)


def _unit_is_assessed_by_set(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    kind = frame["unit_code"].map(reference.units["kind"])
    wanted = frame["criteria_set"].map(reference.criteria_sets["unit_kind"])
    return (kind == wanted) | kind.isna() | wanted.isna()


def _unit_is_in_district(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    if "district_code" not in frame:
        return pd.Series(True, index=frame.index)
    parent = frame["unit_code"].map(reference.units["parent_code"])
    return (frame["district_code"] == parent) | parent.isna() | (frame["district_code"] == frame["unit_code"])


def _criterion_is_in_set(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    known = set(zip(reference.criteria["criteria_set"], reference.criteria["criterion"].astype(str), strict=True))
    pairs = zip(frame["criteria_set"], frame["criterion"], strict=True)
    in_set = pd.Series([pair in known for pair in pairs], index=frame.index, dtype=bool)
    return in_set | ~frame["criteria_set"].isin(reference.criteria_sets.index)


RULES = (
    Rule(
        "period",
        mark("kỳ phải là ngày cuối tháng, dạng 2024-12-31"),
        lambda frame, reference: frame["period"].map(_is_month_end),
    ),
    Rule("period", mark("kỳ không được ở tương lai"), _period_is_past),
    Rule("unit_code", mark("mã đơn vị không có trong danh mục của tỉnh"), _unit_is_known),
    Rule("unit_code", mark("đơn vị không tồn tại ở kỳ này"), _unit_existed),
    Rule("unit_code", mark("bộ tiêu chí không áp dụng cho loại đơn vị này"), _unit_is_assessed_by_set),
    Rule("district_code", mark("xã không thuộc huyện này"), _unit_is_in_district),
    Rule(
        "criteria_set",
        mark("bộ tiêu chí không có trong danh mục"),
        lambda frame, reference: frame["criteria_set"].isin(reference.criteria_sets.index),
    ),
    Rule("criterion", mark("tiêu chí không có trong bộ tiêu chí"), _criterion_is_in_set),
    Rule(
        "met",
        mark("giá trị phải là đạt (true, 1, đạt) hoặc chưa đạt (false, 0, chưa đạt)"),
        lambda frame, reference: frame["met"].str.lower().isin(MET_WORDS),
    ),
    Rule(
        "criterion",
        mark("trùng: kỳ, đơn vị, bộ tiêu chí và tiêu chí này đã có ở một dòng khác"),
        lambda frame, reference: ~frame.duplicated(KEY, keep=False),
    ),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows of any origin against every rule and return them typed.

    `frame` has COLUMNS and perhaps district_code, all as text or plain values. Returns COLUMNS: period (ISO text),
    unit_code, criteria_set, criterion (int), met (bool). Raises Faults with all faults at once.
    """
    missing = [column for column in COLUMNS if column not in frame]
    if missing:
        raise Faults(_fault_table([("", column, "", mark("thiếu cột này")) for column in missing]))
    raw = _as_words(frame)
    try:
        _schema(reference).validate(raw, lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise Faults(_describe(errors.failure_cases, raw)) from None
    return raw[COLUMNS].assign(
        criterion=raw["criterion"].astype(int), met=raw["met"].str.lower().map(MET_WORDS).astype(bool)
    )


def _as_words(frame: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in [*COLUMNS, "district_code"] if column in frame]
    words = frame[columns].reset_index(drop=True)
    return words.astype("string").fillna("").astype(object).map(str.strip)


def _schema(reference: Reference) -> pa.DataFrameSchema:
    def check_of(rule: Rule) -> pa.Check:
        return pa.Check(lambda frame: rule.holds(frame, reference), name=str(RULES.index(rule)), ignore_na=False)

    return pa.DataFrameSchema(checks=[check_of(rule) for rule in RULES])


def _describe(failures: pd.DataFrame, raw: pd.DataFrame) -> pd.DataFrame:
    broken = failures[["index", "check"]].drop_duplicates().astype(int).sort_values(["index", "check"])
    rows = []
    for index, number in broken.itertuples(index=False):
        rule = RULES[number]
        rows.append((index + 2, rule.column, raw.at[index, rule.column], rule.sentence))  # row 1 is the heading
    return _fault_table(rows)


def _fault_table(rows: list[tuple]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["row", "column", "value", "rule"])
    return table.assign(rule=table["rule"].map(_))
