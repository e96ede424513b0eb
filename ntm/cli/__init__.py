"""The command line: python -m ntm, with the commands that the modules here add.

Exit codes: 0 done; 1 the data has faults or does not agree with what is published; 2 the call was wrong (an unknown
command, a file that is not there).
"""

import argparse
import sys
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from ntm import clock, look, text
from ntm.cli import accounts, boundaries, build, data, database, doctor, people, province, report, token
from ntm.cli.terminal import FAULTY, INTERRUPTED, WRONG_CALL, printable
from ntm.database import Busy
from ntm.facts.rules import Faults
from ntm.geo.unfit import Unfit
from ntm.intake.sheets import Refused
from ntm.look import Look
from ntm.package import Unpackable
from ntm.people import Denied, Faulty
from ntm.store import Stale
from ntm.text import _, plural

SHOWN_FAULTS = 50
GROUPS = (build, boundaries, report, data, database, people, accounts, doctor, province, token)
REFUSALS = (Faults, Unfit, Refused, Unpackable, Denied, Stale, Faulty)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    with printable():
        call = _parser().parse_args(arguments)
        with look.use(Look(call.language)):
            return _run(call)


def _run(call: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = call.run
    try:
        clock.zone()  # a wrong setting is refused before anything is done
        return command(call)
    except REFUSALS as refusal:
        _say_refusal(refusal)
        return FAULTY
    except MemoryError:
        print(_("Tệp cần quá nhiều bộ nhớ nên đã dừng; chưa đổi gì. Hãy chia nhỏ hoặc giản lược tệp."), file=sys.stderr)
        return FAULTY
    except KeyboardInterrupt:
        print(_("Đã dừng theo yêu cầu; tệp đang ghi dở đã được bỏ."), file=sys.stderr)
        return INTERRUPTED
    except (OSError, ValueError, SQLAlchemyError) as error:
        print(_sentence(error), file=sys.stderr)
        return WRONG_CALL


def _sentence(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return _("Không tìm thấy tệp: {file}", file=error.filename or error)
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return _(
            "Không đọc hoặc không ghi được {file} ({reason}). Xem quyền và dung lượng đĩa.",
            file=error.filename or "",
            reason=reason,
        )
    if isinstance(error, SQLAlchemyError) and not isinstance(error, Busy):
        reason = type(error).__name__  # the whole text may hold the address and its password
        return _("Không dùng được cơ sở dữ liệu ({reason}). Xem NTM_DATABASE_URL.", reason=reason)
    if isinstance(error, clock.UnknownZone):
        return _(
            "NTM_TIMEZONE là “{found}”: không có múi giờ này. Ví dụ đúng: {example}.",
            found=error,
            example=clock.DEFAULT,
        )
    return str(error)


def _say_refusal(refusal: Exception) -> None:
    print(refusal, file=sys.stderr)
    if isinstance(refusal, Unfit):
        print(_("Lớp bản đồ đang dùng không đổi."), file=sys.stderr)
    if isinstance(refusal, Faults):
        print(refusal.table.head(SHOWN_FAULTS).to_string(index=False), file=sys.stderr)
        if len(refusal.table) > SHOWN_FAULTS:
            print(plural("… và {count} lỗi nữa.", len(refusal.table) - SHOWN_FAULTS), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ntm",
        description="Số liệu nông thôn mới: dựng, kiểm tra, nhập, xuất. / New rural development data.",
        epilog="Mã thoát: 0 xong; 1 số liệu có lỗi hoặc lệch với số công bố; 2 lệnh sai hoặc không có tệp. "
        "Cơ sở dữ liệu: NTM_DATABASE_URL, mặc định là tệp var/ntm.sqlite.",
    )
    parser.add_argument("--language", choices=list(text.LANGUAGES), default="vi", help="ngôn ngữ (vi, en)")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    for group in GROUPS:
        group.add(commands)
    return parser
