import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest

from ntm.geo import archives, boundaries, importing
from ntm.geo.unfit import Unfit
from tests import foreign


@pytest.fixture(autouse=True)
def installation(monkeypatch, tmp_path) -> Path:
    """An installation of the test's own; at the end no other layer than before is in use."""
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))
    return tmp_path


@pytest.fixture(scope="module")
def rows(facts) -> gpd.GeoDataFrame:
    return foreign.units(facts)


def written(frame: gpd.GeoDataFrame, file: Path, **options) -> Path:
    frame.to_file(file, **options)
    return file


def as_gadm_json(rows, folder: Path) -> Path:
    inside = folder / "packed"
    inside.mkdir()
    written(foreign.gadm(foreign.before_2020(rows)), inside / "gadm41_VNM_3.json", driver="GeoJSON")
    return foreign.zipped(inside, folder / "gadm41_VNM_3.json.zip")


def as_gadm_gpkg(rows, folder: Path) -> Path:
    file = folder / "gadm41_VNM.gpkg"
    detailed = foreign.gadm(foreign.before_2020(rows), spaces=True)
    written(detailed.drop(columns=["GID_3", "NAME_3", "TYPE_3"]).assign(GID_2="VNM.36.1_1"), file, layer="ADM_ADM_2")
    return written(detailed, file, layer="ADM_ADM_3")


def as_gadm_shapefiles(rows, folder: Path) -> Path:
    inside = folder / "packed"
    inside.mkdir()
    detailed = foreign.gadm(foreign.before_2020(rows), spaces=True)
    written(detailed.drop(columns=["GID_3", "NAME_3", "TYPE_3"]).assign(GID_2="x"), inside / "gadm41_VNM_2.shp")
    written(detailed, inside / "gadm41_VNM_3.shp", encoding="UTF-8")
    return foreign.zipped(inside, folder / "gadm41_VNM_shp.zip")


def as_cod_ab(rows, folder: Path) -> Path:
    return written(foreign.cod_ab(rows), folder / "vnm_admbnda_adm3.geojson")


def as_geoboundaries(rows, folder: Path) -> Path:
    return written(foreign.geoboundaries(rows), folder / "geoBoundaries-VNM-ADM3.geojson")


def as_cadastre(rows, folder: Path) -> Path:
    return written(foreign.cadastre(rows), folder / "dia-chinh.gpkg")


def as_names(rows, folder: Path) -> Path:
    named = rows.rename(columns={"name": "Tên xã", "district": "Huyện", "kind": "Loại"})
    return written(named[["Tên xã", "Huyện", "Loại", "geometry"]], folder / "xa.geojson")


@pytest.mark.parametrize(
    ("make", "source", "count"),
    [
        (as_gadm_json, "GADM 4.1", 108),
        (as_gadm_gpkg, "GADM 4.1", 108),
        (as_gadm_shapefiles, "GADM 4.1", 108),
        (as_cod_ab, "COD-AB (OCHA)", 106),
        (as_geoboundaries, "geoBoundaries", 106),
        (as_cadastre, "dia-chinh", 106),
        (as_names, "xa", 106),
    ],
)
def test_each_source_gives_every_unit_its_shape(facts, rows, tmp_path, make, source: str, count: int) -> None:
    report = importing.take(make(rows, tmp_path), facts)
    assert (report.source, len(report.match.rows), report.match.matched) == (source, count, 106)
    shapes = boundaries.read(report.file)
    assert boundaries.faults(shapes, facts.shaped_units) == []
    original = rows.set_index("code").geometry.to_crs(32648).make_valid()
    imported = shapes.geometry.reindex(original.index).to_crs(32648).make_valid()
    shared = imported.intersection(original).area / imported.union(original).area
    assert shared.min() > 0.85  # simplified, and from VN-2000 and back
    assert report.sound.after.area == pytest.approx(report.expected_area, rel=0.02)


def test_merged_communes_are_dissolved_and_named(facts, rows, tmp_path) -> None:
    report = importing.take(as_gadm_json(rows, tmp_path), facts)
    joined = report.match.rows.query("relation != ''").set_index("name")["code"].to_dict()
    assert joined == {"NậmLoỏng": "03403", "MaLiChải": "03550"}


def test_the_layer_carries_its_source_and_terms(facts, rows, tmp_path) -> None:
    report = importing.take(as_gadm_json(rows, tmp_path), facts)
    words = boundaries.words(report.file)
    assert words["note_en"] == "Boundaries: GADM 4.1"
    assert "non-commercial" in words["terms_en"]


def test_overlaps_and_slivers_are_measured_and_cleaned(facts, rows, tmp_path) -> None:
    grown = rows.copy()
    at = grown["code"] == "03628"
    grown.loc[at, "geometry"] = grown.geometry[at].to_crs(32648).buffer(400).to_crs(4326)
    report = importing.take(written(foreign.cod_ab(grown), tmp_path / "overlapping.geojson"), facts)
    assert report.sound.before.overlap > 5
    assert boundaries.faults(boundaries.read(report.file), facts.shaped_units) == []


