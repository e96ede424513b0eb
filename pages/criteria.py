"""Criteria: which are met where, and how many communes meet each; by group and criterion."""

import streamlit as st

from ntm import text
from ntm.figures import criteria
from ntm.text import _
from ntm.ui import blocks, criteria_view, data, state, views

dataset = data.current()
period = data.period()

blocks.heading(
    _("Tiêu chí"),
    _("Xã nào đạt tiêu chí nào, {date}. {scope}.", date=text.date(period), scope=views.filter_words(dataset)),
)
if blocks.no_data(dataset, period):
    st.stop()

names = views.criteria_names(dataset)
state.allowed("criteria", names)
st.multiselect(
    _("Lọc tiêu chí"),
    list(names),
    format_func=names.__getitem__,
    placeholder=_("Tất cả tiêu chí"),
    **state.bound("criteria"),
)
chosen, groups = tuple(int(number) for number in state.get("criteria") or names), views.chosen(dataset)

blocks.figure(dataset, criteria.pass_rates, period, groups, chosen, on_select=criteria_view.choose)
criteria_view.one(dataset, views.chosen_communes(dataset, period), period)
blocks.figure(dataset, criteria.lift, period, groups)
blocks.figure(dataset, criteria.pairs, period, groups)
if len(dataset.reference.groups):
    blocks.figure(dataset, criteria.by_group, period, groups, chosen)
blocks.figure(dataset, criteria.grid, period, groups, chosen, criteria_view.order(dataset.reference))
