"""Advanced communes: how many advanced criteria the recognised communes meet, against the plan's average."""

import streamlit as st

from ntm import text
from ntm.figures import criteria, standards
from ntm.text import _
from ntm.ui import blocks, data, shell, views

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

districts = views.chosen(dataset)
if not dataset.communes_of(period, districts)["recognised"].any():
    st.info(_("Các huyện đã chọn chưa có xã nào được công nhận."), icon=":material/info:")
    st.stop()
blocks.figure(dataset, standards.advanced, period, districts)
blocks.figure(dataset, criteria.advanced_pass_rates, period, districts)
