"""Averages: criteria per commune, by district from the baseline to now, and over the periods."""

import pandas as pd

from ntm import charts, labels, metrics, narrative, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _


def _one_decimal(value: float | None) -> str:
    return text.number(value, 1)


def by_district(data: Dataset, period: str, districts: tuple[str, ...]) -> Figure:
    """Each district's average from the baseline to now, the lowest first."""
    plan, names = data.reference.plan, data.reference.districts["label"]
    now = metrics.summary(data.communes_of(period, districts), "district_code")
    start = metrics.summary(data.communes_of(plan.baseline_period, districts), "district_code")
    rows = now.assign(row=names, baseline=start["average"], now=now["average"]).sort_values("now")
    average = plan.target_of("average")
    return Figure(
        name=_("Bình quân theo huyện"),
        title=_("Bình quân tiêu chí thấp nhất: {names}", names=narrative.lagging(rows, names)),
        period=period,
        scope=labels.scope(data.reference.districts, districts),
        draw=lambda: charts.baseline_to_now(
            rows,
            title=_("bình quân tiêu chí mỗi xã"),
            baseline=text.date(plan.baseline_date),
            now=text.date(period),
            target=average.value if average else None,
        ),
        frame=rows,
        columns={
            "row": Column(_("Huyện")),
            "communes": Column(_("Số xã"), text.number),
            "recognised": Column(_("Xã đạt chuẩn"), text.number),
            "at_risk": Column(_("Trong đó nay thiếu tiêu chí"), text.number),
            "baseline": Column(_("Bình quân tại mốc"), _one_decimal),
            "now": Column(_("Bình quân nay"), _one_decimal),
        },
        note=_("Chấm xám: mốc; chấm xanh: nay. Mục tiêu là của toàn tỉnh, không phải của từng huyện."),
        hint=_("Bấm vào một huyện để chỉ xem huyện ấy."),
    )


def course(data: Dataset, period: str, code: str) -> Figure:
    """A district's average over the periods beside the province's."""
    communes, label = data.communes, data.reference.districts.at[code, "label"]
    rows = metrics.average_by_period(communes[communes["district_code"] == code]).rename("value").reset_index()
    beside = metrics.average_by_period(communes).rename("value").reset_index()
    return Figure(
        name=_("Bình quân qua các kỳ"),
        title=_("Bình quân tiêu chí qua các kỳ: {first} → {last}", first=_at(rows, 0), last=_at(rows, -1)),
        period=period,
        scope=label,
        draw=lambda: charts.trend(
            rows, beside, title=_("tiêu chí mỗi xã"), actual_name=label, line_name=_("Toàn tỉnh")
        ),
        frame=rows.assign(province=beside["value"]),
        columns={
            "period": Column(_("Kỳ"), text.date),
            "value": Column(label, _one_decimal),
            "province": Column(_("Toàn tỉnh"), _one_decimal),
        },
    )


def _at(rows: pd.DataFrame, position: int) -> str:
    return _one_decimal(rows["value"].iloc[position] if len(rows) else None)
