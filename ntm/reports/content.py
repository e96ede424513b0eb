"""What a report says, computed from the data: results against each target, by district, difficulties, tasks, annex.

A report is of the province or of one district. Nothing here knows of Word or Excel.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ntm import (
    boundaries,
    coverage,
    labels,
    layers,
    listing,
    map_sheet,
    metrics,
    narrative,
    pictures,
    progress,
    provenance,
    reporting,
    text,
)
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column, Figure, as_words
from ntm.figures import averages, criteria, tiers
from ntm.plan import Target
from ntm.text import _, either

HARDEST_NAMED = 5
NEAREST_NAMED = 5  # communes nearest to complete
MET_SIGNS = {1.0: "Đ", 0.0: "–"}  # in the annex; "?" where it is unknown


@dataclass(frozen=True)
class Table:
    """A table in words. `numbers`: the headings of the columns that hold numbers; `wide`: needs a page across."""

    caption: str
    rows: pd.DataFrame
    numbers: Sequence[str] = ()
    note: str = ""
    wide: bool = False

    def letters(self, narrowest: int, widest: int) -> list[int]:
        """Return how many letters each column should hold: its longest cell or word of its heading, within bounds."""
        return [
            min(max(narrowest, *map(len, heading.split()), *map(len, self.rows[heading])), widest)
            for heading in self.rows.columns
        ]


@dataclass(frozen=True)
class Picture:
    """A picture with its caption; `make` draws it as PNG; `alt` says what it shows."""

    caption: str
    alt: str
    make: Callable[[], bytes]


Block = str | list[str] | Table | Picture  # a paragraph, a list of points, a table, a picture


@dataclass(frozen=True)
class Section:
    """A part of a report under its heading."""

    heading: str
    blocks: list[Block]


@dataclass(frozen=True)
class Report:
    """A report. `office`: who reports; `facts`: see provenance.facts; `notice`: that it is sample data, or nothing."""

    office: str
    place: str
    subject: str
    date: dt.date
    notice: str
    facts: dict[str, str]
    sections: list[Section]

    def place_and_date(self) -> str:
        """Return where and when it is written, as a letter says it."""
        return _(
            "{place}, ngày {day} tháng {month} năm {year}",
            place=self.place,
            day=f"{self.date.day:02}",
            month=f"{self.date.month:02}",
            year=self.date.year,
        )


def build(data: Dataset, period: str, district: str | None = None, *, today: dt.date) -> Report:
    """Return the report of the province, or of one district, at a period. ValueError: see ask_for_data."""
    ask_for_data(data, period)
    province = data.reference.province["label"]
    scope = data.reference.districts.at[district, "label"] if district else ""
    return Report(
        office=_("UBND {unit}", unit=scope or _("tỉnh {province}", province=province)).upper(),
        place=scope or province,
        subject=_(
            "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới {place}, đến ngày {date}",
            place=scope or _("tỉnh {province}", province=province),
            date=text.date(period),
        ),
        date=today,
        notice=_("SỐ LIỆU MINH HỌA: không phải số liệu của tỉnh, không dùng để báo cáo.") if data.is_sample else "",
        facts=provenance.facts(data, period, scope, tuple(provenance.SETS)),
        sections=[
            _results(data, period, district),
            _by_district(data, period, district),
            _difficulties(data, period, district),
            _tasks(data, period, district),
            _annex(data, period, district),
        ],
    )


def ask_for_data(data: Dataset, period: str) -> None:
    """Raise ValueError, with the periods that have data, where this one has none."""
    if period not in data.periods:
        raise ValueError(
            _(
                "Không có số liệu cho kỳ {period}. Các kỳ có số liệu: {periods}.",
                period=period,
                periods=", ".join(data.periods) or _("chưa có kỳ nào"),
            )
        )


def _chosen(district: str | None) -> tuple[str, ...]:
    return (district,) if district else ()


def _results(data: Dataset, period: str, district: str | None) -> Section:
    plan = data.reference.plan
    table = progress.asked(data, period, district)
    blocks: list[Block] = []
    if district is None:
        blocks.append(narrative.headline(plan, table, data.coverage(period)).replace("**", ""))
    else:
        blocks.append(district_headline(data, period, district))
        if table.empty:
            blocks.append(_("Kế hoạch không đặt mục tiêu riêng cho đơn vị này."))
    if len(table):
        blocks.append(target_table(data, table, period))
    blocks += _outstanding(data, period, district)
    blocks.append(map_picture(data, period, _chosen(district)))
    tier_figure = tiers.of_district(data, period, district) if district else tiers.province(data, period)
    blocks.append(figure_block(tier_figure))
    return Section(_("I. Kết quả thực hiện các mục tiêu"), blocks)


def _outstanding(data: Dataset, period: str, district: str | None) -> list[Block]:
    """Who has reported, where not everybody has: the districts, or the district's communes, that are outstanding."""
    if data.is_sample or data.coverage(period, _chosen(district)).is_whole:
        return []
    if district is None:
        return [reporting_table(data, period)]
    communes = data.communes_of(period, (district,))
    missing = communes.loc[communes["met"].isna(), "label"]
    return [_("Xã chưa báo cáo đủ: {names}.", names=", ".join(missing))]


