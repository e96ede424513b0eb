"""Boundary layers as others hand them out: opened within bounds, their source recognised, their columns named our way.

`data/boundaries/sources.toml` says how each known source names its columns and under which terms it may be used.
"""

import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ntm import text
from ntm.geo.coverage import GEOGRAPHIC
from ntm.paths import DATA
from ntm.text import _

if TYPE_CHECKING:
    import geopandas as gpd

VIETNAM = (102.0, 8.0, 118.0, 24.0)  # degrees: west, south, east, north; the sea included
MAX_BYTES = 500_000_000  # of a file, unpacked
MAX_FEATURES = 100_000  # the whole country has some 11,000 communes
LAYER_SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".kml", ".gml", ".fgb")
DRIVERS = ("GeoJSON", "TopoJSON", "GPKG", "ESRI Shapefile", "KML", "LIBKML", "GML", "FlatGeobuf", "MapInfo File")
ROLES = ("province", "district", "name", "kind", "code")
CHUNK = 1 << 20


class Unfit(ValueError):
    """A layer that cannot be used, said in a sentence: what was found, what is needed, what to do next."""


@dataclass(frozen=True)
class Source:
    """A known source: its columns by role, the column that tells it, the ones of its coarser levels, its terms."""

    id: str
    title: str
    signature: str
    coarser: list[str]
    nulls: list[str]
    province: list[str]
    district: list[str]
    name: list[str]
    kind: list[str]
    code: list[str]
    terms_vi: str
    terms_en: str
    address: str = ""

    def columns(self, fields: Sequence[str]) -> dict[str, str]:
        """Return role → the file's column, for the roles that the file has."""
        present = {text.letters(name): name for name in reversed(fields)}
        found = {
            role: next(filter(None, map(present.get, map(text.letters, getattr(self, role)))), None) for role in ROLES
        }
        return {role: column for role, column in found.items() if column}


@dataclass(frozen=True)
class Foreign:
    """A layer from elsewhere: `shapes` in degrees with the columns province, district, name, kind, code (text, "" where
    unknown), its source, and the file's columns by role."""

    source: Source
    shapes: "gpd.GeoDataFrame"
    columns: dict[str, str] = field(default_factory=dict)


def load_sources(file: Path = DATA / "boundaries" / "sources.toml") -> list[Source]:
    """Return the known sources, in the order in which they are tried; the last one is any file."""
    return [Source(**entry) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["sources"]]


def read(file: Path, *, layer: str = "", crs: str = "", encoding: str = "") -> Foreign:
    """Read a layer from a file or zip archive that geopandas can read.

    `layer`: its name, where the file has several; `crs`: the coordinate system, where the file names none; `encoding`:
    of the names, where the file does not tell. Unfit, with a sentence, where it cannot be used; FileNotFoundError.
    """
    if not file.exists():
        raise FileNotFoundError(2, "", str(file))
    with _unpacked(file) as files:
        path, name, source, columns = _choose(file, files, layer)
        frame = _load(path, name, encoding)
    frame = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"]) & ~frame.is_empty]
    if frame.empty:
        raise Unfit(_("{file}: không có hình vùng (polygon) nào. Cần lớp vùng cấp xã.", file=file.name))
    shapes = _in_degrees(frame, crs, file.name)
    kept = pd.DataFrame({role: _texts(frame, columns.get(role), source.nulls) for role in ROLES}, index=frame.index)
    return Foreign(source, shapes[["geometry"]].join(kept), columns)


@contextmanager
def _unpacked(file: Path) -> Iterator[list[Path]]:
    """Give the layers' files in a file: itself, or what a zip archive holds, unpacked within bounds."""
    if not zipfile.is_zipfile(file):
        if file.stat().st_size > MAX_BYTES:
            raise Unfit(_too_large(file))
        yield [file]
        return
    with tempfile.TemporaryDirectory(prefix="ntm-") as folder:
        try:
            _unpack(file, Path(folder))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise Unfit(_("{file}: tệp nén hỏng hoặc có mật khẩu. Tải lại hoặc nén lại.", file=file.name)) from error
        found = [path for path in sorted(Path(folder).iterdir()) if path.suffix.lower() in LAYER_SUFFIXES]
        if not found:
            raise Unfit(
                _(
                    "{file}: tệp nén không có lớp bản đồ. Cần một trong các loại: {kinds}.",
                    file=file.name,
                    kinds=", ".join(LAYER_SUFFIXES),
                )
            )
        yield found


def _unpack(file: Path, folder: Path) -> None:
    """Counts what really comes out: the sizes that an archive states may be wrong."""
    left = MAX_BYTES
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            target = folder / Path(member.filename).name  # no member leaves the folder
            if member.is_dir():
                continue
            with archive.open(member) as packed, target.open("wb") as unpacked:
                while chunk := packed.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unfit(_too_large(file))
                    unpacked.write(chunk)


def _too_large(file: Path) -> str:
    return _(
        "{file}: quá lớn, cho phép đến {limit} MB sau khi giải nén. Cắt riêng tỉnh cần dùng rồi nhập lại.",
        file=file.name,
        limit=text.number(MAX_BYTES / 1e6),
    )


