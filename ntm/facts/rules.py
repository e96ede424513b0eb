"""Input validation: rules that every row of incoming data must hold; all faults are named at once."""

import calendar
import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ntm import clock, signs
from ntm.reference import Reference
from ntm.text import _, mark, plural

FIRST_ROW = 2  # row 1 is the heading


class Faults(ValueError):
    """Data that cannot be taken, with every fault at once in `.table` (row, column, value, rule)."""

    def __init__(self, table: pd.DataFrame):
        self.table = table
        super().__init__(plural("{count} lỗi; không lưu gì.", len(table)))


@dataclass(frozen=True)
class Rule:
    """One thing that must hold of every row: `holds` takes the raw frame and returns one boolean per row."""

    column: str
    sentence: str
    holds: Callable[[pd.DataFrame, Reference], pd.Series]


def run(
    frame: pd.DataFrame,
    columns: Sequence[str],
    rules: Sequence[Rule],
    reference: Reference,
    optional: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the frame as stripped words, if it has the columns and every rule holds of every row.

    `frame` has `columns`, as text or plain values; others are kept; `optional`: columns that are empty if it lacks
    them. Raises Faults with all faults at once.
    """
    missing = [column for column in columns if column not in frame]
    if missing:
        raise Faults(_fault_table([("", column, "", mark("thiếu cột này")) for column in missing]))
    given = frame.assign(**{column: "" for column in optional if column not in frame})
    words = given.reset_index(drop=True).astype("string").fillna("").astype(object).map(signs.composed)
    faults = _forbidden_texts(words)
    try:
        _schema(rules, reference).validate(words, lazy=True)
    except pa.errors.SchemaErrors as errors:
        faults += _broken_rules(errors.failure_cases, words, rules)
    if faults:
        raise Faults(_fault_table(sorted(faults, key=lambda fault: fault[0])))
    return words


def _forbidden_texts(words: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Faults of texts that may not be stored. Asked once per different text: there are few, and rows are many."""
    faults = []
    for column in words:
        wrong = {text: signs.fault(text) for text in words[column].unique()}
        for row, text in words[column].items():
            if wrong[text]:
                faults.append((row + FIRST_ROW, column, signs.shown(text), wrong[text]))
    return faults


def _schema(rules: Sequence[Rule], reference: Reference) -> pa.DataFrameSchema:
    def check_of(number: int, rule: Rule) -> pa.Check:
        return pa.Check(lambda frame: rule.holds(frame, reference), name=str(number), ignore_na=False)

    return pa.DataFrameSchema(checks=[check_of(number, rule) for number, rule in enumerate(rules)])


def _broken_rules(failures: pd.DataFrame, words: pd.DataFrame, rules: Sequence[Rule]) -> list[tuple[Any, ...]]:
    broken = failures[["index", "check"]].drop_duplicates().astype(int).sort_values(["index", "check"])
    rows = []
    for index, number in broken.itertuples(index=False):
        rule = rules[number]
        rows.append((index + FIRST_ROW, rule.column, signs.shown(words.at[index, rule.column]), rule.sentence))
    return rows


def _fault_table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["row", "column", "value", "rule"])
    return table.assign(rule=table["rule"].map(_))


def is_day(day: str) -> bool:
    """Return whether a text is a date as 2024-12-31."""
    try:
        return day == dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return False


def is_month_end(day: str) -> bool:
    """Return whether a text is the date of a month's last day."""
    if not is_day(day):
        return False
    date = dt.date.fromisoformat(day)
    return date.day == calendar.monthrange(date.year, date.month)[1]


def _each(values: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Ask once per different value: there are few, and rows are many."""
    return values.map({value: holds(value) for value in values.unique()}).astype(bool)


def _period_is_past(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    today = clock.today().isoformat()
    return (frame["period"] <= today) | ~_each(frame["period"], is_month_end)


def _unit_existed(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    unknown = ~frame["unit_code"].isin(reference.timeline.codes) | ~_each(frame["period"], is_month_end)
    return reference.units_on(frame["unit_code"], frame["period"])["kind"].notna() | unknown


PERIOD = (
    Rule(
        "period",
        mark("kỳ phải là ngày cuối tháng, dạng 2024-12-31"),
        lambda frame, reference: _each(frame["period"], is_month_end),
    ),
    Rule("period", mark("kỳ không được ở tương lai"), _period_is_past),
)
UNIT = Rule(
    "unit_code",
    mark("mã đơn vị không có trong danh mục của tỉnh"),
    lambda frame, reference: frame["unit_code"].isin(reference.timeline.codes),
)
UNIT_EXISTED = Rule("unit_code", mark("đơn vị không tồn tại ở kỳ này"), _unit_existed)


def day(column: str, *, optional: bool = False) -> Rule:
    """Return the rule that a column holds days."""
    return Rule(
        column,
        mark("ngày phải có dạng 2024-12-31"),
        lambda frame, reference: _each(frame[column], lambda value: is_day(value) or (optional and not value)),
    )


def past(column: str, sentence: str) -> Rule:
    """Return the rule that a column's days are not in the future."""

    def holds(frame: pd.DataFrame, reference: Reference) -> pd.Series:
        return (frame[column] <= clock.today().isoformat()) | ~_each(frame[column], is_day)

    return Rule(column, sentence, holds)


def once(key: Sequence[str], sentence: str) -> Rule:
    """Return the rule that no two rows speak of the same cell."""
    return Rule(key[-1], sentence, lambda frame, reference: ~frame.duplicated(list(key), keep=False))


def one_of(column: str, allowed: Sequence[str], sentence: str) -> Rule:
    """Return the rule that a column holds one of some values."""
    return Rule(column, sentence, lambda frame, reference: frame[column].isin(allowed))


def number(column: str, sentence: str, lowest: float = 0, *, whole: bool = False) -> Rule:
    """Return the rule that a column holds numbers, none below the lowest."""

    def holds(value: str) -> bool:
        try:
            found = float(value)
        except ValueError:
            return False
        return math.isfinite(found) and found >= lowest and (not whole or found.is_integer())

    return Rule(column, sentence, lambda frame, reference: _each(frame[column], holds))
