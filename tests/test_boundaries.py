import json

import geopandas as gpd
import pytest
import shapely

from ntm import boundaries


def test_the_layer_fits_the_units(facts) -> None:
    assert boundaries.faults(boundaries.read(), facts.shaped_units) == []


def test_faults_name_the_units(facts) -> None:
    shapes = boundaries.read()
    renamed = shapes.rename(index={"03628": "00000"})
    assert boundaries.faults(renamed, facts.shaped_units) == [
        "units without a shape: 03628",
        "shapes without a unit: 00000",
    ]


def test_overlaps_are_found(facts) -> None:
    shapes = boundaries.read()
    grown = shapes.geometry.copy()
    grown["03628"] = grown["03628"].buffer(0.01)
    found = boundaries.faults(gpd.GeoDataFrame(geometry=grown, crs=shapes.crs), facts.shaped_units)
    assert found == ["shapes overlap, or their borders do not share their vertices"]


def test_what_is_no_polygon_is_found(facts) -> None:
    shapes = boundaries.read()
    broken = shapes.geometry.copy()
    broken["03628"] = shapely.Polygon([(0, 0), (1, 1), (0, 1), (1, 0)])
    found = boundaries.faults(gpd.GeoDataFrame(geometry=broken, crs=shapes.crs), facts.shaped_units)
    assert found == ["no valid polygon: 03628"]


def test_published_topojson(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, static=tmp_path)
    body = (tmp_path / layer.file).read_bytes()
    units = json.loads(body)["objects"]["units"]["geometries"]
    assert {unit["properties"]["code"] for unit in units} == set(facts.shaped_units.index)
    assert {unit["properties"]["district"] for unit in units} == set(facts.districts.index)
    assert json.loads(body)["names"]["03433"] == {"vi": "TT Mường Tè", "en": "Mường Tè town"}
    assert json.loads(body)["names"]["105"] == {"vi": "TP Lai Châu", "en": "Lai Châu city"}
    assert len(body) < boundaries.LAYER.stat().st_size
    assert boundaries.published(tmp_path) == layer


def test_outer_rings_run_clockwise_and_holes_the_other_way(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, static=tmp_path)
    drawn = gpd.read_file(tmp_path / layer.file).geometry
    assert not shapely.is_ccw([part.exterior for part in drawn.explode()]).any()
    assert all(ring.is_ccw for part in drawn.explode() for ring in part.interiors)
    assert sum(len(part.interiors) for part in drawn.explode()) > 0


def test_publishing_again_changes_nothing(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, static=tmp_path)
    written = (tmp_path / layer.file).stat().st_mtime_ns
    assert boundaries.publish(facts, static=tmp_path) == layer
    assert (tmp_path / layer.file).stat().st_mtime_ns == written


def test_a_lost_file_is_published_again(facts, tmp_path) -> None:
    layer = boundaries.publish(facts, static=tmp_path)
    (tmp_path / layer.file).unlink()
    assert boundaries.published(tmp_path) is None
    assert boundaries.publish(facts, static=tmp_path).file == layer.file


def test_a_faulty_layer_is_not_published(facts, tmp_path) -> None:
    file = tmp_path / "layer.geojson"
    boundaries.write(boundaries.read().drop("03628"), {}, file)
    with pytest.raises(ValueError, match="03628"):
        boundaries.publish(facts, file, tmp_path)
    assert boundaries.published(tmp_path) is None


def test_the_layer_in_use_is_the_one_published_last(facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))
    static = tmp_path / "static"
    assert boundaries.in_use() == boundaries.LAYER
    other = boundaries.folder() / "other.geojson"
    other.parent.mkdir()
    boundaries.write(boundaries.read(), boundaries.words(boundaries.LAYER) | {"title_vi": "Khác"}, other)
    assert list(boundaries.layers()) == ["schematic-2024", "other"]
    assert boundaries.publish(facts, other, static).title_vi == "Khác"
    assert boundaries.in_use() == other
    assert boundaries.publish(facts, static=static).id == "other"
    served = static / boundaries.published(static).file
    other.unlink()
    assert boundaries.in_use() == boundaries.LAYER
    assert boundaries.publish(facts, static=static).id == "schematic-2024"
    assert not served.exists()
