"""The plan: its targets word by word with their source, its five groups of solutions, the method of progress."""

import streamlit as st

from ntm import labels, narrative, text
from ntm.markdown import plain
from ntm.text import _, either, plural
from ntm.ui import blocks, data, plan_view

dataset = data.current()
plan = dataset.reference.plan

if plan is None:
    blocks.heading(_("Kế hoạch"), narrative.subject(dataset.reference))
    st.info(plain(narrative.without_plan()), icon=":material/info:")
    plan_view.others(dataset)
    st.stop()
blocks.heading(either(plan, "title"), either(plan, "subject"))
st.markdown(
    plain(
        _(
            "{issuer}, {date}. Nguồn: {source} ({evidence}).",
            issuer=either(plan, "issuer"),
            date=text.date(plan.date),
            source=plan.source,
            evidence=labels.evidence(plan.evidence),
        )
    )
)

st.header(_("Mục tiêu"), anchor=False)
plan_view.targets(dataset, plan)

if plan.solutions:
    st.header(plain(plural("{count} nhóm giải pháp", len(plan.solutions))), anchor=False)
    plan_view.solutions(plan)

st.header(_("Cách tính tiến độ"), anchor=False)
plan_view.method(plan)
