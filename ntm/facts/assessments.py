"""Assessments: for a period, a unit and a criterion of a set, met or not met. Input validation.

An assessment that is not there is unknown; unknown is never counted as not met.
"""

import pandas as pd
from sqlalchemy import Boolean, Column, Date, Index, Integer, String

from ntm.facts import rules
from ntm.facts.fact_type import BESIDE, DOCUMENT, REMARK, FactType, Field, Form, table, text_column
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark

TABLE = table(
    "assessments",
    Column("period", Date, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("criteria_set", String, primary_key=True),
    Column("criterion", Integer, primary_key=True),
    Column("met", Boolean, nullable=False),
    *map(text_column, BESIDE),
    Index("assessments_by_unit", "unit_code", "period"),  # a page of one province reads only its own units
)
KEY = ["period", "unit_code", "criteria_set", "criterion"]
COLUMNS = [*KEY, "met"]  # that a frame must have
MET_WORDS = {"true": True, "1": True, "đạt": True, "met": True}
MET_WORDS |= {"false": False, "0": False, "chưa đạt": False, "not met": False}


def _unit_is_assessed_by_set(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    kind = reference.units_on(frame["unit_code"], frame["period"])["kind"]
    wanted = frame["criteria_set"].map(reference.timeline.criteria_sets["unit_kind"])
    return (kind == wanted) | kind.isna() | wanted.isna()


def _unit_is_in_district(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    if "district_code" not in frame:
        return pd.Series(True, index=frame.index)
    parent = reference.units_on(frame["unit_code"], frame["period"])["parent_code"]
    return (frame["district_code"] == parent) | parent.isna() | (frame["district_code"] == frame["unit_code"])


def _criterion_is_in_set(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    known = set(
        zip(
            reference.timeline.criteria["criteria_set"],
            reference.timeline.criteria["criterion"].astype(str),
            strict=True,
        )
    )
    pairs = zip(frame["criteria_set"], frame["criterion"], strict=True)
    in_set = pd.Series([pair in known for pair in pairs], index=frame.index, dtype=bool)
    return in_set | ~frame["criteria_set"].isin(reference.timeline.criteria_sets.index)


RULES = (
    *rules.PERIOD,
    rules.UNIT,
    rules.UNIT_EXISTED,
    Rule("unit_code", mark("bộ tiêu chí không áp dụng cho loại đơn vị này"), _unit_is_assessed_by_set),
    Rule("district_code", mark("xã không thuộc huyện này"), _unit_is_in_district),
    Rule(
        "criteria_set",
        mark("bộ tiêu chí không có trong danh mục"),
        lambda frame, reference: frame["criteria_set"].isin(reference.timeline.criteria_sets.index),
    ),
    Rule("criterion", mark("tiêu chí không có trong bộ tiêu chí"), _criterion_is_in_set),
    Rule(
        "met",
        mark("giá trị phải là đạt (true, 1, đạt) hoặc chưa đạt (false, 0, chưa đạt)"),
        lambda frame, reference: frame["met"].str.lower().isin(MET_WORDS),
    ),
    rules.once(KEY, mark("trùng: kỳ, đơn vị, bộ tiêu chí và tiêu chí này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows of any origin against every rule and return them typed.

    `frame` has COLUMNS and perhaps district_code, document and remark, all as text or plain values. Returns COLUMNS:
    period (ISO text), unit_code, criteria_set, criterion (int), met (bool); document, remark ("" for none). Raises
    rules.Faults with all faults at once.
    """
    words = rules.run(frame, COLUMNS, RULES, reference, BESIDE)
    met = words["met"].str.lower().map(MET_WORDS).astype(bool)
    return words[[*COLUMNS, *BESIDE]].assign(criterion=words["criterion"].astype(int), met=met)


def _complete(given: dict[str, str]) -> dict[str, str]:
    """The district that a file names for a commune is checked; one that names none is right."""
    return given if given["district_code"] else {name: word for name, word in given.items() if name != "district_code"}


TYPE = FactType(
    place=1,
    table=TABLE,
    title=mark("Kết quả theo tiêu chí"),
    check=check,
    dated_by="period",
    form=Form(
        title="",
        value="met",
        of_period=True,
        by_criterion=True,
        complete=_complete,
        fields=(
            Field("period", mark("Kỳ"), in_template=False),
            Field("criteria_set", mark("Bộ tiêu chí"), in_template=False),
            Field("district_code", mark("Mã huyện"), in_template=False),
            Field("criterion", mark("Tiêu chí"), in_template=False),
            Field("met", mark("Kết quả"), choices=("Đạt", "Chưa đạt")),
            DOCUMENT,
            REMARK,
        ),
        hints=(mark("Mỗi ô chọn Đạt hoặc Chưa đạt."),),
    ),
)
