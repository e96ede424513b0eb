"""Looking up: every commune and criterion in one table; filters, groups and totals; the link keeps them."""

import streamlit as st

from ntm import provenance, text
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, data, explore_view, filters

dataset = data.current()
period = data.period()

blocks.heading(_("Tra cứu"))
if blocks.no_data(dataset, period):
    st.stop()

filters.fields(dataset, period)
communes = filters.chosen(dataset, period)
scope = filters.words(dataset, period)
if communes.empty:
    st.header(plain(f"{scope}, {text.date(period)}"), anchor=False)
    st.info(plain(explore_view.nobody(dataset, period)), icon=":material/filter_alt_off:")
    st.stop()
count = explore_view.matching(dataset, communes, period)
st.header(plain(_("{scope}, {date}: {count} xã", scope=scope, date=text.date(period), count=count)), anchor=False)
explore_view.totals(dataset, communes, period)
by = explore_view.way_picker(dataset)
if by:
    explore_view.grouped(dataset, communes, period, by, scope)
explore_view.everything(dataset, communes, period, scope)
st.caption(plain(provenance.line(dataset, period)))
