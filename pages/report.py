"""Reports: the province's or one district's, as a file to hand in, written when it is asked for."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import blocks, data, report_view, shell

dataset = data.current()
period = shell.period(dataset)

blocks.heading(
    _("Báo cáo"),
    _("Tải báo cáo lập từ số liệu đang xem, {date}: mở được trong Word, Excel và LibreOffice.", date=text.date(period)),
)
if blocks.no_data(dataset, period):
    st.stop()
district = report_view.scope_picker(dataset)
report_view.files_of(dataset, period, district)
