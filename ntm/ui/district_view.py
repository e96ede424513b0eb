"""The district page's pieces: headline, its own targets apart from its contributions, trend, its nine criteria."""

import pandas as pd
import streamlit as st

from ntm import charts, metrics, narrative, progress, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, views
from ntm.ui.blocks import Column


def headline(communes: pd.DataFrame) -> None:
    """Draw four figures of the district's communes."""
    figures = metrics.summary(communes, "district_code").iloc[0]
    recognised, average, below, risk = st.columns(4)
    recognised.metric(_("Xã đạt chuẩn"), f"{text.number(figures['recognised'])}/{text.number(figures['communes'])}")
    change = figures["change"]
    average.metric(
        _("Bình quân tiêu chí"),
        text.number(figures["average"], 1),
        narrative.pace(change) if change == change else None,
    )
    below.metric(_("Đủ 19/19 tiêu chí"), text.number(figures["meets_all"]))
    risk.metric(_("Đã công nhận, nay thiếu tiêu chí"), text.number(figures["at_risk"]))


def split(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Divide a district's progress into the targets that the plan sets for it and the others."""
    own = table["status"] != progress.NO_OWN_TARGET
    return table[own], table[~own]


def trend(dataset: Dataset, code: str, period: str) -> None:
    """Draw the district's average over the periods beside the province's."""
    everything = dataset.communes
    district = everything[everything["district_code"] == code].groupby("period")["met"].mean()
    province = everything.groupby("period")["met"].mean()
    rows = pd.DataFrame({"period": district.index, "value": district.to_numpy()})
    beside = pd.DataFrame({"period": province.index, "value": province.to_numpy()})
    label = dataset.reference.districts.at[code, "label"]
    table = rows.assign(province=beside["value"])
    blocks.figure(
        _("Bình quân tiêu chí qua các kỳ: {first} → {last}", first=_one(rows, 0), last=_one(rows, -1)),
        charts.trend(
            rows, beside, title=_("tiêu chí mỗi xã"), actual_name=label, line_name=_("Toàn tỉnh")
        ),
        table,
        {
            "period": Column(_("Kỳ"), text.date),
            "value": Column(label, lambda value: text.number(value, 1)),
            "province": Column(_("Toàn tỉnh"), lambda value: text.number(value, 1)),
        },
        facts=blocks.provenance(dataset, period, label),
        source=blocks.source_line(dataset, period),
        name="Bình quân qua các kỳ",
    )


def _one(rows: pd.DataFrame, position: int) -> str:
    return text.number(rows["value"].iloc[position], 1) if len(rows) else _("không có số liệu")


def lacking(dataset: Dataset, rows: pd.DataFrame) -> None:
    """Name the criteria that hold most of the district's communes back."""
    criteria = dataset.reference.criteria_of(dataset.reference.plan.commune_set)
    counts = pd.Series(
        [number for numbers in views.lacking_criteria(dataset, rows).values() for number in numbers], dtype=int
    ).value_counts()
    if counts.empty:
        st.markdown(_("Không xã nào thiếu tiêu chí."))
        return
    parts = [
        _("{number}. {name} ({count} xã)", number=number, name=either(criteria.loc[number], "name"), count=count)
        for number, count in counts.head(5).items()
    ]
    st.markdown(_("Nhiều xã thiếu nhất: {criteria}.", criteria="; ".join(parts)))


def own_criteria(dataset: Dataset, code: str, period: str) -> None:
    """Draw the district's own criteria, or say that there is no data; and the condition that all communes be recognised."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.district_set)
    st.subheader(_("{count} tiêu chí huyện nông thôn mới", count=len(criteria)), anchor=False)
    assessed = dataset.assessments_at(period, plan.district_set)
    answers = assessed[assessed["unit_code"] == code].set_index("criterion")["met"]
    if answers.empty:
        st.info(_("Không có số liệu tiêu chí huyện cho đơn vị này."), icon=":material/info:")
        return
    views.criteria_list(criteria, answers)
    st.caption(
        _("Huyện được công nhận khi 100% số xã đã được công nhận và đạt đủ {count} tiêu chí.", count=len(criteria))
    )
