"""Tiers: how many communes meet how many criteria, against the baseline and the target, by group."""

import streamlit as st

from ntm import listing, provenance, text
from ntm.figures import tiers
from ntm.markdown import plain
from ntm.selection import Selection
from ntm.text import _
from ntm.ui import blocks, connect, data, tiers_view, views

dataset = data.current()
period = data.period()

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

groups = views.chosen(dataset)
blocks.figure(dataset, tiers.province, period)
if len(dataset.reference.groups):
    share = tiers_view.measure()
    blocks.figure(dataset, tiers.by_group, period, groups, share, on_select=views.choose_group)
    blocks.figure(dataset, tiers.courses, period, groups)
since = tiers_view.since(dataset, period)
if since:
    blocks.figure(dataset, tiers.flow, period, groups, since)
communes = views.chosen_communes(dataset, period)
tiers_view.next_tier(dataset, communes, period)

st.header(_("Từng xã, xếp theo số tiêu chí"), anchor=False)
rows = listing.rows(dataset, communes).sort_values("met", ascending=False, kind="stable")
views.commune_table(rows, listing.columns(dataset.reference), "tiers table", height=420)
facts = provenance.facts(dataset, period, views.filter_words(dataset))
live = connect.communes(dataset, period, Selection(groups=groups))
blocks.downloads(rows, listing.columns(dataset.reference), facts, _("Xã theo nhóm tiêu chí"), live)
st.caption(plain(provenance.line(dataset, period)))
