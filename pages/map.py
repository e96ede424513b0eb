"""The progress map: communes by tier; click one, or choose it in the table, and see its details."""

import streamlit as st

from ntm import listing, provenance, text
from ntm.markdown import Markdown, plain
from ntm.text import _
from ntm.ui import blocks, data, filters, map_downloads, map_view, state, views

dataset = data.current()
period = data.period()

covered = dataset.coverage(period, views.chosen(dataset))
lead = _("Từng xã đến đâu, {date}. {scope}.", date=text.date(period), scope=filters.words(dataset, period))
reported = "" if covered.is_whole else f" **{plain(covered.words())}.**"
blocks.heading(_("Bản đồ tiến độ"), Markdown(plain(lead) + reported))
if blocks.no_data(dataset, period):
    st.stop()
state.allowed("unit", list(dataset.reference.communes.index))

drawn, beside = st.columns([2, 1], gap="medium")
with drawn:
    layer = map_view.layer_picker(dataset, period)
    communes = map_view.chosen(layer, filters.chosen(dataset, period))
    shown = map_view.not_faded(dataset, communes)
    map_view.draw(dataset, period, layer, shown)
    rows = listing.rows(dataset, communes)
    map_downloads.menu(dataset, period, layer, rows, shown)
with beside:
    map_view.picker(dataset)
    map_view.key(layer, communes)
    map_view.details(dataset, period)

listed, over_time = st.tabs(
    [_("Các xã trên bản đồ ({count})", count=len(rows)), _("Qua các kỳ")], key="below the map", on_change="rerun"
)
if listed.open:
    with listed:
        st.caption(_("Cùng số liệu với bản đồ. Chọn một dòng để xem xã trên bản đồ."))
        map_view.table(dataset, rows)
if over_time.open:
    with over_time:
        map_view.periods(dataset, layer)
st.caption(plain(provenance.line(dataset, period)))
