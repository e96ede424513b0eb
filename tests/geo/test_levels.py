"""Names and levels of somebody else's layer: other levels left out, old fonts converted, misread letters named."""

import geopandas as gpd
import pandas as pd
import pytest

from ntm.geo import importing
from ntm.geo.unfit import Unfit
from tests import foreign
from tests.test_legacy import in_tcvn3, in_vni

DISTRICTS = 8


@pytest.fixture(autouse=True)
def installation(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))


@pytest.fixture(scope="module")
def rows(facts) -> gpd.GeoDataFrame:
    return foreign.units(facts)


def take(frame: gpd.GeoDataFrame, facts, tmp_path, name: str = "xa.geojson", **options) -> importing.Report:
    frame.to_file(tmp_path / name)
    return importing.take(tmp_path / name, facts, **options)


def with_districts(rows: gpd.GeoDataFrame, *, kinds: bool, levels: bool) -> gpd.GeoDataFrame:
    """As of OpenStreetMap: the province and its districts among the communes, told apart by kind, level or place."""
    prefix = rows["kind"].str.capitalize() + " "
    communes = rows.assign(name=(prefix if kinds else "") + rows["name"], admin_level="8")
    districts = rows.dissolve("district").reset_index()
    districts = districts.assign(name=("Huyện " if kinds else "") + districts["district"], admin_level="6")
    province = rows.dissolve("province").reset_index()
    province = province.assign(name=("Tỉnh " if kinds else "") + province["province"], admin_level="4")
    every = gpd.GeoDataFrame(pd.concat([districts, communes, province], ignore_index=True), crs=4326)
    return every[["name", "admin_level", "geometry"] if levels else ["name", "geometry"]]


@pytest.mark.parametrize(("kinds", "levels"), [(True, True), (True, False), (False, True), (False, False)])
def test_districts_among_communes_are_left_out_and_named(facts, rows, tmp_path, kinds: bool, levels: bool) -> None:
    report = take(with_districts(rows, kinds=kinds, levels=levels), facts, tmp_path)
    assert (report.match.matched, len(report.match.rows)) == (106, 106)
    (note,) = report.notes
    assert note.startswith(f"Bỏ qua, không phải cấp xã: {DISTRICTS + 1} hình (")
    assert "Tam Đường" in note


@pytest.mark.parametrize(
    "province", ["Lai Chau Province", "Tỉnh Lai Châu", "T. Lai Chau", "Tinh Lai Chau", "LAI CHÂU", "LaiChâu"]
)
def test_the_province_under_its_other_names(facts, rows, tmp_path, province: str) -> None:
    assert take(rows.assign(province=province), facts, tmp_path).match.matched == 106


def test_kinds_in_english_and_without_marks(facts, rows, tmp_path) -> None:
    english = {"xã": " Commune", "thị trấn": " Town", "phường": " Ward"}
    named = rows.assign(name=rows["name"] + rows["kind"].map(english), district=rows["district"] + " District")
    assert take(named[["name", "district", "geometry"]], facts, tmp_path).match.matched == 106
    plain = {"xã": "Xa ", "thị trấn": "Thi tran ", "phường": "Phuong "}
    named = rows.assign(name=rows["kind"].map(plain) + rows["name"], district="Huyen " + rows["district"])
    assert take(named[["name", "kind", "district", "geometry"]], facts, tmp_path).match.matched == 106


def test_a_shape_without_a_name_is_counted(facts, rows, tmp_path) -> None:
    lake = rows.iloc[:1].assign(geometry=rows.geometry.iloc[0].representative_point().buffer(0.01))
    lake = lake.assign(name=None, kind=None, district=None, code=None)
    report = take(gpd.GeoDataFrame(pd.concat([rows, lake], ignore_index=True), crs=4326), facts, tmp_path)
    (note,) = report.notes
    assert note.startswith("Bỏ qua, không có tên: 1 hình, diện tích 3,")


@pytest.mark.parametrize(("font", "write"), [("TCVN3", in_tcvn3), ("VNI", in_vni)])
def test_names_in_an_old_font_are_converted_and_the_font_is_named(facts, rows, tmp_path, font: str, write) -> None:
    old = rows.assign(**{column: rows[column].map(write) for column in ("name", "district", "kind")})
    old = old[["name", "district", "kind", "geometry"]]
    report = take(old, facts, tmp_path)
    assert report.match.matched == 106
    assert all(note.startswith(f"Phông chữ cũ {font}, đã chuyển sang Unicode: ") for note in report.notes)


def test_misread_letters_are_named_with_the_way_out(facts, rows, tmp_path) -> None:
    columns = {
        column: rows[column].map(lambda words: words.encode().decode("latin-1")) for column in ("name", "district")
    }
    misread = rows.assign(**columns)[["name", "district", "geometry"]]
    with pytest.raises(Unfit, match=r"đọc sai mã, ví dụ “.*” → “Bản Bo”. Chạy lại với --encoding UTF-8"):
        take(misread, facts, tmp_path)
    assert take(misread, facts, tmp_path, encoding="utf-8").match.matched == 106


def test_names_that_are_not_in_the_encoding_asked_for(facts, rows, tmp_path) -> None:
    old = rows.assign(name=rows["name"].map(in_tcvn3))[["name", "geometry"]]
    old.to_file(tmp_path / "xa.shp", encoding="ISO-8859-1")
    with pytest.raises(Unfit, match=r"tên không phải mã chữ UTF-8. Thử --encoding ISO-8859-1"):
        importing.take(tmp_path / "xa.shp", facts, encoding="UTF-8")


def test_letters_that_are_lost_are_named(facts, rows, tmp_path) -> None:
    lost = rows.assign(name=rows["name"].map(lambda words: words.encode("ascii", "replace").decode()))
    with pytest.raises(Unfit, match=r"chữ có dấu đã mất trong tệp, ví dụ “B\?n Bo” \(\d+ tên\). Xuất lại"):
        take(lost, facts, tmp_path)
