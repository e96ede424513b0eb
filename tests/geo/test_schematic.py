import numpy as np
import pytest
import shapely

from ntm.geo import boundaries, schematic


@pytest.fixture(scope="module")
def shapes(facts):
    return schematic.compute(facts.shaped_units, schematic.load_outline(), facts.communes.index)


def test_one_valid_polygon_per_unit_without_overlaps(shapes, facts) -> None:
    assert len(shapes) == 106
    assert boundaries.faults(shapes, facts.shaped_units) == []


def test_no_holes_and_nothing_outside(shapes) -> None:
    outline = schematic.load_outline()
    union = shapely.union_all(shapes.geometry.to_numpy())
    assert union.symmetric_difference(outline).area / outline.area < 1e-5
    assert union.geom_type == "Polygon"
    assert len(union.interiors) == 0


def test_areas_match_the_table(shapes, facts) -> None:
    """Each commune has its share of the province's land outside the towns' discs, to within 1%."""
    areas = shapes.to_crs(schematic.METRIC).area.loc[facts.communes.index]
    shares = facts.communes["area_km2"] / facts.communes["area_km2"].sum()
    assert (areas / areas.sum() / shares).between(0.99, 1.01).all()
    total = shapes.to_crs(schematic.METRIC).area.sum() / 1e6
    assert total == pytest.approx(facts.shaped_units["area_km2"].sum(), rel=0.01)


def test_points_lie_in_or_near_their_shapes(shapes, facts) -> None:
    points = shapely.points(facts.shaped_units[["lon", "lat"]].to_numpy())
    inside = shapely.contains(shapes.geometry.loc[facts.shaped_units.index].to_numpy(), points)
    assert inside.mean() > 0.9


def test_the_committed_layer_is_the_computed_one(shapes, tmp_path) -> None:
    file = tmp_path / "layer.geojson"
    boundaries.write(shapes, schematic.words("schematic-2024", "Lai Châu"), file)
    committed = boundaries.read(boundaries.BUNDLED / "schematic-2024.geojson")
    assert shapely.equals_exact(
        boundaries.read(file).geometry.to_numpy(), committed.geometry.to_numpy(), tolerance=2e-5
    ).all()


def test_power_cells_of_equal_weights_are_voronoi_cells() -> None:
    sites = np.array([[1.0, 1.0], [3.0, 1.0], [1.0, 3.0], [3.0, 3.0]])
    cells = schematic.power_cells(sites, np.zeros(4), shapely.box(0, 0, 4, 4))
    assert shapely.area(cells) == pytest.approx([4, 4, 4, 4])


def test_a_weight_moves_the_border_by_hand() -> None:
    """|x−1|² − w = |x−3|² at x = 2 + w/4: a weight of 2 moves the border from 2 to 2.5."""
    sites = np.array([[1.0, 1.0], [3.0, 1.0], [1.0, 3.0], [3.0, 3.0]])
    cells = schematic.power_cells(sites, np.array([2.0, 0.0, 2.0, 0.0]), shapely.box(0, 0, 4, 4))
    assert shapely.area(cells) == pytest.approx([5, 3, 5, 3])
