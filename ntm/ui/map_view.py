"""The map page's pieces: key, map, picker, table and details, all showing the one selected commune."""

import logging
from collections.abc import Sequence

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from ntm import charts, labels, layers, listing, maps, metrics, narrative, palette, text, typography
from ntm.dataset import Dataset
from ntm.layers import Layer
from ntm.text import _, either
from ntm.ui import blocks, data, filters, state, views

logger = logging.getLogger(__name__)
HEIGHT = 520
PERIODS_SHOWN = 8
SMALL_WIDTH, SMALL_HEIGHT = 270, 200  # pixels
MAP_KEY = "commune map"  # no underscore: streamlit-folium strips _endings from keys
STAGE_KEY = "stage map"


def layer_picker(dataset: Dataset, period: str) -> Layer:
    """Draw the choice of the layer, of the criterion where it needs one, of its classes, and of more filters."""
    names, criteria = {layer: layers.name(layer) for layer in layers.LAYERS}, views.criteria_names(dataset)
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
    """Return the codes of the shapes to show: these communes, and towns and wards where only districts are chosen."""
    shaped = dataset.reference.shaped_units
    inside = shaped["parent_code"].isin(views.shown_districts(dataset))
    others = shaped.index[inside & ~shaped.index.isin(dataset.reference.communes.index)]
    only_districts = (
        len(communes) == (dataset.reference.communes["district_code"].isin(views.shown_districts(dataset))).sum()
    )
    return {*communes.index, *(others if only_districts else ())}


def key(layer: Layer, communes: pd.DataFrame, *, upright: bool = True) -> None:
    """Draw the layer's colour key, with the number of the chosen communes in each class."""
    counts = layer.classes.loc[communes.index].value_counts()
    items: list[dict[str, object]] = [
        {
            "colour": step.colour,
            "words": _("{tier}: {count} xã", tier=step.words, count=text.number(counts.get(step.id, 0))),
        }
        for step in layer.steps
    ]
    count = text.number(counts.get(metrics.UNKNOWN, 0))
    unknown = _("Không có số liệu hoặc không thuộc diện xét: {count} xã; thị trấn, phường", count=count)
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
    st_folium(
        maps.base_map(shapes, _background()),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],  # its start is empty on both sides: no rerun when the map has loaded
        feature_group_to_add=_picture(dataset, period, layer, shown, state.get("districts")),
        on_change=_take_click,
    )
    blocks.small(
        _(
            "{note}. {terms}. ★ xã nêu tên trong kế hoạch để công nhận. Nếu không thấy bản đồ, xem bảng bên dưới: "
            "cùng số liệu.",
            note=either(shapes, "note"),
            terms=either(shapes, "terms").rstrip("."),
        )
    )


def stage_map(dataset: Dataset, period: str, layer: Layer, districts: tuple[str, ...], height: int) -> None:
    """Draw the map on a slide, zoomed to some districts, the province where there are none. `height`: pixels."""
    shapes = data.shapes()
    if shapes is None or not st.get_option("server.enableStaticServing"):
        return
    shaped = dataset.reference.shaped_units
    inside = shaped.index[shaped["parent_code"].isin(districts)] if districts else shaped.index
    st_folium(
        maps.base_map(shapes, _background()),
        key=STAGE_KEY,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=_picture(dataset, period, layer, set(inside), districts),
    )


def _background() -> maps.Tiles | None:
    try:
        return maps.tiles()
    except ValueError:
        logger.exception("The base map is left out.")
        return None


def _take_click() -> None:
    clicked = (st.session_state.get(MAP_KEY) or {}).get("last_active_drawing")
    if clicked:
        state.put("unit", clicked["id"])


def _picture(
    dataset: Dataset, period: str, layer: Layer, shown: set[str], districts: Sequence[str]
) -> folium.FeatureGroup:
    units = shown_units(dataset, period, layer)
    return maps.picture(
        units,
        layer.colours,
        marked=dataset.reference.plan.named_communes,
        selected=state.get("unit") or None,
        districts=districts,
        hidden=[code for code in units if code not in shown],
        dark=palette.dark(),
        scale=typography.scale(),
    )


