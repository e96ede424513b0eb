"""Villages: how many are recognised, by district and period, against the straight line to the plan's targets."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import blocks, data, shell, views, villages_view

dataset = data.current()
period = shell.period(dataset)

blocks.heading(
    _("Thôn, bản"),
    _("Thôn, bản nông thôn mới, {date}. {scope}.", date=text.date(period), scope=views.filter_words(dataset)),
)
goal = villages_view.target(dataset)
if goal is None:
    st.info(_("Kế hoạch này không có mục tiêu thôn, bản."), icon=":material/info:")
    st.stop()
if blocks.no_data(dataset, period):
    st.stop()
villages_view.board(dataset, goal, period)
villages_view.courses(dataset, goal, period)
