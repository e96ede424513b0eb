"""Published figures: what somebody has announced, with its source, to compare the data with. Input validation."""

import re

import pandas as pd
from sqlalchemy import Column, Float, String

from ntm.facts import rules
from ntm.facts.fact_type import REMARK, FactType, Field, Form, table, text_column
from ntm.facts.rules import Rule
from ntm.reference import Reference
from ntm.text import mark
from ntm.world import PUBLISHED

TABLE = table(
    "figures",
    Column("unit_code", String, primary_key=True),
    Column("date", String, primary_key=True),  # as precise as it was published: 2011, 2018-06, 2024-12-31
    Column("indicator", String, primary_key=True),
    Column("period", String, nullable=False),  # that it can be compared with; empty where there is none
    Column("value", Float, nullable=False),
    Column("evidence", String, nullable=False),
    Column("source", String, nullable=False),
    text_column(REMARK.name),
)
KEY = ["unit_code", "date", "indicator"]
COLUMNS = [*KEY, "period", "value", "evidence", "source"]
INDICATORS = re.compile(r"average_criteria|criteria_met|recognised_communes|communes_\d+(_\d+)?")
_DATE = re.compile(r"\d{4}\b.*")  # the rest in words, where the source is no more precise


def _is_date(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["date"].map(lambda date: bool(_DATE.fullmatch(date)))


def _is_period(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["period"].map(lambda period: not period or rules.is_month_end(period))


def _is_indicator(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return frame["indicator"].map(lambda indicator: bool(INDICATORS.fullmatch(indicator)))


RULES = (
    rules.UNIT,
    Rule("date", mark("ngày phải bắt đầu bằng năm: 2024, 2024-12 hoặc 2024-12-31"), _is_date),
    Rule("period", mark("kỳ phải là ngày cuối tháng, dạng 2024-12-31, hoặc để trống"), _is_period),
    Rule(
        "indicator",
        mark(
            "chỉ tiêu phải là average_criteria, criteria_met, recognised_communes hoặc communes_15_18 (số xã đạt 15–18)"
        ),
        _is_indicator,
    ),
    rules.number("value", mark("giá trị phải là số từ 0")),
    Rule("source", mark("phải ghi nguồn"), lambda frame, reference: frame["source"] != ""),
    rules.once(KEY, mark("trùng: đơn vị, ngày và chỉ tiêu này đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule. Returns COLUMNS, value as float, and remark, which may be missing.

    Raises rules.Faults with all faults at once.
    """
    words = rules.run(frame, COLUMNS, RULES, reference, [REMARK.name])
    return words[[*COLUMNS, REMARK.name]].assign(value=words["value"].astype(float))


def _complete(given: dict[str, str]) -> dict[str, str]:
    """A figure of a month's end can be compared with that period."""
    return given | {"period": given["date"]} if not given["period"] and rules.is_month_end(given["date"]) else given


TYPE = FactType(
    place=6,
    table=TABLE,
    title=mark("Số liệu đã công bố, để đối chiếu"),
    check=check,
    dated_by="date",
    published_as=PUBLISHED,
    exported_as="published",
    form=Form(
        title="Số liệu đã công bố",
        value="value",
        complete=_complete,
        fields=(
            Field("date", mark("Ngày của số liệu")),
            Field(
                "indicator",
                mark("Chỉ tiêu"),
                choices=(
                    "Bình quân tiêu chí mỗi xã",
                    "Số xã đạt chuẩn",
                    "Số xã đạt 19 tiêu chí",
                    "Số xã đạt 15–18 tiêu chí",
                ),
            ),
            Field("value", mark("Giá trị")),
            Field("evidence", mark("Mức chắc chắn"), default="official"),
            Field("source", mark("Nguồn")),
            REMARK,
            Field("period", mark("Kỳ"), in_template=False),
        ),
        hints=(mark("Ngày ghi dạng 31/12/2024. Ghi mã đơn vị, hoặc tên đơn vị và huyện."),),
    ),
)
