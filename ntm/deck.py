"""The slides of a presentation, from the live data: which there are, in which order, and what each shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ntm import coverage, labels, listing, narrative, palette, progress, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Figure
from ntm.figures import averages, criteria, tiers
from ntm.reports import bars, content
from ntm.reports.bars import Bars
from ntm.text import _, either

CRITERIA_SHOWN = 8  # on a slide: the hardest
POINTS_SHOWN = 7


@dataclass(frozen=True)
class Slide:
    """One slide: its id, its title, and what it shows beside it.

    `table`: a table in words; `figure`, and its numbers where they are plain `bars`; `points`: a list in words;
    `map_of`: the districts that a map zooms to, none for the whole province, None if there is no map; `sets`: the facts
    that it stands on (provenance.SETS).
    """

    id: str
    title: str
    table: content.Table | None = None
    figure: Figure | None = None
    bars: Bars | None = None
    points: Sequence[str] = ()
    map_of: tuple[str, ...] | None = None
    sets: tuple[str, ...] = provenance.COMMUNES


def names(data: Dataset) -> dict[str, str]:
    """Return what slides there can be, in their usual order: id → words."""
    places = {f"district-{code}": name for code, name in data.reference.districts["label"].items()}
    return {
        "title": _("Trang đầu"),
        "targets": _("Mục tiêu"),
        "map": _("Bản đồ tiến độ"),
        "tiers": _("Nhóm tiêu chí"),
        "averages": _("Bình quân tiêu chí"),
        **places,
        "criteria": _("Tiêu chí giữ chân"),
        "risk": _("Xã có nguy cơ"),
        "named": _("Xã kế hoạch nêu tên"),
        "tasks": _("Việc tiếp theo"),
    }


def order(data: Dataset, districts: tuple[str, ...]) -> list[str]:
    """Return the slides in their usual order; of the districts only the chosen ones, where some are chosen."""
    others = {f"district-{code}" for code in data.reference.districts.index if districts and code not in districts}
    return [slide for slide in names(data) if slide not in others]


def build(data: Dataset, period: str, slide: str, districts: tuple[str, ...]) -> Slide:
    """Return one slide (an id of names) of the chosen districts, none for the whole province. KeyError: another id."""
    if slide.startswith("district-"):
        return _district(data, period, slide.removeprefix("district-"))
    return {
        "title": _title,
        "targets": _targets,
        "map": _map,
        "tiers": _tiers,
        "averages": _averages,
        "criteria": _criteria,
        "risk": _risk,
        "named": _named,
        "tasks": _tasks,
    }[slide](data, period, districts)


def _one(districts: tuple[str, ...]) -> str | None:
    return districts[0] if len(districts) == 1 else None


def _title(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    plan = data.reference.plan
    points = [
        labels.scope(data.reference.districts, districts),
        _("Số liệu đến ngày {date}", date=text.date(period)),
        f"{either(plan, 'title')} ({text.date(plan.date)})",
    ]
    return Slide("title", either(plan, "subject"), points=points)


def _targets(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    district = _one(districts)
    table = progress.asked(data, period, district)
    if table.empty:
        return Slide("targets", _("Kế hoạch không đặt mục tiêu riêng cho đơn vị này"))
    unknown = (table["status"] == progress.NO_DATA).any()
    title = narrative.met(table)
    covered = data.coverage(period, districts)
    if unknown and not covered.is_whole:  # which are missed or not known stands in the table
        met = int((table["status"] == progress.MET).sum())
        title = f"{covered.words()}; " + _("{met}/{count} mục tiêu đã đạt", met=met, count=len(table))
    return Slide("targets", title, table=content.target_table(data, table, period), sets=tuple(provenance.SETS))


def _map(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    covered, met = data.coverage(period, districts), data.communes_of(period, districts)["met"]
    average = text.number(met.mean(), 1)
    whole = _("Bình quân {average} tiêu chí mỗi xã, {date}", average=average, date=text.date(period))
    part = _("Bình quân {average}", average=coverage.of_reported(met.mean(), covered.known))
    return Slide("map", coverage.headed(covered, whole, part), map_of=districts)


def _district(data: Dataset, period: str, code: str) -> Slide:
    label = data.reference.districts.at[code, "label"]
    figures = [said[0].upper() + said[1:] for said in content.district_figures(data, period, code)]
    own = progress.asked(data, period, code)
    targets = [content.left_to_do(data.reference.plan.target(target_id), row) for target_id, row in own.iterrows()]
    return Slide(f"district-{code}", label, points=[*figures, *targets], map_of=(code,))


def _tiers(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    district = _one(districts)
    figure = tiers.of_district(data, period, district) if district else tiers.province(data, period)
    drawn = bars.of_tiers(data, figure, "share" if district else "communes")
    return Slide("tiers", figure.title, figure=figure, bars=drawn)


def _averages(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    district = _one(districts)
    if district:
        course = averages.course(data, period, district)
        return Slide("averages", course.title, figure=course)
    compared = averages.by_district(data, period, districts)
    if compared.is_empty:
        return Slide("averages", compared.title, table=content.reporting_table(data, period))
    drawn = bars.of_columns(compared, {"baseline": palette.LIGHT.rule, "now": palette.LIGHT.accent})
    return Slide("averages", compared.title, figure=compared, bars=drawn)


def _criteria(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    every = tuple(data.reference.criteria_of(data.reference.plan.commune_set).index)
    of_all = criteria.pass_rates(data, period, districts, every)
    shown = criteria.pass_rates(data, period, districts, tuple(of_all.frame["criterion"].head(CRITERIA_SHOWN)))
    figure = replace(shown, title=of_all.title)  # which are the lowest is asked of all criteria
    drawn = bars.of_columns(figure, {"rate": palette.MET}, share=True)
    return Slide("criteria", figure.title, figure=figure, bars=drawn)


def _risk(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    communes = data.communes_of(period, districts)
    risky = communes[communes["at_risk"].fillna(False)]
    if risky.empty:
        return Slide("risk", content.nobody_at_risk(communes).rstrip("."))
    return Slide(
        "risk",
        narrative.at_risk(communes),
        points=_shortened([content.misses(data, period, code) for code in risky.index]),
    )


def _named(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    communes = data.communes_of(period, districts)
    codes = [code for code in data.reference.plan.named_communes if code in communes.index]
    return Slide(
        "named",
        narrative.named(communes.loc[codes, "recognised"]),
        points=[_named_point(data, period, code) for code in codes],
    )


def _named_point(data: Dataset, period: str, code: str) -> str:
    """Where a commune that the plan names stands: recognised or not, and what it lacks."""
    recognition = listing.recognition(data.communes_at(period).loc[code].to_dict())
    return _("{misses} ({recognition})", misses=content.misses(data, period, code), recognition=recognition)


def _tasks(data: Dataset, period: str, districts: tuple[str, ...]) -> Slide:
    points = content.tasks(data, period, _one(districts))
    title = _("Việc đến ngày {date}", date=text.date(data.reference.plan.due_date))
    return Slide("tasks", title, points=_shortened(points))


def _shortened(points: list[str]) -> list[str]:
    if len(points) <= POINTS_SHOWN:
        return points
    return [*points[: POINTS_SHOWN - 1], _("… và {count} việc hoặc xã nữa", count=len(points) - POINTS_SHOWN + 1)]