def shown_units(dataset: Dataset, period: str, layer: Layer) -> dict[str, tuple[str, str, list[str]]]:
    """Return what each shape shows, by code, as maps.picture takes it.

    Communes have their class and figure and what they miss, towns and wards that they are not assessed.
    """
    communes, kinds = dataset.communes_at(period), dataset.reference.shaped_units["kind"]
    words, lacking = labels.tiers(dataset.reference.plan), dataset.lacking_at(period)
    not_assessed = {kind: _("{kind}, không xét tiêu chí xã", kind=text.unit_kind(kind)) for kind in kinds.unique()}
    shown = {str(code): (metrics.UNKNOWN, "", [not_assessed[kind]]) for code, kind in kinds.items()}
    for code, row in communes.to_dict("index").items():
        lines = [words[row["tier"]], _("Đạt {met} tiêu chí", met=text.number(row["met"])), listing.recognition(row)]
        if lacking[code].criteria:
            lines.append(_("Thiếu: {numbers}", numbers=", ".join(map(str, lacking[code].criteria))))
        shown[str(code)] = (layer.classes[code], layer.figures[code], lines)
    return shown


def periods(dataset: Dataset, layer: Layer) -> None:
    """Draw the province once per period, in the map's colours, so that the way to the present is seen."""
    drawn = data.shapes()
    if drawn is None:
        return
    reference = dataset.reference
    names = reference.shaped_units["label"].to_dict()
    inside = reference.shaped_units["parent_code"].isin(views.shown_districts(dataset))
    only = [] if inside.all() else list(reference.shaped_units.index[inside])
    words = {step.id: step.words for step in layer.steps} | {metrics.UNKNOWN: _("Không có số liệu")}
    with st.container(horizontal=True, gap="medium"):
        for period in dataset.periods[-PERIODS_SHOWN:]:
            classes = _layer_at(dataset, period).classes
            kinds = {code: classes.get(code, metrics.UNKNOWN) for code in names}
            address = f"app/static/{drawn.path}"
            chart = charts.small_map(kinds, layer.colours, words, names, geometry=address, only=only)
            counts = classes[classes.index.isin(only or classes.index)].value_counts()
            said = "; ".join(f"{words[step]}: {counts[step]}" for step in words if step in counts)
            with st.container(width=SMALL_WIDTH):
                st.markdown(f"**{text.date(period)}**")
                spec = chart.to_dict(validate=False)  # the tests have validated it
                st.vega_lite_chart(spec=spec, height=SMALL_HEIGHT, alt=f"{text.date(period)}. {said}")
                blocks.small(said)


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


def table(rows: pd.DataFrame) -> None:
    """Draw the communes as a table in step with the map: a row chosen here is selected there, and the other way."""
    blocks.table(rows, listing.columns(), height=420, **views.selecting(list(rows.index), "map table"))


def details(dataset: Dataset, period: str) -> None:
    """Say where the selected commune stands, what it misses, and offer its page and its district's."""
    code = state.get("unit")
    if not code:
        st.info(_("Bấm vào một xã trên bản đồ để xem chi tiết."), icon=":material/touch_app:")
        return
    row = dataset.communes_at(period).loc[code]
    criteria = dataset.reference.criteria_of(dataset.reference.plan.commune_set)
    lacking = dataset.lacking_at(period)[code]
    with st.container(border=True):
        st.header(_("{commune}, {district}", commune=row["label"], district=row["district"]), anchor=False)
        met, recognised = st.columns(2)
        delta = narrative.pace(row["change"], 0) if pd.notna(row["change"]) and row["change"] else None
        met.metric(_("Tiêu chí đạt"), listing.of_total(row, len(criteria)), delta)
        recognised.metric(_("Nhóm"), labels.bounds(dataset.reference.plan, row["tier"]))
        st.markdown(f"**{listing.recognition(row.to_dict())}**")
        st.markdown(_("Còn thiếu: {criteria}.", criteria=narrative.missing(criteria, lacking)))
        blocks.go("pages/commune.py", _("Xem xã"), unit=code)
        blocks.go("pages/district.py", _("Xem huyện"), district=row["district_code"])