def test_an_encoding_may_be_named(facts, rows, tmp_path) -> None:
    file = written(rows[["name", "kind", "district", "geometry"]], tmp_path / "xa.shp", encoding="UTF-8")
    file.with_suffix(".cpg").unlink()
    with pytest.raises(Unfit, match=r"“Báº£n Bo” → “Bản Bo”. Chạy lại với --encoding UTF-8"):
        importing.take(file, facts)
    with pytest.raises(Unfit, match="Không hiểu mã chữ “UFT-8”"):
        importing.take(file, facts, encoding="UFT-8")
    assert importing.take(file, facts, encoding="UTF-8").match.matched == 106


def test_a_coordinate_system_may_be_named(facts, rows, tmp_path) -> None:
    file = written(foreign.cadastre(rows), tmp_path / "xa.shp")
    file.with_suffix(".prj").unlink()
    with pytest.raises(Unfit, match="--crs EPSG:9205"):
        importing.take(file, facts)
    assert importing.take(file, facts, crs="EPSG:9205").match.matched == 106
    with pytest.raises(Unfit, match="“nonsense”"):
        importing.take(file, facts, crs="nonsense")


def test_a_wrong_coordinate_system_is_noticed(facts, rows, tmp_path) -> None:
    with pytest.raises(Unfit, match=r"không có đơn vị nào của Lai Châu|cách vị trí đã biết"):
        importing.take(as_cadastre(rows, tmp_path), facts, crs="EPSG:3405")


def in_2025(facts, rows) -> gpd.GeoDataFrame:
    later = facts.timeline.all_units[facts.timeline.all_units["valid_from"] == "2025-07-01"].set_index("code")["name"]
    successor = facts.timeline.successions.set_index("code")["successor_code"]
    merged = rows.assign(later=rows["code"].map(successor)).dissolve("later").reset_index()
    return merged.assign(name=merged["later"].map(later))[["name", "province", "geometry"]]


def test_the_units_of_2025_are_told_apart_by_themselves(facts, rows, tmp_path) -> None:
    report = importing.take(written(in_2025(facts, rows), tmp_path / "moi.geojson"), facts)
    assert (report.match.matched, report.match.wanted) == (38, 38)
    assert boundaries.division_of(report.file, facts) == "2025-07-01"


def test_districts_alone_are_told_apart(facts, rows, tmp_path) -> None:
    districts = rows.dissolve("district").reset_index()[["district", "province", "geometry"]]
    named = districts.rename(columns={"district": "name"})
    with pytest.raises(Unfit, match="lớp cấp huyện"):
        importing.take(written(named, tmp_path / "huyen.geojson"), facts)
    second = foreign.gadm(rows).drop(columns=["GID_3", "NAME_3", "TYPE_3"]).assign(GID_2="x")
    with pytest.raises(Unfit, match=r"chỉ có cấp huyện hoặc tỉnh \(cột GID_2\)"):
        importing.take(written(second, tmp_path / "gadm41_VNM_2.json", driver="GeoJSON"), facts)


def test_another_province_is_told_apart(facts, rows, tmp_path) -> None:
    elsewhere = foreign.gadm(rows).assign(NAME_1="ĐiệnBiên")
    with pytest.raises(Unfit, match=r"không có đơn vị nào của Lai Châu. Trong tệp có: ĐiệnBiên"):
        importing.take(written(elsewhere, tmp_path / "khac.geojson"), facts)
    moved = foreign.geoboundaries(rows)
    moved["geometry"] = moved.translate(5, -3)
    with pytest.raises(Unfit, match=r"không có đơn vị nào của Lai Châu"):
        importing.take(written(moved, tmp_path / "xa.geojson"), facts)


def test_missing_units_and_unknown_names_are_named(facts, rows, tmp_path) -> None:
    changed = rows.assign(name=rows["name"].replace({"Pha Mu": "Fa Mu<b>\x1b[31m"}))[
        lambda frame: frame["code"] != "03409"
    ]
    with pytest.raises(Unfit) as refused:
        importing.take(written(foreign.cod_ab(changed), tmp_path / "thieu.geojson"), facts)
    sentence = str(refused.value)
    assert "khớp 104 trên 106" in sentence
    assert "San Thàng" in sentence
    assert "Pha Mu" in sentence
    assert "Fa Mu<b>[31m, Huyện Than Uyên" in sentence
    assert "\x1b" not in sentence


def test_shapes_far_from_their_units_are_refused(facts, rows, tmp_path) -> None:
    swapped = rows.copy()
    one, other = (swapped.index[swapped["code"] == code][0] for code in ("03628", "03439"))
    swapped.loc[[one, other], "geometry"] = swapped.geometry[[other, one]].to_numpy()
    with pytest.raises(Unfit, match="cách vị trí đã biết"):
        importing.take(written(foreign.cod_ab(swapped), tmp_path / "nham.geojson"), facts)


