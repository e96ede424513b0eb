"""One group: its targets, its communes and what they miss, its own criteria, its course over the year."""

import streamlit as st

from ntm import labels, listing, provenance, text
from ntm.figures import averages, tiers
from ntm.markdown import plain
from ntm.selection import Selection
from ntm.text import _
from ntm.ui import blocks, connect, data, group_view, views

dataset = data.current()
groups = dataset.reference.groups
period = data.period()

noun = labels.noun(dataset.reference)
blocks.heading(
    plain(labels.group_heading(dataset.reference)),
    plain(_("Một {noun}: mục tiêu, các xã, diễn biến.", noun=noun)),
)
if groups.empty:
    st.info(plain(group_view.no_groups(dataset)), icon=":material/info:")
    st.stop()
chosen = views.shown_groups(dataset)
named = [code for code in chosen if any(code in target.districts for target in dataset.reference.targets)]
code = views.unit_picker(
    _("Chọn {nouns}", nouns=labels.nouns(dataset.reference)),
    "group",
    groups.index,
    groups["label"].to_dict(),
    shown=(named or chosen)[0],
)
if blocks.no_data(dataset, period):
    st.stop()

communes = dataset.communes_at(period)
communes = communes[communes["group_code"] == code]
st.header(plain(_("{group}, {date}", group=groups.at[code, "label"], date=text.date(period))), anchor=False)
group_view.headline(communes, len(dataset.reference.criteria_of(dataset.reference.commune_set)))
group_view.reported(dataset, code, period)

group_view.targets(dataset, data.targets(period, code), period)
group_view.recognition(dataset, communes)
blocks.figure(dataset, averages.course, period, code)
blocks.figure(dataset, tiers.of_group, period, code)
group_view.beside_others(dataset, code, period)

st.header(_("Các xã: nhiều tiêu chí nhất trước"), anchor=False)
rows = listing.rows(dataset, communes).sort_values("met", ascending=False, kind="stable")
columns = listing.columns(dataset.reference, group=False)
views.commune_table(rows, columns, "group table")
blocks.downloads(
    rows,
    columns,
    provenance.facts(dataset, period, groups.at[code, "label"]),
    _("Các xã của {noun}", noun=noun),
    connect.communes(dataset, period, Selection(groups=(code,))),
)
group_view.lacking(dataset, communes, period)
if code in dataset.reference.districts.index:
    group_view.own_criteria(dataset, code, period)
group_view.villages(dataset, code, period)
st.caption(plain(provenance.line(dataset, period)))
