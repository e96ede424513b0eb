"""Keeping the standard: of the communes recognised at the baseline, who still meets all criteria, and who does not."""

import streamlit as st

from ntm import text
from ntm.figures import standards
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, data, keeping_view, views

dataset = data.current()
period = data.period()

blocks.heading(
    _("Giữ chuẩn"),
    _(
        "Xã được công nhận đến {baseline}: xã nào còn đủ tiêu chí, {date}. {scope}.",
        baseline=text.date(dataset.reference.baseline_date),
        date=text.date(period),
        scope=views.filter_words(dataset),
    ),
)
if blocks.no_data(dataset, period):
    st.stop()

communes = keeping_view.recognised(dataset, period)
if communes.empty:
    st.info(plain(keeping_view.nobody(dataset, period)), icon=":material/info:")
    st.stop()
keeping_view.fallen(dataset, communes, period)
blocks.figure(dataset, standards.kept, period, views.chosen(dataset))
keeping_view.wavering(dataset, communes, period)
