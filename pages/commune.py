"""One commune: its criteria by group, what is missing, its history, what it was before and what it becomes."""

import streamlit as st

from ntm import labels, text
from ntm.figures import criteria
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, commune_view, data, state, views

dataset = data.current()
communes = dataset.reference.communes
period = data.period()

blocks.heading(_("Xã"), _("Một xã: các tiêu chí, còn thiếu gì, diễn biến, công nhận."))
options = communes.index[views.shown_units(dataset)[communes.index]]
if state.get("unit") and state.get("unit") not in options:
    options = communes.index
named = [code for code in dataset.reference.named_communes if code in options]
code = views.unit_picker(
    _("Chọn xã (gõ để tìm, không dấu cũng được)"),
    "unit",
    options,
    views.commune_names(dataset),
    shown=(named or list(options))[0],
)
if blocks.no_data(dataset, period):
    st.stop()

row = dataset.communes_at(period).loc[code]
st.header(
    plain(_("{commune}, {date}", commune=row["place"], date=text.date(period))),
    anchor=False,
)
commune_view.headline(dataset, row)
commune_view.missing(dataset, code, period)

listed, beside = st.columns([3, 2], gap="large")
with listed:
    commune_view.criteria(dataset, code, period)
with beside:
    commune_view.recognition(dataset, code, period)
    commune_view.advanced(dataset, code, period)
    commune_view.facts(dataset, code)
blocks.figure(dataset, criteria.history, period, code)
commune_view.before(dataset, code)
commune_view.alike(dataset, code, period)
blocks.go("pages/map.py", _("Xem trên bản đồ"), unit=code)
if row["group_code"]:
    blocks.go(
        "pages/group.py",
        plain(_("Xem {noun}", noun=labels.noun(dataset.reference))),
        group=row["group_code"],
    )
