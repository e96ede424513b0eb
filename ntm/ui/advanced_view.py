"""The page of advanced communes: each recognised commune's advanced criteria against the target, the hardest ones."""

import pandas as pd
import streamlit as st

from ntm import charts, metrics, narrative, palette, text
from ntm.dataset import Dataset
from ntm.text import _, either
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
        facts=blocks.provenance(dataset, period, views.filter_words(dataset)),
        source=blocks.source_line(dataset, period),
        name=_("Tiêu chí nâng cao theo xã"),
        note=_("Mục tiêu của kế hoạch là số bình quân, không phải của từng xã."),
    )


def hardest(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw how many of the communes meet each advanced criterion, hardest first."""
    plan = dataset.reference.plan
    every = dataset.reference.criteria_of(plan.advanced_set)
    rates = {
        day: metrics.pass_rates(_assessed(dataset, communes, day), every.index)
        for day in (period, plan.baseline_period)
    }
    rows = (
        rates[period]
        .assign(
            baseline_rate=rates[plan.baseline_period]["rate"],
            row=[f"{number}. {either(every.loc[number], 'name')}" for number in every.index],
        )
        .sort_values("rate", kind="stable")
    )
    blocks.figure(
        _("Khó nhất: {criteria}", criteria=narrative.names(rows.dropna(subset="rate").head(3)["row"])),
        lambda: charts.pass_rates(rows, baseline=text.date(plan.baseline_date), now=text.date(period)),
        rows,
        {
            "row": Column(_("Tiêu chí nâng cao")),
            "met": Column(_("Số xã đạt"), text.number),
            "assessed": Column(_("Số xã có số liệu"), text.number),
            "rate": Column(_("Tỷ lệ đạt"), text.percent),
            "baseline_rate": Column(_("Tại mốc"), text.percent),
        },
        facts=blocks.provenance(dataset, period, views.filter_words(dataset)),
        source=blocks.source_line(dataset, period),
        name=_("Tỷ lệ đạt tiêu chí nâng cao"),
        note=_("Thanh: nay; vạch: mốc {date}.", date=text.date(plan.baseline_date)),
    )


def _assessed(dataset: Dataset, communes: pd.DataFrame, period: str) -> pd.DataFrame:
    assessed = dataset.assessments_at(period, dataset.reference.plan.advanced_set)
    return assessed[assessed["unit_code"].isin(communes.index)]


def nobody() -> None:
    """Say that no commune of the chosen districts is recognised."""
    st.info(_("Các huyện đã chọn chưa có xã nào được công nhận."), icon=":material/info:")