def reporting_table(data: Dataset, period: str) -> Table:
    """Return who has reported as a table in words, by district, the outstanding ones first."""
    table = listing.reporting_rows(reporting.by_district(data, period))
    columns = listing.reporting_columns()
    return Table(_("Tình hình báo cáo của các huyện, thành phố"), as_words(table, columns))


def district_headline(data: Dataset, period: str, district: str) -> str:
    """Say in a sentence where a district stands."""
    return "; ".join(district_figures(data, period, district)) + "."


def district_figures(data: Dataset, period: str, district: str) -> list[str]:
    """Say where a district stands in several parts; below full coverage the coverage comes first."""
    communes = data.communes_of(period, (district,))
    covered = data.coverage(period, (district,))
    figures = metrics.summary(communes, "district_code").loc[district]
    counted = {flag: narrative.certain(figures, flag) for flag in metrics.FLAGS}
    parts = [] if covered.is_whole else [covered.words()]
    parts.append(
        _(
            "số xã đã được công nhận đạt chuẩn: {recognised} trong {communes} xã",
            recognised=counted["recognised"],
            communes=text.number(figures["communes"]),
        )
    )
    if covered.is_whole:
        parts.append(_("bình quân {average} tiêu chí mỗi xã", average=text.number(figures["average"], 1)))
    elif not covered.is_empty:
        reported = coverage.of_reported(figures["average_reported"], covered.known)
        parts.append(_("bình quân {average}", average=reported))
    parts.append(_("số xã đạt đủ tiêu chí: {complete}", complete=counted["meets_all"]))
    parts.append(_("số xã đã công nhận nay thiếu tiêu chí: {risk}", risk=counted["at_risk"]))
    return parts


def target_table(data: Dataset, table: pd.DataFrame, period: str) -> Table:
    """Return progress.progress as a table in words: target, baseline, actual, target, way gone, status.

    Below full coverage it says next to each actual how many units are known; of the way gone nothing, if none is known.
    """
    plan = data.reference.plan
    actual = _("Thực hiện {date}", date=text.date(period))
    baseline = _("Mốc {date}", date=text.date(plan.baseline_date))
    reported, way = _("Đã rõ"), _("Quãng đường đã đi")
    rows = []
    for target_id, figures in table.iterrows():
        target = plan.target(target_id)
        rows.append(
            {
                _("Mục tiêu"): narrative.target(target, figures),
                baseline: text.number(figures["literal_baseline"], target.decimals),
                reported: narrative.known_units(target, figures),
                actual: "; ".join(
                    filter(None, [narrative.actual(target, figures), narrative.of_reported(target, figures)])
                ),
                _("Mục tiêu năm"): text.number(figures["literal_target"], target.decimals),
                way: text.percent(figures["share"]) if pd.notna(figures["share"]) else "",
                _("Trạng thái"): labels.status(figures["status"]),
            }
        )
    frame = pd.DataFrame(rows)
    frame = frame.drop(columns=[name for name in (reported, way) if frame[name].eq("").all()])
    note = provenance.line(data, period, tuple(provenance.SETS))
    return Table(_("Kết quả so với mục tiêu"), frame, numbers=list(frame.columns[1:-1]), note=note)


def map_picture(data: Dataset, period: str, districts: tuple[str, ...], letters: float = 1) -> Picture:
    """Return the map of the tiers as a picture, of some districts (codes; none means all); see pictures.draw."""
    layer = layers.build(data, "tier", period, 0)
    drawn = boundaries.published()
    communes = data.communes_of(period, districts)
    name = layers.name("tier")

    def make() -> bytes:
        if drawn is None:
            raise FileNotFoundError(boundaries.in_use())
        sheet = map_sheet.build(
            data,
            period,
            layer,
            drawn,
            title=name,
            subtitle=labels.scope(data.reference.districts, districts),
            shown=set(communes.index),
            districts=districts,
        )
        return pictures.draw(sheet, letters)

    counts = layer.classes.loc[communes.index].value_counts()
    said = "; ".join(f"{step.words}: {counts[step.id]}" for step in layer.steps if step.id in counts)
    return Picture(_("Bản đồ các xã theo nhóm tiêu chí"), said, make)


