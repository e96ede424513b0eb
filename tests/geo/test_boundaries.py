import json

import geopandas as gpd
import pytest
import shapely

from ntm.geo import boundaries

LAYER = boundaries.BUNDLED / "schematic-2024.geojson"


def test_the_layer_fits_the_units(facts) -> None:
    assert boundaries.faults(boundaries.read(LAYER), facts.shaped_units) == []


def test_faults_name_the_units(facts) -> None:
    shapes = boundaries.read(LAYER)
    renamed = shapes.rename(index={"03628": "00000"})
    assert boundaries.faults(renamed, facts.shaped_units) == [
        "đơn vị chưa có hình: 03628",
        "hình không thuộc đơn vị nào: 00000",
    ]


def test_overlaps_are_found(facts) -> None:
    shapes = boundaries.read(LAYER)
    grown = shapes.geometry.copy()
    grown["03628"] = grown["03628"].buffer(0.01)
    found = boundaries.faults(gpd.GeoDataFrame(geometry=grown, crs=shapes.crs), facts.shaped_units)
    assert found == ["các hình chồng lấn, hoặc đường biên chung không trùng đỉnh"]


def test_what_is_no_polygon_is_found(facts) -> None:
    shapes = boundaries.read(LAYER)
    broken = shapes.geometry.copy()
    broken["03628"] = shapely.Polygon([(0, 0), (1, 1), (0, 1), (1, 0)])
    found = boundaries.faults(gpd.GeoDataFrame(geometry=broken, crs=shapes.crs), facts.shaped_units)
    assert found == ["hình không hợp lệ: 03628"]


def test_published_topojson(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, LAYER, tmp_path)
    body = (tmp_path / layer.file).read_bytes()
    units = json.loads(body)["objects"]["units"]["geometries"]
    assert {unit["properties"]["code"] for unit in units} == set(facts.shaped_units.index)
    assert json.loads(body)["names"]["03433"] == {"vi": "TT Mường Tè", "en": "Mường Tè town"}
    assert len(body) < LAYER.stat().st_size
    assert boundaries.published(facts, tmp_path) == layer


def test_outer_rings_run_clockwise_and_holes_the_other_way(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, LAYER, tmp_path)
    drawn = gpd.read_file(tmp_path / layer.file).geometry
    assert not shapely.is_ccw([part.exterior for part in drawn.explode()]).any()
    assert all(ring.is_ccw for part in drawn.explode() for ring in part.interiors)
    assert sum(len(part.interiors) for part in drawn.explode()) > 0


def test_publishing_again_changes_nothing(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, LAYER, tmp_path)
    written = (tmp_path / layer.file).stat().st_mtime_ns
    assert boundaries.publish(facts, LAYER, tmp_path) == layer
    assert (tmp_path / layer.file).stat().st_mtime_ns == written


def test_a_lost_file_is_published_again(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, LAYER, tmp_path)
    (tmp_path / layer.file).unlink()
    assert boundaries.published(facts, tmp_path) is None
    assert boundaries.publish(facts, LAYER, tmp_path).file == layer.file


def test_a_faulty_layer_is_not_published(facts, tmp_path) -> None:
    file = tmp_path / "layer.geojson"
    boundaries.write(boundaries.read(LAYER).drop("03628"), {}, file)
    with pytest.raises(ValueError, match="03628"):
        boundaries.publish(facts, file, tmp_path)
    assert boundaries.published(facts, tmp_path) is None


def test_the_layer_in_use_is_the_one_published_last(facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))
    static = tmp_path / "static"
    assert boundaries.in_use(facts) == LAYER
    other = boundaries.folder() / "other.geojson"
    other.parent.mkdir()
    boundaries.write(boundaries.read(LAYER), boundaries.words(LAYER) | {"title_vi": "Khác"}, other)
    assert list(boundaries.layers()) == ["schematic-2024", "schematic-2025", "other"]
    assert boundaries.publish(facts, other, static).title_vi == "Khác"
    assert boundaries.in_use(facts) == other
    assert boundaries.publish(facts, boundaries.in_use(facts), static).id == "other"
    served = static / boundaries.published(facts, static).file
    other.unlink()
    assert boundaries.in_use(facts) == LAYER
    assert boundaries.publish(facts, boundaries.in_use(facts), static).id == "schematic-2024"
    assert not served.exists()


def test_each_division_has_a_layer_that_its_units_tell_apart(facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))
    later, static = facts.at("2026-06-30"), tmp_path / "static"
    renamed = tmp_path / "anything.geojson"
    renamed.write_bytes((boundaries.BUNDLED / "schematic-2025.geojson").read_bytes())
    assert [boundaries.division_of(file, facts) for file in (LAYER, renamed)] == ["", "2025-07-01"]
    boundaries.publish_all(facts, static)
    assert [boundaries.published(then, static).id for then in (facts, later)] == ["schematic-2024", "schematic-2025"]
    boundaries.publish(facts, renamed, static)
    assert [boundaries.published(then, static).id for then in (facts, later)] == ["schematic-2024", "anything"]


def test_the_units_of_2025_have_the_shapes_of_those_that_they_succeeded(facts) -> None:
    before, after = (boundaries.read(boundaries.BUNDLED / f"schematic-{year}.geojson") for year in (2024, 2025))
    assert boundaries.faults(after, facts.at("2025-07-01").shaped_units) == []
    successors = facts.timeline.successions.set_index("code")["successor_code"]
    for code, shape in after.geometry.items():
        parts = before.geometry[successors.index[successors == code]]
        assert shape.symmetric_difference(shapely.union_all(parts.to_numpy())).area < 1e-9


def test_the_layer_that_an_older_version_had_in_use_stays_in_use(facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path))
    own = tmp_path / "own.geojson"
    own.write_bytes(LAYER.read_bytes())
    boundaries.publish(facts, own, tmp_path)
    manifest = tmp_path / boundaries.MANIFEST
    old = json.loads(manifest.read_text(encoding="utf-8"))[""]
    del old["division"], old["has_before"]
    manifest.write_text(json.dumps(old), encoding="utf-8")
    assert boundaries.published(facts, tmp_path) is None
    boundaries.publish_all(facts, tmp_path)
    assert boundaries.published(facts, tmp_path).id == "own"


def test_a_layer_has_the_borders_of_the_division_before(facts, tmp_path) -> None:
    first, later = boundaries.publish_all(facts, tmp_path)
    assert (first.has_before, later.has_before) == (False, True)
    objects = json.loads((tmp_path / later.file).read_bytes())["objects"]
    assert {name: len(drawn["geometries"]) for name, drawn in objects.items()} == {"units": 38, "before": 106}
