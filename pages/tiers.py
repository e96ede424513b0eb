"""Tiers: how many communes meet how many criteria, against the baseline and the target, by district."""

import streamlit as st

from ntm import metrics, provenance, text
from ntm.text import _
from ntm.ui import blocks, data, shell, state, tiers_view, views

dataset = data.current()
plan, districts = dataset.reference.plan, dataset.reference.districts
period = shell.period(dataset)

blocks.heading(
    _("Nhóm tiêu chí"),
    _(
        "Xã được xếp nhóm theo số tiêu chí đạt. {scope}, {date}.",
        scope=views.filter_words(dataset),
        date=text.date(period),
    ),
)
if blocks.no_data(dataset, period):
    st.stop()
blocks.kind_notice(dataset, period)

views.tier_figure(
    dataset,
    views.plan_tiers(dataset, period),
    _("Toàn tỉnh: mốc → thực hiện → mục tiêu"),
    name=_("Nhóm tiêu chí toàn tỉnh"),
    period=period,
    note=_("Mốc và mục tiêu là số liệu công bố trong kế hoạch."),
)

communes = views.chosen_communes(dataset, period)
by_district = metrics.tier_counts(communes, plan.tiers, by=["district_code"])
by_district = by_district.assign(row=by_district["district_code"].map(districts["label"]))
order = {code: rank for rank, code in enumerate(districts.index)}
by_district = by_district.sort_values("district_code", key=lambda codes: codes.map(order), kind="stable")

measures = {"": _("Số xã"), "share": _("Tỷ lệ")}
state.allowed("measure", list(measures))
st.segmented_control(
    _("Cách xem"), list(measures), format_func=measures.__getitem__, required=True, **state.bound("measure", "")
)
views.tier_figure(
    dataset,
    by_district,
    _("Theo huyện, {date}", date=text.date(period)),
    name=_("Nhóm tiêu chí theo huyện"),
    period=period,
    share=state.get("measure") == "share",
    note=_("Kế hoạch không đặt mục tiêu nhóm tiêu chí cho từng huyện."),
)

tiers_view.courses(dataset, period)
tiers_view.flow(dataset, period)
tiers_view.next_tier(dataset, communes, period)

st.header(_("Từng xã, xếp theo số tiêu chí"), anchor=False)
rows = views.commune_rows(dataset, communes).sort_values("met", ascending=False, kind="stable")
blocks.table(rows, views.commune_columns(), height=420)
facts = provenance.facts(dataset, period, views.filter_words(dataset))
blocks.downloads(rows, views.commune_columns(), facts, _("Xã theo nhóm tiêu chí"))
st.caption(provenance.line(dataset, period))
