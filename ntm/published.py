"""Published figures: what somebody has announced, with its source, to compare the data with. The checks at the door."""

import re

import pandas as pd

from ntm import checks
from ntm.checks import Rule
from ntm.reference import Reference
from ntm.text import mark

KEY = ["unit_code", "date", "indicator"]
COLUMNS = [*KEY, "period", "value", "evidence", "source"]
INDICATORS = re.compile(r"average_criteria|criteria_met|recognised_communes|communes_\d+(_\d+)?")
_DATE = re.compile(r"\d{4}\b.*")  # the rest in words, where the source is no more precise


def _is_date(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["date"].map(lambda date: bool(_DATE.fullmatch(date)))


def _is_period(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["period"].map(lambda period: not period or checks.is_month_end(period))


def _is_indicator(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["indicator"].map(lambda indicator: bool(INDICATORS.fullmatch(indicator)))


RULES = (
    checks.UNIT,
    Rule("date", mark("ngày phải bắt đầu bằng năm: 2024, 2024-12 hoặc 2024-12-31"), _is_date),
    Rule("period", mark("kỳ phải là ngày cuối tháng, dạng 2024-12-31, hoặc để trống"), _is_period),
    Rule(
        "indicator",
        mark(
            "chỉ tiêu phải là average_criteria, criteria_met, recognised_communes hoặc communes_15_18 (số xã đạt 15–18)"
        ),
        _is_indicator,
    ),
    checks.number("value", mark("giá trị phải là số từ 0")),
    Rule("source", mark("phải ghi nguồn"), lambda frame, reference: frame["source"] != ""),
    checks.once(KEY, mark("trùng: đơn vị, ngày và chỉ tiêu này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS, value as float. Raises checks.Faults with all faults at once."""
    words = checks.run(frame, COLUMNS, RULES, reference)
    return words[COLUMNS].assign(value=words["value"].astype(float))
