"""One district: its targets, its communes and what they miss, its own criteria, its course over the year."""

import streamlit as st

from ntm import listing, provenance, text
from ntm.figures import averages, tiers
from ntm.text import _
from ntm.ui import blocks, data, district_view, shell, views

dataset = data.current()
districts = dataset.reference.districts
period = shell.period(dataset)

blocks.heading(_("Huyện"), _("Một huyện: mục tiêu, các xã, tiêu chí huyện, diễn biến."))
chosen = views.shown_districts(dataset)
named = [code for code in chosen if any(code in target.districts for target in dataset.reference.plan.targets)]
code = views.unit_picker(
    _("Chọn huyện, thành phố"),
    "district",
    districts.index,
    districts["label"].to_dict(),
    shown=(named or chosen)[0],
)
if blocks.no_data(dataset, period):
    st.stop()

communes = dataset.communes_at(period)
communes = communes[communes["district_code"] == code]
st.header(_("{district}, {date}", district=districts.at[code, "label"], date=text.date(period)), anchor=False)
district_view.headline(communes, len(dataset.reference.criteria_of(dataset.reference.plan.commune_set)))
district_view.reported(dataset, code, period)

district_view.targets(dataset, data.targets(period, code), period)
district_view.recognition(dataset, communes)
blocks.figure(dataset, averages.course, period, code)
blocks.figure(dataset, tiers.of_district, period, code)
district_view.beside_others(dataset, code, period)

st.header(_("Các xã: nhiều tiêu chí nhất trước"), anchor=False)
rows = listing.rows(dataset, communes).sort_values("met", ascending=False, kind="stable")
columns = listing.columns(district=False)
views.commune_table(rows, columns, "district table")
blocks.downloads(rows, columns, provenance.facts(dataset, period, districts.at[code, "label"]), _("Các xã của huyện"))
district_view.lacking(dataset, communes, period)
district_view.own_criteria(dataset, code, period)
district_view.villages(dataset, code, period)
st.caption(provenance.line(dataset, period))
