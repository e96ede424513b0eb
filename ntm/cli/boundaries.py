"""The commands about boundary layers: python -m ntm boundaries list | import | download | use."""

import argparse
import sys
from pathlib import Path
from typing import Any

from ntm import apart, text
from ntm import reference as reference_module
from ntm.cli.terminal import DONE, FAULTY, WRONG_CALL, steps
from ntm.geo import boundaries, download
from ntm.geo import files as boundary_files
from ntm.geo import importing as boundary_import
from ntm.geo.files import Source
from ntm.geo.importing import Report
from ntm.geo.unfit import printable
from ntm.text import _, either

MEGABYTE = 1_000_000
MEMORY = 2_000_000_000  # bytes for an import; the costliest file of 480 MB that was tried needs 1.1 billion


def add(commands: Any) -> None:
    """Add `boundaries` and what it can do to the parser's commands."""
    group = commands.add_parser("boundaries", help="lớp ranh giới các xã: xem, nhập, tải, đổi")
    actions = group.add_subparsers(required=True, metavar="VIỆC")

    shown = actions.add_parser("list", help="các lớp đang có, lớp đang dùng")
    shown.set_defaults(run=_list)

    take = actions.add_parser(
        "import",
        help="nhập ranh giới từ tệp và dùng ngay",
        description="Đọc GADM 4.1 cấp 3, COD-AB, geoBoundaries, hoặc tệp bất kỳ có mã xã (ma_xa) hoặc tên xã, tên "
        "huyện (ten_xa, ten_huyen); zip, thư mục, GeoJSON, GPKG, shapefile, MapInfo, GDB. Không đủ "
        "mọi đơn vị thì không nhập, lớp đang dùng giữ nguyên.",
    )
    take.add_argument("file", type=Path, metavar="TỆP")
    _add_reading(take)
    take.set_defaults(run=_import)

    fetch = actions.add_parser("download", help="tải ranh giới từ internet, nhập và dùng ngay")
    fetch.add_argument("source", choices=[source.id for source in boundary_files.load_sources() if source.address])
    fetch.add_argument("--address", help="tải từ địa chỉ khác, ví dụ máy chủ của cơ quan")
    fetch.add_argument("--accept-terms", action="store_true", help="đồng ý điều kiện sử dụng, không hỏi")
    _add_reading(fetch)
    fetch.set_defaults(run=_download)

    use = actions.add_parser("use", help="dùng một lớp đang có (xem boundaries list)")
    use.add_argument("layer", metavar="LỚP")
    use.set_defaults(run=_use)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layer", default="", help="tên lớp, khi tệp có nhiều lớp")
    parser.add_argument("--crs", default="", help="hệ tọa độ, khi tệp không ghi: EPSG:9205, EPSG:3405 …")
    parser.add_argument("--encoding", default="", help="mã chữ của tên, khi tệp không ghi: UTF-8, CP1258 …")
    parser.add_argument("--title", default="", help="tên nguồn, hiện trên bản đồ")
    parser.add_argument("--terms", default="", help="điều kiện sử dụng, hiện dưới bản đồ")


def _list(call: argparse.Namespace) -> int:
    reference = reference_module.load()
    used = {boundaries.in_use(reference.at(day)) for day in reference.timeline.divisions}
    for name, file in boundaries.layers().items():
        words = boundaries.words(file)
        print(f"{'*' if file in used else ' '} {name}  {either(words, 'title')} · {either(words, 'terms')}")
    print(_("* đang dùng; đổi bằng: python -m ntm boundaries use LỚP"))
    return DONE


def _use(call: argparse.Namespace) -> int:
    layers = boundaries.layers()
    if call.layer not in layers:
        print(
            _("Không có lớp “{layer}”. Các lớp: {names}.", layer=call.layer, names=", ".join(layers)), file=sys.stderr
        )
        return WRONG_CALL
    layer = boundaries.publish(reference_module.load(), layers[call.layer])
    print(_("Đang dùng: {title}.", title=either(layer, "title")))
    return DONE


