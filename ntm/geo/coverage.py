"""Coverages: shapes that should fill a province without overlaps and holes. Measured, repaired, simplified together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

METRIC = 32648  # UTM zone 48N: metres
GEOGRAPHIC = 4326
GAP_WIDTH = 200  # metres: a gap that is nowhere wider is a sliver between neighbours
TOLERANCE = 200  # metres: cannot be told apart when the whole province is shown
SQUARE_KILOMETRE = 1e6


@dataclass(frozen=True)
class Fit:
    """How shapes fit together, in km²: what they cover, what more than one covers, the holes that none covers."""

    area: float
    overlap: float
    holes: float


def fit(shapes: "gpd.GeoSeries") -> Fit:
    """Measure how shapes (in degrees) fit together."""
    import shapely

    parts = shapes.to_crs(METRIC).make_valid().to_numpy()
    whole = shapely.union_all(parts)
    rings = [ring for part in shapely.get_parts(whole) for ring in getattr(part, "interiors", ())]
    holes = sum(shapely.area(shapely.polygons(ring)) for ring in rings)
    overlap = shapely.area(parts).sum() - whole.area
    return Fit(*(float(area) / SQUARE_KILOMETRE for area in (whole.area, overlap, holes)))


def repair(shapes: "gpd.GeoSeries") -> "gpd.GeoSeries":
    """Return the shapes (in degrees) without overlaps and slivers, neighbours sharing their vertices.

    What two shapes cover, and a gap narrower than GAP_WIDTH, goes to the neighbour with the longest common border.
    """
    import geopandas as gpd
    import shapely

    metric = shapes.to_crs(METRIC).make_valid().map(_polygons)
    cleaned = shapely.coverage_clean(metric.to_numpy(), gap_width=GAP_WIDTH)
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


def _polygons(shape):
    """Repairing a shape may leave loose lines and points beside its polygons."""
    import shapely

    areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    nested = [part for part in shapely.get_parts(shape) if part.geom_type == "MultiPolygon"]
    return shapely.union_all([*areas, *nested])
