"""Tables and pictures that the report and the slides share: targets, who has reported, the map, figures."""

import pandas as pd

from ntm import labels, layers, listing, map_sheet, narrative, pictures, provenance, reporting, text
from ntm.dataset import Dataset
from ntm.figure import Column, Figure
from ntm.geo import boundaries
from ntm.plan import Target
from ntm.reports.document import Block, Picture, Table
from ntm.text import _


def reporting_table(data: Dataset, period: str) -> Table:
    """Return who has reported as a table, by group, the outstanding ones first."""
    table = listing.reporting_rows(reporting.by_group(data, period))
    columns = listing.reporting_columns()
    title = _("Tình hình báo cáo của các {nouns}", nouns=labels.nouns(data.reference))
    return Table(title if len(data.reference.groups) else _("Tình hình báo cáo"), table, columns)


def target_table(data: Dataset, table: pd.DataFrame, period: str) -> Table:
    """Return progress.progress as a table in words: target, baseline, actual, target, way gone, status.

    Below full coverage it says next to each actual how many units are known; of the way gone nothing, if none is known.
    """
    rows = [_target_row(data.reference.target(target_id), figures) for target_id, figures in table.iterrows()]
    columns = {
        "target": Column(_("Mục tiêu")),
        "baseline": Column(_("Mốc {date}", date=text.date(data.reference.baseline_date))),
        "known": Column(_("Đã rõ"), optional=True),
        "actual": Column(_("Thực hiện {date}", date=text.date(period))),
        "goal": Column(_("Mục tiêu năm")),
        "way": Column(_("Quãng đường đã đi"), optional=True),
        "status": Column(_("Trạng thái")),
    }
    numbers = columns.keys() - {"target", "status"}
    note = provenance.line(data, period, tuple(provenance.SETS))
    return Table(_("Kết quả so với mục tiêu"), pd.DataFrame(rows), columns, numbers, note)


def _target_row(target: Target, figures: pd.Series) -> dict[str, str]:
    actual = [narrative.actual(target, figures), narrative.of_reported(target, figures)]
    return {
        "target": narrative.target(target, figures),
        "baseline": text.number(figures["literal_baseline"], target.decimals),
        "known": narrative.known_units(target, figures),
        "actual": "; ".join(filter(None, actual)),
        "goal": text.number(figures["literal_target"], target.decimals),
        "way": text.percent(figures["share"]) if pd.notna(figures["share"]) else "",
        "status": labels.status(figures["status"]),
    }


def map_picture(data: Dataset, period: str, groups: tuple[str, ...], letters: float = 1) -> Picture:
    """Return the map of the tiers as a picture, of some groups (codes; none means all); see pictures.draw."""
    layer = layers.build(data, "tier", period, 0)
    boundary_layer = boundaries.published(data.reference)
    communes = data.communes_of(period, groups)
    name = layers.name("tier")

    def make() -> bytes:
        if boundary_layer is None:
            raise FileNotFoundError(boundaries.PUBLISHED)
        sheet = map_sheet.build(
            data,
            period,
            layer,
            boundary_layer,
            title=name,
            subtitle=labels.scope(data.reference.groups, groups),
            shown=set(communes.index),
            groups=groups,
        )
        return pictures.draw(sheet, letters)

    counts = layer.classes.loc[communes.index].value_counts()
    alt = "; ".join(f"{step.words}: {counts[step.id]}" for step in layer.steps if step.id in counts)
    return Picture(_("Bản đồ các xã theo nhóm tiêu chí"), alt, make)


def figure_block(figure: Figure) -> Block:
    """Return a figure's chart as a picture, or say that there is nothing to draw yet."""
    if figure.is_empty:
        return figure.title + ". " + _("Chưa có số liệu để vẽ biểu đồ này.")
    return figure_picture(figure)


def figure_picture(figure: Figure) -> Picture:
    """Return a figure's chart as a picture."""
    return Picture(figure.title, figure.alt(), lambda: pictures.chart(figure.draw, "", (), "png"))


def figure_table(figure: Figure, caption: str) -> Table:
    """Return a figure's data as a table."""
    numbers = [key for key, column in figure.columns.items() if column.write]
    return Table(caption, figure.frame, figure.columns, numbers, figure.note)
