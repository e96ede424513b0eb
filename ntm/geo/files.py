"""Boundary layers as others hand them out: opened within bounds, their source recognised, their columns named our way.

`data/boundaries/sources.toml` says how each known source names its columns and under which terms it may be used.
"""

import codecs
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as pydantic_dataclass

from ntm import environment, legacy, text, toml_files
from ntm.geo import archives, shapes
from ntm.geo.archives import Contents
from ntm.geo.unfit import Unfit, listed, printable
from ntm.paths import OWN_DATA
from ntm.text import _

if TYPE_CHECKING:
    import geopandas as gpd

MAX_FEATURES = 100_000  # the whole country has some 11,000 communes
DRIVERS = (
    *("GeoJSON", "TopoJSON", "GPKG", "ESRI Shapefile", "KML", "LIBKML", "GML", "FlatGeobuf", "MapInfo File"),
    "OpenFileGDB",
)
PROXIES = ("GDAL_HTTP_PROXY", "GDAL_HTTPS_PROXY")
NOBODY = "http://127.0.0.1:9"  # the port of discarding
ROLES = ("name", "district", "province", "kind", "code")
UNIT_ROLES = {"name", "code"}  # one of which a layer must have
LOST_LETTERS = r"\w\?|\?\w|\ufffd"
LEVELS = ("adminlevel", "admlevel", "level", "caphanhchinh", "cap")


@pydantic_dataclass(frozen=True, config=ConfigDict(extra="forbid"))
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
class Layer:
    """A layer of a file: its fields, its source and columns by role; `label`: what it is called by to choose it."""

    path: Path
    name: str
    fields: list[str]
    source: Source
    columns: dict[str, str]
    has_no_areas: bool
    label: str = ""

    @property
    def has_units(self) -> bool:
        """Whether a column says which unit a shape is of."""
        return not self.columns.keys().isdisjoint(UNIT_ROLES)


@dataclass(frozen=True)
class Foreign:
    """A layer from elsewhere: its shapes, source, and the file's columns by role.

    `shapes`: in degrees, with the columns name, district, province, kind, code, level (text, "" where unknown).
    `notes`: what was left out or changed, a sentence each.
    """

    source: Source
    shapes: "gpd.GeoDataFrame"
    columns: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def load_sources(file: Path = OWN_DATA / "boundaries" / "sources.toml") -> list[Source]:
    """Return the known sources, in the order in which they are tried; the last one is any file."""
    return toml_files.read(file, dict[str, list[Source]])["sources"]


def read(file: Path, *, layer: str = "", crs: str = "", encoding: str = "") -> Foreign:
    """Read a layer from a file, folder or zip archive that geopandas can read.

    `layer`: its name, where there are several; `crs`: the coordinate system, where the file names none; `encoding`: of
    the names, where the file does not tell. Unfit, with a sentence, where it cannot be used; FileNotFoundError.
    """
    if not file.exists():
        raise FileNotFoundError(2, "", str(file))
    _check_encoding(encoding)
    with archives.opened(file) as contents, warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of GDAL, in English, about what is no fault
        chosen, notes = _choose(file, contents, layer)
        frame = _load(file, chosen, encoding)
    areas, left_out = shapes.areas(frame, file.name)
    drawn = shapes.in_degrees(areas, crs, file.name)
    kept = {role: _texts(areas, chosen.columns.get(role), chosen.source.nulls) for role in ROLES}
    words, converted = _in_unicode(kept, file.name, encoding)
    named = drawn[["geometry"]].join(pd.DataFrame(words, index=areas.index))
    level = _level(areas)
    return Foreign(chosen.source, named.assign(level=level), chosen.columns, [*notes, *left_out, *converted])


