"""Standards: how many of the recognised keep all criteria, and how far they are towards the advanced ones."""

import pandas as pd

from ntm import charts, coverage, labels, metrics, palette, provenance, text
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.text import _, plural


def kept(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure:
    """How many of those recognised at the baseline are known to keep all criteria, over the periods.

    The line breaks where other communes are known than at the period before.
    """
    everybody = data.communes[data.communes["recognised_at_baseline"].fillna(False)]
    mine = everybody[everybody["group_code"].isin(groups)] if groups else everybody
    total = mine["unit_code"].nunique()
    rows = _kept_rows(mine)
    now = rows.loc[rows["period"] == period]
    covered = Coverage(int(now["known"].sum()), total)
    ends = pd.DataFrame({"period": [rows["period"].min(), rows["period"].max()], "value": [total, total]})
    whole = plural("Số xã giữ đủ tiêu chí trong {count} xã đã công nhận", total)
    part = _("Số xã giữ đủ tiêu chí, trong các xã đã biết là được công nhận và đã rõ")
    certain = covered.is_whole and not _who_is_unknown(data, groups)
    return Figure(
        name=_("Giữ chuẩn qua các kỳ"),
        title=whole if certain else f"{covered.words('decided')}. {part}",
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.trend(
            rows, ends, title=_("số xã"), actual_name=_("giữ đủ"), line_name=_("đã công nhận"), decimals=0
        ),
        frame=rows,
        columns={
            "period": Column(_("Kỳ"), text.date),
            "value": Column(_("Số xã giữ đủ tiêu chí"), text.number),
            "known": Column(_("Trong số xã đã rõ"), text.number),
        },
        note=_("Đường đứt đoạn ở nơi các xã đã báo cáo thay đổi: hai đầu của một đoạn là cùng những xã."),
        is_empty=bool(rows["value"].isna().all()),
        over_time=True,
        sets=provenance.COMMUNES,
    )


def _kept_rows(mine: pd.DataFrame) -> pd.DataFrame:
    """Columns period, value (kept; NaN where nobody is known), known, segment (see metrics.average_by_period)."""
    table = metrics.average_by_period(mine.assign(met=mine["kept"].astype("Float64").astype(float)))
    value = (table["value"] * table["known"]).round()
    return table.assign(value=value)[["period", "value", "known", "segment"]]


def _who_is_unknown(data: Dataset, groups: tuple[str, ...]) -> bool:
    """Whether it is not known of every commune if it was recognised at the baseline."""
    communes = data.communes_of(data.reference.baseline_period, groups)
    return bool(communes["recognised_at_baseline"].isna().any())


def advanced_counts(data: Dataset, period: str, groups: tuple[str, ...]) -> pd.DataFrame:
    """Return the recognised communes with their advanced criteria met (column advanced; NaN where unknown)."""
    communes = data.communes_of(period, groups)
    counts = data.counts_at(period, data.reference.advanced_set)["met"]
    mine = communes[communes["recognised"].fillna(False)]
    mine = mine.assign(advanced=counts.reindex(mine.index).astype(float))
    return mine.sort_values("advanced", ascending=False, kind="stable")


def advanced(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure:
    """Each recognised commune's advanced criteria against the plan's average."""
    target = data.reference.target_of("advanced_average")
    goal = target.value if target else None
    communes = advanced_counts(data, period, groups)
    known = communes.dropna(subset="advanced")
    total = len(data.reference.criteria_of(data.reference.advanced_set))
    rows = communes.assign(
        row=communes["place"],
        value=communes["advanced"],
        figure=communes["advanced"].map(text.number),
        colour=[palette.MET if goal and met >= goal else palette.BEST_TO_WORST[2] for met in communes["advanced"]],
    )
    finding = _(
        "bình quân {average}/{total} tiêu chí; {reached}/{known} xã đạt từ {goal}",
        average=text.number(known["advanced"].mean(), 1),
        total=total,
        reached=int((known["advanced"] >= goal).sum()) if goal else 0,
        known=len(known),
        goal=text.number(goal),
    )
    part = plural("Ở {count} xã đã báo cáo: {figures}", len(known), figures=finding)
    return Figure(
        name=_("Tiêu chí nâng cao theo xã"),
        title=coverage.headed(
            Coverage(len(known), len(communes)),
            text.capitalised(finding),
            part,
            "advanced",
            _("Tiêu chí nâng cao theo xã"),
        ),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.bars(rows, title=_("tiêu chí nâng cao đạt"), target=goal, highest=total),
        frame=rows,
        columns={
            "label": Column(_("Xã")),
            "group": Column(labels.group_heading(data.reference), optional=True),
            "advanced": Column(_("Tiêu chí nâng cao đạt"), text.number),
        },
        note=_("Mục tiêu của kế hoạch là số bình quân, không phải của từng xã."),
        is_empty=known.empty,
        sets=("advanced", "recognitions"),
    )
