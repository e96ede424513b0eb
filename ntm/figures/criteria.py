"""Criteria: which are hardest, which hold communes back, which fail together, who meets which."""

import pandas as pd

from ntm import charts, coverage, labels, metrics, narrative, palette, text
from ntm.coverage import Coverage
from ntm.criteria import Answer
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.reference import Reference
from ntm.text import _, plural

PAIRS_SHOWN = 10
AXIS_ROOM = 1.7  # how much longer than the longest bar the axis is: room for the words after the bar


def pass_rates(data: Dataset, period: str, groups: tuple[str, ...], criteria: tuple[int, ...]) -> Figure:
    """How many communes meet each of some criteria, now and at the baseline, hardest first."""
    communes = data.communes_of(period, groups)
    return _pass_rates(data, period, groups, data.reference.commune_set, criteria, list(communes.index))


def advanced_pass_rates(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure:
    """How many of the recognised communes meet each advanced criterion, now and at the baseline, hardest first."""
    criteria_set = data.reference.advanced_set
    communes = data.communes_of(period, groups)
    criteria = tuple(data.reference.criteria_of(criteria_set).index)
    recognised = communes.index[communes["recognised"].fillna(False)]
    return _pass_rates(data, period, groups, criteria_set, criteria, list(recognised))


def _pass_rates(
    data: Dataset,
    period: str,
    groups: tuple[str, ...],
    criteria_set: str,
    criteria: tuple[int, ...],
    communes: list[str],
) -> Figure:
    reference, names = data.reference, labels.criteria(data.reference.criteria_of(criteria_set))
    now, start = (_assessed(data, day, criteria_set, communes) for day in (period, reference.baseline_period))
    rows = metrics.pass_rates(now, criteria).assign(
        baseline_rate=metrics.pass_rates_before(now, start, criteria), row=[names[number] for number in criteria]
    )
    rows = rows.sort_values("rate", kind="stable")
    advanced = criteria_set == reference.advanced_set
    if not advanced:
        rows = rows.assign(key=rows["criterion"].astype(str))
    reported = Coverage(int(rows["assessed"].min()), len(communes))
    heading = _("Tỷ lệ xã đạt") if reported.is_whole else _("Tỷ lệ đạt ở các xã đã báo cáo")
    return Figure(
        name=_("Tỷ lệ đạt tiêu chí nâng cao") if advanced else _("Tỷ lệ đạt theo tiêu chí"),
        title=_lowest(rows, reported, "advanced" if advanced else "commune"),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.pass_rates(
            rows, title=heading.lower(), baseline=text.date(reference.baseline_date), now=text.date(period)
        ),
        frame=rows,
        columns={
            "row": Column(_("Tiêu chí")),
            "met": Column(_("Số xã đạt"), text.number),
            "assessed": Column(_("Số xã có số liệu"), text.number),
            "rate": Column(heading, text.percent),
            "baseline_rate": Column(_("Tại mốc, cùng các xã đó"), text.percent),
        },
        note=_("Thanh: nay; vạch: mốc {date}, cùng các xã đó.", date=text.date(reference.baseline_date)),
        sets=("advanced" if advanced else "commune",),
        is_empty=not rows["assessed"].any(),
        hint="" if advanced else _("Bấm vào một thanh để xem tiêu chí ấy."),
    )


def _lowest(rows: pd.DataFrame, reported: Coverage, counted: str) -> str:
    """The criteria with the lowest rates, as a title. `rows`: lowest rate first; `counted`: of coverage.REPORTED."""
    known, subject = rows.dropna(subset="rate"), _("Tỷ lệ đạt theo tiêu chí")
    if known["rate"].eq(1).all():
        part = _("Các xã đã báo cáo đạt mọi tiêu chí đã biết")
        return coverage.headed(reported, _("Mọi xã đạt mọi tiêu chí"), part, counted, subject)
    lowest = narrative.names(known.head(3)["row"])
    return coverage.headed(
        reported,
        _("Tỷ lệ đạt thấp nhất: {criteria}", criteria=lowest),
        _("Tỷ lệ đạt ở các xã đã báo cáo, thấp nhất: {criteria}", criteria=lowest),
        counted,
        subject,
    )


def _assessed(data: Dataset, period: str, criteria_set: str, communes: list[str]) -> pd.DataFrame:
    assessed = data.assessments_at(period, criteria_set)
    return assessed[assessed["unit_code"].isin(communes)]


def lift(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure | None:
    """Which criterion, met everywhere, would lift most communes a tier; None where nobody lacks any."""
    reference, communes = data.reference, data.communes_of(period, groups)
    names = labels.criteria(data.reference.criteria_of(reference.commune_set))
    best = reference.tiers[0].label
    lifted = metrics.lift(data.answers_at(period).loc[communes.index], reference.tiers)
    lifted = lifted[lifted["lacking"] > 0]
    if lifted.empty:
        return None
    rows = lifted.assign(
        row=lifted["criterion"].map(names),
        value=lifted["climbing"].astype(float),
        figure=[
            plural("{count} xã (trong đó {complete} xã đạt {best})", climbing, complete=complete, best=best)
            for climbing, complete in zip(lifted["climbing"], lifted["complete"], strict=True)
        ],
        colour=palette.MET,
        names=[narrative.names(communes.loc[codes, "label"]) for codes in lifted["codes"]],
    )
    first = rows.iloc[0]
    finding = _(
        "nếu mọi xã đạt {criterion}, {climbing} xã lên nhóm trên, {complete} xã đạt {best} tiêu chí",
        criterion=first["row"],
        climbing=first["climbing"],
        complete=first["complete"],
        best=best,
    )
    return Figure(
        name=_("Tiêu chí giữ chân các xã"),
        title=coverage.headed(data.coverage(period, groups), *_titles(finding), subject=_("Tiêu chí giữ chân các xã")),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.bars(rows, title=_("số xã lên nhóm trên"), highest=_axis_end(rows)),
        frame=rows,
        columns={
            "row": Column(_("Tiêu chí")),
            "lacking": Column(_("Số xã chưa đạt"), text.number),
            "climbing": Column(_("Số xã lên nhóm trên"), text.number),
            "complete": Column(_("Số xã đạt {best} tiêu chí", best=best), text.number),
            "names": Column(_("Các xã lên nhóm trên")),
        },
        note=_("Chỉ tính xã có đủ số liệu; mỗi hàng: nếu riêng tiêu chí này được mọi xã đạt."),
    )


def pairs(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure | None:
    """The pairs of criteria that most communes lack together; None where nobody lacks two."""
    communes = data.communes_of(period, groups)
    names = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    found = metrics.failing_pairs(data.answers_at(period).loc[communes.index]).head(PAIRS_SHOWN)
    if found.empty:
        return None
    rows = found.assign(
        row=found["one"].map(names) + " + " + found["other"].map(names),
        value=found["communes"].astype(float),
        figure=[
            plural("{count} xã ({share} số xã thiếu một trong hai)", both, share=text.percent(share))
            for both, share in zip(found["communes"], found["share"], strict=True)
        ],
        colour=palette.NOT_MET_CELL,
    )
    finding = _("thường thiếu cùng nhau: {pair}", pair=rows.iloc[0]["row"])
    return Figure(
        name=_("Cặp tiêu chí thiếu cùng nhau"),
        title=coverage.headed(
            data.coverage(period, groups), *_titles(finding), subject=_("Cặp tiêu chí thiếu cùng nhau")
        ),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.bars(rows, title=_("số xã thiếu cả hai"), highest=_axis_end(rows)),
        frame=rows,
        columns={
            "row": Column(_("Hai tiêu chí")),
            "communes": Column(_("Số xã thiếu cả hai"), text.number),
            "either": Column(_("Số xã thiếu ít nhất một"), text.number),
            "share": Column(_("Tỷ lệ"), text.percent),
        },
    )


def _titles(finding: str) -> tuple[str, str]:
    """A finding as the title of the whole scope, and of the communes that have reported."""
    return text.capitalised(finding), _("Trong các xã đã báo cáo: {finding}", finding=finding)


def _axis_end(rows: pd.DataFrame) -> float:
    return max(float(rows["value"].max()), 1) * AXIS_ROOM


def by_group(data: Dataset, period: str, groups: tuple[str, ...], criteria: tuple[int, ...]) -> Figure:
    """Each criterion's pass rate by group, as a grid."""
    places = data.reference.groups["label"]
    heading, noun = labels.group_heading(data.reference), labels.noun(data.reference)
    names = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    communes = data.communes_of(period, groups)
    wide = data.answers_at(period).loc[communes.index, list(criteria)]
    grouped = wide.groupby(communes["group_code"], sort=False)
    rates = grouped.mean().where(grouped.count().eq(grouped.size(), axis=0))  # none of a group not fully known
    rates = rates.reindex([code for code in places.index if code in rates.index])
    table = rates.T.assign(row=[names[number] for number in rates.columns])
    cells = table.melt("row", var_name="group_code", value_name="rate")
    cells = cells.assign(column=cells["group_code"].map(places))
    return Figure(
        name=_("Tỷ lệ đạt theo {noun}", noun=noun),
        title=_reported_first(data, period, groups, _("Tỷ lệ xã đạt từng tiêu chí theo {noun}", noun=noun)),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.rate_grid(cells, columns=heading, rows=_("Tiêu chí")),
        frame=table,
        columns={"row": Column(_("Tiêu chí")), **{code: Column(places[code], text.percent) for code in rates.index}},
        note=_("?: chưa đủ số liệu của các xã trong {noun} về tiêu chí đó.", noun=noun),
        is_empty=bool(rates.isna().all(axis=None)),
    )


def _reported_first(data: Dataset, period: str, groups: tuple[str, ...], title: str) -> str:
    return coverage.headed(data.coverage(period, groups), title, title, subject=title)


def orders(reference: Reference) -> dict[str, str]:
    """Return the orders of the grid's rows: key → words."""
    return {
        "": labels.group_heading(reference),
        "met": _("Số tiêu chí"),
        "label": _("Tên xã"),
        "alike": _("Giống nhau"),
    }


def grid(data: Dataset, period: str, groups: tuple[str, ...], criteria: tuple[int, ...], order: str) -> Figure:
    """A row per commune in the chosen order (see orders), a column per criterion."""
    communes = data.communes_of(period, groups)
    every = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    names = {number: every[number] for number in criteria}
    ordered = _ordered(communes, data.answers_at(period).loc[communes.index, list(criteria)], order)
    wide = data.answers_at(period).loc[ordered.index, list(criteria)]
    rows = ordered["place"]
    answers = labels.answers()
    long = wide.stack(future_stack=True).rename("met").reset_index()
    cells = pd.DataFrame(
        {
            "row": long["unit_code"].map(rows),
            "column": long["criterion"],
            "column_name": long["criterion"].map(names),
            "answer": [Answer.of(met) for met in long["met"]],
        }
    )
    table = wide.rename(columns=str).map(lambda met: answers[Answer.of(met)]).assign(commune=rows)
    size = _("{communes} xã × {criteria} tiêu chí", communes=len(ordered), criteria=len(criteria))
    return Figure(
        name=_("Xã và tiêu chí"),
        title=_reported_first(data, period, groups, size),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.heat_map(cells, answers, columns=_("Tiêu chí (số)"), rows=_("Xã")),
        frame=table,
        columns={"commune": Column(_("Xã")), **{str(number): Column(name) for number, name in names.items()}},
        note=_("✕ và màu cam: chưa đạt."),
        hint=_("Di chuột để xem tên tiêu chí."),
    )


def _ordered(communes: pd.DataFrame, wide: pd.DataFrame, order: str) -> pd.DataFrame:
    if order == "alike":
        return communes.loc[metrics.alike_order(wide)]
    if order == "label":
        return communes.sort_values("label", key=lambda names: names.map(text.collation_key), kind="stable")
    columns = ["met"] if order == "met" else ["group", "met"]
    return communes.sort_values(columns, ascending=[column != "met" for column in columns], kind="stable")


def history(data: Dataset, period: str, code: str) -> Figure:
    """Each criterion's course over the periods, for one commune, as a strip."""
    reference = data.reference
    names = labels.criteria(data.reference.criteria_of(reference.commune_set))
    assessed = data.of_set(reference.commune_set)
    mine = assessed[assessed["unit_code"] == code]
    met = dict(zip(zip(mine["period"], mine["criterion"], strict=True), mine["met"], strict=True))
    days = {day: text.date(day) for day in data.periods}
    cells = pd.DataFrame(
        [
            {"row": name, "column": date, "column_name": date, "answer": Answer.of(met.get((day, number)))}
            for number, name in names.items()
            for day, date in days.items()
        ]
    )
    answers = labels.answers()
    return Figure(
        name=_("Diễn biến tiêu chí của xã"),
        title=_("Diễn biến từng tiêu chí qua các kỳ"),
        period=period,
        scope=data.reference.units.at[code, "label"],
        draw=lambda: charts.heat_map(cells, answers, columns=_("Kỳ"), rows=_("Tiêu chí")),
        frame=cells,
        columns={
            "row": Column(_("Tiêu chí")),
            "column": Column(_("Kỳ")),
            "answer": Column(_("Kết quả"), answers.__getitem__),
        },
        over_time=True,
    )
