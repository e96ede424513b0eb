import json
from dataclasses import replace

import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

from ntm import maps
from ntm.geo.boundaries import PublishedLayer
from ntm.paths import STATIC

LAYER = PublishedLayer(
    id="x",
    file="x.json",
    source_digest="digest",
    title_vi="Lớp",
    title_en="Layer",
    note_vi="Ghi chú",
    note_en="Note",
    terms_vi="Tự do",
    terms_en="Free",
    date="2024-12-31",
    bounds=[[21.7, 102.3], [22.8, 104.0]],
    division="",
    has_before=False,
)
UNITS = {"03628": ("19", "19", ["Đã công nhận"]), "03413": ("19", "19", ["Đã công nhận", "Thiếu: 10"])}
COLOURS = {"19": "#123f6d", "unknown": "#d5d8db"}


def script() -> str:
    base = maps.base_map(LAYER)
    base.get_root().render()
    return _get_map_string(base)


def painted(units: dict) -> str:
    base = maps.base_map(LAYER)
    base.get_root().render()
    return _get_feature_group_string(maps.picture(units, COLOURS, selected="03628"), base)


def arguments_of(body: str) -> dict:
    start = body.index("communeMap.paint(") + len("communeMap.paint(")
    return json.JSONDecoder().raw_decode(body[start:])[0]


def test_every_address_is_below_static_and_there() -> None:
    base = maps.base_map(LAYER)
    for _name, address in [*base.default_js, *base.default_css]:
        assert address.startswith(maps.STATIC)
        assert (STATIC / address.removeprefix(maps.STATIC)).exists(), address
    assert "http" not in script().replace("http://www.w3.org", "")


def test_other_maps_keep_their_own_scripts() -> None:
    maps.base_map(LAYER)
    from folium import Map

    assert any("cdn" in address for _name, address in Map().default_js)


def test_the_base_map_is_the_same_every_time() -> None:
    assert script() == script()


def test_the_geometry_is_not_in_the_page() -> None:
    assert "coordinates" not in script() + painted(UNITS)
    assert "boundaries/x.json" in script()


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", 'O\'Hara "x"'])
def test_a_name_stays_text(name: str) -> None:
    body = painted({"03628": ("19", "19", [name])})
    assert "<img" not in body
    assert "</script" not in body
    assert arguments_of(body)["words"] == [name]
    base = maps.base_map(replace(LAYER, note_vi=name))
    base.get_root().render()
    assert "</script><script>" not in _get_map_string(base)


def test_each_sentence_is_sent_once() -> None:
    sent = arguments_of(painted(UNITS))
    assert sent["words"] == ["Đã công nhận", "Thiếu: 10"]
    assert sent["units"] == {"03628": ["19", "19", [0]], "03413": ["19", "19", [0, 1]]}


def test_the_unknown_is_hatched() -> None:
    classes = arguments_of(painted(UNITS))["classes"]
    assert classes["unknown"]["hatched"] is True
    assert classes["19"] == {"fill": "#123f6d", "hatched": False, "dark": True}


def test_no_base_map_by_default(monkeypatch) -> None:
    monkeypatch.delenv("NTM_TILES", raising=False)
    assert maps.tiles() is None


def test_an_office_may_name_its_tile_server(monkeypatch) -> None:
    monkeypatch.setenv("NTM_TILES", "http://maps.office/{z}/{x}/{y}.png")
    monkeypatch.setenv("NTM_TILES_WORDS", "Sở <b>TN&MT</b>")
    assert maps.tiles() == maps.Tiles("http://maps.office/{z}/{x}/{y}.png", "Sở <b>TN&MT</b>")


@pytest.mark.parametrize("address", ["maps.office", "http://maps.office/tiles", "javascript:alert({z}{x}{y})"])
def test_another_address_is_no_tile_server(monkeypatch, address: str) -> None:
    monkeypatch.setenv("NTM_TILES", address)
    with pytest.raises(ValueError, match="NTM_TILES"):
        maps.tiles()
