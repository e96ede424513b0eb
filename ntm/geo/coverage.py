"""Coverages: shapes that should fill a province without overlaps and holes. Measured, repaired, simplified together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

METRIC = 32648  # UTM zone 48N: metres
GEOGRAPHIC = 4326
GAP_WIDTH = 200  # metres: a gap that is nowhere wider is a sliver between neighbours
TOLERANCE = 200  # metres: cannot be distinguished when the whole province is shown
SQUARE_KILOMETRE = 1e6


@dataclass(frozen=True)
class Fit:
    """How shapes fit together, in km²: what they cover, what more than one covers, the holes that none covers."""

    area: float
    overlap: float
    holes: float


def in_metres(shapes: "gpd.GeoSeries") -> "gpd.GeoSeries":
    """Return shapes (in degrees) as valid polygons in metres."""
    return shapes.to_crs(METRIC).make_valid().map(_polygons)


def areas(shapes: "gpd.GeoSeries") -> "pd.Series":
    """Return the area of each shape (in degrees) in km², as it is drawn: what crosses itself counts against itself."""
    return shapes.to_crs(METRIC).area / SQUARE_KILOMETRE


def holes(shapes: "gpd.GeoSeries") -> "gpd.GeoSeries":
    """Return what shapes (in degrees) surround and none covers, in metres, the largest first."""
    import geopandas as gpd
    import shapely

    whole = shapely.union_all(in_metres(shapes).to_numpy())
    rings = [ring for part in shapely.get_parts(whole) for ring in getattr(part, "interiors", ())]
    found = gpd.GeoSeries([shapely.Polygon(ring) for ring in rings], crs=METRIC)
    return found.iloc[found.area.argsort()[::-1]].reset_index(drop=True)


def fit(shapes: "gpd.GeoSeries") -> Fit:
    """Measure how shapes (in degrees) fit together."""
    import shapely

    parts = shapes.to_crs(METRIC).make_valid().to_numpy()
    whole = shapely.union_all(parts)
    overlap = shapely.area(parts).sum() - whole.area
    return Fit(*(float(area) / SQUARE_KILOMETRE for area in (whole.area, overlap, holes(shapes).area.sum())))


def repair(shapes: "gpd.GeoSeries") -> "gpd.GeoSeries":
    """Return the shapes (in degrees) without overlaps and slivers, neighbours sharing their vertices.

    What two shapes cover, and a gap narrower than GAP_WIDTH, goes to the neighbour with the longest common border.
    """
    import geopandas as gpd
    import shapely

    cleaned = shapely.coverage_clean(in_metres(shapes).to_numpy(), gap_width=GAP_WIDTH)
    return gpd.GeoSeries(cleaned, index=shapes.index, crs=METRIC).to_crs(GEOGRAPHIC)


def simplify(shapes: "gpd.GeoSeries", tolerance: float = TOLERANCE) -> "gpd.GeoSeries":
    """Return a coverage (in degrees) with fewer vertices, common borders staying common (Visvalingam and Whyatt)."""
    import shapely

    metric = shapes.to_crs(METRIC)
    simplified = shapely.coverage_simplify(metric.to_numpy(), tolerance)
    return type(shapes)(simplified, index=shapes.index, crs=METRIC).to_crs(GEOGRAPHIC)


def vertices(shapes: "gpd.GeoSeries") -> int:
    """Return the number of vertices of all shapes."""
    import shapely

    return int(shapely.get_num_coordinates(shapes.to_numpy()).sum())


def _polygons(shape: Any) -> Any:
    """Repairing a shape may leave loose lines and points next to its polygons."""
    import shapely

    areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    nested = [part for part in shapely.get_parts(shape) if part.geom_type == "MultiPolygon"]
    return shapely.union_all([*areas, *nested])
