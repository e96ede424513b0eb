"""The layers' files in what somebody hands out: a file, a folder, or a zip archive, unpacked within bounds.

An archive's folders are kept apart, so that two files of one name stay two. What systems leave in archives is ignored;
whatever else is no layer and no part of one is named, never left out without a word.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ntm import text
from ntm.geo.unfit import Unfit, listed
from ntm.text import _

MAX_BYTES = 500_000_000  # of a file, unpacked
MAX_MEMBERS = 10_000  # of an archive: a geodatabase of a country has some hundreds
LAYER_SUFFIXES = (".geojson", ".json", ".topojson", ".gpkg", ".shp", ".kml", ".gml", ".fgb", ".tab", ".mif", ".gdb")
FOLDER_LAYER = ".gdb"  # a layer that is a folder
PARTS = {".shp": (".shx", ".dbf"), ".mif": (".mid",), ".tab": (".dat", ".map", ".id")}  # without which it is unreadable
COMPANIONS = (
    *(".shx", ".dbf", ".mid", ".dat", ".map", ".id", ".ind", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd"),
    *(".qml", ".sld", ".lyr", ".lyrx", ".xml", ".xsd", ".gfs", ".txt"),
)
ARCHIVES = (".zip", ".kmz", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")
ARCHIVE_HEADS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "GZIP", b"BZh": "BZIP2", b"\xfd7zX": "XZ"}
OF_SYSTEMS = ("__MACOSX", "Thumbs.db", "desktop.ini")  # and whatever begins with a dot
LINKED_CRS = re.compile(rb'"crs"\s*:\s*\{[^}]*"(?:link|href|\\u)', re.IGNORECASE)
CHUNK = 1 << 20


@dataclass(frozen=True)
class Contents:
    """What there is in a file, folder or archive: the layers' files, and the ones that are nothing known.

    `root`: the folder that names are said from.
    """

    root: Path
    layers: list[Path]
    others: list[Path]

    def name(self, path: Path) -> str:
        """Return a file's name with its folders."""
        return path.relative_to(self.root).as_posix()


@contextmanager
def opened(file: Path) -> Iterator[Contents]:
    """Give the contents of a file, folder or zip archive. Unfit where there is no layer, or a part of one lacks."""
    if zipfile.is_zipfile(file):
        with tempfile.TemporaryDirectory(prefix="ntm-") as folder:
            _unpack_safely(file, Path(folder))
            yield _checked(file, _contents(Path(folder)))
    elif file.is_dir() and file.suffix.lower() != FOLDER_LAYER:
        yield _checked(file, _contents(file))
    else:
        _refuse_archives(file)
        yield _checked(file, Contents(file.parent, [file], []))


def too_large(file: Path) -> str:
    """Say that a file holds more than is taken."""
    return _(
        "{file}: quá lớn, cho phép đến {limit} MB sau khi giải nén. Cắt riêng tỉnh cần dùng rồi nhập lại.",
        file=file.name,
        limit=text.number(MAX_BYTES / 1e6),
    )


def _contents(root: Path) -> Contents:
    """A geodatabase is a layer as a whole: the files in it are none of their own."""
    paths = [path for path in sorted(root.rglob("*")) if not _is_of_a_system(path.relative_to(root))]
    folders = [path for path in paths if path.is_dir() and path.suffix.lower() == FOLDER_LAYER]
    files = [path for path in paths if path.is_file() and not any(folder in path.parents for folder in folders)]
    layers = [path for path in files if path.suffix.lower() in LAYER_SUFFIXES]
    others = [path for path in files if path.suffix.lower() not in (*LAYER_SUFFIXES, *COMPANIONS)]
    return Contents(root, [*folders, *layers], others)


def _is_of_a_system(path: Path | PurePosixPath) -> bool:
    return any(part in OF_SYSTEMS or part.startswith(".") for part in path.parts)


def _checked(file: Path, contents: Contents) -> Contents:
    if not contents.layers:
        raise Unfit(_no_layer(file, contents))
    for path in contents.layers:
        if _size(path) > MAX_BYTES:
            raise Unfit(too_large(file))
        _check_parts(file, path, contents)
        _refuse_links(path)
    return contents


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in (path.rglob("*") if path.is_dir() else [path]))


