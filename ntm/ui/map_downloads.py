"""What can be taken away from the map page: the communes as a table or GeoJSON, the map as a picture."""

import datetime as dt

import pandas as pd
import streamlit as st

from ntm import boundaries, exports, layers, listing, pictures, provenance, text
from ntm.boundaries import PublishedLayer
from ntm.dataset import Dataset
from ntm.layers import Layer
from ntm.metrics import UNKNOWN
from ntm.text import _, either
from ntm.ui import blocks, data, filters, map_view, state, views

MACHINE_COLUMNS = ["label", "district_code", "district", "met", "change", "tier", "recognised", "at_risk"]


def menu(dataset: Dataset, period: str, layer: Layer, rows: pd.DataFrame, shown: set[str]) -> None:
    """Draw the download menu; `rows` are the communes on the map (listing.rows), `shown` the shapes not faded."""
    facts = provenance.facts(dataset, period, filter_words(dataset, period, layer))
    name = _("Các xã")
    with st.popover(_("Tải về"), icon=":material/download:"):
        drawn = data.shapes()
        if drawn:
            place = facts | {_("Bản đồ"): _layer_words(drawn)}
            sheet = picture(dataset, period, layer, rows, drawn, shown)
            blocks.download(
                _("Ảnh bản đồ để in (PNG)"), lambda: pictures.draw(sheet), _("Bản đồ.png"), exports.PICTURE_TYPES["png"]
            )
        blocks.table_files(rows, listing.columns(), facts, name)
        if drawn:
            features = rows[MACHINE_COLUMNS].assign(layer=state.get("layer"), layer_class=layer.classes)
            blocks.download(
                _("Tải GeoJSON (có hình)"),
                lambda: exports.geojson(features, boundaries.geometries(boundaries.in_use()), place),
                f"{name}.geojson",
                exports.GEOJSON_TYPE,
            )


def filter_words(dataset: Dataset, period: str, layer: Layer) -> str:
    """Say in words what the map shows: its filters, its colours, its classes."""
    chosen = [step.words for step in layer.steps if step.id in state.get("classes")]
    parts = [filters.words(dataset, period), layer_words(dataset)]
    if chosen:
        parts.append(_("chỉ: {classes}", classes=", ".join(chosen)))
    return "; ".join(parts)


def layer_words(dataset: Dataset) -> str:
    """Say what the colours mean; of one criterion, which."""
    name = layers.name(state.get("layer"))
    if state.get("layer") != "criterion":
        return name
    return f"{name}: {views.criteria_names(dataset)[views.chosen_criterion(dataset)]}"


def picture(
    dataset: Dataset, period: str, layer: Layer, rows: pd.DataFrame, drawn: PublishedLayer, shown: set[str]
) -> pictures.Sheet:
    """Return the map as it is on the screen, as a sheet to print."""
    reference = dataset.reference
    units = map_view.shown_units(dataset, period, layer)
    counts = layer.classes.loc[rows.index].value_counts()
    key = [(step.id, _("{tier}: {count} xã", tier=step.words, count=counts.get(step.id, 0))) for step in layer.steps]
    sample = dataset.kind_at(period) == "sample"
    return pictures.Sheet(
        title=_(
            "{province}: {layer}, {date}",
            province=reference.province["label"],
            layer=layer_words(dataset),
            date=text.date(period),
        ),
        subtitle=filter_words(dataset, period, layer),
        shapes=boundaries.geometries(boundaries.in_use()),
        districts=reference.shaped_units["parent_code"].to_dict(),
        names=reference.shaped_units["label"].to_dict() | reference.districts["label"].to_dict(),
        units={code: (kind, figure) for code, (kind, figure, _lines) in units.items()},
        key=[*key, (UNKNOWN, _("Không có số liệu hoặc không xét"))],
        colours=layer.colours,
        shown=shown,
        focus=state.get("districts"),
        marked=reference.plan.named_communes,
        selected=state.get("unit") or None,
        notice=_("SỐ LIỆU MINH HỌA") if sample else "",
        lines=[
            _("★ xã nêu tên trong kế hoạch để công nhận. Lập ngày {today}.", today=text.date(dt.date.today())),
            provenance.line(dataset, period),
            _layer_words(drawn),
        ],
    )


def _layer_words(drawn: PublishedLayer) -> str:
    return f"{either(drawn, 'note')}. {either(drawn, 'terms')}"
