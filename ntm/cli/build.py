"""The commands that build, check and give out everything: build, check, export, sample, schematic."""

import argparse
import json
from functools import partial
from pathlib import Path

import pandas as pd

from ntm import (
    dataset,
    exports,
    narrative,
    reconcile,
    resources,
    sample,
    store,
    text,
    whole_file,
)
from ntm import reference as reference_module
from ntm.cli.terminal import DONE, FAULTY, add_world, steps, world
from ntm.dataset import Dataset
from ntm.facts import assessments
from ntm.geo import boundaries, schematic
from ntm.paths import DATA, ROOT
from ntm.reference import Reference
from ntm.resources import Resource
from ntm.text import _, plural


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    build = commands.add_parser("build", help="dựng cơ sở dữ liệu và tệp tĩnh; chạy lại không đổi gì")
    build.set_defaults(run=_build)

    check = commands.add_parser("check", help="kiểm tra số liệu, đối chiếu với số đã công bố")
    check.set_defaults(run=_check)

    export = commands.add_parser("export", help="xuất số liệu ra một thư mục, kèm nguồn")
    export.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    add_world(export)
    export.set_defaults(run=_export)

    make_sample = commands.add_parser("sample", help="sinh lại số liệu minh họa trong data/sample")
    make_sample.set_defaults(run=_sample)

    make_schematic = commands.add_parser("schematic", help="tính lại sơ đồ các xã trong data/boundaries")
    make_schematic.set_defaults(run=_schematic)


def _build(call: argparse.Namespace) -> int:
    engine = store.connect()
    reference = reference_module.load()
    work = [
        (_("Cơ sở dữ liệu"), lambda: dataset.build(engine)),
        (_("Bản đồ"), lambda: boundaries.publish_all(reference)),
    ]
    added, drawn = steps(work)
    files = ", ".join(layer.file for layer in drawn)
    print(_("Phiên bản mới: {added}. Lớp bản đồ: {layer}.", added=added or _("không có"), layer=files))
    return DONE


def _check(call: argparse.Namespace) -> int:
    engine = store.connect()
    dataset.build(engine)
    data = dataset.load(engine)
    assessed = data.archive.tables["assessments"]
    assessments.check(assessed, data.reference)
    print(plural("Quy tắc: {count} kết quả đánh giá, không có lỗi.", len(assessed)))
    rows = reconcile.of_all_times(data)
    words = narrative.reconciliation(rows)
    shown = pd.DataFrame(
        {
            _("Đơn vị"): words["unit"],
            _("Kỳ"): words["period"].map(text.date),
            _("Chỉ tiêu"): words["indicator"],
            _("Đã công bố"): words["expected"],
            _("Từ số liệu"): words["actual"],
            _("Đối chiếu"): words["equal"],
        }
    )
    print(shown.to_string(index=False))
    faults = _boundary_faults(data.reference)
    print(_("Lớp bản đồ: {faults}", faults="; ".join(faults) or _("không có lỗi")))
    chain = store.follow(engine)
    print(_("Chuỗi kiểm tra {links} mắt xích, mã {mark}", links=chain.links, mark=chain.mark))
    if chain.fault:
        print(_("Chuỗi kiểm tra bị đứt: {fault}. Hãy báo người quản trị.", fault=chain.fault))
        return FAULTY
    agreed = not rows["equal"].eq(False).any() and not faults
    print(_("Không số nào lệch với số đã công bố.") if agreed else _("Có chỗ lệch; xem các dòng ✕."))
    return DONE if agreed else FAULTY


def _boundary_faults(reference: Reference) -> list[str]:
    """The faults of the layers in use, of each division."""
    found = []
    for day in reference.timeline.divisions:
        then = reference.at(day)
        file = boundaries.in_use(then)
        found += boundaries.faults(boundaries.read(file), then.shaped_units) if file else []
    return found


def _export(call: argparse.Namespace) -> int:
    data = dataset.load(store.connect(), world=world(call))
    call.folder.mkdir(parents=True, exist_ok=True)
    every = resources.resources()
    list(steps((f"{name}.csv", partial(_write_table, call.folder, data, found)) for name, found in every.items()))
    about = resources.about(data) | {"tables": sorted(every)}
    words = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    whole_file.write(call.folder / "about.json", words.encode())
    print(_("Đã xuất vào {folder}; cột kind ghi loại số liệu của từng dòng.", folder=call.folder))
    return DONE


def _write_table(folder: Path, data: Dataset, resource: Resource) -> None:
    whole_file.write(folder / f"{resource.name}.csv", exports.plain_csv(resource.make(data)))


def _sample(call: argparse.Namespace) -> int:
    recognised = pd.read_csv(DATA / "published" / "recognitions.csv", dtype=str)
    tables = sample.generate(reference_module.load(), recognised)
    for file in sample.write(tables):
        print(file.relative_to(ROOT))
    return DONE


def _schematic(call: argparse.Namespace) -> int:
    timeline = reference_module.load().timeline
    for name, shapes in schematic.layers(timeline).items():
        file = boundaries.BUNDLED / f"{name}.geojson"
        boundaries.write(shapes, schematic.words(name, timeline.province_name()), file)
        print(file.relative_to(ROOT))
    return DONE
