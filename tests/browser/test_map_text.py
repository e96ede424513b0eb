"""What a name full of markup does on the map: the map's own page, without Streamlit around it, in a real browser."""

import functools
import json
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page
from streamlit_folium import _get_feature_group_string, _get_map_string

from ntm import maps
from ntm.geo import boundaries
from ntm.geo.boundaries import PublishedLayer

EVIL = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script></script>{{7*7}}"
SQUARES = {"01": (103.0, 22.0), "02": (103.5, 22.0)}
STYLES = "".join(f'<link rel="stylesheet" href="{address}">' for _name, address in maps.STYLES)
SCRIPTS = "".join(f'<script src="{address}"></script>' for _name, address in maps.SCRIPTS)
PAGE = """<!doctype html><meta charset="utf-8">{head}
<div id="map_div" style="width: 1100px; height: 500px; position: relative"></div><script>{body}</script>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture
def site(tmp_path) -> Iterator[str]:
    """Serve a folder laid out like the dashboard: the map's frame two levels above its static files."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "static").symlink_to(maps.__file__.replace("ntm/maps.py", "static"))
    (tmp_path / "component" / "map").mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def layer_with(folder: Path) -> PublishedLayer:
    """A layer of two squares whose words are markup, its file beside the page."""
    rings = [[[x, y], [x, y + 0.4], [x + 0.4, y + 0.4], [x + 0.4, y], [x, y]] for x, y in SQUARES.values()]
    units = [
        {"type": "Polygon", "arcs": [[number]], "properties": {"code": code}} for number, code in enumerate(SQUARES)
    ]
    topology = {
        "type": "Topology",
        "names": {code: {"vi": EVIL} for code in SQUARES},
        "arcs": rings,
        "objects": {"units": {"type": "GeometryCollection", "geometries": units}},
    }
    (folder / "squares.json").write_text(json.dumps(topology))
    words = dict.fromkeys(boundaries.WORDS, EVIL) | {"date": "2024-12-31"}
    known = {"id": "x", "file": "x", "source_digest": "", "division": "", "has_before": False}
    return PublishedLayer(bounds=[[22, 103], [22.4, 103.9]], **known, **words)


@pytest.fixture
def page(browser, site, tmp_path) -> Iterator[Page]:
    folder = tmp_path / "component" / "map"
    layer = layer_with(folder)
    base = maps.base_map(layer, maps.Tiles("/none/{z}/{x}/{y}", EVIL))
    units = dict.fromkeys(SQUARES, ("high", EVIL, [EVIL]))
    picture = maps.picture(units, {"high": "#123f6d"}, marked=["01"], groups={"1": (EVIL, list(SQUARES))}, focus=["1"])
    body = _get_map_string(base) + _get_feature_group_string(picture, base)
    (folder / "index.html").write_text(
        PAGE.format(head=STYLES + SCRIPTS, body=body.replace(maps.STATIC + layer.path, "squares.json")),
        encoding="utf-8",
    )
    opened = browser.new_page(viewport={"width": 1200, "height": 600})
    opened.goto(f"{site}/component/map/index.html")
    opened.wait_for_selector("path.leaflet-interactive", state="attached")
    yield opened
    opened.close()


def test_markup_in_names_stays_text(page: Page) -> None:
    shape = page.locator("path.leaflet-interactive").first.bounding_box()
    page.mouse.move(shape["x"] + shape["width"] / 2, shape["y"] + shape["height"] * 0.8)
    page.wait_for_selector(".leaflet-tooltip")
    for place in (".leaflet-tooltip", ".leaflet-control-attribution", ".commune-label"):
        assert EVIL in page.locator(place).first.text_content(), place
    assert page.locator(".leaflet-container img:not(.leaflet-tile), .leaflet-container script").count() == 0
    assert page.evaluate("window.hacked") is None
