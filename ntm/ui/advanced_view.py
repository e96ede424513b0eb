"""The page of advanced communes: each recognised commune's advanced criteria against the target, the hardest ones."""

import pandas as pd
import streamlit as st

from ntm import charts, palette, text
from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import blocks, views
from ntm.ui.blocks import Column


def counts(dataset: Dataset, period: str) -> pd.DataFrame:
    """Return the chosen districts' recognised communes with their advanced criteria met (NaN where unknown)."""
    communes = views.chosen_communes(dataset, period)
    complete = dataset.complete_counts_at(period, dataset.reference.plan.advanced_set)["met"]
    mine = communes[communes["recognised"]]
    return mine.assign(advanced=complete.reindex(mine.index).astype(float)).sort_values(
        "advanced", ascending=False, kind="stable"
    )


def each(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw a bar per commune against the plan's target."""
    target = dataset.reference.plan.target_of("advanced_average")
    goal = target.value if target else None
    known = communes.dropna(subset="advanced")
    total = len(dataset.reference.criteria_of(dataset.reference.plan.advanced_set))
    reached = int((known["advanced"] >= goal).sum()) if goal else 0
    rows = communes.assign(
        row=communes["label"] + " · " + communes["district"],
        value=communes["advanced"],
        figure=communes["advanced"].map(text.number),
        colour=[palette.MET if goal and met >= goal else palette.BEST_TO_WORST[2] for met in communes["advanced"]],
    )
    title = _(
        "Bình quân {average} trên {total} tiêu chí; {reached} trên {known} xã có số liệu đạt từ {goal}",
        average=text.number(known["advanced"].mean(), 1),
        total=total,
        reached=reached,
        known=len(known),
        goal=text.number(goal),
    )
    blocks.figure(
        title,
        lambda: charts.bars(rows, title=_("tiêu chí nâng cao đạt"), target=goal, highest=total),
        rows,
        {
            "label": Column(_("Xã")),
            "district": Column(_("Huyện")),
            "advanced": Column(_("Tiêu chí nâng cao đạt"), text.number),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Tiêu chí nâng cao theo xã"),
        note=_("Mục tiêu của kế hoạch là số bình quân, không phải của từng xã."),
    )


def hardest(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw how many of the communes meet each advanced criterion, hardest first."""
    criteria_set = dataset.reference.plan.advanced_set
    every = list(dataset.reference.criteria_of(criteria_set).index)
    views.pass_rates(dataset, communes, criteria_set, every, period, name=_("Tỷ lệ đạt tiêu chí nâng cao"))


def nobody() -> None:
    """Say that no commune of the chosen districts is recognised."""
    st.info(_("Các huyện đã chọn chưa có xã nào được công nhận."), icon=":material/info:")
