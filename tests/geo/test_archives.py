"""Archives and folders of layers: what is read, what is asked about, what is named as unread."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from ntm.geo import archives, files
from ntm.geo.unfit import Unfit

COMMUNES = ["Bản Bo", "Bản Giang", "Bản Hon"]


@pytest.fixture
def three() -> gpd.GeoDataFrame:
    squares = [shapely.box(103 + place / 10, 22, 103.1 + place / 10, 22.1) for place in range(3)]
    return gpd.GeoDataFrame({"ten_xa": COMMUNES}, geometry=squares, crs=4326)


def geojson(frame: gpd.GeoDataFrame) -> bytes:
    return frame.to_json().encode()


def parts(frame: gpd.GeoDataFrame, folder: Path, name: str, **options) -> dict[str, bytes]:
    """A layer of several files: name → content."""
    folder.mkdir()
    frame.to_file(folder / name, **options)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def archive(target: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target


def test_folders_of_an_archive_are_kept_apart(three, tmp_path) -> None:
    old = three.assign(geometry=three.translate(0, -1))
    file = archive(tmp_path / "x.zip", {"2024/xa.geojson": geojson(three), "ban cu 2015/xa.geojson": geojson(old)})
    with pytest.raises(Unfit, match=r"có nhiều lớp \(2024/xa.geojson; ban cu 2015/xa.geojson\).*--layer"):
        files.read(file)
    chosen = files.read(file, layer="2024/xa.geojson")
    assert tuple(chosen.shapes.total_bounds) == pytest.approx(tuple(three.total_bounds))
    assert chosen.notes == ["Không đọc: ban cu 2015/xa.geojson"]


def test_layers_of_one_name_in_two_files_with_several_layers_have_labels_of_their_own(three, tmp_path) -> None:
    for year in ("2023", "2024"):
        for layer in ("xa", "ban"):
            three.to_file(tmp_path / f"{year}.gpkg", layer=layer)
    file = archive(tmp_path / "x.zip", {f"{y}.gpkg": (tmp_path / f"{y}.gpkg").read_bytes() for y in ("2023", "2024")})
    with pytest.raises(Unfit, match=r"2023.gpkg:xa; 2023.gpkg:ban; 2024.gpkg:xa; 2024.gpkg:ban"):
        files.read(file)
    assert len(files.read(file, layer="2024.gpkg:xa").shapes) == 3
    with pytest.raises(Unfit, match=r"có nhiều lớp"):
        files.read(file, layer="xa")


def test_what_systems_leave_in_archives_is_ignored(three, tmp_path) -> None:
    layer = parts(three, tmp_path / "xa", "xa.shp", encoding="UTF-8")
    members = {f"ranh gioi/{name}": content for name, content in layer.items()}
    members |= {f"__MACOSX/ranh gioi/._{name}": b"\0\5\x16\7" + b"\0" * 102 for name in layer}
    members |= {"ranh gioi/.DS_Store": b"\0\0\0\1Bud1", "ranh gioi/._xa.shp": b"\0\5\x16\7", "Thumbs.db": b"\xd0\xcf"}
    read = files.read(archive(tmp_path / "mac.zip", members))
    assert (list(read.shapes["name"]), read.notes) == (COMMUNES, [])


@pytest.mark.parametrize("name", ["xa.tab", "xa.mif"])
def test_mapinfo_in_an_archive(three, tmp_path, name: str) -> None:
    layer = parts(three, tmp_path / "xa", name, driver="MapInfo File", encoding="UTF-8")
    assert len(files.read(archive(tmp_path / "x.zip", layer)).shapes) == 3


def test_a_geodatabase_in_an_archive_and_as_a_folder(three, tmp_path) -> None:
    three.to_file(tmp_path / "lai chau.gdb", driver="OpenFileGDB", layer="xa")
    assert list(files.read(tmp_path / "lai chau.gdb").shapes["name"]) == COMMUNES
    inside = sorted((tmp_path / "lai chau.gdb").iterdir())
    file = archive(tmp_path / "x.zip", {f"du lieu/lai chau.gdb/{path.name}": path.read_bytes() for path in inside})
    assert list(files.read(file).shapes["name"]) == COMMUNES


def test_a_folder_is_read_like_an_archive(three, tmp_path) -> None:
    three.to_file(tmp_path / "xa.geojson")
    assert list(files.read(tmp_path).shapes["name"]) == COMMUNES
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unfit, match=r"empty: tệp nén không có lớp bản đồ.*Trong tệp có: không có gì"):
        files.read(tmp_path / "empty")


def test_parts_in_two_folders_are_named(three, tmp_path) -> None:
    layer = parts(three, tmp_path / "xa", "xa.shp", encoding="UTF-8")
    apart = {("b/" if name.endswith(".dbf") else "a/") + name: content for name, content in layer.items()}
    with pytest.raises(Unfit, match=r"a/xa.shp và b/xa.dbf ở hai thư mục khác nhau"):
        files.read(archive(tmp_path / "x.zip", apart))


@pytest.mark.parametrize("lacking", ["xa.shx", "xa.dbf"])
def test_a_part_that_lacks_is_named(three, tmp_path, lacking: str) -> None:
    layer = parts(three, tmp_path / "xa", "xa.shp", encoding="UTF-8")
    (tmp_path / "xa" / lacking).unlink()
    layer.pop(lacking)
    for file in (archive(tmp_path / "x.zip", layer), tmp_path / "xa" / "xa.shp"):
        with pytest.raises(Unfit, match=f"thiếu {lacking} đi cùng xa.shp"):
            files.read(file)


def test_archives_in_archives_are_named(three, tmp_path) -> None:
    inner = archive(tmp_path / "inner.zip", {"xa.geojson": geojson(three)}).read_bytes()
    with pytest.raises(Unfit, match=r"chỉ có tệp nén bên trong: xa/inner.zip. Giải nén"):
        files.read(archive(tmp_path / "x.zip", {"xa/inner.zip": inner}))
    both = archive(tmp_path / "y.zip", {"inner.zip": inner, "xa.geojson": geojson(three), "ban do.dwg": b"AC1015"})
    assert files.read(both).notes == ["Không đọc: ban do.dwg; inner.zip"]


def test_other_kinds_of_archives_are_named(tmp_path) -> None:
    file = tmp_path / "xa.rar"
    file.write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 40)
    with pytest.raises(Unfit, match=r"tệp nén kiểu RAR, không mở được. Giải nén rồi nén lại kiểu ZIP"):
        files.read(file)


def test_a_file_that_is_no_layer_does_not_hide_the_layer_beside(three, tmp_path) -> None:
    file = archive(tmp_path / "x.zip", {"xa.geojson": geojson(three), "metadata.json": b'{"title": "Ranh gioi"}'})
    read = files.read(file)
    assert (list(read.shapes["name"]), read.notes) == (COMMUNES, ["Không đọc: metadata.json"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_no_choice_of_ours(three, tmp_path) -> None:
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xa.geojson", geojson(three))
        packed.writestr("../xa.geojson", geojson(three))
    with pytest.raises(Unfit, match=r"hai tệp cùng tên xa.geojson"):
        files.read(file)


def test_an_archive_of_too_many_files(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    with pytest.raises(Unfit, match=r"quá lớn"):
        files.read(archive(tmp_path / "x.zip", {f"{number}.txt": b"" for number in range(4)}))


def test_points_beside_areas_are_no_candidates(three, tmp_path) -> None:
    file = tmp_path / "x.gpkg"
    three.to_file(file, layer="xa")
    three.assign(geometry=three.representative_point()).to_file(file, layer="tam_xa")
    read = files.read(file)
    assert (len(read.shapes), read.notes) == (3, ["Không đọc: tam_xa"])
