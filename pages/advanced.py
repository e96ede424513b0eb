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

districts = views.chosen(dataset)
recognised = dataset.communes_of(period, districts)["recognised"]
if not recognised.fillna(False).any():
    unknown = _("Chưa rõ xã nào trong các huyện đã chọn được công nhận.")
    st.info(unknown if recognised.isna().any() else _("Các huyện đã chọn chưa có xã nào được công nhận."))
    st.stop()
blocks.figure(dataset, standards.advanced, period, districts)
blocks.figure(dataset, criteria.advanced_pass_rates, period, districts)
