"""The data: catalogue with provenance and certainty, published figures, completeness, revisions, downloads."""

import streamlit as st

from ntm.text import _
from ntm.ui import blocks, data, data_view

dataset = data.current()
period = data.period()

blocks.heading(_("Dữ liệu"), _("Có những số liệu nào, từ đâu, chắc chắn đến mức nào."))
data_view.kinds()

st.header(_("Danh mục"), anchor=False)
data_view.catalogue()

st.header(_("Lớp ranh giới trên bản đồ"), anchor=False)
data_view.boundary_layer()

st.header(_("Đối chiếu với số liệu đã công bố"), anchor=False)
data_view.reconciliation(dataset)

st.header(_("Mức đầy đủ theo kỳ"), anchor=False)
data_view.completeness(dataset)

st.header(_("Phiên bản số liệu"), anchor=False)
data_view.revisions(dataset)
data_view.chain()

st.header(_("Tải về"), anchor=False)
data_view.everything(dataset, period)