def _no_layer(file: Path, contents: Contents) -> str:
    nested = [contents.name(path) for path in contents.others if path.suffix.lower() in ARCHIVES]
    if nested:
        return _(
            "{file}: không có lớp bản đồ, chỉ có tệp nén bên trong: {names}. Giải nén ra rồi nhập từng tệp.",
            file=file.name,
            names=listed(nested),
        )
    found = [contents.name(path) for path in sorted(contents.root.rglob("*")) if path.is_file()]
    return _(
        "{file}: tệp nén không có lớp bản đồ. Cần một trong các loại: {kinds}. Trong tệp có: {found}.",
        file=file.name,
        kinds=", ".join(LAYER_SUFFIXES),
        found=listed(found) or _("không có gì"),
    )


def _check_parts(file: Path, path: Path, contents: Contents) -> None:
    for suffix in PARTS.get(path.suffix.lower(), ()):
        wanted = f"{path.stem}{suffix}".lower()
        if any(other.name.lower() == wanted for other in path.parent.iterdir()):
            continue
        if contents.root != file.parent:
            elsewhere = [other for other in sorted(contents.root.rglob("*")) if other.name.lower() == wanted]
            if kept := [other for other in elsewhere if not _is_of_a_system(other.relative_to(contents.root))]:
                raise Unfit(_apart(file, contents.name(path), contents.name(kept[0])))
        raise Unfit(
            _(
                "{file}: thiếu {part} đi cùng {layer}. Chép hoặc nén đủ các tệp cùng tên: {parts}.",
                file=file.name,
                part=f"{path.stem}{suffix}",
                layer=path.name,
                parts=", ".join([path.suffix.lower(), *PARTS[path.suffix.lower()]]),
            )
        )


def _apart(file: Path, layer: str, part: str) -> str:
    return _(
        "{file}: {layer} và {part} ở hai thư mục khác nhau. Để các tệp của một lớp chung một thư mục rồi nén lại.",
        file=file.name,
        layer=layer,
        part=part,
    )


def _refuse_archives(file: Path) -> None:
    with file.open("rb") if file.is_file() else tempfile.TemporaryFile() as opened_file:
        head = opened_file.read(8)
    kind = next((kind for start, kind in ARCHIVE_HEADS.items() if head.startswith(start)), "")
    if kind:
        raise Unfit(
            _("{file}: tệp nén kiểu {kind}, không mở được. Giải nén rồi nén lại kiểu ZIP.", file=file.name, kind=kind)
        )


def _refuse_links(file: Path) -> None:
    """Unfit where a file names its coordinate system by an address, which GDAL would ask for."""
    if file.is_dir():
        return
    with file.open("rb") as layer:
        head = layer.read(CHUNK)
        layer.seek(max(0, file.stat().st_size - CHUNK))
        if LINKED_CRS.search(head) or LINKED_CRS.search(layer.read()):
            raise Unfit(
                _("{file}: hệ tọa độ là một địa chỉ mạng; không mở. Xóa mục crs, hoặc ghi EPSG:4326.", file=file.name)
            )


def _unpack_safely(file: Path, folder: Path) -> None:
    try:
        _unpack(file, folder)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise Unfit(_("{file}: tệp nén hỏng hoặc có mật khẩu. Tải lại hoặc nén lại.", file=file.name)) from error


def _unpack(file: Path, folder: Path) -> None:
    """Counts what really comes out: the sizes that an archive states may be wrong."""
    left = MAX_BYTES
    with zipfile.ZipFile(file) as archive:
        for target, member in _members(file, archive).items():
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, (folder / target).open("wb") as unpacked:
                while chunk := packed.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise Unfit(too_large(file))
                    unpacked.write(chunk)


def _members(file: Path, archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """Return each member by its place below a folder, which none leaves; Unfit where two have one place."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise Unfit(too_large(file))
    found: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for member in members:
        target = _inside(member.filename)
        if _is_of_a_system(target):
            continue
        if target in found:
            raise Unfit(
                _(
                    "{file}: tệp nén có hai tệp cùng tên {name}. Nén lại với một tệp.",
                    file=file.name,
                    name=listed([str(target)]),
                )
            )
        found[target] = member
    return found


def _inside(name: str) -> PurePosixPath:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "..") and not part.endswith(":")))
