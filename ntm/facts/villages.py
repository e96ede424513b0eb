"""Villages: how many of a district's villages are recognised since the plan's baseline. Input validation."""

import pandas as pd
from sqlalchemy import Column, Date, Integer, String

from ntm.facts import rules
from ntm.facts.fact_type import BESIDE, DOCUMENT, REMARK, FactType, Field, Form, table, text_column
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark

TABLE = table(
    "villages",
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("recognised", Integer, nullable=False),  # since the plan's baseline
    *map(text_column, BESIDE),
)
KEY = ["period", "unit_code"]
COLUMNS = [*KEY, "recognised"]


def _is_district(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    level = reference.units_on(frame["unit_code"], frame["period"])["level"]
    return level.eq("district") | level.isna()


RULES = (
    *rules.PERIOD,
    rules.UNIT,
    Rule("unit_code", mark("số thôn, bản được nhập theo huyện"), _is_district),
    rules.UNIT_EXISTED,
    rules.number("recognised", mark("số thôn, bản phải là số nguyên từ 0"), whole=True),
    rules.once(KEY, mark("trùng: kỳ và đơn vị này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS: period, unit_code, recognised (int); document, remark.

    The last two may be missing. Raises rules.Faults with all faults at once.
    """
    words = rules.run(frame, COLUMNS, RULES, reference, BESIDE)
    return words[[*COLUMNS, *BESIDE]].assign(recognised=words["recognised"].astype(float).astype(int))


TYPE = FactType(
    place=5,
    table=TABLE,
    title=mark("Thôn, bản"),
    check=check,
    dated_by="period",
    form=Form(
        title="Thôn, bản được công nhận",
        value="recognised",
        of_period=True,
        level="district",
        fields=(
            Field("period", mark("Kỳ"), in_template=False),
            Field("recognised", mark("Số thôn, bản được công nhận")),
            DOCUMENT,
            REMARK,
        ),
    ),
)
