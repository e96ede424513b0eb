"""The map page's pieces: key, map, picker, table and details, all showing the one selected commune."""

import logging
from collections.abc import Sequence
from functools import partial

import folium
import pandas as pd
import streamlit as st

from ntm import charts, labels, layers, listing, look, maps, metrics, narrative, palette, text
from ntm.dataset import Dataset
from ntm.layers import Layer
from ntm.markdown import plain
from ntm.text import _, either, plural
from ntm.ui import blocks, data, filters, quirks, state, views

logger = logging.getLogger(__name__)
HEIGHT = 520
PERIODS_SHOWN = 8
SMALL_WIDTH, SMALL_HEIGHT = 270, 200  # pixels
MAP_KEY, STAGE_KEY = "commune map", "stage map"


def layer_picker(dataset: Dataset, period: str) -> Layer:
    """Draw the choice of the layer, of the criterion where it needs one, of its classes, and of more filters."""
    names, criteria = (
        {layer: layers.name(layer) for layer in layers.available(dataset.reference)},
        views.criteria_names(dataset),
    )
    state.allowed("layer", names)
    state.allowed("criterion", criteria)
    needs_criterion = state.get("layer") == "criterion"
    places = iter(st.columns(4 if needs_criterion else 3, vertical_alignment="bottom"))
    next(places).selectbox(_("Màu trên bản đồ"), list(names), format_func=names.__getitem__, **state.bound("layer"))
    if needs_criterion:
        bound = state.bound("criterion", views.chosen_criterion(dataset))
        next(places).selectbox(_("Tiêu chí"), list(criteria), format_func=criteria.__getitem__, **bound)
    layer = _layer_at(dataset, period)
    steps = {step.id: step.words for step in layer.steps}
    if not set(state.get("classes")) <= set(steps):  # they were another layer's
        state.put("classes", [])
    next(places).multiselect(
        _("Chỉ hiện"),
        list(steps),
        format_func=steps.__getitem__,
        placeholder=_("Tất cả"),
        **state.bound("classes"),
    )
    with next(places):
        filters.picker(dataset, period)
    return layer


def chosen(layer: Layer, communes: pd.DataFrame) -> pd.DataFrame:
    """Return the communes that the choice of classes leaves."""
    only = state.get("classes")
    return communes[layer.classes.loc[communes.index].isin(only)] if only else communes


def not_faded(dataset: Dataset, communes: pd.DataFrame) -> set[str]:
    """Return the codes of the shapes to show: these communes, and towns and wards where only groups are chosen."""
    shaped = dataset.reference.shaped_units
    inside, counted = views.shown_units(dataset), shaped.index.isin(dataset.reference.communes.index)
    others = shaped.index[inside & ~counted]
    only_groups = len(communes) == (inside & counted).sum()
    return {*communes.index, *(others if only_groups else ())}


def key(layer: Layer, communes: pd.DataFrame, *, upright: bool = True) -> None:
    """Draw the layer's colour key, with the number of the chosen communes in each class."""
    counts = layer.classes.loc[communes.index].value_counts()
    items: list[dict[str, object]] = [
        {
            "colour": step.colour,
            "words": plural("{tier}: {count} xã", counts.get(step.id, 0), tier=step.words),
        }
        for step in layer.steps
    ]
    count = counts.get(metrics.UNKNOWN, 0)
    unknown = plural("Không có số liệu hoặc không thuộc diện xét: {count} xã; thị trấn, phường", count)
    items.append({"colour": palette.UNKNOWN, "hatched": True, "words": unknown})
    blocks.key(_("Chú giải"), items, upright=upright)


def draw(dataset: Dataset, period: str, layer: Layer, shown: set[str]) -> None:
    """Draw the map, shapes that are not in `shown` faded; a click selects. Says in words where it cannot be drawn."""
    shapes = data.shapes()
    if shapes is None or not st.get_option("server.enableStaticServing"):
        st.warning(
            _("Chưa có bản đồ để vẽ. Hãy xem bảng bên dưới: cùng số liệu; và báo người quản trị máy chủ."),
            icon=":material/map:",
        )
        return
    picture = _picture(dataset, period, layer, shown, views.chosen(dataset))
    quirks.draw_map(maps.base_map(shapes, _background()), picture, MAP_KEY, HEIGHT, partial(state.put, "unit"))
    if shapes.has_before:
        st.checkbox(
            plain(_("Vẽ thêm ranh giới các xã trước {date}", date=text.date(shapes.division))),
            value=bool(state.get("before")),
            key="before",
            on_change=lambda: state.put("before", "1" if st.session_state["before"] else ""),
        )
    blocks.small(
        _(
            "{note}. {terms}. ★ xã nêu tên trong kế hoạch để công nhận. Nếu không thấy bản đồ, xem bảng bên dưới: "
            "cùng số liệu.",
            note=either(shapes, "note"),
            terms=either(shapes, "terms").rstrip("."),
        )
    )


def stage_map(dataset: Dataset, period: str, layer: Layer, groups: tuple[str, ...], height: int) -> None:
    """Draw the map on a slide, zoomed to some groups, the province where there are none. `height`: pixels."""
    shapes = data.shapes()
    if shapes is None or not st.get_option("server.enableStaticServing"):
        return
    shaped = dataset.reference.shaped_units
    inside = shaped.index[shaped["group_code"].isin(groups)] if groups else shaped.index
    picture = _picture(dataset, period, layer, set(inside), groups)
    quirks.draw_map(maps.base_map(shapes, _background()), picture, STAGE_KEY, height)


def _background() -> maps.Tiles | None:
    try:
        return maps.tiles()
    except ValueError:
        logger.exception("The base map is left out.")
        return None


