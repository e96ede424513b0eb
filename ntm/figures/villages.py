"""Villages: how many of a group's are recognised, against the straight line to its target."""

import pandas as pd

from ntm import charts, progress, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _


def course(data: Dataset, period: str, code: str) -> Figure:
    """A group's recognised villages over the periods. The plan must set it a target for villages."""
    plan, label = data.reference.plan, data.reference.units.at[code, "label"]
    goal = plan.target_of("villages") if plan else None
    if plan is None or goal is None or code not in goal.districts:
        raise ValueError(f"The plan sets no target for villages to {code}.")
    start, end = goal.baseline or 0, goal.districts[code]
    mine = data.villages[data.villages["unit_code"] == code]
    rows = mine[["period", "recognised"]].rename(columns={"recognised": "value"}).astype({"value": float})
    line = pd.DataFrame({"period": [plan.baseline_period, plan.due_date.isoformat()], "value": [start, end]})
    now = rows.loc[rows["period"] == period, "value"]
    expected = [progress.expected_value(start, end, progress.elapsed(plan, day)) for day in rows["period"]]
    target = text.number(end)
    title = _("{group}: chưa báo cáo; mục tiêu {target} thôn, bản", group=label, target=target)
    if len(now):
        actual = text.number(now.iloc[0])
        title = _("{group}: {actual}/{target} thôn, bản", group=label, actual=actual, target=target)
    return Figure(
        name=_("Thôn, bản {group}", group=label),
        title=title,
        period=period,
        scope=label,
        draw=lambda: charts.trend(
            rows,
            line,
            title=_("thôn, bản"),
            actual_name=_("đã công nhận"),
            line_name=_("đường đến mục tiêu"),
            decimals=0,
            from_zero=True,
        ),
        frame=rows.assign(expected=expected),
        columns={
            "period": Column(_("Kỳ"), text.date),
            "value": Column(_("Đã công nhận"), text.number),
            "expected": Column(_("Mức phải đến"), lambda value: text.number(value, 1)),
        },
        sets=("villages",),
        is_empty=rows.empty,
        over_time=True,
    )
