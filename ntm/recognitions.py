"""Recognitions: decisions that a unit reaches a standard, and that they hold no longer.

Their input validation, and what they say of each commune: recognised, not recognised, or not known.
"""

from collections.abc import Sequence

import pandas as pd

from ntm import checks
from ntm.checks import Rule
from ntm.reference import Reference
from ntm.text import mark
from ntm.world import PUBLISHED

KEY = ["unit_code", "standard"]
COLUMNS = [*KEY, "recognised_by", "decision", "evidence", "source"]
STANDARDS = ("ntm", "advanced")  # new rural, advanced new rural
NTM = STANDARDS[0]
NEVER = "9999-12-31"
UNSURE = ("one-source", "not-verified")  # evidence that does not prove that nobody else is recognised
COUNTED = "recognised_communes"  # the published figure that says how many there are


def _revoked_after(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return (frame["revoked_on"] == "") | (frame["revoked_on"] > frame["recognised_by"])


STANDARD = checks.one_of("standard", STANDARDS, mark("chuẩn phải là ntm (nông thôn mới) hoặc advanced (nâng cao)"))
RULES = (
    checks.UNIT,
    STANDARD,
    checks.day("recognised_by"),
    checks.past("recognised_by", mark("ngày công nhận không được ở tương lai")),
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


def by_period(
    decisions: pd.DataFrame, lists: pd.DataFrame, figures: pd.DataFrame, communes: pd.DataFrame, periods: Sequence[str]
) -> pd.DataFrame:
    """Return whether each commune is recognised at each period. Index (period, unit_code).

    Columns: recognised (boolean; NA if it is not known), kind (of the fact that says so; None if none does). Who has no
    decision is not recognised if the list is known to be complete (see `complete`), and unknown otherwise.
    `decisions`, `lists`, `figures`: facts as store.present gives them; `communes`: Reference.communes.
    """
    mine = decisions[(decisions["standard"] == NTM) & decisions["unit_code"].isin(communes.index)].set_index(
        "unit_code"
    )
    return pd.concat(
        {period: _at(mine, lists, figures, communes, period) for period in periods}, names=["period", "unit_code"]
    )


def _at(
    mine: pd.DataFrame, lists: pd.DataFrame, figures: pd.DataFrame, communes: pd.DataFrame, period: str
) -> pd.DataFrame:
    day = mine["recognised_by"].reindex(communes.index)
    end = mine["revoked_on"].replace("", NEVER).reindex(communes.index)
    kind = mine["kind"].reindex(communes.index).astype(object)
    flags = pd.Series(pd.NA, index=communes.index, dtype="boolean")
    flags[(day > period) & (kind != PUBLISHED)] = False  # a published day says "by then"; the decision may be older
    flags[day <= period] = (period < end)[day <= period].astype("boolean")
    whole = communes["district_code"].map(complete(flags, lists, figures, communes, period))
    others = flags.isna() & whole.notna()
    flags[others], kind[others] = False, whole[others]
    return pd.DataFrame({"recognised": flags, "kind": kind.where(kind.notna(), None)})


def complete(
    flags: pd.Series, lists: pd.DataFrame, figures: pd.DataFrame, communes: pd.DataFrame, period: str
) -> dict[str, str]:
    """Return the districts all of whose recognitions are known at a period: code → kind of the fact that says so.

    Either a list was said to be complete up to that day or later, or a published figure of that period, of more than
    one source, counts as many recognised communes as there are decisions. `flags`: by commune, True for those that are
    known to be recognised.
    """
    of_standard = lists[(lists["standard"] == NTM) & (lists["complete_to"] >= period)].set_index("unit_code")["kind"]
    sure = ~figures["evidence"].isin(UNSURE)
    stated = figures[(figures["indicator"] == COUNTED) & (figures["period"] == period) & sure]
    counted = stated.set_index("unit_code")["value"]
    known = flags.fillna(False).groupby(communes["district_code"]).sum()
    found = {code: PUBLISHED for code in known.index if counted.get(code) == known[code]}
    found |= {code: kind for code, kind in of_standard.items() if code in known.index}
    above = [PUBLISHED for code in counted.index.difference(known.index) if counted[code] == known.sum()]
    above += of_standard[~of_standard.index.isin(known.index)].tolist()  # of the province
    return dict.fromkeys(known.index, above[-1]) if above else found