def _choose(file: Path, contents: Contents, layer: str) -> tuple[Layer, list[str]]:
    """Return the one layer of communes, and what is to be said of the files and layers that are not read."""
    layers, unread = _layers(file, contents)
    asked = [one for one in layers if layer in ("", one.label, one.name, contents.name(one.path))]
    if not asked:
        names = listed(one.label for one in layers)
        raise Unfit(_("{file}: không có lớp “{layer}”. Các lớp: {names}.", file=file.name, layer=layer, names=names))
    choices = [one for one in asked if one.has_units and not one.has_no_areas]
    choices = choices or [one for one in asked if one.has_units]
    if not choices:
        raise Unfit(_no_communes(file, [name for one in asked for name in one.fields]))
    if len(choices) > 1:
        names = listed(one.label for one in choices)
        raise Unfit(_("{file}: có nhiều lớp ({names}). Chọn một lớp bằng --layer.", file=file.name, names=names))
    unread += [one.label for one in layers if one is not choices[0]]
    return choices[0], [_("Không đọc: {names}", names=listed(unread))] if unread else []


def _layers(file: Path, contents: Contents) -> tuple[list[Layer], list[str]]:
    """Return the layers that can be read, and the names of the files that cannot; Unfit where none can."""
    found: list[Layer] = []
    unread = [contents.name(path) for path in contents.others]
    for path in contents.layers:
        try:
            found += _layers_of(path, file)
        except _UnreadableError:
            unread.append(contents.name(path))
    if not found:
        raise Unfit(_unreadable(file))
    return _labelled(found, contents), unread


def _labelled(layers: list[Layer], contents: Contents) -> list[Layer]:
    """Layers of several files are told apart by their files, layers of one file by their names."""
    layers_of = Counter(one.path for one in layers)

    def label(one: Layer) -> str:
        if len(layers_of) == 1:
            return one.name
        return contents.name(one.path) + (f":{one.name}" if layers_of[one.path] > 1 else "")

    return [replace(one, label=label(one)) for one in layers]


def _without_network() -> None:
    """Let GDAL and PROJ ask nobody, whatever a file says: every request goes to a port where nobody listens."""
    import pyogrio
    import pyproj

    environment.forget("NO_PROXY", "no_proxy")  # which would let some requests pass
    pyogrio.set_gdal_config_options(dict.fromkeys(PROXIES, NOBODY) | {"GDAL_HTTP_MAX_RETRY": "0"})
    pyproj.network.set_network_enabled(False)


class _UnreadableError(ValueError):
    """A file that is no layer, or of a kind that is not read."""


def _layers_of(path: Path, file: Path) -> list[Layer]:
    import pyogrio

    _without_network()
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        about = [(name, pyogrio.read_info(path, layer=name)) for name in names]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _UnreadableError from error
    if not about or any(info["driver"] not in DRIVERS for _name, info in about):
        raise _UnreadableError
    if any(info["features"] > MAX_FEATURES for _name, info in about):
        raise Unfit(archives.too_large(file))
    return [_layer(path, name, info) for name, info in about]


def _layer(path: Path, name: str, info: dict[str, Any]) -> Layer:
    fields = list(info["fields"])
    source, columns = _recognise(fields)
    is_no_area = (info["geometry_type"] or "").removeprefix("Multi").split(" ")[0] in ("Point", "LineString")
    return Layer(path, name, fields, source, columns, has_no_areas=is_no_area)


def _unreadable(file: Path) -> str:
    return _(
        "{file}: không phải lớp bản đồ đọc được (hỏng, thiếu tệp đi kèm, hoặc nội dung khác với đuôi tệp). "
        "Cần GeoJSON, GPKG, shapefile (.shp cùng .dbf, .shx) hoặc tệp zip của chúng.",
        file=file.name,
    )


def _recognise(fields: Sequence[str]) -> tuple[Source, dict[str, str]]:
    """Return the source whose columns these are, and its columns by role: of any file where it is no known one's."""
    present = set(map(text.letters, fields))
    *known, other = load_sources()
    for source in known:
        columns = source.columns(fields)
        if text.letters(source.signature) in present and not columns.keys().isdisjoint(UNIT_ROLES):
            return source, columns
    return other, other.columns(fields)


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


