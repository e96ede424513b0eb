"""The command line for reports: python -m ntm report."""

import argparse
import sys
from functools import partial
from pathlib import Path

from ntm import dataset, store, whole_file
from ntm import reference as reference_module
from ntm.cli.terminal import DONE, WRONG_CALL, add_world, steps, world
from ntm.dataset import Dataset
from ntm.geo import boundaries
from ntm.reports import files
from ntm.text import _


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser of ntm.cli."""
    report = commands.add_parser(
        "report",
        help="viết báo cáo của tỉnh hoặc của huyện ra tệp",
        description="Ví dụ: python -m ntm report --kind docx --group 110 --period 2024-12-31 -o bao-cao.docx",
    )
    report.add_argument("--kind", choices=list(files.KINDS), default="docx", help="loại tệp")
    report.add_argument("--period", help="kỳ số liệu, ví dụ 2024-12-31; mặc định: kỳ mới nhất")
    scope = report.add_mutually_exclusive_group()
    scope.add_argument("--group", "--district", metavar="MÃ", help="mã huyện; mặc định: toàn tỉnh")
    scope.add_argument("--all-groups", "--all-districts", action="store_true", help="mỗi huyện một tệp, -o là thư mục")
    report.add_argument("-o", "--output", type=Path, help="tệp, hoặc thư mục; mặc định: thư mục đang đứng")
    add_world(report)
    report.set_defaults(run=_report)


def _report(call: argparse.Namespace) -> int:
    engine = store.connect()
    dataset.build(engine)
    boundaries.publish_all(reference_module.load())
    data = dataset.load(engine, world=world(call), day=call.period or "")
    period = call.period or data.archive.default_period
    groups = list(data.reference.groups.index)
    if call.group and call.group not in groups:
        names = ", ".join(f"{code} {name}" for code, name in data.reference.groups["label"].items())
        print(_("Không có huyện mã {code}. Các huyện: {names}.", code=call.group, names=names), file=sys.stderr)
        return WRONG_CALL
    try:
        wanted = groups if call.all_groups else [call.group]
        work = [_step(call, data, period, group) for group in wanted]
        for file in steps(work):
            print(file)
    except ValueError as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_CALL
    return DONE


def _step(call: argparse.Namespace, data: Dataset, period: str, group: str | None) -> tuple[str, "partial[Path]"]:
    name = files.name(call.kind, data, period, group)
    folder = call.all_groups or call.output is None or not call.output.suffix
    file = (call.output or Path()) / name if folder else call.output
    return name, partial(_write, file, call.kind, data, period, group)


def _write(file: Path, kind: str, data: Dataset, period: str, group: str | None) -> Path:
    content = files.make(kind, data, period, group)
    whole_file.write(file, content)
    return file
