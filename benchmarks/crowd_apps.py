"""The two pages that the crowd's benchmark sets beside the dashboard's map: a tutorial's dashboard, and one line.

Run by `streamlit run` from another folder, so that Streamlit's own settings hold: nothing of ours is used.
"""

import json
import os
from pathlib import Path

import altair as alt
import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

COLOURS = ("#123f6d", "#3574a8", "#a9cbe0", "#f0b35a")


def textbook(shapes: dict, shift: int) -> None:
    """A map with its shapes inline, a chart and a table, as tutorials build them."""
    codes = [feature["properties"]["code"] for feature in shapes["features"]]
    for feature in shapes["features"]:
        code = feature["properties"]["code"]
        feature["properties"] = {"code": code, "name": f"Xã {code}", "class": (int(code) + shift) % len(COLOURS)}
    drawn = folium.Map(location=(22.3, 103.2), zoom_start=9, tiles=None)
    folium.GeoJson(
        shapes,
        style_function=lambda feature: {"fillColor": COLOURS[feature["properties"]["class"]], "fillOpacity": 1},
        tooltip=folium.GeoJsonTooltip(["name", "class"]),
    ).add_to(drawn)
    st_folium(drawn, key="map", height=600, use_container_width=True)
    table = pd.DataFrame({"code": codes, "class": [(int(code) + shift) % len(COLOURS) for code in codes]})
    bars = alt.Chart(table).mark_bar().encode(x="class:O", y="count()", color="class:N", tooltip=["class:N"])
    st.altair_chart(bars)
    st.dataframe(table)


st.write("one line")
if os.environ["BENCH_PAGE"] == "textbook":
    st.title("Tutorial")
    geometry = json.loads(Path(os.environ["BENCH_GEOMETRY"]).read_text(encoding="utf-8"))
    textbook(geometry, int(st.query_params.get("shift", "0")))
