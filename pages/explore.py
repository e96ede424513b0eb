"""Looking up: every commune and criterion in one table; filters, groups and totals; the link keeps them."""

import streamlit as st

from ntm import provenance, text
from ntm.text import _
from ntm.ui import blocks, data, explore_view, filters, shell

dataset = data.current()
period = shell.period(dataset)

blocks.heading(_("Tra cứu"))
if blocks.no_data(dataset, period):
    st.stop()

filters.fields(dataset, period)
communes = filters.chosen(dataset, period)
said = filters.words(dataset, period)
if communes.empty:
    st.header(f"{said}, {text.date(period)}", anchor=False)
    st.info(explore_view.nobody(dataset, period), icon=":material/filter_alt_off:")
    st.stop()
count = explore_view.matching(dataset, communes, period)
st.header(_("{scope}, {date}: {count} xã", scope=said, date=text.date(period), count=count), anchor=False)
explore_view.totals(dataset, communes, period)
grouping = explore_view.group_picker()
if grouping:
    explore_view.grouped(dataset, communes, period, grouping, said)
explore_view.everything(dataset, communes, period, said)
st.caption(provenance.line(dataset, period))