def figure_block(figure: Figure) -> Block:
    """Return a figure's chart as a picture, or say that there is nothing to draw yet."""
    if figure.is_empty:
        return figure.title + ". " + _("Chưa có số liệu để vẽ biểu đồ này.")
    return figure_picture(figure)


def figure_picture(figure: Figure) -> Picture:
    """Return a figure's chart as a picture."""
    return Picture(figure.title, figure.alt(), lambda: pictures.chart(figure.draw, "", (), "png"))


def _table(figure: Figure, caption: str) -> Table:
    numbers = [column.heading for column in figure.columns.values() if column.write]
    return Table(caption, as_words(figure.frame, figure.columns), numbers, figure.note)


def _by_district(data: Dataset, period: str, district: str | None) -> Section:
    if district is None:
        compared = averages.by_district(data, period, ())
        return Section(
            _("II. Kết quả theo huyện, thành phố"),
            [compared.title + ".", figure_block(compared), _table(compared, _("Kết quả theo huyện, thành phố"))],
        )
    course = averages.course(data, period, district)
    communes = data.communes_of(period, (district,)).sort_values("met", ascending=False, kind="stable")
    columns = listing.columns(district=False)
    listed = as_words(listing.rows(data, communes), columns)
    return Section(
        _("II. Kết quả theo xã"),
        [course.title + ".", figure_block(course), Table(_("Các xã"), listed, [columns["met"].heading])],
    )


def _difficulties(data: Dataset, period: str, district: str | None) -> Section:
    chosen = _chosen(district)
    numbers = tuple(data.reference.criteria_of(data.reference.plan.commune_set).index)
    rates = criteria.pass_rates(data, period, chosen, numbers)
    covered = data.coverage(period, chosen)
    lead = _("Các tiêu chí nhiều xã chưa đạt nhất:")
    if not covered.is_whole:
        lead = _("{coverage}. Trong các xã đã báo cáo, các tiêu chí nhiều xã chưa đạt nhất:", coverage=covered.words())
    blocks: list[Block] = [lead, _failing(rates.frame) or [_none_failing(covered)]]
    blocks.append(figure_block(rates))
    lifted = criteria.lift(data, period, chosen)
    if lifted:
        blocks.append(lifted.title + ".")
    blocks += _at_risk(data, period, chosen)
    return Section(_("III. Khó khăn"), blocks)


def _failing(rates: pd.DataFrame) -> list[str]:
    """The criteria that most communes are known not to meet; `rates`: the frame of criteria.pass_rates."""
    failing = rates[rates["met"] < rates["assessed"]].head(HARDEST_NAMED)
    return [
        _("{criterion}: {failing} xã chưa đạt", criterion=row.row, failing=row.assessed - row.met)
        for row in failing.itertuples()
    ]


def _none_failing(covered: Coverage) -> str:
    if covered.is_whole:
        return _("không có")
    return text.number(None) if covered.is_empty else _("không có trong các xã đã báo cáo")


def _at_risk(data: Dataset, period: str, chosen: tuple[str, ...]) -> list[Block]:
    communes = data.communes_of(period, chosen)
    risky = communes[communes["at_risk"].fillna(False)]
    if risky.empty:
        return [nobody_at_risk(communes)]
    return [
        narrative.at_risk(communes) + ":",
        [misses(data, period, code) for code in risky.index],
    ]


def nobody_at_risk(communes: pd.DataFrame) -> str:
    """Say that nobody recognised is known to miss a criterion; that nobody does, only if everybody is known."""
    unknown = int(communes["at_risk"].isna().sum())
    if not communes["recognised"].fillna(True).any():
        return _("Chưa có xã nào được công nhận.")
    if not unknown:
        return _("Không có xã đã công nhận nào thiếu tiêu chí.")
    return _("Chưa kết luận được: {unknown} xã chưa rõ có giữ đủ tiêu chí hay không.", unknown=text.number(unknown))


def _missing(data: Dataset, period: str, code: str) -> str:
    of_set = data.reference.criteria_of(data.reference.plan.commune_set)
    return narrative.missing(of_set, data.lacking_at(period)[code])


def misses(data: Dataset, period: str, code: str) -> str:
    """Say of a commune which criteria it misses: "Pha Mu (Than Uyên): 10. Thu nhập"."""
    row = data.communes_at(period).loc[code]
    return f"{row['label']} ({row['district']}): {_missing(data, period, code)}"


def _tasks(data: Dataset, period: str, district: str | None) -> Section:
    heading = _("IV. Nhiệm vụ đến ngày {date}", date=text.date(data.reference.plan.due_date))
    return Section(heading, [tasks(data, period, district)])