def _picture(
    dataset: Dataset, period: str, layer: Layer, shown: set[str], groups: Sequence[str]
) -> folium.FeatureGroup:
    units = shown_units(dataset, period, layer)
    return maps.picture(
        units,
        layer.colours,
        marked=dataset.reference.named_communes,
        selected=state.get("unit") or None,
        groups=shown_groups(dataset),
        focus=groups,
        before=bool(state.get("before")),
        hidden=[code for code in units if code not in shown],
        dark=look.current().dark,
        scale=look.current().scale,
    )


def shown_groups(dataset: Dataset) -> dict[str, tuple[str, list[str]]]:
    """Return the groups that the map names and bounds, as maps.picture takes them."""
    of_unit, names = dataset.reference.shaped_units["group_code"], dataset.reference.groups["label"]
    return {str(code): (name, list(of_unit.index[of_unit == code])) for code, name in names.items()}


def shown_units(dataset: Dataset, period: str, layer: Layer) -> dict[str, tuple[str, str, list[str]]]:
    """Return what each shape shows, by code, as maps.picture takes it.

    Communes have their class and figure and what they miss, towns and wards that they are not assessed.
    """
    communes, kinds = dataset.communes_at(period), dataset.reference.shaped_units["kind"]
    words, lacking = labels.tiers(dataset.reference.tiers), dataset.lacking_at(period)
    not_assessed = {kind: _("{kind}, không xét tiêu chí xã", kind=text.unit_kind(kind)) for kind in kinds.unique()}
    shown = {str(code): (metrics.UNKNOWN, "", [not_assessed[kind]]) for code, kind in kinds.items()}
    for code, row in communes.to_dict("index").items():
        lines = [words[row["tier"]], plural("Đạt {count} tiêu chí", row["met"]), listing.recognition(row)]
        if lacking[code].criteria:
            lines.append(_("Thiếu: {numbers}", numbers=", ".join(map(str, lacking[code].criteria))))
        shown[str(code)] = (layer.classes[code], layer.figures[code], lines)
    return shown


def periods(dataset: Dataset, layer: Layer) -> None:
    """Draw the province once per period, in the map's colours, so that the way to the present is seen."""
    boundary_layer = data.shapes()
    if boundary_layer is None:
        return
    reference = dataset.reference
    names = reference.shaped_units["label"].to_dict()
    inside = views.shown_units(dataset)
    only = [] if inside.all() else list(reference.shaped_units.index[inside])
    words = {step.id: step.words for step in layer.steps} | {metrics.UNKNOWN: _("Không có số liệu")}
    with st.container(horizontal=True, gap="medium"):
        for period in dataset.periods[-PERIODS_SHOWN:]:
            classes = _layer_at(dataset, period).classes
            kinds = {code: classes.get(code, metrics.UNKNOWN) for code in names}
            address = f"app/static/{boundary_layer.path}"
            chart = charts.small_map(kinds, layer.colours, words, names, geometry=address, only=only)
            counts = classes[classes.index.isin(only or classes.index)].value_counts()
            counted = "; ".join(f"{words[step]}: {counts[step]}" for step in words if step in counts)
            with st.container(width=SMALL_WIDTH):
                st.markdown(f"**{plain(text.date(period))}**")
                spec = chart.to_dict(validate=False)  # the tests have validated it
                st.vega_lite_chart(spec=spec, height=SMALL_HEIGHT, alt=f"{text.date(period)}. {counted}")
                blocks.small(counted)


def _layer_at(dataset: Dataset, period: str) -> Layer:
    return data.map_layer(state.get("layer"), period, int(views.chosen_criterion(dataset)))


def picker(dataset: Dataset) -> None:
    """Draw the search box for a commune; typing finds it by name."""
    words = views.commune_names(dataset)
    st.selectbox(
        _("Tìm xã"),
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder=_("Gõ tên xã, hoặc bấm vào bản đồ"),
        **state.bound("unit"),
    )


def table(dataset: Dataset, rows: pd.DataFrame) -> None:
    """Draw the communes as a table in step with the map: a row chosen here is selected there, and the other way."""
    blocks.table(rows, listing.columns(dataset.reference), height=420, **views.selecting(list(rows.index), "map table"))


def details(dataset: Dataset, period: str) -> None:
    """Say where the selected commune stands, what it misses, and offer its page and its group's."""
    code = state.get("unit")
    if not code:
        st.info(_("Bấm vào một xã trên bản đồ để xem chi tiết."), icon=":material/touch_app:")
        return
    row = dataset.communes_at(period).loc[code]
    criteria = dataset.reference.criteria_of(dataset.reference.commune_set)
    lacking = dataset.lacking_at(period)[code]
    with st.container(border=True):
        st.header(plain(row["place"]), anchor=False)
        met, recognised = st.columns(2)
        delta = narrative.pace(row["change"], 0) if pd.notna(row["change"]) and row["change"] else None
        met.metric(_("Tiêu chí đạt"), listing.of_total(row, len(criteria)), delta)
        recognised.metric(_("Nhóm"), labels.bounds(dataset.reference.tiers, row["tier"]))
        st.markdown(f"**{plain(listing.recognition(row.to_dict()))}**")
        st.markdown(plain(_("Còn thiếu: {criteria}.", criteria=narrative.missing(criteria, lacking))))
        blocks.go("pages/commune.py", _("Xem xã"), unit=code)
        if row["group_code"]:
            blocks.go(
                "pages/group.py",
                plain(_("Xem {noun}", noun=labels.noun(dataset.reference))),
                group=row["group_code"],
            )