def _import(call: argparse.Namespace) -> int:
    return _take(call, call.file)


def _take(call: argparse.Namespace, file: Path) -> int:
    reference = reference_module.load()
    options = {name: getattr(call, name) for name in ("layer", "crs", "encoding", "title", "terms")}
    work = [(_("Đọc, ghép, làm sạch"), lambda: boundary_import.take(file, reference, **options))]
    with apart.bounded(MEMORY):
        (report,) = steps(work)
    print(described(report))
    layer = boundaries.publish(reference, report.file)
    print(_("Đang dùng: {title}.", title=either(layer, "title")))
    schematic = boundaries.bundled(report.reference)
    if schematic:
        print(_("Trở lại sơ đồ: python -m ntm boundaries use {layer}", layer=schematic.stem))
    return DONE


def described(report: Report) -> str:
    """Say what an import found and did, line by line."""
    match, sound = report.match, report.sound
    renamed = match.rows[match.rows["relation"] != ""]
    labels = report.reference.shaped_units["label"]
    joined = [f"{row.name} → {labels[row.code]} ({row.code})" for row in renamed.itertuples(index=False)]
    names = match.unknown[["name", "district"]].itertuples(index=False)
    unknown = [printable(", ".join(filter(None, words))) for words in names]
    nothing = _("không có")
    lines = [
        _("Nguồn: {source}", source=report.source),
        *report.notes,
        _(
            "Khớp: {matched} trên {wanted} đơn vị, từ {rows} đối tượng",
            matched=match.matched,
            wanted=match.wanted,
            rows=len(match.rows),
        ),
        _("Khớp qua bảng tên khác: {names}", names="; ".join(map(printable, joined)) or nothing),
        _("Đối tượng không khớp: {names}", names="; ".join(unknown) or nothing),
        _("Đơn vị chưa có hình: {names}", names="; ".join(match.lacking["label"]) or nothing),
        *sound.sentences(),
        _(
            "Tổng diện tích: {area} km², so với {expected} km² ({difference}%)",
            area=text.number(sound.after.area, 2),
            expected=text.number(report.expected_area, 2),
            difference=text.number((sound.after.area / report.expected_area - 1) * 100, 2, signed=True),
        ),
        _(
            "Giản lược: {before} → {after} đỉnh; tệp {size} kB",
            before=text.number(report.vertices[0]),
            after=text.number(report.vertices[1]),
            size=text.number(report.file.stat().st_size / 1000),
        ),
    ]
    return "\n".join(lines)


def _download(call: argparse.Namespace) -> int:
    source = next(source for source in boundary_files.load_sources() if source.id == call.source)
    address = call.address or source.address
    print(_("Điều kiện sử dụng: {terms}", terms=either(source, "terms")))
    if not call.accept_terms and not _agreed():
        print(_("Chưa tải gì. Nếu đồng ý, trả lời “y”, hoặc thêm --accept-terms."), file=sys.stderr)
        return WRONG_CALL
    file = boundaries.folder() / "downloads" / _file_name(source, address)
    try:
        download.fetch(address, file, _tell if sys.stdout.isatty() else lambda _arrived, _all: None)
    except download.Failed as reason:
        print(reason, file=sys.stderr)
        return FAULTY
    print(_("Đã tải {size} MB.", size=text.number(file.stat().st_size / MEGABYTE, 1)))
    return _take(call, file)


def _agreed() -> bool:
    print(_("Đồng ý? [y/N]"), end=" ", flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "c", "có", "co")


def _file_name(source: Source, address: str) -> str:
    return Path(address.split("?", maxsplit=1)[0]).name or source.id


def _tell(arrived: int, in_all: int) -> None:
    share = f" / {text.number(in_all / MEGABYTE, 1)}" if in_all else ""
    print(f"\r{text.number(arrived / MEGABYTE, 1)}{share} MB", end="\n" if arrived == in_all else "", flush=True)
