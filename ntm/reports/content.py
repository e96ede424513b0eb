"""What a report says, computed from the data: results against each target, by group, difficulties, tasks, annex.

A report is of the province or of one group. Nothing here knows of Word or Excel.
"""

import datetime as dt

import pandas as pd

from ntm import coverage, labels, listing, metrics, narrative, progress, provenance, text
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.figures import averages, criteria, tiers
from ntm.reports import pieces, tasks
from ntm.reports.document import Block, Report, Section, Table
from ntm.text import _

MET_SIGNS = {1.0: "Đ", 0.0: "–"}  # in the annex; "?" where it is unknown


def build(data: Dataset, period: str, group: str | None = None, *, today: dt.date) -> Report:
    """Return the report of the province, or of one group, at a period. ValueError: see ask_for_data."""
    ask_for_data(data, period)
    province = data.reference.province["label"]
    scope = labels.group_name(data.reference, group) if group else ""
    office = scope if group in data.reference.districts.index else ""  # other groups have no committee
    return Report(
        office=_("UBND {unit}", unit=office or _("tỉnh {province}", province=province)).upper(),
        place=office or province,
        subject=_(
            "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới {place}, đến ngày {date}",
            place=scope or _("tỉnh {province}", province=province),
            date=text.date(period),
        ),
        date=today,
        notice=_("SỐ LIỆU MINH HỌA: không phải số liệu của tỉnh, không dùng để báo cáo.") if data.is_sample else "",
        facts=provenance.facts(data, period, scope, tuple(provenance.SETS)),
        sections=[
            _results(data, period, group),
            _by_group(data, period, group),
            _difficulties(data, period, group),
            _tasks(data, period, group),
            _annex(data, period, group),
        ],
    )


def ask_for_data(data: Dataset, period: str) -> None:
    """Raise ValueError, with the periods that have data, where this one has none."""
    if period not in data.all_periods:
        raise ValueError(
            _(
                "Không có số liệu cho kỳ {period}. Các kỳ có số liệu: {periods}.",
                period=period,
                periods=", ".join(data.all_periods) or _("chưa có kỳ nào"),
            )
        )


def _chosen(group: str | None) -> tuple[str, ...]:
    return (group,) if group else ()


def _results(data: Dataset, period: str, group: str | None) -> Section:
    plan = data.reference.plan
    table = progress.asked(data, period, group)
    blocks: list[Block] = []
    if plan and group is None:
        parts = narrative.headline(plan, table, data.coverage(period))
        blocks.append(text.sentence(parts))
    else:
        blocks.append(text.sentence(results(data, period, _chosen(group))))
    if plan is None:
        blocks.append(narrative.without_plan())
    elif table.empty:
        blocks.append(_("Kế hoạch không đặt mục tiêu riêng cho đơn vị này."))
    if len(table):
        blocks.append(pieces.target_table(data, table, period))
    blocks += _outstanding(data, period, group)
    blocks.append(pieces.map_picture(data, period, _chosen(group)))
    tier_figure = tiers.of_group(data, period, group) if group else tiers.province(data, period)
    blocks.append(pieces.figure_block(tier_figure))
    return Section(_("I. Kết quả thực hiện các mục tiêu"), blocks)


def _outstanding(data: Dataset, period: str, group: str | None) -> list[Block]:
    """Who has reported, where not everybody has: the groups, or the group's communes, that are outstanding."""
    if data.is_sample or data.coverage(period, _chosen(group)).is_whole:
        return []
    if group is None:
        return [pieces.reporting_table(data, period)]
    communes = data.communes_of(period, (group,))
    missing = communes.loc[communes["met"].isna(), "label"]
    return [_("Xã chưa báo cáo đủ: {names}.", names=", ".join(missing))]


def results(data: Dataset, period: str, groups: tuple[str, ...]) -> list[str]:
    """Say where some groups (codes; none means all) stand, without any target, in parts.

    Below full coverage the coverage comes first.
    """
    communes = data.communes_of(period, groups)
    covered = data.coverage(period, groups)
    figures = metrics.summary(communes.assign(everything=""), "everything").iloc[0]
    counted = {flag: narrative.certain(figures, flag) for flag in metrics.FLAGS}
    parts = [] if covered.is_whole else [covered.words()]
    recognised = _("số xã đã được công nhận đạt chuẩn: {recognised}", recognised=counted["recognised"])
    if pd.notna(figures["recognised"]):
        recognised = _(
            "số xã đã được công nhận đạt chuẩn: {recognised} trong {communes} xã",
            recognised=counted["recognised"],
            communes=text.number(figures["communes"]),
        )
    parts.append(recognised)
    if covered.is_whole:
        parts.append(_("bình quân {average} tiêu chí mỗi xã", average=text.number(figures["average"], 1)))
    elif not covered.is_empty:
        reported = coverage.of_reported(figures["average_reported"], covered.known)
        parts.append(_("bình quân {average}", average=reported))
    parts.append(_("số xã đạt đủ tiêu chí: {complete}", complete=counted["meets_all"]))
    parts.append(_("số xã đã công nhận nay thiếu tiêu chí: {risk}", risk=counted["at_risk"]))
    return parts


