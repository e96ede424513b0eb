import json

import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

from ntm import maps
from ntm.boundaries import PublishedLayer
from ntm.paths import STATIC

LAYER = PublishedLayer("x.json", "digest", "Lớp", "Layer", "Ghi chú", "Note", [[21.7, 102.3], [22.8, 104.0]])
UNITS = {"03628": {"class": "19", "name": "Pha Mu", "label": "19", "faded": False, "lines": ["Pha Mu"]}}
COLOURS = {"19": "#123f6d", "unknown": "#d5d8db"}


def script() -> str:
    base = maps.base_map(LAYER)
    base.get_root().render()
    return _get_map_string(base)


def painted(units: dict) -> str:
    base = maps.base_map(LAYER)
    base.get_root().render()
    return _get_feature_group_string(maps.picture(units, {}, COLOURS, selected="03628"), base)


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
    units = {"03628": UNITS["03628"] | {"name": name, "lines": [name]}}
    body = painted(units)
    assert "<img" not in body
    assert "</script" not in body
    arguments = body[body.index("communeMap.paint(") + len("communeMap.paint(") :]
    read = json.JSONDecoder().raw_decode(arguments)[0]
    assert read["units"]["03628"]["lines"] == [name]


def test_the_unknown_is_hatched() -> None:
    read = painted(UNITS)
    classes = json.JSONDecoder().raw_decode(read[read.index("paint(") + 6 :])[0]["classes"]
    assert classes["unknown"]["hatched"] is True
    assert classes["19"] == {"fill": "#123f6d", "hatched": False, "dark": True}
