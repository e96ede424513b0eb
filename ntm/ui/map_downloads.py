"""What can be taken away from the map page: the communes as a table or GeoJSON, the map as a picture."""

import pandas as pd
import streamlit as st

from ntm import exports, layers, listing, map_sheet, pictures, provenance
from ntm.dataset import Dataset
from ntm.geo import boundaries
from ntm.layers import Layer
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, connect, data, filters, state, views

MACHINE_COLUMNS = ["label", "group_code", "group", "met", "change", "tier", "recognised", "at_risk"]


def menu(dataset: Dataset, period: str, layer: Layer, rows: pd.DataFrame, shown: set[str]) -> None:
    """Draw the download menu; `rows` are the communes on the map (listing.rows), `shown` the shapes not faded."""
    facts = provenance.facts(dataset, period, filter_words(dataset, period, layer))
    name = _("Các xã")
    with st.popover(_("Tải về"), icon=":material/download:"):
        boundary_layer = data.shapes()
        if boundary_layer:
            place = facts | {_("Bản đồ"): map_sheet.words(boundary_layer)}
            sheet = map_sheet.build(
                dataset,
                period,
                layer,
                boundary_layer,
                title=layer_words(dataset),
                subtitle=filter_words(dataset, period, layer),
                shown=shown,
                groups=views.chosen(dataset),
                selected=state.get("unit") or None,
            )
            blocks.download(
                _("Ảnh bản đồ để in (PNG)"), lambda: pictures.draw(sheet), _("Bản đồ.png"), exports.PICTURE_TYPES["png"]
            )
        blocks.table_files(rows, listing.columns(dataset.reference), facts, name)
        st.markdown(plain(_("Kết nối Excel")))
        connect.explain(live(dataset, period))
        if boundary_layer:
            features = rows[MACHINE_COLUMNS].assign(layer=state.get("layer"), layer_class=layer.classes)
            blocks.download(
                _("Tải GeoJSON (có hình)"),
                lambda: exports.geojson(features, boundaries.geometries(boundaries.layers()[boundary_layer.id]), place),
                f"{name}.geojson",
                exports.GEOJSON_TYPE,
            )


def live(dataset: Dataset, period: str) -> connect.Live:
    """Return the communes on the map, with the class that its layer gives each, as other programs ask for them."""
    criterion = views.chosen_criterion(dataset) if state.get("layer") == "criterion" else ""
    classes = {"class": state.link_value("classes", state.get("classes"))}
    asked = filters.asked(dataset)
    return connect.communes(dataset, period, asked, layer=state.get("layer"), criterion=criterion, **classes)


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