def _choose(file: Path, files: list[Path], layer: str) -> tuple[Path, str, Source, dict[str, str]]:
    """Return the one layer of communes: its file, name, source and columns by role."""
    layers = [(path, name, fields) for path in files for name, fields in _layers(path, file)]
    names = ", ".join(printable(name) for _path, name, _fields in layers)
    if layer:
        layers = [(path, name, fields) for path, name, fields in layers if name == layer]
        if not layers:
            raise Unfit(
                _("{file}: không có lớp “{layer}”. Các lớp: {names}.", file=file.name, layer=layer, names=names)
            )
    fitting = [(path, name, *known) for path, name, fields in layers if (known := _recognise(fields))]
    known_source = [choice for choice in fitting if choice[2].signature]
    choices = known_source or fitting
    if not choices:
        raise Unfit(_no_communes(file, [name for _path, _name, fields in layers for name in fields]))
    if len(choices) > 1:
        raise Unfit(_("{file}: có nhiều lớp ({names}). Chọn một lớp bằng --layer.", file=file.name, names=names))
    return choices[0]


def _layers(path: Path, file: Path) -> list[tuple[str, list[str]]]:
    import pyogrio

    try:
        named = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if not named:
            raise Unfit(_unreadable(file))
        found = []
        for name in named:
            about = pyogrio.read_info(path, layer=name)
            if about["driver"] not in DRIVERS:
                raise Unfit(_unreadable(file))
            if about["features"] > MAX_FEATURES:
                raise Unfit(_too_large(file))
            found.append((name, list(about["fields"])))
        return found
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(_unreadable(file)) from error


def _unreadable(file: Path) -> str:
    return _(
        "{file}: không phải lớp bản đồ đọc được (hỏng, thiếu tệp đi kèm, hoặc nội dung khác với đuôi tệp). "
        "Cần GeoJSON, GPKG, shapefile (.shp cùng .dbf, .shx) hoặc tệp zip của chúng.",
        file=file.name,
    )


def _recognise(fields: Sequence[str]) -> tuple[Source, dict[str, str]] | None:
    present = set(map(text.letters, fields))
    for source in load_sources():
        if source.signature and text.letters(source.signature) not in present:
            continue
        columns = source.columns(fields)
        if "name" in columns or "code" in columns:
            return source, columns
    return None


def _no_communes(file: Path, fields: list[str]) -> str:
    present = set(map(text.letters, fields))
    for source in load_sources():
        coarser = [column for column in source.coarser if text.letters(column) in present]
        if coarser:
            return _(
                "{file}: lớp {source} này chỉ có cấp huyện hoặc tỉnh (cột {found}). Cần cấp xã (cột {needed}).",
                file=file.name,
                source=source.title,
                found=coarser[0],
                needed=source.signature,
            )
    return _(
        "{file}: không thấy cột mã xã hay tên xã. Các cột có trong tệp: {fields}. Đặt tên cột là ma_xa, hoặc ten_xa "
        "và ten_huyen, rồi nhập lại.",
        file=file.name,
        fields=", ".join(map(printable, dict.fromkeys(fields))) or _("không có cột nào"),
    )


def _load(path: Path, layer: str, encoding: str) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import pyogrio

    options = {"encoding": encoding} if encoding else {}
    try:
        return gpd.read_file(path, layer=layer, **options)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, ValueError, LookupError) as error:
        raise Unfit(_unreadable(path)) from error


def _in_degrees(frame: "gpd.GeoDataFrame", crs: str, file: str) -> "gpd.GeoDataFrame":
    from pyproj.exceptions import CRSError, ProjError

    if crs:
        try:
            frame = frame.set_crs(crs, allow_override=True)
        except CRSError as error:
            raise Unfit(_("Không hiểu hệ tọa độ “{crs}”. Ví dụ: EPSG:4326, EPSG:9205.", crs=crs)) from error
    if frame.crs is None:
        if not _lies_in_vietnam(frame.total_bounds):
            raise Unfit(
                _(
                    "{file}: không ghi hệ tọa độ và không phải kinh độ, vĩ độ. Thêm --crs, ví dụ --crs EPSG:9205 "
                    "(VN-2000, kinh tuyến trục 103°) hoặc EPSG:3405 (VN-2000 / UTM 48N).",
                    file=file,
                )
            )
        frame = frame.set_crs(GEOGRAPHIC)
    try:
        return frame.to_crs(GEOGRAPHIC)
    except ProjError as error:
        raise Unfit(_("{file}: tọa độ không đổi được sang WGS 84. Kiểm tra --crs.", file=file)) from error


def _lies_in_vietnam(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return bool(VIETNAM[0] <= west <= east <= VIETNAM[2] and VIETNAM[1] <= south <= north <= VIETNAM[3])


def _texts(frame: "gpd.GeoDataFrame", column: str | None, nulls: Sequence[str]) -> pd.Series:
    if column is None:
        return pd.Series("", index=frame.index)
    words = frame[column].map(lambda value: "" if pd.isna(value) else str(value).strip())
    return words.mask(words.isin(nulls), "")


def printable(words: str) -> str:
    """Return text from a file for a terminal: signs that would steer it are left out, and it is cut to a line."""
    return "".join(sign for sign in words if sign.isprintable())[:80]
