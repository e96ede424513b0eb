"""The district page's pieces: headline, its own targets apart from its contributions, trend, its nine criteria."""

import pandas as pd
import streamlit as st

from ntm import charts, metrics, narrative, progress, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, scoreboard, views
from ntm.ui.blocks import Column


def headline(communes: pd.DataFrame, criteria: int) -> None:
    """Draw four figures of the district's communes. `criteria`: how many there are to meet."""
    figures = metrics.summary(communes, "district_code").iloc[0]
    recognised, average, complete, risk = st.columns(4)
    recognised.metric(_("Xã đạt chuẩn"), f"{text.number(figures['recognised'])}/{text.number(figures['communes'])}")
    change = figures["change"]
    average.metric(
        _("Bình quân tiêu chí"),
        text.number(figures["average"], 1),
        narrative.pace(change) if pd.notna(change) else None,
    )
    complete.metric(_("Đủ {count} tiêu chí", count=criteria), text.number(figures["meets_all"]))
    risk.metric(_("Đã công nhận, nay thiếu tiêu chí"), text.number(figures["at_risk"]))


def targets(dataset: Dataset, table: pd.DataFrame, period: str) -> None:
    """Draw the targets that the plan sets for the district, then what it contributes to the province's others.

    `table`: progress.progress of the district. A target that names other districts or communes asks nothing of it.
    """
    own = progress.own_targets(table)
    elsewhere = [target.id for target in dataset.reference.plan.targets if target.communes or target.districts]
    others = table.drop(own.index).drop(elsewhere, errors="ignore")
    if own.empty:
        st.markdown(
            _("Kế hoạch **không đặt mục tiêu riêng** cho đơn vị này; dưới đây là phần đóng góp vào mục tiêu của tỉnh.")
        )
    else:
        scoreboard.show(dataset, own, period, _("Mục tiêu mà kế hoạch đặt riêng cho đơn vị này"))
    with st.expander(_("Đóng góp vào các mục tiêu khác của tỉnh"), expanded=own.empty):
        caption = _("Số của riêng đơn vị này. Kế hoạch không đặt mục tiêu riêng cho đơn vị ở các dòng này.")
        scoreboard.show(dataset, others, period, caption, judged=False)


def trend(dataset: Dataset, code: str, period: str) -> None:
    """Draw the district's average over the periods beside the province's."""
    communes = dataset.communes
    rows = metrics.average_by_period(communes[communes["district_code"] == code]).rename("value").reset_index()
    beside = metrics.average_by_period(communes).rename("value").reset_index()
    label = dataset.reference.districts.at[code, "label"]
    table = rows.assign(province=beside["value"])
    blocks.figure(
        _("Bình quân tiêu chí qua các kỳ: {first} → {last}", first=_one(rows, 0), last=_one(rows, -1)),
        lambda: charts.trend(rows, beside, title=_("tiêu chí mỗi xã"), actual_name=label, line_name=_("Toàn tỉnh")),
        table,
        {
            "period": Column(_("Kỳ"), text.date),
            "value": Column(label, lambda value: text.number(value, 1)),
            "province": Column(_("Toàn tỉnh"), lambda value: text.number(value, 1)),
        },
        facts=blocks.provenance(dataset, period, label),
        source=blocks.source_line(dataset, period),
        name=_("Bình quân qua các kỳ"),
    )


def _one(rows: pd.DataFrame, position: int) -> str:
    return text.number(rows["value"].iloc[position], 1) if len(rows) else _("không có số liệu")


def lacking(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Name the criteria that hold most of the district's communes back."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.commune_set)
    assessed = dataset.assessments_at(period, plan.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], criteria.index)
    failing = (rates["assessed"] - rates["met"]).set_axis(rates["criterion"])
    most = failing[failing > 0].nlargest(5)
    if most.empty:
        st.markdown(_("Không xã nào thiếu tiêu chí."))
        return
    parts = [
        _("{number}. {name} ({count} xã)", number=number, name=either(criteria.loc[number], "name"), count=count)
        for number, count in most.items()
    ]
    st.markdown(_("Nhiều xã thiếu nhất: {criteria}.", criteria="; ".join(parts)))


def own_criteria(dataset: Dataset, code: str, period: str) -> None:
    """Draw the district's own criteria, or say that there is no data; and what else recognition takes."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.district_set)
    st.header(_("{count} tiêu chí huyện nông thôn mới", count=len(criteria)), anchor=False)
    assessed = dataset.assessments_at(period, plan.district_set)
    answers = assessed[assessed["unit_code"] == code].set_index("criterion")["met"]
    if answers.empty:
        st.info(_("Không có số liệu tiêu chí huyện cho đơn vị này."), icon=":material/info:")
        return
    views.criteria_list(criteria, answers)
    st.caption(
        _("Huyện được công nhận khi 100% số xã đã được công nhận và đạt đủ {count} tiêu chí.", count=len(criteria))
    )
