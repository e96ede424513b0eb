import geopandas as gpd
import pytest
import shapely

from ntm.geo import coverage

WEST, EAST = shapely.box(103, 22, 103.1, 22.1), shapely.box(103.1, 22, 103.2, 22.1)


def layer(*shapes: shapely.Geometry) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapes, index=[str(number) for number in range(len(shapes))], crs=4326)


def test_two_squares_side_by_side() -> None:
    fit = coverage.fit(layer(WEST, EAST))
    assert fit.area == pytest.approx(2 * 10.31 * 11.08, rel=0.01)  # km: 0.1° of longitude, of latitude at 22° N
    assert fit.overlap == pytest.approx(0, abs=1e-6)
    assert fit.holes == 0


def test_an_overlap_is_measured_and_repaired() -> None:
    shapes = layer(WEST.buffer(0.001, join_style="mitre"), EAST)
    assert coverage.fit(shapes).overlap == pytest.approx(0.001 * 111 * 0.927 * 11.08, rel=0.05)
    repaired = coverage.repair(shapes)
    assert coverage.fit(repaired).overlap == pytest.approx(0, abs=1e-6)
    assert shapely.coverage_is_valid(repaired.to_numpy())


def test_a_sliver_is_filled_and_a_lake_stays() -> None:
    sliver = shapely.box(103.0999, 22.02, 103.1, 22.08)
    lake = shapely.box(103.15, 22.04, 103.16, 22.05)
    beside = shapely.Polygon([(103.1, 22), (103.1, 22.02), (103.1, 22.08), (103.1, 22.1), (103.2, 22.1), (103.2, 22)])
    shapes = layer(WEST.difference(sliver), beside.difference(lake))
    holes = coverage.fit(shapes).holes
    left = coverage.fit(coverage.repair(shapes)).holes
    assert holes > left == pytest.approx(1.03 * 1.108, rel=0.02)


def test_simplifying_keeps_common_borders() -> None:
    wavy = [(103.1 + 0.0003 * (-1) ** step, 22 + step * 0.005) for step in range(21)]
    west = shapely.Polygon([(103, 22), *wavy, (103, 22.1)])
    east = shapely.Polygon([(103.2, 22), *wavy, (103.2, 22.1)])
    shapes = coverage.repair(layer(west, east))
    simple = coverage.simplify(shapes)
    assert coverage.vertices(simple) < coverage.vertices(shapes) / 3
    assert shapely.coverage_is_valid(simple.to_numpy())


def test_a_bow_tie_is_made_valid() -> None:
    bow = shapely.Polygon([(103, 22), (103.1, 22.1), (103.1, 22), (103, 22.1)])
    assert coverage.repair(layer(bow, EAST)).is_valid.all()
