"""Debts: what a commune still owes for works of the programme. A sixth type of facts, as one file says it; a test."""

import pandas as pd
from sqlalchemy import Column, Date, Integer, String

from ntm.facts import rules
from ntm.facts.fact_type import FactType, Field, Form, table
from ntm.reference import Reference
from ntm.text import mark

TABLE = table(
    "debts",
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("owed", Integer, nullable=False),  # million đồng
)
COLUMNS = ["period", "unit_code", "owed"]
RULES = (
    *rules.PERIOD,
    rules.UNIT,
    rules.UNIT_EXISTED,
    rules.number("owed", mark("nợ phải là số nguyên từ 0, triệu đồng"), whole=True),
    rules.once(COLUMNS[:2], mark("trùng: kỳ và đơn vị này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS, owed as int. Raises rules.Faults with all faults at once."""
    words = rules.run(frame, COLUMNS, RULES, reference)
    return words[COLUMNS].assign(owed=words["owed"].astype(float).astype(int))


TYPE = FactType(
    place=99,
    table=TABLE,
    title=mark("Nợ đọng xây dựng cơ bản"),
    check=check,
    dated_by="period",
    form=Form(
        title="Nợ đọng xây dựng cơ bản",
        value="owed",
        of_period=True,
        level="commune",
        fields=(
            Field("period", mark("Kỳ"), in_template=False),
            Field("owed", mark("Nợ đọng, triệu đồng")),
        ),
    ),
)
