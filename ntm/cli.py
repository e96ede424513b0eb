"""The command line: python -m ntm build | check | export | sample | schematic, and what the cli_* modules add.

Exit codes: 0 done; 1 the data has faults or does not agree with what is published; 2 the call was wrong (an unknown
command, a file that is not there).
"""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from sqlalchemy.exc import SQLAlchemyError

from ntm import (
    assessments,
    boundaries,
    cli_boundaries,
    cli_data,
    cli_report,
    clock,
    dataset,
    labels,
    narrative,
    progress,
    reconcile,
    sample,
    schematic,
    store,
    text,
)
from ntm import reference as reference_module
from ntm.boundary_files import Unfit
from ntm.checks import Faults
from ntm.intake.sheets import Refused
from ntm.package import Unpackable
from ntm.paths import DATA, ROOT
from ntm.people import Denied
from ntm.store import Stale
from ntm.terminal import DONE, FAULTY, WRONG_CALL, add_world, steps, world
from ntm.text import _

SHOWN_FAULTS = 50
REFUSALS = (Faults, Unfit, Refused, Unpackable, Denied, Stale)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    call = _parser().parse_args(arguments)
    text.use(call.language)
    command: Callable[[argparse.Namespace], int] = call.run
    try:
        clock.zone()  # a wrong setting is refused before anything is done
        return command(call)
    except REFUSALS as refusal:
        _say_refusal(refusal)
        return FAULTY
    except FileNotFoundError as missing:
        print(_("Không tìm thấy tệp: {file}", file=missing.filename or missing), file=sys.stderr)
        return WRONG_CALL
    except ValueError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_CALL
    except SQLAlchemyError as error:
        reason = type(error).__name__  # the whole text may hold the address and its password
        print(_("Không dùng được cơ sở dữ liệu ({reason}). Xem NTM_DATABASE_URL.", reason=reason), file=sys.stderr)
        return WRONG_CALL


def _say_refusal(refusal: Exception) -> None:
    print(refusal, file=sys.stderr)
    if isinstance(refusal, Unfit):
        print(_("Lớp bản đồ đang dùng không đổi."), file=sys.stderr)
    if isinstance(refusal, Faults):
        print(refusal.table.head(SHOWN_FAULTS).to_string(index=False), file=sys.stderr)
        if len(refusal.table) > SHOWN_FAULTS:
            print(_("… và {count} lỗi nữa.", count=len(refusal.table) - SHOWN_FAULTS), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ntm",
        description="Số liệu nông thôn mới: dựng, kiểm tra, nhập, xuất. / New rural development data.",
        epilog="Mã thoát: 0 xong; 1 số liệu có lỗi hoặc lệch với số công bố; 2 lệnh sai hoặc không có tệp. "
        "Cơ sở dữ liệu: NTM_DATABASE_URL, mặc định là tệp var/ntm.sqlite.",
    )
    parser.add_argument("--language", choices=list(text.LANGUAGES), default="vi", help="ngôn ngữ (vi, en)")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    build = commands.add_parser("build", help="dựng cơ sở dữ liệu và tệp tĩnh; chạy lại không đổi gì")
    build.set_defaults(run=_build)

    check = commands.add_parser("check", help="kiểm tra số liệu, đối chiếu với số đã công bố")
    check.set_defaults(run=_check)

    export = commands.add_parser("export", help="xuất số liệu ra một thư mục, kèm nguồn")
    export.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    add_world(export)
    export.set_defaults(run=_export)

    cli_boundaries.add(commands)
    cli_report.add(commands)
    cli_data.add(commands)

    make_sample = commands.add_parser("sample", help="sinh lại số liệu minh họa trong data/sample")
    make_sample.set_defaults(run=_sample)

    make_schematic = commands.add_parser("schematic", help="tính lại sơ đồ các xã trong data/boundaries")
    make_schematic.set_defaults(run=_schematic)
    return parser


def _build(call: argparse.Namespace) -> int:
    engine = store.connect()
    reference = reference_module.load()
    work = [
        (_("Cơ sở dữ liệu"), lambda: dataset.build(engine)),
        (_("Bản đồ"), lambda: boundaries.publish(reference)),
    ]
    added, layer = steps(work)
    print(_("Phiên bản mới: {added}. Lớp bản đồ: {layer}.", added=added or _("không có"), layer=layer.file))
    return DONE


def _check(call: argparse.Namespace) -> int:
    engine = store.connect()
    dataset.build(engine)
    data = dataset.load(engine)
    assessments.check(data.assessments, data.reference)
    print(_("Quy tắc: {count} kết quả đánh giá, không có lỗi.", count=text.number(len(data.assessments))))
    rows = reconcile.against_published(data)
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
    faults = boundaries.faults(boundaries.read(boundaries.in_use()), data.reference.shaped_units)
    print(_("Lớp bản đồ: {faults}", faults="; ".join(faults) or _("không có lỗi")))
    agreed = not rows["equal"].eq(False).any() and not faults
    print(_("Không số nào lệch với số đã công bố.") if agreed else _("Có chỗ lệch; xem các dòng ✕."))
    return DONE if agreed else FAULTY


def _export(call: argparse.Namespace) -> int:
    data = dataset.load(store.connect(), world=world(call))
    call.folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "assessments": data.assessments,
        "recognitions": data.recognitions,
        "complete_lists": data.complete_lists,
        "villages": data.villages,
        "communes": data.communes,
        "progress": progress.over_periods(data),
        "revisions": clock.stamped(data.revisions),
    }
    work = [
        (f"{name}.csv", partial(table.to_csv, call.folder / f"{name}.csv", index=False, lineterminator="\n"))
        for name, table in tables.items()
    ]
    list(steps(work))
    about = {
        "plan": data.reference.plan.id,
        "world": data.world,
        "content": labels.world(data.world),
        "revision": data.revision,
        "periods": data.periods,
        "tables": sorted(tables),
    }
    (call.folder / "about.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(_("Đã xuất vào {folder}; cột kind ghi loại số liệu của từng dòng.", folder=call.folder))
    return DONE


def _sample(call: argparse.Namespace) -> int:
    recognised = pd.read_csv(DATA / "published" / "recognitions.csv", dtype=str)
    tables = sample.generate(reference_module.load(), recognised)
    for file in sample.write(tables):
        print(file.relative_to(ROOT))
    return DONE


def _schematic(call: argparse.Namespace) -> int:
    reference = reference_module.load()
    shapes = schematic.compute(reference.shaped_units, schematic.load_outline(), reference.communes.index)
    boundaries.write(shapes, schematic.WORDS)
    print(boundaries.LAYER.relative_to(ROOT))
    return DONE
