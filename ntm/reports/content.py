"""What a report says, computed from the data: results against each target, by district, difficulties, tasks, annex.

A report is of the province or of one district. Nothing here knows of Word or Excel.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ntm import (
    boundaries,
    labels,
    layers,
    listing,
    map_sheet,
    metrics,
    narrative,
    pictures,
    progress,
    provenance,
    text,
)
from ntm.dataset import Dataset
from ntm.figure import Column, Figure, as_words
from ntm.figures import averages, criteria, tiers
from ntm.plan import Target
from ntm.text import _, either

HARDEST_NAMED = 5
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
    sample = data.kind_at(period) == "sample"
    return Report(
        office=_("UBND {unit}", unit=scope or _("tỉnh {province}", province=province)).upper(),
        place=scope or province,
        subject=_(
            "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới {place}, đến ngày {date}",
            place=scope or _("tỉnh {province}", province=province),
            date=text.date(period),
        ),
        date=today,
        notice=_("SỐ LIỆU MINH HỌA: chưa phải số liệu của tỉnh, không dùng để báo cáo.") if sample else "",
        facts=provenance.facts(data, period, scope),
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
        blocks.append(narrative.headline(plan, table).replace("**", ""))
    else:
        blocks.append(district_headline(data, period, district))
        if table.empty:
            blocks.append(_("Kế hoạch không đặt mục tiêu riêng cho đơn vị này."))
    if len(table):
        blocks.append(target_table(data, table, period))
    blocks.append(map_picture(data, period, _chosen(district)))
    tier_figure = tiers.of_district(data, period, district) if district else tiers.province(data, period)
    blocks.append(figure_picture(tier_figure))
    return Section(_("I. Kết quả thực hiện các mục tiêu"), blocks)


def district_headline(data: Dataset, period: str, district: str) -> str:
    """Say in a sentence where a district stands."""
    figures = metrics.summary(data.communes_of(period, (district,)), "district_code").loc[district]
    return _(
        "{recognised} trên {communes} xã đã được công nhận đạt chuẩn; bình quân {average} tiêu chí mỗi xã; "
        "{complete} xã đạt đủ tiêu chí; {risk} xã đã công nhận nay thiếu tiêu chí.",
        recognised=text.number(figures["recognised"]),
        communes=text.number(figures["communes"]),
        average=text.number(figures["average"], 1),
        complete=text.number(figures["meets_all"]),
        risk=text.number(figures["at_risk"]),
    )


def target_table(data: Dataset, table: pd.DataFrame, period: str) -> Table:
    """Return progress.progress as a table in words: target, baseline, actual, target, way gone, status."""
    plan = data.reference.plan
    actual = _("Thực hiện {date}", date=text.date(period))
    baseline = _("Mốc {date}", date=text.date(plan.baseline_date))
    rows = []
    for target_id, figures in table.iterrows():
        target = plan.target(target_id)
        rows.append(
            {
                _("Mục tiêu"): narrative.target(target, figures),
                baseline: text.number(figures["literal_baseline"], target.decimals),
                actual: text.number(figures["literal_actual"], target.decimals),
                _("Mục tiêu năm"): text.number(figures["literal_target"], target.decimals),
                _("Quãng đường đã đi"): text.percent(figures["share"]) if pd.notna(figures["share"]) else "",
                _("Trạng thái"): labels.status(figures["status"]),
            }
        )
    frame = pd.DataFrame(rows)
    return Table(
        _("Kết quả so với mục tiêu"), frame, numbers=list(frame.columns[1:5]), note=provenance.line(data, period)
    )


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
            [compared.title + ".", figure_picture(compared), _table(compared, _("Kết quả theo huyện, thành phố"))],
        )
    course = averages.course(data, period, district)
    communes = data.communes_of(period, (district,)).sort_values("met", ascending=False, kind="stable")
    columns = listing.columns(district=False)
    listed = as_words(listing.rows(data, communes), columns)
    return Section(
        _("II. Kết quả theo xã"),
        [course.title + ".", figure_picture(course), Table(_("Các xã"), listed, [columns["met"].heading])],
    )


def _difficulties(data: Dataset, period: str, district: str | None) -> Section:
    chosen = _chosen(district)
    numbers = tuple(data.reference.criteria_of(data.reference.plan.commune_set).index)
    rates = criteria.pass_rates(data, period, chosen, numbers)
    failing = rates.frame[rates.frame["met"] < rates.frame["assessed"]].head(HARDEST_NAMED)
    blocks: list[Block] = [_("Các tiêu chí nhiều xã chưa đạt nhất:")]
    blocks.append(
        [
            _("{criterion}: {failing} xã chưa đạt", criterion=row.row, failing=row.assessed - row.met)
            for row in failing.itertuples()
        ]
        or [_("không có")]
    )
    blocks.append(figure_picture(rates))
    lifted = criteria.lift(data, period, chosen)
    if lifted:
        blocks.append(lifted.title + ".")
    blocks += _at_risk(data, period, chosen)
    return Section(_("III. Khó khăn"), blocks)


def _at_risk(data: Dataset, period: str, chosen: tuple[str, ...]) -> list[Block]:
    communes = data.communes_of(period, chosen)
    risky = communes[communes["at_risk"]]
    if risky.empty:
        return [_("Không có xã đã công nhận nào thiếu tiêu chí.")]
    return [
        _("{count} xã đã công nhận nay thiếu tiêu chí:", count=len(risky)),
        [misses(data, period, code) for code in risky.index],
    ]


def _missing(data: Dataset, period: str, code: str) -> str:
    of_set = data.reference.criteria_of(data.reference.plan.commune_set)
    return narrative.missing(of_set, data.lacking_at(period).get(code, []))


def misses(data: Dataset, period: str, code: str) -> str:
    """Say of a commune which criteria it misses: "Pha Mu (Than Uyên): 10. Thu nhập"."""
    row = data.communes_at(period).loc[code]
    return f"{row['label']} ({row['district']}): {_missing(data, period, code)}"


def _tasks(data: Dataset, period: str, district: str | None) -> Section:
    heading = _("IV. Nhiệm vụ đến ngày {date}", date=text.date(data.reference.plan.due_date))
    return Section(heading, [tasks(data, period, district)])


def tasks(data: Dataset, period: str, district: str | None) -> list[str]:
    """Say what is left to do: targets not met, named communes not recognised, who must regain the standard."""
    plan = data.reference.plan
    table = progress.asked(data, period, district)
    left = table[~table["status"].isin([progress.MET])]
    communes = data.communes_of(period, _chosen(district))
    named = [code for code in plan.named_communes if code in communes.index and not communes.at[code, "recognised"]]
    points = [left_to_do(plan.target(target_id), row) for target_id, row in left.iterrows()]
    points += [
        _("Công nhận xã {commune}: {missing}", commune=communes.at[code, "label"], missing=_missing(data, period, code))
        for code in named
    ]
    points += [
        _("Khôi phục chuẩn ở xã {commune}: {missing}", commune=row["label"], missing=_missing(data, period, code))
        for code, row in communes[communes["at_risk"]].iterrows()
    ]
    return points or [_("Mọi mục tiêu đã đạt: giữ kết quả.")]


def left_to_do(target: Target, figures: pd.Series) -> str:
    """Say a target beside where it stands; `figures`: a row of progress.progress."""
    name = either(target, "name")
    if target.judged:
        return f"{name}: {narrative.reading(target, figures)}"
    return _(
        "{target}: cần {goal}; nay {actual}",
        target=name,
        goal=text.number(figures["literal_target"], target.decimals),
        actual=text.number(figures["literal_actual"], target.decimals),
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
