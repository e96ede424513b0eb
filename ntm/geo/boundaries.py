"""Boundaries: the layers of shapes there are, those in use, and the TopoJSON that a browser fetches once.

A layer draws one division of the province into communes; which one, its units' codes say. Schematics come with the
project; imported layers lie in a folder of the installation, next to a manifest that says which one is in use for each
division. Published files carry their content's hash in their names, so that several can stand side by side.

geopandas, shapely and topojson are imported where they are used: a page that only shows a map needs none of them.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ntm import text, whole_file
from ntm.environment import setting
from ntm.paths import DATA, STATIC, VAR
from ntm.reference import Reference
from ntm.text import _
from ntm.timeline import day_before

if TYPE_CHECKING:
    import geopandas as gpd

BUNDLED = DATA / "boundaries"
PUBLISHED = STATIC / "boundaries"
MANIFEST = "in-use.json"
WORDS = ("title_vi", "title_en", "note_vi", "note_en", "terms_vi", "terms_en", "date")
FORMAT = b"6"  # change it when `topology` writes something else, so that old files are made again
DIGITS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class PublishedLayer:
    """The layer that browsers fetch: its id, its file under static/, its words, bounds [[south, west], [north, east]].

    `date`: when it was computed or imported (ISO text); `division`: the first day of its units; see Timeline.divisions;
    `has_before`: whether it has the borders of the division before, too.
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
    division: str
    has_before: bool

    @property
    def path(self) -> str:
        """The file's address below static/."""
        return f"boundaries/{self.file}"


def folder() -> Path:
    """Return the installation's folder of imported layers: $NTM_BOUNDARIES, or var/boundaries."""
    return Path(setting("NTM_BOUNDARIES") or VAR / "boundaries")


def layers() -> dict[str, Path]:
    """Return the layers there are: id → file, the schematics first."""
    return {file.stem: file for place in (BUNDLED, folder()) for file in sorted(place.glob("*.geojson"))}


def division_of(file: Path, reference: Reference) -> str:
    """Return the division that a layer draws: the one whose units have its codes, or most of them."""
    codes, timeline = set(geometries(file)), reference.timeline
    shared = {day: len(codes & set(reference.at(day).shaped_units.index)) for day in timeline.divisions}
    sizes = {day: len(codes | set(reference.at(day).shaped_units.index)) for day in timeline.divisions}
    return max(timeline.divisions, key=lambda day: shared[day] / sizes[day])


def in_use(reference: Reference) -> Path | None:
    """Return the file of the layer in use for the reference's division.

    The bundled one where no other was chosen, or its file is gone; None if there is none.
    """
    division = reference.timeline.division(reference.day)
    chosen = _manifest().get(division, {}).get("id")
    if chosen in layers():
        return layers()[chosen]
    return bundled(reference)


def bundled(reference: Reference) -> Path | None:
    """Return the layer that comes with the data for the reference's division; None if there is none."""
    division = reference.timeline.division(reference.day)
    files = sorted(BUNDLED.glob("*.geojson"))
    return next((file for file in files if division_of(file, reference) == division), None)


def write(shapes: "gpd.GeoDataFrame", about: dict[str, str], file: Path) -> None:
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


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def digits(part: Any) -> Any:
        return round(part, DIGITS) if isinstance(part, float) else [digits(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": digits(geometry["coordinates"])}


def read(file: Path) -> "gpd.GeoDataFrame":
    """Read a layer written by `write`: index code, geometry in degrees."""
    import geopandas as gpd

    return gpd.read_file(file).set_index("code")[["geometry"]]


def words(file: Path) -> dict[str, str]:
    """Return a layer's words: title, note, terms (each _vi and _en), date (ISO text)."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {key: content[key] for key in WORDS}


def geometries(file: Path) -> dict[str, dict[str, Any]]:
    """Return a layer's shapes as GeoJSON geometries by code; quick, for what needs no geometry library."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def faults(shapes: "gpd.GeoDataFrame", units: pd.DataFrame) -> list[str]:
    """Say what is wrong with a layer for these units (indexed by code); an empty list where nothing is."""
    import shapely

    found = []
    missing, foreign = units.index.difference(shapes.index), shapes.index.difference(units.index)
    if len(missing):
        found.append(_("đơn vị chưa có hình: {units}", units=", ".join(missing)))
    if len(foreign):
        found.append(_("hình không thuộc đơn vị nào: {units}", units=", ".join(foreign)))
    invalid = shapes.index[~shapes.is_valid | shapes.is_empty | ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])]
    if len(invalid):
        found.append(_("hình không hợp lệ: {units}", units=", ".join(invalid)))
    elif not shapely.coverage_is_valid(shapes.geometry.to_numpy()):
        found.append(_("các hình chồng lấn, hoặc đường biên chung không trùng đỉnh"))
    return found


