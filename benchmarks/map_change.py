"""What one change of the map costs the server: the textbook folium choropleth against ours, in the same run.

Textbook: folium.GeoJson with a style_function, geometry, properties and tooltips inline, built anew at every change.
Ours: a constant base map and a picture of codes, classes and words; the geometry is a static file. Both go through
st_folium; what it would send to the browser is measured as JSON. Run: python -m benchmarks.map_change
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import folium
import streamlit_folium

from ntm import dataset, layers, maps, store
from ntm.boundaries import LAYER, PublishedLayer

REPEATS = 5
SIZES = (106, 1_000, 10_600)
VERTICES = 150  # of a synthetic commune, like a real one's after simplification
WORDS = ["15–18 tiêu chí", "Đạt 17 tiêu chí", "Chưa công nhận", "Thiếu: 10, 17"]
COLOURS = {"high": "#123f6d", "low": "#f0b35a"}
PLACE = PublishedLayer("layer.json", "", "", "", "", "", [[21.7, 102.3], [22.8, 104.0]])


def synthetic(count: int) -> dict:
    """Return a GeoJSON of `count` squares with VERTICES vertices each."""
    side = int(count**0.5) + 1
    features = []
    for number in range(count):
        left, low = divmod(number, side)
        step = 4 / VERTICES
        along = [index * step for index in range(VERTICES // 4)]
        ring = [(left + part, low) for part in along] + [(left + 1, low + part) for part in along]
        ring += [(left + 1 - part, low + 1) for part in along] + [(left, low + 1 - part) for part in along]
        shape = [[round(102 + x / side, 5), round(21 + y / side, 5)] for x, y in [*ring, ring[0]]]
        features.append(
            {
                "type": "Feature",
                "properties": {"code": f"{number:05}"},
                "geometry": {"type": "Polygon", "coordinates": [shape]},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def textbook(geometry: dict) -> Any:
    """Build and send the map as tutorials do."""
    for feature in geometry["features"]:
        feature["properties"] |= {"name": f"Xã {feature['properties']['code']}", "words": ", ".join(WORDS)}
    drawn = folium.Map(location=(22.3, 103.2), zoom_start=9)
    folium.GeoJson(
        geometry,
        style_function=lambda feature: {"fillColor": COLOURS["high" if feature["properties"]["code"] < "5" else "low"]},
        tooltip=folium.GeoJsonTooltip(["name", "words"]),
    ).add_to(drawn)
    return streamlit_folium.st_folium(drawn, key="textbook")


def ours(geometry: dict) -> Any:
    """Build and send the map as the dashboard does."""
    codes = [feature["properties"]["code"] for feature in geometry["features"]]
    base = maps.base_map(PLACE, {code: f"Xã {code}" for code in codes}, {"1": "Huyện"})
    units = {code: ("high" if code < "5" else "low", "17", WORDS) for code in codes}
    return streamlit_folium.st_folium(base, key="ours", feature_group_to_add=maps.picture(units, COLOURS))


def measure(way: Callable[[dict], Any], geometry: dict) -> tuple[float, int]:
    """Return the median time (ms) and what is sent (bytes of JSON)."""
    times, sent = [], 0
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        arguments = way(geometry)
        times.append((time.perf_counter() - start) * 1000)
        sent = len(json.dumps(arguments, ensure_ascii=False, default=str).encode())
    return statistics.median(times), sent


def real_change() -> tuple[float, int]:
    """Return the same for the dashboard's own data and default layer, computing the layer included."""
    engine = store.connect()
    dataset.build(engine)
    data = dataset.load(engine)
    codes = data.reference.shaped_units["label"].to_dict()

    def change(_geometry: dict) -> Any:
        layer = layers.build(data, "tier", data.periods[-1], 1)
        units = {code: (layer.classes[code], layer.figures[code], WORDS) for code in layer.classes.index}
        base = maps.base_map(PLACE, codes, data.reference.districts["label"].to_dict())
        return streamlit_folium.st_folium(base, key="real", feature_group_to_add=maps.picture(units, layer.colours))

    return measure(change, {})


def main() -> None:
    """Print the table."""
    streamlit_folium._component_func = lambda **arguments: arguments
    row = "{:>26} {:>12} {:>12} {:>8} {:>12} {:>12} {:>8}"
    print(row.format("communes", "textbook ms", "ours ms", "ratio", "textbook kB", "ours kB", "ratio"))
    layer = json.loads(LAYER.read_text(encoding="utf-8"))
    cases = [("106, the schematic layer", layer)] + [(f"{size:,}, synthetic", synthetic(size)) for size in SIZES]
    for name, geometry in cases:
        (slow, heavy), (quick, light) = measure(textbook, geometry), measure(ours, geometry)
        figures = (f"{slow:.0f}", f"{quick:.1f}", f"{quick / slow:.1%}")
        figures += (f"{heavy / 1000:.0f}", f"{light / 1000:.1f}", f"{light / heavy:.1%}")
        print(row.format(name, *figures))
    spent, sent = real_change()
    print(f"The dashboard's own change of layer: {spent:.1f} ms, {sent / 1000:.1f} kB.")


if __name__ == "__main__":
    main()
