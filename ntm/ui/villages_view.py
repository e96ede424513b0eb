"""The page of villages: recognised villages by district and period, against the straight line to each target."""

import pandas as pd
import streamlit as st

from ntm import charts, progress, text
from ntm.dataset import Dataset
from ntm.plan import Plan, Target
from ntm.text import _, either
from ntm.ui import blocks, data, scoreboard, views
from ntm.ui.blocks import Column


def target(dataset: Dataset) -> Target | None:
    """Return the plan's target for villages; None where it has none."""
    return dataset.reference.plan.target_of("villages")


def board(dataset: Dataset, goal: Target, period: str) -> None:
    """Draw the target as a scoreboard: the province, then each district that has a share of it."""
    table = data.targets(period).loc[[goal.id]]
    words = _("Theo {plan}", plan=either(dataset.reference.plan, "title"))
    scoreboard.show(dataset, table, period, words)
    own = {code: data.targets(period, code).loc[[goal.id]] for code in _districts(dataset, goal)}
    if own:
        scoreboard.show_districts(dataset, own, period)


def courses(dataset: Dataset, goal: Target, period: str) -> None:
    """Draw each district's course over the periods with the straight line to its target."""
    for code in _districts(dataset, goal):
        course(dataset, goal, code, period)
    others = [name for code, name in dataset.reference.districts["label"].items() if code not in goal.districts]
    st.caption(_("Kế hoạch không giao chỉ tiêu thôn, bản cho: {names}.", names=", ".join(others)))


def _districts(dataset: Dataset, goal: Target) -> list[str]:
    chosen = views.chosen_districts(dataset)
    return [code for code in dataset.reference.districts.index if code in goal.districts and code in chosen]


def _expected(plan: Plan, goal: Target, code: str, day: str) -> float | None:
    return progress.expected_value(goal.baseline or 0, goal.districts[code], progress.elapsed(plan, day))


def course(dataset: Dataset, goal: Target, code: str, period: str) -> None:
    """Draw one district's course over the periods with the straight line to its target."""
    plan, label = dataset.reference.plan, dataset.reference.districts.at[code, "label"]
    mine = dataset.villages[dataset.villages["unit_code"] == code]
    rows = mine[["period", "recognised"]].rename(columns={"recognised": "value"}).astype({"value": float})
    line = pd.DataFrame(
        {
            "period": [plan.baseline_period, plan.due_date.isoformat()],
            "value": [goal.baseline or 0, goal.districts[code]],
        }
    )
    now = rows.loc[rows["period"] == period, "value"]
    actual = now.iloc[0] if len(now) else None
    blocks.figure(
        _(
            "{district}: {actual} trên {target} thôn, bản",
            district=label,
            actual=text.number(actual),
            target=text.number(goal.districts[code]),
        ),
        lambda: charts.trend(
            rows,
            line,
            title=_("thôn, bản"),
            actual_name=_("đã công nhận"),
            line_name=_("đường đến mục tiêu"),
            decimals=0,
            from_zero=True,
        ),
        rows.assign(expected=[_expected(plan, goal, code, day) for day in rows["period"]]),
        {
            "period": Column(_("Kỳ"), text.date),
            "value": Column(_("Đã công nhận"), text.number),
            "expected": Column(_("Mức phải đến"), lambda value: text.number(value, 1)),
        },
        data=dataset,
        period=period,
        scope=label,
        name=_("Thôn, bản {district}", district=label),
    )
