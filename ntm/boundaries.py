"""Boundaries: the layers of shapes there are, the one in use, and the TopoJSON that a browser fetches once.

The schematic comes with the project; imported layers lie in a folder of the installation, beside a manifest that says
which one is in use. Published files carry their content's hash in their names, so that several can stand side by side.

geopandas, shapely and topojson are imported where they are used: a page that only shows a map needs none of them.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ntm import text
from ntm.paths import DATA, STATIC, VAR
from ntm.reference import Reference

if TYPE_CHECKING:
    import geopandas as gpd

LAYER = DATA / "boundaries" / "schematic-2024.geojson"
PUBLISHED = STATIC / "boundaries"
MANIFEST = "in-use.json"
WORDS = ("title_vi", "title_en", "note_vi", "note_en", "terms_vi", "terms_en", "date")
FORMAT = b"3"  # another one where `topology` writes something else, so that old files are made anew
DIGITS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class PublishedLayer:
    """The layer that browsers fetch: its id, its file under static/, its words, bounds [[south, west], [north, east]].

    `date`: when it was computed or imported (ISO text).
    """

    id: str
    file: str
    source_digest: str
    title_vi: str
    title_en: str
    note_vi: str
    note_en: str
    terms_vi: str
    terms_en: str
    date: str
    bounds: list[list[float]]

    @property
    def path(self) -> str:
        """The file's address below static/."""
        return f"boundaries/{self.file}"


def folder() -> Path:
    """Return the installation's folder of imported layers: $NTM_BOUNDARIES, or var/boundaries."""
    return Path(os.environ.get("NTM_BOUNDARIES", VAR / "boundaries"))


def layers() -> dict[str, Path]:
    """Return the layers there are: id → file, the schematic first."""
    return {LAYER.stem: LAYER} | {file.stem: file for file in sorted(folder().glob("*.geojson"))}


def in_use() -> Path:
    """Return the file of the layer in use; the schematic's where no other was chosen, or its file is gone."""
    manifest = _manifest()
    return layers().get(manifest["id"], LAYER) if manifest else LAYER


