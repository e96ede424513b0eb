"""Geometries that are no plain polygons in degrees: read, or named for what they are."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from ntm.geo import files
from ntm.geo.unfit import Unfit

SQUARES = [shapely.box(103 + place / 10, 22, 103.1 + place / 10, 22.1) for place in range(3)]
CURVED = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:x="http://x" gml:id="a">
<gml:featureMember><x:xa gml:id="b"><x:ten_xa>Bản Bo</x:ten_xa><x:geom>
<gml:MultiSurface srsName="urn:ogc:def:crs:OGC:1.3:CRS84" gml:id="c"><gml:surfaceMember><gml:Surface gml:id="d">
<gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring><gml:curveMember><gml:Curve gml:id="e"><gml:segments>
<gml:LineStringSegment><gml:posList>103 22.1 103 22 103.1 22 103.1 22.1</gml:posList></gml:LineStringSegment>
<gml:Arc><gml:posList>103.1 22.1 103.05 22.15 103 22.1</gml:posList></gml:Arc>
</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches>
</gml:Surface></gml:surfaceMember></gml:MultiSurface></x:geom></x:xa></gml:featureMember></gml:FeatureCollection>
"""


def written(tmp_path: Path, shapes: list, crs: int | None = 4326, name: str = "xa.gpkg") -> Path:
    frame = gpd.GeoDataFrame({"ten_xa": [f"Xã {number}" for number in range(len(shapes))]}, geometry=shapes, crs=crs)
    frame.to_file(tmp_path / name)
    return tmp_path / name


def test_curves_become_lines(tmp_path) -> None:
    file = tmp_path / "xa.gml"
    file.write_text(CURVED, encoding="utf-8")
    (shape,) = files.read(file).shapes.geometry
    half_circle = 3.14159 * 0.05**2 / 2
    assert shape.area == pytest.approx(0.1 * 0.1 + half_circle, rel=0.01)


def test_closed_lines_are_named(tmp_path) -> None:
    with pytest.raises(Unfit, match=r"3 hình là đường khép kín, không phải vùng.*Lines to Polygons"):
        files.read(written(tmp_path, [shapely.LineString(square.exterior) for square in SQUARES]))


def test_what_is_no_area_is_counted(tmp_path) -> None:
    shapes = [*SQUARES, shapely.Point(103, 22), shapely.Point(103, 22), shapely.LineString(SQUARES[0].exterior), None]
    read = files.read(written(tmp_path, shapes, name="xa.geojson"))
    assert len(read.shapes) == 3
    assert read.notes == ["Bỏ qua, không phải vùng: 1 đường, 2 điểm, 1 đối tượng không có hình"]


def test_the_areas_of_a_collection_count(tmp_path) -> None:
    mixed = shapely.GeometryCollection([SQUARES[0], shapely.Point(103, 22)])
    read = files.read(written(tmp_path, [mixed, SQUARES[1]], name="xa.geojson"))
    assert sorted(shape.area for shape in read.shapes.geometry) == pytest.approx([0.01, 0.01])


@pytest.mark.parametrize("crs", [4326, 9205, 3405])
def test_exchanged_axes_are_named(tmp_path, crs: int) -> None:
    metric = gpd.GeoSeries(SQUARES, crs=4326).to_crs(crs)
    exchanged = [shapely.transform(shape, lambda points: points[:, ::-1]) for shape in metric]
    with pytest.raises(Unfit, match=r"tọa độ bị đổi chỗ.*Swap X and Y"):
        files.read(written(tmp_path, exchanged, crs))


def test_metres_that_are_called_degrees_are_named(tmp_path) -> None:
    file = written(tmp_path, list(gpd.GeoSeries(SQUARES, crs=4326).to_crs(9205)), 4326)
    with pytest.raises(Unfit, match=r"tọa độ là mét, mà hệ tọa độ ghi là kinh độ, vĩ độ. Thêm --crs"):
        files.read(file)
    assert len(files.read(file, crs="EPSG:9205").shapes) == 3


def test_exchanged_degrees_without_a_system_are_named(tmp_path) -> None:
    exchanged = [shapely.transform(shape, lambda points: points[:, ::-1]) for shape in SQUARES]
    file = written(tmp_path, exchanged, name="xa.shp")
    file.with_suffix(".prj").unlink()
    with pytest.raises(Unfit, match="tọa độ bị đổi chỗ"):
        files.read(file)
