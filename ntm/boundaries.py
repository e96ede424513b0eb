"""Boundaries: the layer of shapes in use, its checks, and the TopoJSON that a browser fetches once.

geopandas, shapely and topojson are imported where they are used: a page that only shows a map needs none of them.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ntm.paths import DATA, STATIC

if TYPE_CHECKING:
    import geopandas as gpd

LAYER = DATA / "boundaries" / "schematic-2024.geojson"
PUBLISHED = STATIC / "boundaries"
MANIFEST = "layer.json"
DIGITS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class PublishedLayer:
    """The layer that browsers fetch: its file under static/, its words, its bounds [[south, west], [north, east]]."""

    file: str
    source_digest: str
    title_vi: str
    title_en: str
    note_vi: str
    note_en: str
    bounds: list[list[float]]

    @property
    def path(self) -> str:
        """The file's address below static/."""
        return f"boundaries/{self.file}"


def write(shapes: "gpd.GeoDataFrame", words: dict[str, str], file: Path = LAYER) -> None:
    """Write a layer (index code, geometry in degrees) as GeoJSON with its title and note, the same bytes each time."""
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
    head = json.dumps({"type": "FeatureCollection", **words}, ensure_ascii=False)
    file.write_text(f'{head[:-1]}, "features": [\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def _rounded(geometry: dict) -> dict:
    def digits(part):
        return round(part, DIGITS) if isinstance(part, float) else [digits(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": digits(geometry["coordinates"])}


def read(file: Path = LAYER) -> "gpd.GeoDataFrame":
    """Read a layer written by `write`: index code, geometry in degrees."""
    import geopandas as gpd

    return gpd.read_file(file).set_index("code")[["geometry"]]


def faults(shapes: "gpd.GeoDataFrame", units: pd.DataFrame) -> list[str]:
    """Say what is wrong with a layer for these units (indexed by code); an empty list where nothing is."""
    import shapely

    found = []
    missing, foreign = units.index.difference(shapes.index), shapes.index.difference(units.index)
    if len(missing):
        found.append(f"units without a shape: {', '.join(missing)}")
    if len(foreign):
        found.append(f"shapes without a unit: {', '.join(foreign)}")
    invalid = shapes.index[~shapes.is_valid | (shapes.geom_type != "Polygon")]
    if len(invalid):
        found.append(f"not one valid polygon: {', '.join(invalid)}")
    elif not shapely.coverage_is_valid(shapes.geometry.to_numpy()):
        found.append("shapes overlap, or their borders do not share their vertices")
    return found


def publish(units: pd.DataFrame, file: Path = LAYER, folder: Path = PUBLISHED) -> PublishedLayer:
    """Write the layer as TopoJSON into `folder`, its content's hash in its name; return what was published.

    `units`: indexed by code with parent_code. Does nothing where this file is published already. ValueError where
    the layer has faults.
    """
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    current = published(folder)
    if current and current.source_digest == digest:
        return current
    shapes = read(file)
    problems = faults(shapes, units)
    if problems:
        raise ValueError(f"{file.name}: {'; '.join(problems)}")
    body = _topology(shapes, units)
    words = json.loads(file.read_text(encoding="utf-8"))
    west, south, east, north = (float(bound) for bound in shapes.total_bounds)
    layer = PublishedLayer(
        file=f"{file.stem}-{hashlib.sha256(body).hexdigest()[:12]}.json",
        source_digest=digest,
        **{key: words[key] for key in ("title_vi", "title_en", "note_vi", "note_en")},
        bounds=[[south, west], [north, east]],
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / layer.file).write_bytes(body)
    (folder / MANIFEST).write_text(json.dumps(layer.__dict__, ensure_ascii=False), encoding="utf-8")
    return layer


def _topology(shapes: "gpd.GeoDataFrame", units: pd.DataFrame) -> bytes:
    from topojson import Topology

    named = shapes.assign(code=shapes.index, district=units["parent_code"]).reset_index(drop=True)
    topology = Topology(named, object_name="units", prequantize=1e5, topology=True)
    return str(topology.to_json()).encode()


def published(folder: Path = PUBLISHED) -> PublishedLayer | None:
    """Return the layer that browsers fetch now; None before the first build."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return None
    layer = PublishedLayer(**json.loads(manifest.read_text(encoding="utf-8")))
    return layer if (folder / layer.file).exists() else None
