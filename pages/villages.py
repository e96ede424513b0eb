"""Villages: how many are recognised, by group and period, against the straight line to the plan's targets."""

import streamlit as st

from ntm import narrative, text
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, data, views, villages_view

dataset = data.current()
period = data.period()

blocks.heading(
    _("Thôn, bản"),
    _("Thôn, bản nông thôn mới, {date}. {scope}.", date=text.date(period), scope=views.filter_words(dataset)),
)
goal = villages_view.target(dataset)
if goal is None:
    of_plan = _("Kế hoạch này không có mục tiêu thôn, bản.")
    st.info(plain(of_plan if dataset.reference.plan else narrative.without_plan()), icon=":material/info:")
    st.stop()
if blocks.no_data(dataset, period):
    st.stop()
villages_view.board(dataset, goal, period)
villages_view.courses(dataset, goal, period)
