"""Complete lists: that every recognition of a district's, or the province's, communes up to a day is in the data.

A decision says who is recognised; nothing says who is not, until somebody says that the list is complete. Input
validation.
"""

from collections.abc import Collection

import pandas as pd

from ntm import checks, recognitions
from ntm.checks import Rule
from ntm.reference import Reference
from ntm.text import mark

KEY = ["unit_code", "standard"]
COLUMNS = [*KEY, "complete_to"]


def _is_above_communes(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    above = {reference.plan.province, *reference.districts.index}
    return frame["unit_code"].isin(above) | ~frame["unit_code"].isin(reference.units.index)


RULES = (
    checks.UNIT,
    Rule("unit_code", mark("danh sách đầy đủ là của tỉnh hoặc của huyện"), _is_above_communes),
    recognitions.STANDARD,
    checks.day("complete_to"),
    checks.past("complete_to", mark("ngày của danh sách không được ở tương lai")),
    checks.once(KEY, mark("trùng: đơn vị và chuẩn này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS. Raises checks.Faults with all faults at once."""
    return checks.run(frame, COLUMNS, RULES, reference)[COLUMNS]


def rows(units: Collection[str], complete_to: str) -> pd.DataFrame:
    """Return the rows that say that the lists of these units (codes) are complete up to a day (ISO text)."""
    return pd.DataFrame([(code, recognitions.NTM, complete_to) for code in units], columns=COLUMNS)
