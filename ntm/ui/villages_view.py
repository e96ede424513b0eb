"""The page of villages: recognised villages by group and period, against the straight line to each target."""

import streamlit as st

from ntm import provenance
from ntm.dataset import Dataset
from ntm.figures import villages
from ntm.markdown import plain
from ntm.plan import Target
from ntm.text import _
from ntm.ui import blocks, data, scoreboard, views


def target(dataset: Dataset) -> Target | None:
    """Return the plan's target for villages; None where it has none."""
    return dataset.reference.target_of("villages")


def board(dataset: Dataset, goal: Target, period: str) -> None:
    """Draw the target as a scoreboard: the province, then each group that has a share of it."""
    table = data.targets(period).loc[[goal.id]]
    words = _("Theo {plan}", plan=provenance.plan(dataset))
    scoreboard.show(dataset, table, period, words)
    own = {code: data.targets(period, code).loc[[goal.id]] for code in _groups(dataset, goal)}
    if own:
        scoreboard.show_groups(dataset, own, period)


def courses(dataset: Dataset, goal: Target, period: str) -> None:
    """Draw each group's course over the periods with the straight line to its target."""
    for code in _groups(dataset, goal):
        blocks.figure(dataset, villages.course, period, code, part=code)
    others = [name for code, name in dataset.reference.districts["label"].items() if code not in goal.districts]
    st.caption(plain(_("Kế hoạch không giao chỉ tiêu thôn, bản cho: {names}.", names=", ".join(others))))


def _groups(dataset: Dataset, goal: Target) -> list[str]:
    chosen = views.chosen(dataset)
    return [
        code for code in dataset.reference.districts.index if code in goal.districts and (code in chosen or not chosen)
    ]