def write(shapes: "gpd.GeoDataFrame", about: dict[str, str], file: Path = LAYER) -> None:
    """Write a layer (index code, geometry in degrees) as GeoJSON with its words, the same bytes each time."""
    import shapely

    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": _rounded(json.loads(shapely.to_geojson(shape))),
        }
        for code, shape in shapes.geometry.sort_index().items()
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    head = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False)
    file.write_text(f'{head[:-1]}, "features": [\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def _rounded(geometry: dict) -> dict:
    def digits(part):
        return round(part, DIGITS) if isinstance(part, float) else [digits(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": digits(geometry["coordinates"])}


def read(file: Path = LAYER) -> "gpd.GeoDataFrame":
    """Read a layer written by `write`: index code, geometry in degrees."""
    import geopandas as gpd

    return gpd.read_file(file).set_index("code")[["geometry"]]


def words(file: Path) -> dict[str, str]:
    """Return a layer's words: title, note, terms (each _vi and _en), date (ISO text)."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {key: content[key] for key in WORDS}


def geometries(file: Path) -> dict[str, dict]:
    """Return a layer's shapes as GeoJSON geometries by code; quick, for what needs no geometry library."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def faults(shapes: "gpd.GeoDataFrame", units: pd.DataFrame) -> list[str]:
    """Say what is wrong with a layer for these units (indexed by code); an empty list where nothing is."""
    import shapely

    found = []
    missing, foreign = units.index.difference(shapes.index), shapes.index.difference(units.index)
    if len(missing):
        found.append(f"units without a shape: {', '.join(missing)}")
    if len(foreign):
        found.append(f"shapes without a unit: {', '.join(foreign)}")
    invalid = shapes.index[~shapes.is_valid | shapes.is_empty | ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])]
    if len(invalid):
        found.append(f"no valid polygon: {', '.join(invalid)}")
    elif not shapely.coverage_is_valid(shapes.geometry.to_numpy()):
        found.append("shapes overlap, or their borders do not share their vertices")
    return found


def publish(reference: Reference, file: Path | None = None, static: Path = PUBLISHED) -> PublishedLayer:
    """Bring a layer into use (the one in use, where no file is given): its TopoJSON in `static`, and the manifest.

    An imported layer that was in use before is no longer served. Does nothing where this file is published already with
    the names that the units have now. ValueError where the layer has faults.
    """
    file, units = file or in_use(), reference.shaped_units
    names = {**_names(units), **_names(reference.districts)}
    digest = hashlib.sha256(FORMAT + json.dumps(names).encode() + file.read_bytes()).hexdigest()
    current = published(static)
    if current and (current.id, current.source_digest) == (file.stem, digest):
        return current
    shapes = read(file)
    problems = faults(shapes, units)
    if problems:
        raise ValueError(f"{file.name}: {'; '.join(problems)}")
    body = topology(shapes, units["parent_code"], names)
    west, south, east, north = (float(bound) for bound in shapes.total_bounds)
    layer = PublishedLayer(
        id=file.stem,
        file=f"{file.stem}-{hashlib.sha256(body).hexdigest()[:12]}.json",
        source_digest=digest,
        **words(file),
        bounds=[[south, west], [north, east]],
    )
    before = _manifest()
    _replace(static / layer.file, body)
    _replace(folder() / MANIFEST, json.dumps(asdict(layer), ensure_ascii=False).encode())
    if before and before["id"] != LAYER.stem and before["file"] != layer.file:  # its terms may not allow more than use
        (static / before["file"]).unlink(missing_ok=True)
    return layer


def _replace(file: Path, content: bytes) -> None:
    """A reader meets the old file or the new one, never half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    draft.write_bytes(content)
    draft.replace(file)


def _names(units: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        str(code): {language: text.unit_label(unit["kind"], unit["name"], language) for language in text.LANGUAGES}
        for code, unit in units.iterrows()
    }


def topology(shapes: "gpd.GeoDataFrame", districts: pd.Series, names: dict[str, dict[str, str]]) -> bytes:
    """Return a layer as TopoJSON, common borders once: what a browser fetches once and needs no more.

    `districts`: code of a shape → its district's; each shape has both as properties. `names`: code of a shape or
    district → language → name; a member of its own beside the shapes.
    """
    from topojson import Topology

    named = shapes.assign(code=shapes.index, district=districts).reset_index(drop=True)
    drawn = json.loads(str(Topology(named, object_name="units", prequantize=1e5, topology=True).to_json()))
    _turn_rings(drawn)
    drawn["names"] = names
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()


def _turn_rings(topology: dict) -> None:
    """Let outer rings run clockwise and holes the other way.

    Vega draws on a sphere, where a ring the wrong way round is everything but the shape; topojson gets a ring wrong
    that is all of one shape and the hole of another.
    """
    arcs = [list(accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])) for arc in topology["arcs"]]
    for unit in topology["objects"]["units"]["geometries"]:
        for polygon in unit["arcs"] if unit["type"] == "MultiPolygon" else [unit["arcs"]]:
            for place, ring in enumerate(polygon):
                points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else reversed(arcs[~arc]))]
                is_clockwise = sum(x * v - u * y for (x, y), (u, v) in pairwise([*points, points[0]])) < 0
                if is_clockwise != (place == 0):
                    polygon[place] = [~arc for arc in reversed(ring)]


def published(static: Path = PUBLISHED) -> PublishedLayer | None:
    """Return the layer that browsers fetch now; None before the first build."""
    manifest = _manifest()
    if not manifest or not (static / manifest["file"]).exists():
        return None
    return PublishedLayer(**manifest)


def neighbours(file: Path) -> dict[str, list[str]]:
    """Return which units share a border in a published TopoJSON: code → codes, in the file's order."""
    units = json.loads(file.read_text(encoding="utf-8"))["objects"]["units"]["geometries"]
    arcs = {unit["properties"]["code"]: set(_arcs(unit["arcs"])) for unit in units}
    return {code: [other for other in arcs if other != code and own & arcs[other]] for code, own in arcs.items()}


def _arcs(nested: list) -> Iterator[int]:
    for part in nested:
        if isinstance(part, list):
            yield from _arcs(part)
        else:
            yield part if part >= 0 else ~part  # a common border runs one way for one and the other way for the other


def _manifest() -> dict | None:
    file = folder() / MANIFEST
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
