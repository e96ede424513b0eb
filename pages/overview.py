"""Overview: where the province stands against the plan's targets, which districts lag, what changed."""

import streamlit as st

from ntm import narrative
from ntm.figures import averages, tiers
from ntm.text import _, either
from ntm.ui import blocks, data, overview_view, scoreboard, shell, views

dataset = data.current()
plan = dataset.reference.plan
period = shell.period(dataset)

blocks.heading(_("Nông thôn mới {province}", province=dataset.reference.province["name"]), either(plan, "subject"))
if blocks.no_data(dataset, period):
    st.stop()
table = data.targets(period)
st.markdown(f"## {narrative.headline(plan, table, dataset.coverage(period))}")
overview_view.reporting_state(dataset, period)
scoreboard.show(
    dataset,
    table,
    period,
    _(
        "Mục tiêu toàn tỉnh của {plan}. Vạch đứng trên thanh: mức phải đến vào ngày này nếu tăng đều từ mốc.",
        plan=either(plan, "title"),
    ),
)
blocks.go("pages/plan.py", _("Xem nguyên văn mục tiêu và cách tính"))

blocks.figure(dataset, averages.by_district, period, views.chosen(dataset), on_select=views.choose_district(dataset))
overview_view.district_targets(dataset, period)
overview_view.named_communes(dataset, period)
blocks.figure(dataset, tiers.province, period)
overview_view.changes(dataset, period)
