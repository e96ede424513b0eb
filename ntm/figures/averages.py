"""Averages: criteria per commune, by district from the baseline to now, and over the periods."""

import pandas as pd

from ntm import charts, coverage, labels, listing, metrics, narrative, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _


def _one_decimal(value: float | None) -> str:
    return text.number(value, 1)


def by_district(data: Dataset, period: str, districts: tuple[str, ...]) -> Figure:
    """Each district's average from the baseline to now, lowest first; none for one that has not reported in full."""
    plan, names = data.reference.plan, data.reference.districts["label"]
    now = metrics.summary(data.communes_of(period, districts), "district_code")
    start = metrics.summary(data.communes_of(plan.baseline_period, districts), "district_code")
    rows = now.assign(row=names, baseline=start["average"], now=now["average"]).sort_values("now")
    rows["reported"] = [_of_total(known, count) for known, count in zip(rows["known"], rows["communes"], strict=True)]
    average = plan.target_of("average")
    return Figure(
        name=_("Bình quân theo huyện"),
        title=_title(data, period, districts, rows, names),
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
            "reported": Column(_("Xã đã báo cáo đủ")),
            "recognised": listing.counted(rows, "recognised", _("Xã đã được công nhận")),
            "at_risk": listing.counted(rows, "at_risk", _("Trong đó nay thiếu tiêu chí")),
            "baseline": Column(_("Bình quân tại mốc"), _one_decimal),
            "now": Column(_("Bình quân nay"), _one_decimal),
        },
        note=_("Chấm xám: mốc; chấm xanh: nay. Mục tiêu là của toàn tỉnh, không phải của từng huyện."),
        hint=_("Bấm vào một huyện để chỉ xem huyện ấy."),
        sets=provenance.COMMUNES,
        is_empty=bool(rows[["baseline", "now"]].isna().all(axis=None)),
    )


def _title(data: Dataset, period: str, districts: tuple[str, ...], rows: pd.DataFrame, names: pd.Series) -> str:
    """The lowest averages; where not every district has reported in full, whose averages there are."""
    known = rows.dropna(subset="now")
    of_reported = _("Chưa huyện nào báo cáo đủ")
    if len(known):
        averages = ", ".join(f"{row.row} {text.number(row.now, 1)}" for row in known.itertuples())
        of_reported = _("Bình quân của các huyện đã báo cáo đủ: {averages}", averages=averages)
    whole = _("Bình quân tiêu chí thấp nhất: {names}", names=narrative.lagging(rows, names))
    return coverage.headed(data.coverage(period, districts), whole, of_reported, subject=_("Bình quân theo huyện"))


def _of_total(known: float, total: float) -> str:
    return f"{text.number(known)}/{text.number(total)}"


def course(data: Dataset, period: str, code: str) -> Figure:
    """A district's average over the periods next to the province's.

    Both are of the communes that have reported; a line breaks where these are not the same communes any more.
    """
    communes, label = data.communes, data.reference.districts.at[code, "label"]
    rows = metrics.average_by_period(communes[communes["district_code"] == code])
    beside = metrics.average_by_period(communes)
    beside["value"] = beside["value"].where(beside["known"] == beside["total"])  # else it is not the province's
    whole = _("Bình quân tiêu chí qua các kỳ: {first} → {last}", first=_at(rows, 0), last=_at(rows, -1))
    certain = bool((rows["known"] == rows["total"]).all())
    reported = "; ".join(f"{text.date(row.period)}: {_of_total(row.known, row.total)}" for row in rows.itertuples())
    part = _("Bình quân tiêu chí qua các kỳ của các xã đã báo cáo đủ ({reported})", reported=reported)
    return Figure(
        name=_("Bình quân qua các kỳ"),
        title=whole if certain else part,
        period=period,
        scope=label,
        draw=lambda: charts.trend(
            rows, beside, title=_("tiêu chí mỗi xã"), actual_name=label, line_name=_("Toàn tỉnh")
        ),
        frame=rows.assign(
            reported=[_of_total(row.known, row.total) for row in rows.itertuples()],
            province=beside["value"],
            province_reported=[_of_total(row.known, row.total) for row in beside.itertuples()],
        ),
        columns={
            "period": Column(_("Kỳ"), text.date),
            "value": Column(label, _one_decimal),
            "reported": Column(_("Xã đã báo cáo đủ")),
            "province": Column(_("Toàn tỉnh"), _one_decimal),
            "province_reported": Column(_("Xã đã báo cáo đủ, toàn tỉnh")),
        },
        note=_("Bình quân của các xã đã báo cáo đủ ở mỗi kỳ; đường đứt đoạn ở nơi các xã này thay đổi."),
        is_empty=bool(rows["value"].isna().all()),
        over_time=True,
    )


def _at(rows: pd.DataFrame, position: int) -> str:
    return _one_decimal(rows["value"].iloc[position] if len(rows) else None)
