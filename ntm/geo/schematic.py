"""The schematic layers: a shape for every unit, computed from its point and its area; not legal boundaries.

Communes are the cells of a power diagram (a Voronoi diagram with a weight per point), clipped by the province's
outline. The weights are found by Newton's method so that every cell has its commune's share of the province's area
(a semi-discrete optimal transport; Kitagawa, Mérigot and Thibert, "Convergence of a Newton algorithm for semi-discrete
optimal transport", 2019). Towns and wards, which are not counted, are discs at their points, divided where they
meet.

A unit of 2025 has the shapes of those that it succeeded, put together.

A layer has no overlaps and no holes: all lines are cut at one another on a grid of about one metre before the
shapes are put together again, so that neighbours share their vertices exactly.
"""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import ConvexHull

from ntm import units
from ntm.geo.coverage import GEOGRAPHIC, METRIC
from ntm.paths import DATA
from ntm.timeline import Timeline

OUTLINE = DATA / "units" / "outline.csv"
TITLES = {  # layer → its title
    "schematic-2024": (
        "Sơ đồ các xã {province} (trước 1/7/2025)",
        "Schematic communes of {province} (before 1 July 2025)",
    ),
    "schematic-2025": (
        "Sơ đồ các xã, phường {province} (từ 1/7/2025)",
        "Schematic communes of {province} (since 1 July 2025)",
    ),
}
WORDS = {
    "note_vi": "Sơ đồ, không phải ranh giới pháp lý",
    "note_en": "A schematic, not legal boundaries",
    "terms_vi": "Dùng tự do, CC0-1.0",
    "terms_en": "Free to use, CC0-1.0",
    "date": "2026-11-23",
}
BEFORE_REFORM = "2025-06-30"  # the last day of the units that have points
GRID = 1e-5  # degrees: about a metre
DISC_SHARE = 0.75  # of the area of a town: whole discs cut two communes in parts
FAR = 1e6  # metres: three sites that far from the centre close the outermost cells
TOLERANCE = 1e-4  # of the mean cell's area
MAX_STEPS = 100
SMALLEST_STEP = 1e-6


def words(layer: str, province: str) -> dict[str, str]:
    """Return the words of a layer of TITLES for a province (its name); see boundaries.WORDS."""
    title_vi, title_en = (title.format(province=province) for title in TITLES[layer])
    return {"title_vi": title_vi, "title_en": title_en} | WORDS


def layers(timeline: Timeline) -> dict[str, gpd.GeoDataFrame]:
    """Compute every layer: name → polygons, indexed by code, in degrees."""
    before = units.within(units.at(timeline.all_units, BEFORE_REFORM), timeline.province)
    shaped = units.in_order(before[before["level"] == "commune"])
    drawn = compute(shaped, load_outline(), shaped.index[shaped["kind"] == "xã"])
    return {"schematic-2024": drawn, "schematic-2025": succeeded(drawn, timeline.successions)}


