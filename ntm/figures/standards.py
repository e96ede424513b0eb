"""Standards: how many of the recognised keep all criteria, and how far they are towards the advanced ones."""

import pandas as pd

from ntm import charts, labels, palette, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _


def kept(data: Dataset, period: str, districts: tuple[str, ...]) -> Figure:
    """How many of those recognised at the baseline meet all criteria, over the periods, against all of them."""
    everybody = data.communes[data.communes["recognised_at_baseline"]]
    mine = everybody[everybody["district_code"].isin(districts)] if districts else everybody
    counted = mine.groupby("period")["kept"].sum().astype(float)
    rows = counted.where(mine.groupby("period")["met"].count() > 0).rename("value").reset_index()
    total = mine["unit_code"].nunique()
    ends = pd.DataFrame({"period": [rows["period"].min(), rows["period"].max()], "value": [total, total]})
    return Figure(
        name=_("Giữ chuẩn qua các kỳ"),
        title=_("Số xã giữ đủ tiêu chí trong {count} xã đã công nhận", count=total),
        period=period,
        scope=labels.scope(data.reference.districts, districts),
        draw=lambda: charts.trend(
            rows, ends, title=_("số xã"), actual_name=_("giữ đủ"), line_name=_("đã công nhận"), decimals=0
        ),
        frame=rows,
        columns={"period": Column(_("Kỳ"), text.date), "value": Column(_("Số xã giữ đủ tiêu chí"), text.number)},
    )


def advanced_counts(data: Dataset, period: str, districts: tuple[str, ...]) -> pd.DataFrame:
    """Return the recognised communes with their advanced criteria met (column advanced; NaN where unknown)."""
    communes = data.communes_of(period, districts)
    complete = data.complete_counts_at(period, data.reference.plan.advanced_set)["met"]
    mine = communes[communes["recognised"]]
    mine = mine.assign(advanced=complete.reindex(mine.index).astype(float))
    return mine.sort_values("advanced", ascending=False, kind="stable")


def advanced(data: Dataset, period: str, districts: tuple[str, ...]) -> Figure:
    """Each recognised commune's advanced criteria against the plan's average."""
    target = data.reference.plan.target_of("advanced_average")
    goal = target.value if target else None
    communes = advanced_counts(data, period, districts)
    known = communes.dropna(subset="advanced")
    total = len(data.reference.criteria_of(data.reference.plan.advanced_set))
    rows = communes.assign(
        row=communes["label"] + " · " + communes["district"],
        value=communes["advanced"],
        figure=communes["advanced"].map(text.number),
        colour=[palette.MET if goal and met >= goal else palette.BEST_TO_WORST[2] for met in communes["advanced"]],
    )
    return Figure(
        name=_("Tiêu chí nâng cao theo xã"),
        title=_(
            "Bình quân {average} trên {total} tiêu chí; {reached} trên {known} xã có số liệu đạt từ {goal}",
            average=text.number(known["advanced"].mean(), 1),
            total=total,
            reached=int((known["advanced"] >= goal).sum()) if goal else 0,
            known=len(known),
            goal=text.number(goal),
        ),
        period=period,
        scope=labels.scope(data.reference.districts, districts),
        draw=lambda: charts.bars(rows, title=_("tiêu chí nâng cao đạt"), target=goal, highest=total),
        frame=rows,
        columns={
            "label": Column(_("Xã")),
            "district": Column(_("Huyện")),
            "advanced": Column(_("Tiêu chí nâng cao đạt"), text.number),
        },
        note=_("Mục tiêu của kế hoạch là số bình quân, không phải của từng xã."),
    )
