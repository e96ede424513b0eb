"""The slides of a presentation, from the live data: which there are, in which order, and what each shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ntm import coverage, labels, listing, narrative, palette, progress, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Figure
from ntm.figures import averages, criteria, tiers
from ntm.reports import bars, content, pieces, tasks
from ntm.reports.bars import Bars
from ntm.reports.document import Table
from ntm.text import _, plural

COMMUNES_SHOWN = 12  # on a slide: those with the fewest criteria
CRITERIA_SHOWN = 8  # on a slide: the hardest
POINTS_SHOWN = 7


@dataclass(frozen=True)
class Slide:
    """One slide: its id, its title, and what it shows beside it.

    `table`: a table in words; `figure`, and its numbers where they are plain `bars`; `points`: a list in words;
    `map_of`: the groups that a map zooms to, none for the whole province, None if there is no map; `sets`: the facts
    that it stands on (provenance.SETS).
    """

    id: str
    title: str
    table: Table | None = None
    figure: Figure | None = None
    bars: Bars | None = None
    points: Sequence[str] = ()
    map_of: tuple[str, ...] | None = None
    sets: tuple[str, ...] = provenance.COMMUNES


Maker = Callable[[Dataset, str, tuple[str, ...]], Slide]


def names(data: Dataset) -> dict[str, str]:
    """Return what slides there can be, in their usual order: id → words."""
    return {slide: words for slide, (words, _make) in _slides(data).items()}


def order(data: Dataset, groups: tuple[str, ...]) -> list[str]:
    """Return the slides in their usual order; of the groups only the chosen ones, where some are chosen."""
    others = {_group_id(code) for code in data.reference.groups.index if groups and code not in groups}
    return [slide for slide in _slides(data) if slide not in others]


def build(data: Dataset, period: str, slide: str, groups: tuple[str, ...]) -> Slide:
    """Return one slide (an id of names) of the chosen groups, none for the whole province. KeyError: another id."""
    _words, make = _slides(data)[slide]
    return make(data, period, groups)


def _slides(data: Dataset) -> dict[str, tuple[str, Maker]]:
    """The slides in their usual order: id → words, what makes it."""
    places = {
        _group_id(code): (label, partial(_group, code=code)) for code, label in data.reference.groups["label"].items()
    }
    named = {"named": (_("Xã kế hoạch nêu tên"), _named)} if data.reference.named_communes else {}
    return {
        "title": (_("Trang đầu"), _title),
        "targets": (_("Mục tiêu"), _targets),
        "map": (_("Bản đồ tiến độ"), _map),
        "tiers": (_("Nhóm tiêu chí"), _tiers),
        "averages": (_("Bình quân tiêu chí"), _averages),
        **places,
        "criteria": (_("Tiêu chí giữ chân"), _criteria),
        "risk": (_("Xã có nguy cơ"), _risk),
        **named,
        "tasks": (_("Việc tiếp theo"), _tasks),
    }


def _group_id(code: str) -> str:
    return f"group-{code}"


def _one(groups: tuple[str, ...]) -> str | None:
    return groups[0] if len(groups) == 1 else None


def _title(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    points = [
        labels.scope(data.reference.groups, groups),
        _("Số liệu đến ngày {date}", date=text.date(period)),
        provenance.plan(data),
    ]
    return Slide("title", narrative.subject(data.reference), points=points)


def _targets(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    group = _one(groups)
    table = progress.asked(data, period, group)
    if data.reference.plan is None:
        return Slide("targets", narrative.without_plan(), points=_results(data, period, groups))
    if table.empty:
        return Slide("targets", _("Kế hoạch không đặt mục tiêu riêng cho đơn vị này"))
    unknown = (table["status"] == progress.NO_DATA).any()
    title = narrative.met(table)
    covered = data.coverage(period, groups)
    if unknown and not covered.is_whole:  # which are missed or not known stands in the table
        met = int((table["status"] == progress.MET).sum())
        title = f"{covered.words()}; " + plural("{met}/{count} mục tiêu đã đạt", len(table), met=met)
    return Slide("targets", title, table=pieces.target_table(data, table, period), sets=tuple(provenance.SETS))


def _results(data: Dataset, period: str, groups: tuple[str, ...]) -> list[str]:
    return [text.capitalised(part) for part in content.results(data, period, groups)]


def _map(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    covered, met = data.coverage(period, groups), data.communes_of(period, groups)["met"]
    average = text.number(met.mean(), 1)
    whole = _("Bình quân {average} tiêu chí mỗi xã, {date}", average=average, date=text.date(period))
    part = _("Bình quân {average}", average=coverage.of_reported(met.mean(), covered.known))
    return Slide("map", coverage.headed(covered, whole, part), map_of=groups)


def _group(data: Dataset, period: str, _groups: tuple[str, ...], code: str) -> Slide:
    label = data.reference.groups.at[code, "label"]
    own = progress.asked(data, period, code)
    targets = [tasks.left_to_do(data.reference.target(target_id), row) for target_id, row in own.iterrows()]
    return Slide(_group_id(code), label, points=[*_results(data, period, (code,)), *targets], map_of=(code,))


def _tiers(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    group = _one(groups)
    figure = tiers.of_group(data, period, group) if group else tiers.province(data, period)
    numbers = bars.of_tiers(data, figure, "share" if group else "communes")
    return Slide("tiers", figure.title, figure=figure, bars=numbers)


def _averages(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    group = _one(groups)
    if group:
        course = averages.course(data, period, group)
        return Slide("averages", course.title, figure=course)
    if data.reference.groups.empty:
        compared = averages.by_commune(data, period, COMMUNES_SHOWN)
        if compared.is_empty:
            return Slide("averages", compared.title, table=pieces.reporting_table(data, period))
        return Slide("averages", compared.title, figure=compared)
    compared = averages.by_group(data, period, groups)
    if compared.is_empty:
        return Slide("averages", compared.title, table=pieces.reporting_table(data, period))
    numbers = bars.of_columns(compared, {"baseline": palette.LIGHT.rule, "now": palette.LIGHT.accent})
    return Slide("averages", compared.title, figure=compared, bars=numbers)


def _criteria(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    every = tuple(data.reference.criteria_of(data.reference.commune_set).index)
    of_all = criteria.pass_rates(data, period, groups, every)
    shown = criteria.pass_rates(data, period, groups, tuple(of_all.frame["criterion"].head(CRITERIA_SHOWN)))
    figure = replace(shown, title=of_all.title)  # which are the lowest is asked of all criteria
    numbers = bars.of_columns(figure, {"rate": palette.MET}, share=True)
    return Slide("criteria", figure.title, figure=figure, bars=numbers)


def _risk(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    communes = data.communes_of(period, groups)
    risky = communes[communes["at_risk"].fillna(False)]
    if risky.empty:
        return Slide("risk", tasks.nobody_at_risk(communes))
    return Slide(
        "risk",
        narrative.at_risk(communes),
        points=_shortened([tasks.misses(data, period, code) for code in risky.index]),
    )


def _named(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    communes = data.communes_of(period, groups)
    codes = [code for code in data.reference.named_communes if code in communes.index]
    return Slide(
        "named",
        narrative.named(communes.loc[codes, "recognised"]),
        points=[_named_point(data, period, code) for code in codes],
    )


def _named_point(data: Dataset, period: str, code: str) -> str:
    """Where a commune that the plan names stands: recognised or not, and what it lacks."""
    recognition = listing.recognition(data.communes_at(period).loc[code].to_dict())
    return _("{misses} ({recognition})", misses=tasks.misses(data, period, code), recognition=recognition)


def _tasks(data: Dataset, period: str, groups: tuple[str, ...]) -> Slide:
    points = tasks.points(data, period, _one(groups))
    plan = data.reference.plan
    title = _("Việc đến ngày {date}", date=text.date(plan.due_date)) if plan else _("Việc tiếp theo")
    return Slide("tasks", title, points=_shortened(points))


def _shortened(points: list[str]) -> list[str]:
    if len(points) <= POINTS_SHOWN:
        return points
    return [*points[: POINTS_SHOWN - 1], _("… và {count} việc hoặc xã nữa", count=len(points) - POINTS_SHOWN + 1)]
