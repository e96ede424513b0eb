"""The command line's commands for the database itself: backup, restore, database harden."""

import argparse
from pathlib import Path

from ntm import apart, clock, database_roles, package, store, text
from ntm.cli.terminal import DONE
from ntm.package import Packed
from ntm.text import _

MEMORY = 2_000_000_000  # bytes; a package is read row by row


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    backup = commands.add_parser("backup", help="gói mọi số liệu, phiên bản và nhật ký vào một tệp, rồi đọc lại thử")
    backup.add_argument("file", type=Path, metavar="TỆP.zip")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="khôi phục một gói vào cơ sở dữ liệu trống, rồi kiểm tra")
    restore.add_argument("file", type=Path, metavar="TỆP.zip")
    restore.add_argument(
        "--unproved", action="store_true", help="nhận gói không có dấu niêm phong, sau khi đã đối chiếu mã"
    )
    restore.set_defaults(run=_restore)

    database = commands.add_parser("database", help="bảo vệ cơ sở dữ liệu")
    harden = database.add_subparsers(required=True, metavar="VIỆC").add_parser(
        "harden", help="PostgreSQL: tạo vai trò chỉ đọc và thêm, không sửa, không xóa"
    )
    harden.add_argument("role", metavar="VAI_TRÒ")
    harden.set_defaults(run=_harden)


def _backup(call: argparse.Namespace) -> int:
    packed = package.write(store.connect(), call.file)
    print(
        _(
            "Đã gói đến phiên bản {revision} vào {file}, đã khôi phục thử và giống hệt.",
            revision=packed.revision,
            file=call.file,
        )
    )
    _say_proof(packed)
    return DONE


def _restore(call: argparse.Namespace) -> int:
    with apart.bounded(MEMORY):
        packed = package.restore(store.connect(), call.file, unproved=call.unproved)
    print(_("Đã khôi phục đến phiên bản {revision}; mọi bảng giống lúc gói.", revision=packed.revision))
    _say_proof(packed)
    return DONE


def _say_proof(packed: Packed) -> None:
    print(_("Chuỗi kiểm tra {links} mắt xích, mã {mark}", links=packed.chain.links, mark=packed.chain.mark))
    print(f"SHA-256 {packed.digest} · {text.date(clock.today())}")


def _harden(call: argparse.Namespace) -> int:
    database_roles.harden(store.connect(), call.role)
    print(
        _(
            "Vai trò {role} chỉ còn đọc và thêm. Đặt mật khẩu cho vai trò này (trong psql: \\password {role}), rồi ghi "
            "vai trò vào NTM_DATABASE_URL của bảng điều khiển. Mỗi lần nâng cấp: chạy build rồi chạy lại lệnh này bằng "
            "tài khoản sở hữu.",
            role=call.role,
        )
    )
    return DONE