def succeeded(shapes: gpd.GeoDataFrame, successions: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the successors' shapes, each the union of those that it succeeded, indexed by code."""
    codes = shapes.index.map(successions.set_index("code")["successor_code"]).rename("code")
    return shapes.dissolve(codes, method="coverage")[["geometry"]]


def load_outline(file: Path = OUTLINE) -> shapely.Polygon:
    """Return the province's outline in degrees (points at 0.01°, about 1 km; approximate)."""
    return shapely.Polygon(pd.read_csv(file)[["lon", "lat"]].to_numpy())


def compute(places: pd.DataFrame, outline: shapely.Polygon, counted: pd.Index) -> gpd.GeoDataFrame:
    """Compute a polygon for each unit, indexed by code, in degrees.

    `places` is indexed by code with lat, lon (degrees) and area_km2; those in `counted` become cells, the others
    discs. The polygons fill the outline without overlap.
    """
    province = gpd.GeoSeries([outline], crs=GEOGRAPHIC).to_crs(METRIC).iloc[0]
    points = gpd.GeoSeries.from_xy(places["lon"], places["lat"], index=places.index, crs=GEOGRAPHIC).to_crs(METRIC)
    discs = disc_cells(points.drop(counted), places["area_km2"].drop(counted) * DISC_SHARE * 1e6, province)
    land = province.difference(shapely.union_all(discs.to_numpy()))
    areas = places.loc[counted, "area_km2"]
    cells = area_cells(points.loc[counted], areas / areas.sum() * land.area, land)
    shapes = gpd.GeoSeries(pd.concat([cells, discs]), crs=METRIC).to_crs(GEOGRAPHIC)
    return gpd.GeoDataFrame(geometry=tile(shapes, outline, counted).reindex(places.index), crs=GEOGRAPHIC)


def power_diagram(sites: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of the power diagram (m × 2) and the three sites that meet at each (m × 3, indices).

    `sites`: n × 2; `weights`: n, in squared units of the sites. A point belongs to the site with the least
    |point − site|² − weight. Indices from n on stand for far-away sites that close the outermost cells. The lower
    hull of the lifted sites is the dual of the diagram (Aurenhammer 1987).
    """
    centre = sites.mean(axis=0)
    frame = FAR * np.array([[1, 0], [-0.5, 1], [-0.5, -1]])
    flat = np.vstack([sites - centre, frame])
    heights = (flat**2).sum(axis=1) - np.append(weights, np.zeros(len(frame)))
    hull = ConvexHull(np.column_stack([flat, heights]))
    lower = hull.equations[:, 2] < 0
    normals = hull.equations[lower]
    return centre - normals[:, :2] / (2 * normals[:, 2:3]), hull.simplices[lower]


def power_cells(sites: np.ndarray, weights: np.ndarray, land: shapely.Geometry) -> np.ndarray:
    """Return each site's cell of the power diagram, clipped to `land`; empty where a site has no corner."""
    corners, meeting = power_diagram(sites, weights)
    rings = [shapely.MultiPoint(corners[(meeting == site).any(axis=1)]).convex_hull for site in range(len(sites))]
    return shapely.intersection(np.array(rings, dtype=object), land)


def area_cells(points: gpd.GeoSeries, areas: pd.Series, land: shapely.Geometry) -> gpd.GeoSeries:
    """Return power cells with these areas (m²; they must sum to the land's). RuntimeError where none are found."""
    sites = np.column_stack([points.x, points.y])
    wanted = areas.to_numpy()
    weights = np.zeros(len(sites))
    cells = power_cells(sites, weights, land)
    for _step in range(MAX_STEPS):
        error = wanted - shapely.area(cells)
        if np.abs(error).max() < TOLERANCE * wanted.mean():
            return gpd.GeoSeries(cells, index=points.index, crs=METRIC)
        direction = np.linalg.lstsq(_slope(sites, weights, land), error, rcond=None)[0]
        weights, cells = _advance(sites, weights, direction, wanted, cells, land)
    raise RuntimeError(f"No weights found in {MAX_STEPS} steps; largest error {np.abs(error).max() / 1e6:.3f} km².")


def _slope(sites: np.ndarray, weights: np.ndarray, land: shapely.Geometry) -> np.ndarray:
    """How each area changes with each weight: the length of the shared side over twice the sites' distance."""
    corners, meeting = power_diagram(sites, weights)
    pairs = np.sort(meeting[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    ends = np.repeat(corners, 3, axis=0)
    order = np.lexsort(pairs.T)
    pairs, ends = pairs[order], ends[order]
    first = np.flatnonzero((pairs[:-1] == pairs[1:]).all(axis=1) & (pairs[:-1] < len(sites)).all(axis=1))
    sides = shapely.linestrings(np.stack([ends[first], ends[first + 1]], axis=1))
    lengths = shapely.length(shapely.intersection(sides, land))
    one, other = pairs[first].T
    slope = np.zeros((len(sites), len(sites)))
    slope[one, other] = slope[other, one] = -lengths / (2 * np.linalg.norm(sites[one] - sites[other], axis=1))
    np.fill_diagonal(slope, -slope.sum(axis=1))
    return slope


def _advance(
    sites: np.ndarray,
    weights: np.ndarray,
    direction: np.ndarray,
    wanted: np.ndarray,
    cells: np.ndarray,
    land: shapely.Geometry,
) -> tuple[np.ndarray, np.ndarray]:
    """Go along the Newton direction, halving the step until no cell vanishes and the error shrinks."""
    floor = min(shapely.area(cells).min(), wanted.min()) / 2
    error = np.abs(wanted - shapely.area(cells)).sum()
    step = 1.0
    while step > SMALLEST_STEP:
        tried = power_cells(sites, weights + step * direction, land)
        areas = shapely.area(tried)
        if areas.min() >= floor and np.abs(wanted - areas).sum() < error:
            return weights + step * direction, tried
        step /= 2
    raise RuntimeError("The cells' areas cannot be brought closer to the table's.")


def disc_cells(points: gpd.GeoSeries, areas: pd.Series, land: shapely.Geometry) -> gpd.GeoSeries:
    """Return discs of the given areas (m²) at the points; where discs meet, each keeps its side of their power line."""
    squared_radii = (areas / np.pi).to_numpy()
    discs = points.buffer(np.sqrt(squared_radii), quad_segs=8).to_numpy()
    sites = np.column_stack([points.x, points.y])
    cells = power_cells(sites, squared_radii, land.envelope)
    own = shapely.intersection(shapely.intersection(discs, cells), land)
    return gpd.GeoSeries([_largest(shape) for shape in own], index=points.index, crs=METRIC)


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    return max(shapely.get_parts(shape), key=shapely.area)


def tile(shapes: gpd.GeoSeries, outline: shapely.Polygon, cells: pd.Index) -> gpd.GeoSeries:
    """Cut all shapes' lines at one another on the grid and give each face to its shape: one polygon per shape.

    A face that is cut off from its shape's main part goes to the one of `cells` with which it shares the longest
    border.
    """
    lines = shapely.union_all([*shapes.boundary, outline.boundary], grid_size=GRID)
    faces = np.array(
        [face for face in shapely.get_parts(shapely.polygonize([lines])) if not _is_outside(face, outline)]
    )
    owners = _owners(faces, shapes)
    main = {code: _main_part(faces[owners == code]) for code in shapes.index}
    for face in _loose(faces, main):
        borders = {code: shapely.length(shapely.intersection(face.boundary, main[code].boundary)) for code in cells}
        neighbour = max(borders, key=borders.__getitem__)
        main[neighbour] = _united([main[neighbour], face])
    return gpd.GeoSeries(main, crs=GEOGRAPHIC)


def _is_outside(face: shapely.Polygon, outline: shapely.Polygon) -> bool:
    return not outline.buffer(GRID).contains(face.representative_point())


def _owners(faces: np.ndarray, shapes: gpd.GeoSeries) -> np.ndarray:
    inside = shapely.point_on_surface(faces)
    nearest = shapely.STRtree(shapes.to_numpy()).nearest(inside)
    return shapes.index.to_numpy()[nearest]


def _main_part(faces: np.ndarray) -> shapely.Polygon:
    return _largest(_united(faces))


def _united(shapes: Sequence[shapely.Geometry] | np.ndarray) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.union_all(shapes, grid_size=GRID))
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _loose(faces: np.ndarray, main: dict[str, shapely.Polygon]) -> list[shapely.Polygon]:
    held = shapely.union_all(list(main.values()), grid_size=GRID)
    shapely.prepare(held)
    return [face for face in faces if not held.contains(face.representative_point())]
