"""The plan: its targets word by word with their source, its five groups of solutions, the method of progress."""

import streamlit as st

from ntm import labels, text
from ntm.text import _, either
from ntm.ui import blocks, data, plan_view, shell

dataset = data.current()
plan = dataset.reference.plan
period = shell.period(dataset)

blocks.heading(either(plan, "title"), either(plan, "subject"))
st.markdown(
    _(
        "{issuer}, {date}. Nguồn: {source} ({evidence}).",
        issuer=either(plan, "issuer"),
        date=text.date(plan.date),
        source=plan.source,
        evidence=labels.evidence(plan.evidence),
    )
)

st.header(_("Mục tiêu"), anchor=False)
plan_view.targets(dataset)

st.header(_("{count} nhóm giải pháp", count=len(plan.solutions)), anchor=False)
plan_view.solutions(plan)

st.header(_("Cách tính tiến độ"), anchor=False)
plan_view.method(plan)
