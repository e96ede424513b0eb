"""Tiers: how many communes meet how many criteria, against the plan, by group, over the periods."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ntm import charts, coverage, labels, metrics, narrative, palette, text
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.markdown import Markdown, plain
from ntm.plan import Tier
from ntm.text import _, either, plural


def province(data: Dataset, period: str) -> Figure:
    """The province's tiers at the baseline, at the period and as planned."""
    rows, plan = against_plan(data, period), data.reference.plan
    title = _("Số xã theo nhóm tiêu chí (toàn tỉnh)")
    if plan and rows["row"].nunique() > 1:
        title = _("Số xã theo nhóm tiêu chí: mốc, thực hiện, mục tiêu (toàn tỉnh)")
    return _stacked(
        data,
        rows,
        name=_("Nhóm tiêu chí toàn tỉnh"),
        title=_reported_first(data.coverage(period), title),
        period=period,
        scope=_("Toàn tỉnh"),
        note=_("Mốc và mục tiêu: {plan}, {kind}.", plan=either(plan, "title"), kind=labels.kind(plan.kind))
        if plan
        else "",
    )


def against_plan(data: Dataset, period: str) -> pd.DataFrame:
    """Return the province's tiers at the baseline, at the period and as planned, as far as there is a plan for it.

    Columns: row, tier, communes, share.
    """
    plan, counts = data.reference.plan, metrics.tier_counts(data.communes_at(period), data.reference.tiers)
    rows = [counts.assign(row=_("Thực hiện {date}", date=text.date(period)))]
    if plan:
        start, goal = zip(*plan.tier_targets().values(), strict=True)
        baseline = _("Mốc {date} ({kind})", date=text.date(plan.baseline_date), kind=labels.kind(plan.kind))
        target = _("Mục tiêu {date}", date=text.date(plan.due_date))
        rows = [*_planned(plan.tiers, baseline, start), *rows, *_planned(plan.tiers, target, goal)]
    return pd.concat(rows, ignore_index=True)


def _planned(steps: Sequence[Tier], row: str, counts: Sequence[float | None]) -> list[pd.DataFrame]:
    """A row of what the plan says of the tiers; none where it says nothing."""
    if not any(counts):
        return []
    return [_tier_row(row, dict(zip([tier.id for tier in steps], counts, strict=True)))]


def _tier_row(row: str, counts: Mapping[str, float | None]) -> pd.DataFrame:
    communes = pd.Series({tier: count or 0 for tier, count in counts.items()}, dtype=float)
    return pd.DataFrame(
        {"row": row, "tier": communes.index, "communes": communes.to_numpy(), "share": communes / communes.sum()}
    )


def by_group(data: Dataset, period: str, groups: tuple[str, ...], share: bool) -> Figure:
    """Each group's tiers at the period, as numbers of communes or as shares."""
    noun = labels.noun(data.reference)
    names = data.reference.groups["label"]
    rows = metrics.tier_counts(data.communes_of(period, groups), data.reference.tiers, by=["group_code"])
    rank = {code: place for place, code in enumerate(names.index)}
    rows = rows.sort_values("group_code", key=lambda codes: codes.map(rank), kind="stable")
    return _stacked(
        data,
        rows.assign(key=rows["group_code"], row=rows["group_code"].map(names)),
        name=_("Nhóm tiêu chí theo {noun}", noun=noun),
        title=_reported_first(
            data.coverage(period, groups), _("Theo {noun}, {date}", noun=noun, date=text.date(period))
        ),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        note=_("Kế hoạch không đặt mục tiêu nhóm tiêu chí cho từng {noun}.", noun=noun),
        hint=_("Bấm vào một {noun} để chỉ xem {noun} ấy.", noun=noun),
        share=share,
    )


def of_group(data: Dataset, period: str, code: str) -> Figure:
    """A group's tiers at the baseline and at the period, beside the province's."""
    reference, label = data.reference, data.reference.groups.at[code, "label"]
    parts = {
        _("{group}, {date}", group=label, date=text.date(reference.baseline_period)): data.communes_of(
            reference.baseline_period, (code,)
        ),
        _("{group}, {date}", group=label, date=text.date(period)): data.communes_of(period, (code,)),
        _("{group}, {date}", group=_("Toàn tỉnh"), date=text.date(period)): data.communes_at(period),
    }
    counts = [metrics.tier_counts(communes, reference.tiers).assign(row=row) for row, communes in parts.items()]
    return _stacked(
        data,
        pd.concat(counts, ignore_index=True),
        name=_("Nhóm tiêu chí của {noun}", noun=labels.noun(reference)),
        title=_reported_first(data.coverage(period, (code,)), _("Nhóm tiêu chí: mốc, nay, và toàn tỉnh")),
        period=period,
        scope=label,
        share=True,
    )


def _stacked(
    data: Dataset,
    rows: pd.DataFrame,
    *,
    name: str,
    title: str,
    period: str,
    scope: str,
    note: str = "",
    hint: str = "",
    share: bool = False,
) -> Figure:
    words, colours = labels.tiers(data.reference.tiers), palette.tier_colours(data.reference.tiers)
    return Figure(
        name=name,
        title=title,
        period=period,
        scope=scope,
        draw=lambda: charts.stacked_tiers(rows, words, colours, share=share),
        frame=rows[rows["communes"] > 0],
        columns={"row": Column(_("Hàng")), **_counts(words)},
        note=note,
        hint=hint,
    )


