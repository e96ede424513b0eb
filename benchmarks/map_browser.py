"""What a change of the map and a click cost, in a real browser: the textbook way against ours, in the same run.

Textbook: folium.GeoJson with a style_function, everything inline. Ours: geometry once as static TopoJSON, then only
codes, classes and words. The same geometry, filter and details in both; both get Leaflet from this machine. Columns:
bytes that reach the browser per change of the filter, time from the click on the filter to the repainted map, the
server's Python per run, time from a click on the map to its details; then what was seen meanwhile: frames without
shapes, and whether zoom and position stayed. Medians. Run: python -m benchmarks.map_browser
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.map_apps import COLOURS, class_of
from ntm.geo import boundaries
from ntm.paths import ROOT, STATIC
from tests.browser import chromium
from tests.browser.conftest import QUIET, free_port, wait_for

SIZES = (106, 1_000, 10_600)
VERTICES = 150  # of a synthetic commune, like a real one's after simplification
REPEATS = {106: 9, 1_000: 5, 10_600: 1}  # the textbook needs half a minute for each change of the largest
PATIENCE = 120_000  # milliseconds
ROW = "{:>24} {:>10} {:>9} {:>11} {:>10} {:>10} {:>13} {:>11}"
TARGETS = {"bytes": 0.05, "change": 1 / 3, "python": 0.2, "click": 0.6}

FRAME = 'iframe[title="streamlit_folium.st_folium"]'
# Runs in the page: chooses in the filter, says when the map shows a colour on a shape, and what was seen meanwhile.
CHANGE = """
([choice, code, colour, patience]) => new Promise((resolve, reject) => {
  const mapOf = () => document.querySelector('FRAME')?.contentWindow.map;
  const [before, started] = [mapOf(), performance.now()];
  let blank = 0;
  const look = () => {
    const time = performance.now() - started;
    if (time > patience) return reject(new Error("never repainted"));
    const shapes = Object.values(mapOf()?._layers ?? {}).filter((layer) => layer.feature);
    if (!shapes.length) blank += 1;
    const isRepainted = ({ feature, options }) => feature.properties.code === code && options.fillColor === colour;
    if (!shapes.some(isRepainted)) return requestAnimationFrame(look);
    const seen = { blank, same: mapOf() === before };
    requestAnimationFrame(() => setTimeout(() => resolve({ ...seen, time: performance.now() - started })));
  };
  document.querySelectorAll("[data-testid=stRadio] [role=radiogroup] label")[choice].click();
  look();
})
""".replace("FRAME", FRAME)
# Runs in the map's frame: brings a shape to the middle and says where that is.
CENTRE = """
(code) => {
  const layers = Object.values(window.map._layers);
  const middle = layers.find((layer) => layer.feature?.properties.code === code).getBounds().getCenter();
  window.map.setView(middle, window.map.getZoom(), { animate: false });
  const { x, y } = window.map.latLngToContainerPoint(middle);
  return [x, y];
}
"""
# Runs in the page: says how long it took from the press on the map to the details.
CLICKED = """
(code) => {
  const map = document.querySelector('FRAME').contentDocument;
  window.clicked = new Promise((resolve) => map.addEventListener("mousedown", () => {
    const started = performance.now();
    const isThere = () => [...document.querySelectorAll("h2")].some((heading) => heading.textContent.includes(code));
    const look = () => isThere() ? resolve(performance.now() - started) : requestAnimationFrame(look);
    look();
  }, { once: true, capture: true }));
}
""".replace("FRAME", FRAME)
IS_DRAWN = """
() => {
  const map = document.querySelector('FRAME')?.contentWindow.map;
  return map && Object.values(map._layers).some((layer) => layer.feature && layer.options.fillColor);
}
""".replace("FRAME", FRAME)


@dataclass(frozen=True)
class Cost:
    """What one way costs: bytes and milliseconds (medians), frames without shapes, whether the view stayed."""

    bytes: float
    change: float
    python: float
    click: float
    blank: int
    stays: bool


def synthetic(count: int) -> dict:
    """Return a GeoJSON of `count` squares with VERTICES vertices each."""
    side = int(count**0.5) + 1
    step = 4 / VERTICES
    along = [index * step for index in range(VERTICES // 4)]
    features = []
    for number in range(count):
        left, low = divmod(number, side)
        ring = [(left + part, low) for part in along] + [(left + 1, low + part) for part in along]
        ring += [(left + 1 - part, low + 1) for part in along] + [(left, low + 1 - part) for part in along]
        shape = [[round(102.4 + 1.6 * x / side, 5), round(21.7 + 1.1 * y / side, 5)] for x, y in [*ring, ring[0]]]
        geometry = {"type": "Polygon", "coordinates": [shape]}
        features.append({"type": "Feature", "properties": {"code": f"{number:05}"}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def schematic() -> dict:
    """Return the schematic layer as GeoJSON."""
    return json.loads((boundaries.BUNDLED / "schematic-2024.geojson").read_text(encoding="utf-8"))


@contextmanager
def serving(way: str, geometry: dict) -> Iterator[tuple[str, Path]]:
    """Run one of the two pages over a geometry; give its address and the file of its Python times."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(STATIC, folder / "static", ignore=shutil.ignore_patterns("boundaries"))
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        (folder / "app.py").write_text("from benchmarks.map_apps import main\n\nmain()\n", encoding="utf-8")
        (folder / "shapes.geojson").write_text(json.dumps(geometry), encoding="utf-8")
        bounds = _write_topology(folder)
        settings = {
            "PYTHONPATH": str(ROOT),
            "BENCH_WAY": way,
            "BENCH_GEOMETRY": str(folder / "shapes.geojson"),
            "BENCH_TOPOLOGY": "shapes.json",
            "BENCH_BOUNDS": json.dumps(bounds),
            "BENCH_TIMES": str(folder / "times"),
        }
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
        process = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://localhost:{port}")
            yield f"http://localhost:{port}", folder / "times"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _write_topology(folder: Path) -> list[list[float]]:
    shapes = gpd.read_file(folder / "shapes.geojson").set_index("code")[["geometry"]]
    (folder / "static" / "boundaries").mkdir()
    names = {code: {"vi": f"Xã {code}"} for code in shapes.index}
    body = boundaries.topology(shapes, names)
    (folder / "static" / "boundaries" / "shapes.json").write_bytes(body)
    west, south, east, north = shapes.total_bounds
    return [[south, west], [north, east]]


