"""Reports: the province's or one group's, as a file to hand in, written when it is asked for."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import blocks, data, report_view

dataset = data.current()
period = data.period()

blocks.heading(
    _("Báo cáo"),
    _("Tải báo cáo lập từ số liệu đang xem, {date}: mở được trong Word, Excel và LibreOffice.", date=text.date(period)),
)
if blocks.no_data(dataset, period):
    st.stop()
group = report_view.scope_picker(dataset)
report_view.files_of(dataset, period, group)
