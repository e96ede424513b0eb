"""Advanced communes: how many advanced criteria the recognised communes meet, against the plan's average."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import advanced_view, blocks, data, shell, views

dataset = data.current()
period = shell.period(dataset)

blocks.heading(
    _("Nâng cao"),
    _(
        "Tiêu chí nông thôn mới nâng cao của các xã đã công nhận, {date}. {scope}.",
        date=text.date(period),
        scope=views.filter_words(dataset),
    ),
)
if blocks.no_data(dataset, period):
    st.stop()
blocks.kind_notice(dataset, period)

communes = advanced_view.counts(dataset, period)
if communes.empty:
    advanced_view.nobody()
    st.stop()
advanced_view.each(dataset, communes, period)
advanced_view.hardest(dataset, communes, period)