def test_shapes_that_do_not_fill_the_province_are_refused(facts, rows, tmp_path) -> None:
    small = rows.assign(geometry=rows.scale(0.5, 0.5))
    with pytest.raises(Unfit, match=r"tỉnh có 9\.068,78 km²"):
        importing.take(written(foreign.cod_ab(small), tmp_path / "nho.geojson"), facts)


def broken(tmp_path: Path, name: str, content: bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.geojson", b""),
        ("picture.geojson", b"\x89PNG\r\n\x1a\n" + b"0" * 50),
        ("table.gpkg", b"SQLite format 3\0" + b"0" * 200),
        ("half.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "A"'),
        ("words.zip", b"not an archive"),
        ("sheet.csv", b"ma_xa,ten_xa\n03628,Pha Mu\n"),
    ],
)
@pytest.mark.filterwarnings("ignore:GPKG. bad application_id")  # and then it is refused
def test_what_is_no_layer_is_said_to_be_none(facts, tmp_path, name: str, content: bytes) -> None:
    with pytest.raises(Unfit, match=f"{name}: không phải lớp bản đồ đọc được"):
        importing.take(broken(tmp_path, name, content), facts)


def test_a_layer_without_features(facts, tmp_path) -> None:
    nothing = json.dumps({"type": "FeatureCollection", "features": []}).encode()
    with pytest.raises(Unfit, match="không có cột nào"):
        importing.take(broken(tmp_path, "nothing.geojson", nothing), facts)


def test_a_layer_without_shapes(facts, rows, tmp_path) -> None:
    with pytest.raises(Unfit, match="không có hình vùng"):
        importing.take(written(rows.assign(geometry=None), tmp_path / "khong-hinh.geojson"), facts)


def test_points_are_no_boundaries(facts, rows, tmp_path) -> None:
    points = rows.assign(geometry=rows.representative_point())
    with pytest.raises(Unfit, match="không có hình vùng"):
        importing.take(written(points, tmp_path / "diem.geojson"), facts)


def test_unknown_columns_are_listed(facts, rows, tmp_path) -> None:
    with pytest.raises(Unfit, match="foo, bar"):
        importing.take(written(rows.assign(foo=1, bar=2)[["foo", "bar", "geometry"]], tmp_path / "x.geojson"), facts)


def test_several_layers_need_a_choice(facts, rows, tmp_path) -> None:
    file = tmp_path / "many.gpkg"
    written(rows, file, layer="xa_2023")
    written(rows, file, layer="xa_2024")
    with pytest.raises(Unfit, match=r"xa_2023; xa_2024.*--layer"):
        importing.take(file, facts)
    with pytest.raises(Unfit, match="không có lớp “xa_1999”"):
        importing.take(file, facts, layer="xa_1999")
    assert importing.take(file, facts, layer="xa_2024").match.matched == 106


def test_an_archive_that_unpacks_to_too_much(facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 3_000_000)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xa.geojson", b"0" * 4_000_000)
    assert bomb.stat().st_size < 10_000
    with pytest.raises(Unfit, match="quá lớn, cho phép đến 3 MB"):
        importing.take(bomb, facts)


def test_archives_without_a_layer_or_damaged(facts, tmp_path) -> None:
    inside = tmp_path / "packed"
    inside.mkdir()
    (inside / "readme.txt").write_text("nothing here", encoding="utf-8")
    with pytest.raises(Unfit, match="không có lớp bản đồ"):
        importing.take(foreign.zipped(inside, tmp_path / "none.zip"), facts)
    packed = bytearray(foreign.zipped(inside, tmp_path / "damaged.zip").read_bytes())
    packed[45] ^= 0xFF
    with pytest.raises(Unfit, match="tệp nén hỏng"):
        importing.take(broken(tmp_path, "damaged.zip", bytes(packed)), facts)


def test_no_member_of_an_archive_leaves_its_folder(facts, rows, tmp_path) -> None:
    packed = tmp_path / "sly.zip"
    content = foreign.cod_ab(rows).to_json().encode()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../sly.geojson", content)
    assert importing.take(packed, facts).match.matched == 106
    assert not list(tmp_path.parent.rglob("sly.geojson"))


def test_a_refused_layer_leaves_the_one_in_use(facts, rows, tmp_path) -> None:
    static = tmp_path / "static"
    used = boundaries.publish(facts, importing.take(as_names(rows, tmp_path), facts).file, static)
    with pytest.raises(Unfit):
        importing.take(broken(tmp_path, "empty.geojson", b""), facts)
    assert boundaries.published(facts, static) == used
    assert boundaries.in_use(facts).stem == used.id == "file-xa"


def test_a_missing_file(facts, tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        importing.take(tmp_path / "nowhere.zip", facts)