class Traffic:
    """Counts what reaches a page: what the network delivered, and the frames of its web socket."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived", lambda event: self._add(len(event["response"]["payloadData"]) * 3 / 4)
        )

    def _add(self, count: float) -> None:
        self.bytes += count


def measure(browser: Browser, way: str, geometry: dict) -> Cost:
    """Drive one page: change the filter and click, several times; return the medians."""
    codes = [feature["properties"]["code"] for feature in geometry["features"]]
    repeats = REPEATS[len(codes)]
    with serving(way, geometry) as (address, times):
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        _wait_until_drawn(page)
        _zoom_in(page)
        view = _view(page)
        traffic = Traffic(page)
        changes, sent = [], []
        for turn in range(repeats):
            wanted = (turn + 1) % len(COLOURS)
            traffic.bytes = 0
            changes.append(page.evaluate(CHANGE, [wanted, codes[0], COLOURS[class_of(codes[0], wanted)], PATIENCE]))
            page.wait_for_timeout(800)  # what comes after the repaint belongs to the change as well
            sent.append(traffic.bytes)
        stays = view == _view(page) and all(change["same"] for change in changes)
        python = [float(line) for line in times.read_text(encoding="utf-8").split()][-repeats:]
        clicks = [_click(page, code) for code in codes[:repeats]]
        page.close()
    return Cost(
        bytes=statistics.median(sent),
        change=statistics.median(change["time"] for change in changes),
        python=statistics.median(python),
        click=statistics.median(clicks),
        blank=max(change["blank"] for change in changes),
        stays=stays,
    )


def _frame(page: Page) -> Any:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def _wait_until_drawn(page: Page) -> None:
    page.wait_for_function(IS_DRAWN)
    page.wait_for_timeout(1500)


def _zoom_in(page: Page) -> None:
    """Move a little, so that a view that does not survive is noticed; what the component reports of it is over then."""
    _frame(page).evaluate("window.map.setView([22.2, 103.1], window.map.getZoom() + 0.25, { animate: false })")
    page.wait_for_timeout(2000)


def _view(page: Page) -> str:
    return _frame(page).evaluate("window.map.getBounds().toBBoxString()")


def _click(page: Page, code: str) -> float:
    """Click in the middle of a shape; return the milliseconds until its details stand on the page."""
    x, y = _frame(page).evaluate(CENTRE, code)
    page.wait_for_timeout(1500)
    box = page.locator(FRAME).bounding_box()
    page.evaluate(CLICKED, code)
    page.mouse.click(box["x"] + x, box["y"] + y)
    return page.evaluate("window.clicked")


def main() -> None:
    """Print the table: each size, both ways, the ratios and the ratios asked for."""
    print(ROW.format("", "bytes", "change ms", "python ms", "click ms", "", "blank frames", "view stays"))
    with sync_playwright() as playwright:
        path = chromium.find()
        if path is None:
            sys.exit(chromium.ADVICE)
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        cases = [("106, the schematic", schematic())] + [(f"{size:,}, synthetic", synthetic(size)) for size in SIZES]
        for name, geometry in cases:
            compare(browser, name, geometry)
        browser.close()
    asked = [f"{TARGETS[column]:.0%}" for column in ("bytes", "change", "python", "click")]
    print(ROW.format("asked for, at most", *asked, "", "", ""))


def compare(browser: Browser, name: str, geometry: dict) -> None:
    """Measure both ways over one geometry and print three lines."""
    costs = {way: measure(browser, way, geometry) for way in ("textbook", "ours")}
    for way, cost in costs.items():
        figures = (
            f"{cost.bytes / 1000:,.1f} kB",
            *(f"{figure:,.0f}" for figure in (cost.change, cost.python, cost.click)),
        )
        print(ROW.format(f"{name}: {way}", *figures, "", cost.blank, "yes" if cost.stays else "no"))
    slow, quick = costs["textbook"], costs["ours"]
    ratios = [f"{getattr(quick, column) / getattr(slow, column):.1%}" for column in TARGETS]
    print(ROW.format("ratio", *ratios, "", "", ""), flush=True)


if __name__ == "__main__":
    main()
