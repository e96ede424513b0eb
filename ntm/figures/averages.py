"""Averages: criteria per commune, by group from the baseline to now, and over the periods."""

from itertools import pairwise

import pandas as pd

from ntm import charts, coverage, labels, listing, metrics, narrative, palette, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _, plural


def _one_decimal(value: float | None) -> str:
    return text.number(value, 1)


def by_group(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure:
    """Each group's average from the baseline to now, lowest first; none for one that has not reported in full."""
    reference, names = data.reference, data.reference.groups["label"]
    now = metrics.summary(data.communes_of(period, groups), "group_code")
    start = metrics.summary(data.communes_of(reference.baseline_period, groups), "group_code")
    rows = now.assign(key=now.index, row=names, baseline=start["average"], now=now["average"]).sort_values("now")
    rows["reported"] = [_of_total(known, count) for known, count in zip(rows["known"], rows["communes"], strict=True)]
    average, noun = reference.target_of("average"), labels.noun(reference)
    return Figure(
        name=_("Bình quân theo {noun}", noun=noun),
        title=_title(data, period, groups, rows, names),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.baseline_to_now(
            rows,
            title=_("bình quân tiêu chí mỗi xã"),
            baseline=text.date(reference.baseline_date),
            now=text.date(period),
            target=average.value if average else None,
        ),
        frame=rows,
        columns={
            "row": Column(labels.group_heading(reference)),
            "communes": Column(_("Số xã"), text.number),
            "reported": Column(_("Xã đã báo cáo đủ")),
            "recognised": listing.counted(rows, "recognised", _("Xã đã được công nhận")),
            "at_risk": listing.counted(rows, "at_risk", _("Trong đó nay thiếu tiêu chí")),
            "baseline": Column(_("Bình quân tại mốc"), _one_decimal),
            "now": Column(_("Bình quân nay"), _one_decimal),
        },
        note=_("Chấm xám: mốc; chấm xanh: nay. Mục tiêu là của toàn tỉnh, không phải của từng {noun}.", noun=noun),
        hint=_("Bấm vào một {noun} để chỉ xem {noun} ấy.", noun=noun),
        sets=provenance.COMMUNES,
        is_empty=bool(rows[["baseline", "now"]].isna().all(axis=None)),
    )


def by_commune(data: Dataset, period: str, shown: int | None = None) -> Figure:
    """Each commune's number of criteria, lowest first: where there are no groups to compare.

    `shown`: how many of them, where there is no room for all; the title then says so.
    """
    reference, communes = data.reference, data.communes_at(period)
    total = len(reference.criteria_of(reference.commune_set))
    colours = palette.tier_colours(reference.tiers)
    rows = communes.assign(
        row=communes["place"],
        value=communes["met"],
        figure=[listing.of_total(row, total) for row in communes.to_dict("records")],
        colour=[colours[tier] for tier in communes["tier"]],
    ).sort_values("value", kind="stable")
    covered, average = data.coverage(period), communes["met"].mean()
    subject = _("Số tiêu chí đạt của từng xã")
    whole = _("Bình quân {average}/{total} tiêu chí mỗi xã", average=text.number(average, 1), total=total)
    part = _("Bình quân {average}", average=coverage.of_reported(average, covered.known))
    known = rows.dropna(subset="value")
    if shown is not None and shown < len(rows):
        rows = known.head(shown)
        whole += "; " + plural("{count} xã ít tiêu chí nhất", len(rows))
        part += "; " + _("trong đó {count} xã ít tiêu chí nhất", count=len(rows))
    return Figure(
        name=subject,
        title=coverage.headed(covered, whole, part, subject=subject),
        period=period,
        scope=_("Toàn tỉnh"),
        draw=lambda: charts.bars(rows, title=_("tiêu chí đạt"), highest=total),
        frame=rows,
        columns={"row": Column(_("Xã")), "figure": Column(_("Tiêu chí đạt"))},
        is_empty=known.empty,
    )


def _title(data: Dataset, period: str, groups: tuple[str, ...], rows: pd.DataFrame, names: pd.Series) -> str:
    """The lowest averages; where not every group has reported in full, whose averages there are."""
    known, noun, nouns = rows.dropna(subset="now"), labels.noun(data.reference), labels.nouns(data.reference)
    subject = _("Bình quân theo {noun}", noun=noun)
    of_reported = _("Chưa {noun} nào báo cáo đủ", noun=noun)
    if len(known):
        averages = ", ".join(f"{row.row} {text.number(row.now, 1)}" for row in known.itertuples())
        of_reported = _("Bình quân của các {nouns} đã báo cáo đủ: {averages}", averages=averages, nouns=nouns)
    whole = _("Bình quân tiêu chí thấp nhất: {names}", names=narrative.lagging(rows, names))
    return coverage.headed(data.coverage(period, groups), whole, of_reported, subject=subject)


def _of_total(known: float, total: float) -> str:
    return f"{text.number(known)}/{text.number(total)}"


def course(data: Dataset, period: str, code: str) -> Figure:
    """A group's average over the periods next to the province's.

    Both are of the communes that have reported; a line breaks where these are not the same communes any more.
    """
    communes, label = data.communes, data.reference.groups.at[code, "label"]
    rows = metrics.average_by_period(communes[communes["group_code"] == code])
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


def province(data: Dataset, period: str) -> Figure:
    """The province's average over all periods with the same criteria set: where other communes follow, a line breaks.

    Averages of two criteria sets are of different things and never stand in one chart.
    """
    rows = _of_all_communes(data)
    known = rows.assign(value=rows["value"].where(rows["known"] == rows["total"]))  # else it is not the province's
    subject = _("Bình quân tiêu chí mỗi xã của toàn tỉnh qua các kỳ")
    return Figure(
        name=_("Bình quân toàn tỉnh qua các kỳ"),
        title=coverage.headed(data.coverage(period), subject, subject, subject=subject),
        period=period,
        scope=_("Toàn tỉnh"),
        draw=lambda: charts.trend(
            known, known.iloc[:0], title=_("tiêu chí mỗi xã"), actual_name=_("Toàn tỉnh"), line_name=""
        ),
        frame=known.assign(reported=[_of_total(row.known, row.total) for row in rows.itertuples()]),
        columns={
            "period": Column(_("Kỳ"), text.date),
            "value": Column(_("Toàn tỉnh"), _one_decimal),
            "reported": Column(_("Xã đã báo cáo đủ")),
        },
        note=" ".join(filter(None, [*_new_communes(data, rows), _other_criteria(data)])),
        is_empty=bool(known["value"].isna().all()),
        over_time=True,
        beyond=True,
    )


def _of_all_communes(data: Dataset) -> pd.DataFrame:
    """metrics.average_by_period of all periods of the criteria set; and start, the first day of the same communes."""
    parts: list[pd.DataFrame] = []
    segments = 0
    for start, days in pd.Series(data.periods_of_set, dtype=str).groupby(lambda place: _start(data, place)):
        rows = metrics.average_by_period(data.at(days.iloc[0]).communes)
        rows = rows[rows["period"].isin(days)]
        parts.append(rows.assign(segment=rows["segment"] + segments, start=start))
        segments += len(rows) + 1
    return pd.concat(parts, ignore_index=True) if parts else metrics.average_by_period(data.communes).assign(start="")


def _start(data: Dataset, place: int) -> str:
    return data.at(data.periods_of_set[place]).reference.span[0]


def _new_communes(data: Dataset, rows: pd.DataFrame) -> list[str]:
    """Say why the line breaks where other communes follow."""
    sizes = rows.groupby("start")["total"].first()
    return [
        _(
            "Đường đứt đoạn ở {date}: từ ngày này {after} xã thay cho {before} xã, hai phía không cùng xã.",
            date=text.date(start),
            after=text.number(after),
            before=text.number(before),
        )
        for (_earlier, before), (start, after) in pairwise(sizes.items())
    ]


def _other_criteria(data: Dataset) -> str:
    """Say that periods of another criteria set are left out, and why; empty if there are none."""
    reference, others = data.reference, {}
    for period in data.all_periods:
        other = data.at(period).reference
        if other.commune_set != reference.commune_set:
            others[other.commune_set] = len(reference.criteria_of(other.commune_set))
    if not others:
        return ""
    return _(
        "Không vẽ các kỳ theo bộ {others} tiêu chí: không so sánh được với bộ {own} tiêu chí.",
        others=_(" và ").join(text.number(count) for count in others.values()),
        own=text.number(len(reference.criteria_of(reference.commune_set))),
    )


def _at(rows: pd.DataFrame, position: int) -> str:
    return _one_decimal(rows["value"].iloc[position] if len(rows) else None)
