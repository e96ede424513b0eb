"""Villages: how many of a district's villages are recognised since the plan's baseline. The checks at the door."""

import pandas as pd

from ntm import checks
from ntm.checks import Rule
from ntm.reference import Reference
from ntm.text import mark

KEY = ["period", "unit_code"]
COLUMNS = [*KEY, "recognised"]


def _is_district(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["unit_code"].isin(reference.districts.index) | ~frame["unit_code"].isin(reference.units.index)


RULES = (
    *checks.PERIOD,
    checks.UNIT,
    Rule("unit_code", mark("số thôn, bản được nhập theo huyện"), _is_district),
    checks.UNIT_EXISTED,
    checks.number("recognised", mark("số thôn, bản phải là số nguyên từ 0"), whole=True),
    checks.once(KEY, mark("trùng: kỳ và đơn vị này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS: period, unit_code, recognised (int).

    Raises checks.Faults with all faults at once.
    """
    words = checks.run(frame, COLUMNS, RULES, reference)
    return words[COLUMNS].assign(recognised=words["recognised"].astype(float).astype(int))
