"""The command about a province's folder of data: python -m ntm province check FOLDER."""

import argparse
import sys
from pathlib import Path

from ntm import province
from ntm.cli.terminal import DONE, FAULTY
from ntm.text import _, plural


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    group = commands.add_parser("province", help="thư mục số liệu của một tỉnh (NTM_DATA)")
    check = group.add_subparsers(required=True, metavar="VIỆC").add_parser("check", help="thư mục còn thiếu hay sai gì")
    check.add_argument("folder", type=Path, metavar="THƯ_MỤC")
    check.set_defaults(run=_check)


def _check(call: argparse.Namespace) -> int:
    if not call.folder.is_dir():
        raise FileNotFoundError(2, "", str(call.folder))
    found = province.faults(call.folder)
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print(plural("{count} lỗi. Sửa rồi kiểm tra lại.", len(found)), file=sys.stderr)
        return FAULTY
    for note in province.notes(call.folder):
        print(note)
    print(_("Dùng được: đặt NTM_DATA={folder} rồi chạy python -m ntm build.", folder=call.folder))
    return DONE