def _by_group(data: Dataset, period: str, group: str | None) -> Section:
    if group is None and data.reference.groups.empty:
        return Section(_("II. Kết quả theo xã"), _by_commune(data, period))
    if group is None:
        compared, nouns = averages.by_group(data, period, ()), labels.nouns(data.reference)
        return Section(
            _("II. Kết quả theo {nouns}", nouns=nouns),
            [
                compared.title + ".",
                pieces.figure_block(compared),
                pieces.figure_table(compared, _("Kết quả theo {nouns}", nouns=nouns)),
            ],
        )
    course = averages.course(data, period, group)
    communes = data.communes_of(period, (group,)).sort_values("met", ascending=False, kind="stable")
    columns = listing.columns(data.reference, group=False)
    listed = Table(_("Các xã"), listing.rows(data, communes), columns, ["met", "change"])
    return Section(_("II. Kết quả theo xã"), [course.title + ".", pieces.figure_block(course), listed])


def _by_commune(data: Dataset, period: str) -> list[Block]:
    communes = data.communes_at(period).sort_values("met", ascending=False, kind="stable")
    compared = averages.by_commune(data, period)
    listed = Table(_("Các xã"), listing.rows(data, communes), listing.columns(data.reference), ["met", "change"])
    return [compared.title + ".", pieces.figure_block(compared), listed]


def _difficulties(data: Dataset, period: str, group: str | None) -> Section:
    chosen = _chosen(group)
    numbers = tuple(data.reference.criteria_of(data.reference.commune_set).index)
    rates = criteria.pass_rates(data, period, chosen, numbers)
    covered = data.coverage(period, chosen)
    lead = _("Các tiêu chí nhiều xã chưa đạt nhất:")
    if not covered.is_whole:
        lead = _("{coverage}. Trong các xã đã báo cáo, các tiêu chí nhiều xã chưa đạt nhất:", coverage=covered.words())
    blocks: list[Block] = [lead, tasks.failing(rates.frame) or [_none_failing(covered)]]
    blocks.append(pieces.figure_block(rates))
    lifted = criteria.lift(data, period, chosen)
    if lifted:
        blocks.append(lifted.title + ".")
    blocks += _at_risk(data, period, chosen)
    return Section(_("III. Khó khăn"), blocks)


def _none_failing(covered: Coverage) -> str:
    if covered.is_whole:
        return _("không có")
    return text.number(None) if covered.is_empty else _("không có trong các xã đã báo cáo")


def _at_risk(data: Dataset, period: str, chosen: tuple[str, ...]) -> list[Block]:
    communes = data.communes_of(period, chosen)
    risky = communes[communes["at_risk"].fillna(False)]
    if risky.empty:
        return [text.sentence([tasks.nobody_at_risk(communes)])]
    return [
        narrative.at_risk(communes) + ":",
        [tasks.misses(data, period, code) for code in risky.index],
    ]


def _tasks(data: Dataset, period: str, group: str | None) -> Section:
    plan = data.reference.plan
    heading = _("IV. Nhiệm vụ đến ngày {date}", date=text.date(plan.due_date)) if plan else _("IV. Nhiệm vụ")
    return Section(heading, [tasks.points(data, period, group)])


def _annex(data: Dataset, period: str, group: str | None) -> Section:
    communes = data.communes_of(period, _chosen(group))
    wide = data.answers_at(period).loc[communes.index]
    signs = wide.replace(MET_SIGNS).astype(object).where(wide.notna(), "?").rename(columns=str)
    names = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    columns = {
        "number": Column(_("STT")),
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(data.reference), optional=True),
        "met": Column(_("Đạt"), text.number),
        **{number: Column(number) for number in signs},
    }
    rows = communes[["label", "group", "met"]].assign(number=range(1, len(communes) + 1)).join(signs)
    note = _("Đ: đạt; –: chưa đạt; ?: không có số liệu. {criteria}.", criteria="; ".join(names.values()))
    table = Table(_("Kết quả từng xã theo từng tiêu chí"), rows, columns, ["met", *signs], note, wide=True)
    return Section(_("Phụ lục"), [table])
