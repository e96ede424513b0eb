"""Overview: where the province stands against the plan's targets, which groups lag, what changed."""

import streamlit as st

from ntm import narrative, office_metadata
from ntm.figures import averages, tiers
from ntm.ui import blocks, data, overview_view, views

dataset = data.current()
period = data.period()

blocks.heading(office_metadata.product_name(), narrative.subject(dataset.reference))
if blocks.no_data(dataset, period):
    st.stop()
overview_view.headline(dataset, period)
overview_view.reporting_state(dataset, period)
overview_view.targets(dataset, period)
if len(dataset.reference.groups):
    blocks.figure(dataset, averages.by_group, period, views.chosen(dataset), on_select=views.choose_group)
    overview_view.group_targets(dataset, period)
else:
    blocks.figure(dataset, averages.by_commune, period)
blocks.figure(dataset, averages.province, period)
overview_view.named_communes(dataset, period)
blocks.figure(dataset, tiers.province, period)
overview_view.changes(dataset, period)