def _check_encoding(encoding: str) -> None:
    try:
        codecs.lookup(encoding or "UTF-8")
    except LookupError as error:
        raise Unfit(_("Không hiểu mã chữ “{encoding}”. Ví dụ: UTF-8, CP1258.", encoding=encoding)) from error


def _load(file: Path, layer: Layer, encoding: str) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import pyogrio

    options = {"encoding": encoding} if encoding else {}
    try:
        return gpd.read_file(layer.path, layer=layer.name, **options)
    except UnicodeDecodeError as error:
        raise Unfit(
            _(
                "{file}: tên không phải mã chữ {encoding}. Thử --encoding ISO-8859-1 (phông cũ TCVN3, VNI cũng vậy), "
                "CP1258 hoặc UTF-8.",
                file=file.name,
                encoding=error.encoding.upper(),
            )
        ) from error
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, ValueError, LookupError) as error:
        raise Unfit(_unreadable(file)) from error


def _texts(frame: "gpd.GeoDataFrame", column: str | None, nulls: Sequence[str]) -> pd.Series:
    if column is None:
        return pd.Series("", index=frame.index)
    words = frame[column].map(lambda value: "" if pd.isna(value) else str(value).strip())
    return words.mask(words.isin(nulls), "")


def _level(frame: "gpd.GeoDataFrame") -> pd.Series:
    """Return the administrative level that a file states of each row (OpenStreetMap: 4, 6, 8), "" where it states none.

    A column of numbers only: words for levels are kinds.
    """
    present = {text.letters(column): column for column in frame.columns}
    column = next((present[name] for name in LEVELS if name in present), None)
    return _texts(frame, column, ()).map(lambda words: words.removesuffix(".0") if words[:1].isdigit() else "")


def _in_unicode(columns: dict[str, pd.Series], file: str, encoding: str) -> tuple[dict[str, pd.Series], list[str]]:
    """Return the words in Unicode, and what was converted. Unfit where their encoding must be named first.

    A column as a whole decides: single words may be Vietnamese either way.
    """
    found, notes = dict(columns), []
    for role, words in columns.items():
        _check_letters(words, file)
        everything = "\n".join(words.unique())
        if misread := legacy.encoding(everything):
            found[role] = words.map(lambda word, misread=misread: legacy.read_as(word, misread))
            if encoding.upper() != misread:
                raise Unfit(_misread(file, misread, _example(words, found[role])))
        elif font := legacy.font(everything):
            found[role] = words.map(lambda word, font=font: legacy.to_unicode(word, font))
            notes.append(
                _(
                    "Phông chữ cũ {font}, đã chuyển sang Unicode: {count} tên, ví dụ {example}",
                    font=font,
                    count=text.number(int((words != found[role]).sum())),
                    example=_example(words, found[role]),
                )
            )
    return found, notes


def _check_letters(words: pd.Series, file: str) -> None:
    """Unfit where letters were lost before the file came to us: no encoding brings them back."""
    lost = words[words.str.contains(LOST_LETTERS)]
    if len(lost) > len(words) / 10:
        raise Unfit(
            _(
                "{file}: chữ có dấu đã mất trong tệp, ví dụ “{example}” ({count} tên). Xuất lại từ tệp gốc với mã "
                "UTF-8.",
                file=file,
                example=printable(lost.iloc[0]),
                count=text.number(len(lost)),
            )
        )


def _misread(file: str, encoding: str, example: str) -> str:
    return _(
        "{file}: chữ trong tệp bị đọc sai mã, ví dụ {example}. Chạy lại với --encoding {encoding}.",
        file=file,
        example=example,
        encoding=encoding,
    )


def _example(before: pd.Series, after: pd.Series) -> str:
    at = before.index[before != after][0]
    return f"“{printable(before[at])}” → “{printable(after[at])}”"
