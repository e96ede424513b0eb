"""Openings: that reporting for a period has begun. An editor of the whole province says so; then districts report.

A period is also open from the first official fact of it on. Input validation.
"""

import pandas as pd
from sqlalchemy import Column, Date, String

from ntm.facts import rules
from ntm.facts.fact_type import FactType, table
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark

TABLE = table(
    "openings",
    Column("unit_code", String, primary_key=True),  # the province
    Column("period", Date, primary_key=True),  # districts may report for it
)
KEY = ["unit_code", "period"]
COLUMNS = KEY

RULES = (
    *rules.PERIOD,
    Rule(
        "unit_code",
        mark("kỳ được mở cho cả tỉnh"),
        lambda frame, reference: frame["unit_code"] == reference.province_code,
    ),
    rules.once(KEY, mark("trùng: kỳ này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS. Raises rules.Faults with all faults at once."""
    return rules.run(frame, COLUMNS, RULES, reference)[COLUMNS]


def row(province: str, period: str) -> pd.DataFrame:
    """Return the row that says that a period (ISO text) is open in a province (code)."""
    return pd.DataFrame([(province, period)], columns=COLUMNS)


TYPE = FactType(place=4, table=TABLE, title=mark("Mở kỳ"), check=check)