def tasks(data: Dataset, period: str, district: str | None) -> list[str]:
    """Say what is left to do.

    Reports that are outstanding, targets not met, named communes to recognise, who must regain the standard; and of a
    district without targets of its own what it can contribute: the communes nearest to complete, the criteria that most
    lack. That all is done is said only if it is known.
    """
    plan = data.reference.plan
    table = progress.asked(data, period, district)
    left = table[table["status"] != progress.MET]
    communes = data.communes_of(period, _chosen(district))
    named = [code for code in plan.named_communes if code in communes.index]
    named = [code for code in named if not metrics.is_true(communes.at[code, "recognised"])]
    points = _to_report(data, period, district)
    points += [left_to_do(plan.target(target_id), row) for target_id, row in left.iterrows()]
    points += [_recognise(data, period, communes.loc[code], code) for code in named]
    points += [
        _("Khôi phục chuẩn ở xã {commune}: {missing}", commune=row["label"], missing=_missing(data, period, code))
        for code, row in communes[communes["at_risk"].fillna(False)].iterrows()
    ]
    if district is not None and table.empty:
        points += _contribution(data, period, district)
    return points or [_("Mọi mục tiêu đã đạt: giữ kết quả.")]


def _to_report(data: Dataset, period: str, district: str | None) -> list[str]:
    if data.is_sample or data.coverage(period, _chosen(district)).is_whole:
        return []
    table = reporting.by_district(data, period)
    waiting = table[table["whole"] < table["communes"]]
    if district is not None:
        waiting = waiting.loc[[district]]
    names = [
        _("{unit} ({count} xã)", unit=row.label, count=text.number(row.communes - row.whole))
        for row in waiting.itertuples()
    ]
    return [_("Báo cáo đủ số liệu: {names}", names=", ".join(names))]


def _recognise(data: Dataset, period: str, row: pd.Series, code: str) -> str:
    if data.lacking_at(period)[code].is_none:
        return _("Xét công nhận xã {commune}: đã đạt đủ tiêu chí", commune=row["label"])
    return _("Công nhận xã {commune}: {missing}", commune=row["label"], missing=_missing(data, period, code))


def _contribution(data: Dataset, period: str, district: str) -> list[str]:
    """What a district without targets of its own can do for the province's."""
    plan, communes = data.reference.plan, data.communes_of(period, (district,))
    nearest = communes[communes["missing"] > 0].nsmallest(NEAREST_NAMED, "missing", keep="first")
    points = [
        _(
            "Kế hoạch không giao mục tiêu riêng; đóng góp vào mục tiêu của tỉnh: xã {commune} còn thiếu {missing}",
            commune=row["label"],
            missing=_missing(data, period, code),
        )
        for code, row in nearest.iterrows()
    ]
    numbers = tuple(data.reference.criteria_of(plan.commune_set).index)
    failing = _failing(criteria.pass_rates(data, period, (district,), numbers).frame)
    if failing:
        points.append(_("Tiêu chí nhiều xã chưa đạt nhất: {criteria}", criteria="; ".join(failing)))
    if points:
        return points
    if data.coverage(period, (district,)).is_whole:
        return [_("Kế hoạch không giao mục tiêu riêng; mọi xã đạt đủ tiêu chí: giữ kết quả.")]
    return [_("Kế hoạch không giao mục tiêu riêng; chưa đủ số liệu để nêu nhiệm vụ khác.")]


def left_to_do(target: Target, figures: pd.Series) -> str:
    """Say a target beside where it stands; `figures`: a row of progress.progress."""
    name = either(target, "name")
    if target.judged:
        return f"{name}: {narrative.reading(target, figures)}"
    return _(
        "{target}: cần {goal}; nay {actual}",
        target=name,
        goal=text.number(figures["literal_target"], target.decimals),
        actual=narrative.standing(target, figures),
    )


def _annex(data: Dataset, period: str, district: str | None) -> Section:
    communes = data.communes_of(period, _chosen(district))
    wide = data.answers_at(period).loc[communes.index]
    signs = wide.replace(MET_SIGNS).astype(object).where(wide.notna(), "?")
    columns = {"label": Column(_("Xã")), "district": Column(_("Huyện")), "met": Column(_("Đạt"), text.number)}
    rows = as_words(communes, columns)
    for number in signs.columns:
        rows[str(number)] = signs[number].to_numpy()
    rows.insert(0, _("STT"), [str(number) for number in range(1, len(rows) + 1)])
    names = labels.criteria(data.reference.criteria_of(data.reference.plan.commune_set))
    note = _("Đ: đạt; –: chưa đạt; ?: không có số liệu. {criteria}.", criteria="; ".join(names.values()))
    table = Table(_("Kết quả từng xã theo từng tiêu chí"), rows, list(rows.columns[3:]), note, wide=True)
    return Section(_("Phụ lục"), [table])
