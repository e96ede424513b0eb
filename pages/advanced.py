"""Advanced communes: how many advanced criteria the recognised communes meet, against the plan's average."""

import streamlit as st

from ntm import text
from ntm.figures import criteria, standards
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, data, views

dataset = data.current()
period = data.period()

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

if not dataset.reference.advanced_set:
    st.info(_("Bộ tiêu chí đang áp dụng ở kỳ này không có chuẩn nâng cao."), icon=":material/info:")
    st.stop()
groups = views.chosen(dataset)
recognised = dataset.communes_of(period, groups)["recognised"]
if not recognised.fillna(False).any():
    unknown = _("Chưa rõ xã nào trong phạm vi đã chọn được công nhận.")
    st.info(plain(unknown if recognised.isna().any() else _("Phạm vi đã chọn chưa có xã nào được công nhận.")))
    st.stop()
blocks.figure(dataset, standards.advanced, period, groups)
blocks.figure(dataset, criteria.advanced_pass_rates, period, groups)
