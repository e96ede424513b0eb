"""One commune: its 19 criteria by group, what is missing, its history, what it becomes in July 2025."""

import streamlit as st

from ntm import text
from ntm.figures import criteria
from ntm.text import _
from ntm.ui import blocks, commune_view, data, shell, state, views

dataset = data.current()
communes, plan = dataset.reference.communes, dataset.reference.plan
period = shell.period(dataset)

blocks.heading(_("Xã"), _("Một xã: các tiêu chí, còn thiếu gì, diễn biến, công nhận."))
options = communes[communes["district_code"].isin(views.shown_districts(dataset))].index
if state.get("unit") and state.get("unit") not in options:
    options = communes.index
named = [code for code in plan.named_communes if code in options]
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
    _("{commune}, {district}, {date}", commune=row["label"], district=row["district"], date=text.date(period)),
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
commune_view.alike(dataset, code, period)
blocks.go("pages/map.py", _("Xem trên bản đồ"), unit=code)
blocks.go("pages/district.py", _("Xem huyện"), district=row["district_code"])
