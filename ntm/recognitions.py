"""Recognitions: decisions that a unit reaches a standard, and that they hold no longer. The checks at the door."""

import pandas as pd

from ntm import checks, clock
from ntm.checks import Rule
from ntm.reference import Reference
from ntm.text import mark

KEY = ["unit_code", "standard"]
COLUMNS = [*KEY, "recognised_by", "decision", "evidence", "source"]
STANDARDS = ("ntm", "advanced")  # new rural, advanced new rural


def _revoked_after(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return (frame["revoked_on"] == "") | (frame["revoked_on"] > frame["recognised_by"])


def _by_then(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["recognised_by"] <= clock.today().isoformat()


RULES = (
    checks.UNIT,
    checks.one_of("standard", STANDARDS, mark("chuẩn phải là ntm (nông thôn mới) hoặc advanced (nâng cao)")),
    checks.day("recognised_by"),
    Rule("recognised_by", mark("ngày công nhận không được ở tương lai"), _by_then),
    checks.day("revoked_on", optional=True),
    Rule("revoked_on", mark("ngày thu hồi phải sau ngày công nhận"), _revoked_after),
    checks.once(KEY, mark("trùng: đơn vị và chuẩn này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Columns: COLUMNS, and revoked_on (ISO date; empty where it holds).

    Raises checks.Faults with all faults at once.
    """
    given = frame if "revoked_on" in frame else frame.assign(revoked_on="")
    return checks.run(given, COLUMNS, RULES, reference)[[*COLUMNS, "revoked_on"]]
