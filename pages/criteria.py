"""Criteria: which are met where, and how many communes meet each; by district and criterion."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import blocks, criteria_view, data, shell, state, views

dataset = data.current()
period = shell.period(dataset)

blocks.heading(
    _("Tiêu chí"),
    _("Xã nào đạt tiêu chí nào, {date}. {scope}.", date=text.date(period), scope=views.filter_words(dataset)),
)
if blocks.no_data(dataset, period):
    st.stop()
blocks.kind_notice(dataset, period)

names = views.criteria_names(dataset)
state.allowed("criteria", names)
st.multiselect(
    _("Lọc tiêu chí"),
    list(names),
    format_func=names.__getitem__,
    placeholder=_("Tất cả tiêu chí"),
    **state.bound("criteria"),
)
chosen = [int(number) for number in state.get("criteria") or names]
communes = views.chosen_communes(dataset, period)

criteria_view.pass_rates(dataset, communes, chosen, period)
criteria_view.one(dataset, communes, period)
criteria_view.lift(dataset, communes, period)
criteria_view.pairs(dataset, communes, period)
criteria_view.by_district(dataset, communes, chosen, period)
criteria_view.matrix(dataset, communes, chosen, period)