def _reported_first(covered: Coverage, title: str) -> str:
    """A chart that shows the unknown as a part of its own keeps its title; the coverage stands before it."""
    return coverage.headed(covered, title, title, subject=title)


def _counts(words: Mapping[str, str]) -> dict[str, Column]:
    return {
        "tier": Column(_("Nhóm"), words.__getitem__),
        "communes": Column(_("Số xã"), text.number),
        "share": Column(_("Tỷ lệ"), text.percent),
    }


def courses(data: Dataset, period: str, groups: tuple[str, ...]) -> Figure:
    """Each group's tiers over the periods, side by side."""
    reference, names = data.reference, data.reference.groups["label"]
    communes = data.communes
    if groups:
        communes = communes[communes["group_code"].isin(groups)]
    rows = metrics.tier_counts(communes, reference.tiers, by=["group_code", "period"])
    rank = {code: place for place, code in enumerate(names.index)}
    rows = rows.assign(place=rows["group_code"].map(names), rank=rows["group_code"].map(rank))
    rows = rows.sort_values(["rank", "period"], kind="stable")
    words, colours = labels.tiers(reference.tiers), palette.tier_colours(reference.tiers)
    return Figure(
        name=_("Nhóm tiêu chí qua các kỳ"),
        title=_reported_first(
            data.coverage(period, groups),
            plural(
                "Nhóm tiêu chí của từng {noun} qua {count} kỳ, {first} – {last}",
                len(data.periods),
                noun=labels.noun(reference),
                first=text.date(data.periods[0]),
                last=text.date(data.periods[-1]),
            ),
        ),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.tier_courses(rows, words, colours),
        frame=rows[rows["communes"] > 0],
        columns={
            "place": Column(labels.group_heading(reference)),
            "period": Column(_("Kỳ"), text.date),
            **_counts(words),
        },
        over_time=True,
    )


def flow(data: Dataset, period: str, groups: tuple[str, ...], since: str) -> Figure:
    """How many communes went from which tier to which between two periods, and who they are."""
    reference, later = data.reference, data.communes_of(period, groups)
    moved = metrics.flow(data.communes_at(since).loc[later.index], later, reference.tiers)
    words = labels.tiers(reference.tiers)
    rank = {tier: place for place, tier in enumerate(words)}
    rows = moved.assign(
        from_words=moved["tier_earlier"].map(words),
        to_words=moved["tier_later"].map(words),
        direction=[_direction(rank, row.tier_earlier, row.tier_later) for row in moved.itertuples()],
        names=[narrative.names(later.loc[codes, "label"]) for codes in moved["codes"]],
    )
    counts = rows.groupby("direction")["communes"].sum()
    compared = Coverage(int(counts.drop("unknown", errors="ignore").sum()), len(later))
    order = [words[tier] for tier in words if tier in {*moved["tier_earlier"], *moved["tier_later"]}]
    ways = {"up": palette.BEST_TO_WORST[1], "same": palette.CALM, "down": palette.BEST_TO_WORST[4]}
    ways |= {"unknown": palette.UNKNOWN}
    return Figure(
        name=_("Chuyển nhóm"),
        title=_flow_title(counts, compared, since),
        period=period,
        scope=labels.scope(data.reference.groups, groups),
        draw=lambda: charts.flow(rows, order, ways, earlier=text.date(since), later=text.date(period)),
        frame=rows,
        columns={
            "from_words": Column(_("Nhóm ngày {date}", date=text.date(since))),
            "to_words": Column(_("Nhóm ngày {date}", date=text.date(period))),
            "communes": Column(_("Số xã"), text.number),
            "names": Column(_("Xã")),
        },
        note=_("Xanh: lên nhóm; nâu: xuống nhóm; xám: không có số liệu ở một trong hai kỳ."),
        hint=_("Di chuột để xem tên xã."),
        words=_who_moved(rows, later),
        over_time=True,
    )


def _flow_title(counts: pd.Series, compared: Coverage, since: str) -> str:
    if compared.is_empty:
        return _("Từ {since}: không xã nào có đủ số liệu ở cả hai kỳ để so sánh", since=text.date(since))
    moved = {way: text.number(counts.get(way, 0)) for way in ("up", "down", "same")}
    words = _("{up} xã lên nhóm, {down} xã xuống nhóm, {same} xã giữ nhóm", **moved)
    if compared.is_whole:
        return _("Từ {since}: {moves}", since=text.date(since), moves=words)
    return plural(
        "Từ {since}, chỉ so sánh {known}/{count} xã có đủ số liệu ở cả hai kỳ: {moves}",
        compared.total,
        since=text.date(since),
        known=text.number(compared.known),
        moves=words,
    )


def _who_moved(rows: pd.DataFrame, later: pd.DataFrame) -> Markdown:
    lines = []
    for direction, heading in (("up", _("Lên nhóm")), ("down", _("Xuống nhóm"))):
        codes = [code for codes in rows.loc[rows["direction"] == direction, "codes"] for code in codes]
        if codes:
            lines.append(f"**{heading}:** {plain(', '.join(later.loc[codes, 'label']))}.")
    return Markdown("\n\n".join(lines))


def _direction(rank: Mapping[str, int], earlier: str, later: str) -> str:
    if metrics.UNKNOWN in (earlier, later):
        return "unknown"
    if earlier == later:
        return "same"
    return "up" if rank[later] < rank[earlier] else "down"
