"""Complete lists: that every recognition of a district's, or the province's, communes up to a day is in the data.

A decision says who is recognised; nothing says who is not, until somebody says that the list is complete. Input
validation.
"""

from collections.abc import Collection

import pandas as pd
from sqlalchemy import Column, Date, String

from ntm.facts import recognitions, rules
from ntm.facts.fact_type import FactType, table
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark

TABLE = table(
    "complete_lists",
    Column("unit_code", String, primary_key=True),  # a district, or the province
    Column("standard", String, primary_key=True),
    Column("complete_to", Date, nullable=False),  # all recognitions up to this day are in the data
)
KEY = ["unit_code", "standard"]
COLUMNS = [*KEY, "complete_to"]


def _is_above_communes(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    levels = reference.units_on(frame["unit_code"], frame["complete_to"])["level"]
    return levels.isin(["province", "district"]) | ~frame["unit_code"].isin(reference.timeline.codes)


RULES = (
    rules.UNIT,
    Rule("unit_code", mark("danh sách đầy đủ là của tỉnh hoặc của huyện"), _is_above_communes),
    recognitions.STANDARD,
    rules.day("complete_to"),
    rules.past("complete_to", mark("ngày của danh sách không được ở tương lai")),
    rules.once(KEY, mark("trùng: đơn vị và chuẩn này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS. Raises rules.Faults with all faults at once."""
    return rules.run(frame, COLUMNS, RULES, reference)[COLUMNS]


def rows(units: Collection[str], complete_to: str) -> pd.DataFrame:
    """Return the rows that say that the lists of these units (codes) are complete up to a day (ISO text)."""
    return pd.DataFrame([(code, recognitions.NTM, complete_to) for code in units], columns=COLUMNS)


TYPE = FactType(place=3, table=TABLE, title=mark("Danh sách công nhận đầy đủ đến ngày"), check=check)