def publish_all(reference: Reference, static: Path = PUBLISHED) -> list[PublishedLayer]:
    """Publish the layer in use for each division that has one."""
    files = [in_use(reference.at(day)) for day in reference.timeline.divisions]
    return [publish(reference, file, static) for file in files if file is not None]


def publish(reference: Reference, file: Path, static: Path = PUBLISHED) -> PublishedLayer:
    """Bring a layer into use for the division that it draws: its TopoJSON in `static`, and the manifest.

    An imported layer that was in use before is no longer served. Does nothing where this file is published already with
    the names that the units have now. ValueError where the layer has faults.
    """
    division = division_of(file, reference)
    reference = reference.at(division)
    units = reference.shaped_units
    names = _names(units)
    earlier = in_use(reference.at(day_before(division))) if division else None
    content = [file.read_bytes(), earlier.read_bytes() if earlier else b""]
    digest = hashlib.sha256(FORMAT + json.dumps(names).encode() + b"".join(content)).hexdigest()
    current = published(reference, static)
    if current and (current.id, current.source_digest) == (file.stem, digest):
        return current
    shapes = read(file)
    problems = faults(shapes, units)
    if problems:
        raise ValueError(f"{file.name}: {'; '.join(problems)}")
    body = topology(shapes, names, read(earlier) if earlier else None)
    west, south, east, north = (float(bound) for bound in shapes.total_bounds)
    layer = PublishedLayer(
        id=file.stem,
        file=f"{file.stem}-{hashlib.sha256(body).hexdigest()[:12]}.json",
        source_digest=digest,
        **words(file),
        bounds=[[south, west], [north, east]],
        division=division,
        has_before=earlier is not None,
    )
    manifest = _manifest()
    before = manifest.get(division)
    whole_file.write(static / layer.file, body)
    whole_file.write(folder() / MANIFEST, json.dumps(manifest | {division: asdict(layer)}, ensure_ascii=False).encode())
    is_imported = before and not (BUNDLED / f"{before['id']}.geojson").exists()
    if before and is_imported and before["file"] != layer.file:  # its terms may not allow more than use
        (static / before["file"]).unlink(missing_ok=True)
    return layer


def _names(units: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        str(code): {language: text.unit_label(unit["kind"], unit["name"], language) for language in text.LANGUAGES}
        for code, unit in units.iterrows()
    }


def topology(
    shapes: "gpd.GeoDataFrame",
    names: dict[str, dict[str, str]],
    before: "gpd.GeoDataFrame | None" = None,
) -> bytes:
    """Return a layer as TopoJSON, common borders once: what a browser fetches once and needs no more.

    Each shape has its code as a property. `names`: code of a shape → language → name; a member of its own next to the
    shapes. `before`: the shapes of the division before, an object of their own.
    """
    from topojson import Topology

    named = shapes.assign(code=shapes.index).reset_index(drop=True)
    objects = {"units": named} | ({} if before is None else {"before": before.reset_index(drop=True)})
    made = Topology(list(objects.values()), object_name=list(objects), prequantize=1e5, topology=True)
    drawn = json.loads(str(made.to_json()))
    _turn_rings(drawn)
    drawn["names"] = names
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()


def _turn_rings(topology: dict[str, Any]) -> None:
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


def published(reference: Reference, static: Path = PUBLISHED) -> PublishedLayer | None:
    """Return the layer that browsers fetch now for the reference's division; None where none was published.

    What an older version has published, of which less is known, does not count: it is published again.
    """
    entry = _manifest().get(reference.timeline.division(reference.day))
    known = {field.name for field in fields(PublishedLayer)}
    if entry is None or entry.keys() != known or not (static / entry["file"]).exists():
        return None
    return PublishedLayer(**entry)


def neighbours(file: Path) -> dict[str, list[str]]:
    """Return which units share a border in a published TopoJSON: code → codes, in the file's order."""
    units = json.loads(file.read_text(encoding="utf-8"))["objects"]["units"]["geometries"]
    arcs = {unit["properties"]["code"]: set(_arcs(unit["arcs"])) for unit in units}
    return {code: [other for other in arcs if other != code and own & arcs[other]] for code, own in arcs.items()}


def _arcs(nested: list[Any]) -> Iterator[int]:
    for part in nested:
        if isinstance(part, list):
            yield from _arcs(part)
        else:
            yield part if part >= 0 else ~part  # a common border runs one way for one and the other way for the other


def _manifest() -> dict[str, dict[str, Any]]:
    """Division → the fields of its PublishedLayer. An older manifest has one layer, of the first division."""
    file = folder() / MANIFEST
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {"": found} if "id" in found else found
