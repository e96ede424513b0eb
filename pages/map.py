"""The district progress map: communes by tier; click one, or choose it in the table, and see its details."""

import streamlit as st

from ntm import text
from ntm.text import _
from ntm.ui import blocks, data, map_view, shell, state, views

dataset = data.current()
period = shell.period(dataset)

blocks.heading(
    _("Bản đồ tiến độ"),
    _("Từng xã đến đâu, {date}. {scope}.", date=text.date(period), scope=views.filter_words(dataset)),
)
if blocks.no_data(dataset, period):
    st.stop()
blocks.kind_notice(dataset, period)

communes = views.chosen_communes(dataset, period)
state.allowed("unit", list(dataset.reference.communes.index))

drawn, beside = st.columns([2, 1], gap="medium")
with drawn:
    layer = map_view.layer_picker(dataset, period)
    map_view.key(layer, communes)
    map_view.draw(dataset, period, layer)
with beside:
    map_view.picker(dataset)
    map_view.details(dataset, period)

rows = views.commune_rows(dataset, map_view.chosen(layer, communes))
st.header(_("Các xã trên bản đồ ({count})", count=len(rows)), anchor=False)
st.caption(_("Cùng số liệu với bản đồ. Chọn một dòng để xem xã trên bản đồ."))
map_view.table(rows)
blocks.downloads(
    rows,
    views.commune_columns(),
    blocks.provenance(dataset, period, views.filter_words(dataset)),
    _("Các xã"),
)
st.caption(blocks.source_line(dataset, period))
