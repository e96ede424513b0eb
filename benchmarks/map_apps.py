"""The two pages that the map's benchmark compares: the same data, filter and details, drawn in two ways.

A shape's class depends on its code and on the chosen shift; a click names the shape. Each run of a page writes how
long its Python took into a file.
"""

import gc
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from ntm import maps
from ntm.geo.boundaries import WORDS, PublishedLayer

COLOURS = ("#123f6d", "#3574a8", "#a9cbe0", "#f0b35a")
LINES = ["15–18 tiêu chí", "Đạt 17 tiêu chí", "Chưa công nhận", "Thiếu: 10, 17"]
HEIGHT = 600


def main() -> None:
    """Draw the page named by $BENCH_WAY over the geometry of $BENCH_GEOMETRY."""
    start = time.perf_counter()
    way: dict[str, Callable[[int], dict]] = {"textbook": textbook, "ours": ours}
    shift = st.radio("shift", range(len(COLOURS)), horizontal=True)
    clicked = way[os.environ["BENCH_WAY"]](shift).get("last_active_drawing")
    if clicked:
        st.header(clicked.get("id") or clicked["properties"]["code"])
    with Path(os.environ["BENCH_TIMES"]).open("a", encoding="utf-8") as times:
        times.write(f"{(time.perf_counter() - start) * 1000}\n")


def class_of(code: str, shift: int) -> int:
    """Return a shape's class, an index of COLOURS."""
    return (int(code) + shift) % len(COLOURS)


@st.cache_data
def geometry() -> dict:
    """Return the GeoJSON that both pages draw."""
    return json.loads(Path(os.environ["BENCH_GEOMETRY"]).read_text(encoding="utf-8"))


@st.cache_data
def codes() -> list[str]:
    """Return the codes of the shapes."""
    return [feature["properties"]["code"] for feature in geometry()["features"]]


def textbook(shift: int) -> dict:
    """Build the map as tutorials do: geometry, properties and tooltips inline, anew at every run."""
    shapes = geometry()
    for feature in shapes["features"]:
        code = feature["properties"]["code"]
        feature["properties"] = {"code": code, "name": f"Xã {code}", "words": ", ".join(LINES)}
    drawn = folium.Map(location=(22.3, 103.2), zoom_start=9, tiles=None)
    drawn.default_js, drawn.default_css = maps.SCRIPTS[1:2], maps.STYLES[:1]  # from this machine, as ours
    folium.GeoJson(
        shapes,
        style_function=lambda feature: {
            "fillColor": COLOURS[class_of(feature["properties"]["code"], shift)],
            "fillOpacity": 1,
            "color": "#cfd6db",
            "weight": 0.8,
        },
        tooltip=folium.GeoJsonTooltip(["name", "words"]),
    ).add_to(drawn)
    return st_folium(drawn, key="map", height=HEIGHT, use_container_width=True)


@st.cache_resource
def spare_the_collector() -> None:
    """Freeze what is loaded, once, as the dashboard does after its first load (ntm/ui/data.py)."""
    gc.collect()
    gc.freeze()


def ours(shift: int) -> dict:
    """Build the map as the dashboard does: a constant base, and a picture of codes, classes and words."""
    spare_the_collector()
    words = dict.fromkeys(WORDS, "")
    bounds = json.loads(os.environ["BENCH_BOUNDS"])
    layer = PublishedLayer(id="", file=os.environ["BENCH_TOPOLOGY"], source_digest="", bounds=bounds, **words)
    colours = {str(number): colour for number, colour in enumerate(COLOURS)}
    units = {code: (str(class_of(code, shift)), "17", LINES) for code in codes()}
    return st_folium(
        maps.base_map(layer),
        key="map",
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=maps.picture(units, colours),
    )
