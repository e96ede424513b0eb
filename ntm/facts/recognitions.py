"""Recognitions: decisions that a unit reaches a standard, and that they hold no longer.

Their input validation, and what they say of each commune: recognised, not recognised, or not known.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import Column, Date, String

from ntm.facts import rules
from ntm.facts.fact_type import REMARK, FactType, Field, Form, table, text_column
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark
from ntm.world import PUBLISHED

TABLE = table(
    "recognitions",
    Column("unit_code", String, primary_key=True),
    Column("standard", String, primary_key=True),
    Column("recognised_by", Date, nullable=False),  # recognised on this day or earlier
    Column("decision", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("source", String, nullable=False),
    Column("revoked_on", Date),  # the recognition has not held since this day
    text_column(REMARK.name),
)
KEY = ["unit_code", "standard"]
COLUMNS = [*KEY, "recognised_by", "decision", "evidence", "source"]
OPTIONAL = ["revoked_on", REMARK.name]
STANDARDS = ("ntm", "advanced")  # new rural, advanced new rural
NTM = STANDARDS[0]
NEVER = "9999-12-31"
UNSURE = ("one-source", "not-verified")  # evidence that does not prove that nobody else is recognised
COUNTED = "recognised_communes"  # the published figure that says how many there are
Scopes = Mapping[str, list[str]]  # a group or the province → its communes


def _revoked_after(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return (frame["revoked_on"] == "") | (frame["revoked_on"] > frame["recognised_by"])


def _unit_existed(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    unknown = ~frame["unit_code"].isin(reference.timeline.codes) | ~frame["recognised_by"].map(rules.is_day)
    return reference.units_on(frame["unit_code"], frame["recognised_by"])["kind"].notna() | unknown


STANDARD = rules.one_of("standard", STANDARDS, mark("chuẩn phải là ntm (nông thôn mới) hoặc advanced (nâng cao)"))
RULES = (
    rules.UNIT,
    STANDARD,
    rules.day("recognised_by"),
    Rule("unit_code", mark("đơn vị không tồn tại ở ngày công nhận"), _unit_existed),
    rules.past("recognised_by", mark("ngày công nhận không được ở tương lai")),
    rules.day("revoked_on", optional=True),
    Rule("revoked_on", mark("ngày thu hồi phải sau ngày công nhận"), _revoked_after),
    rules.once(KEY, mark("trùng: đơn vị và chuẩn này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Columns: COLUMNS, revoked_on (ISO date; empty where it holds), remark.

    The last two may be missing. Raises rules.Faults with all faults at once.
    """
    return rules.run(frame, COLUMNS, RULES, reference, OPTIONAL)[[*COLUMNS, *OPTIONAL]]


TYPE = FactType(
    place=2,
    table=TABLE,
    title=mark("Công nhận và thu hồi"),
    check=check,
    unit_dated_by="recognised_by",
    form=Form(
        title="Quyết định công nhận và thu hồi",
        value="recognised_by",
        may_be_complete=True,
        fields=(
            Field("district", mark("Huyện")),
            Field("standard", mark("Chuẩn"), choices=("nông thôn mới", "nâng cao"), default=NTM),
            Field("recognised_by", mark("Ngày công nhận")),
            Field("decision", mark("Quyết định")),
            Field("revoked_on", mark("Ngày thu hồi")),
            Field("source", mark("Nguồn")),
            REMARK,
            Field("evidence", mark("Mức chắc chắn"), default="official", in_template=False),
        ),
        hints=(mark("Ngày ghi dạng 31/12/2024. Ghi mã đơn vị, hoặc tên đơn vị và huyện."),),
    ),
)


def by_period(
    decisions: pd.DataFrame,
    lists: pd.DataFrame,
    figures: pd.DataFrame,
    scopes: Scopes,
    communes: pd.DataFrame,
    periods: Sequence[str],
) -> pd.DataFrame:
    """Return whether each commune is recognised at each period. Index (period, unit_code).

    Columns: recognised (boolean; NA if it is not known), kind (of the fact that says so; None if none does). Who has no
    decision is not recognised if the list is known to be complete (see `complete`), and unknown otherwise.
    `decisions`, `lists`, `figures`: facts as store.present gives them; `scopes`, `communes`: of a Reference.
    """
    mine = decisions[(decisions["standard"] == NTM) & decisions["unit_code"].isin(communes.index)].set_index(
        "unit_code"
    )
    return pd.concat(
        {period: _at(mine, lists, figures, scopes, communes, period) for period in periods},
        names=["period", "unit_code"],
    )


def _at(
    mine: pd.DataFrame,
    lists: pd.DataFrame,
    figures: pd.DataFrame,
    scopes: Scopes,
    communes: pd.DataFrame,
    period: str,
) -> pd.DataFrame:
    day = mine["recognised_by"].reindex(communes.index)
    end = mine["revoked_on"].replace("", NEVER).reindex(communes.index)
    kind = mine["kind"].reindex(communes.index).astype(object)
    flags = pd.Series(pd.NA, index=communes.index, dtype="boolean")
    flags[(day > period) & (kind != PUBLISHED)] = False  # a published day says "by then"; the decision may be older
    flags[day <= period] = (period < end)[day <= period].astype("boolean")
    whole = communes.index.to_series().map(complete(flags, lists, figures, scopes, period))
    others = flags.isna() & whole.notna()
    flags[others], kind[others] = False, whole[others]
    return pd.DataFrame({"recognised": flags, "kind": kind.where(kind.notna(), None)})


def complete(
    flags: pd.Series, lists: pd.DataFrame, figures: pd.DataFrame, scopes: Scopes, period: str
) -> dict[str, str]:
    """Return the communes of which it is known at a period whether they are recognised: code → kind of what says so.

    Either a list of their group, or of the province, was said to be complete up to that day or later, or a published
    figure of that period, of more than one source, counts as many recognised communes as there are decisions. `flags`:
    by commune, True for those that are known to be recognised; `scopes`: see Reference, the province last.
    """
    whole = lists[(lists["standard"] == NTM) & (lists["complete_to"] >= period)]
    listed = whole.set_index("unit_code")["kind"].to_dict()
    sure = ~figures["evidence"].isin(UNSURE)
    stated = figures[(figures["indicator"] == COUNTED) & (figures["period"] == period) & sure]
    counted, known = stated.set_index("unit_code")["value"].to_dict(), flags.fillna(False)
    found: dict[str, str] = {}
    for code, communes in scopes.items():
        if counted.get(code) == known[communes].sum():
            found |= dict.fromkeys(communes, PUBLISHED)
        if code in listed:
            found |= dict.fromkeys(communes, listed[code])
    return found
