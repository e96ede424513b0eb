"""The command line's commands for tokens, with which programs read the data: token add, list, remove."""

import argparse
import json

from ntm import people_list, tokens
from ntm.cli.terminal import DONE
from ntm.people import Denied
from ntm.text import _, date

DAYS = 365


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    parser = commands.add_parser("token", help="mã truy cập để chương trình khác (Excel, Power BI) đọc số liệu")
    actions = parser.add_subparsers(required=True, metavar="VIỆC")
    make = actions.add_parser("add", help="tạo mã cho một người trong danh sách; mã chỉ in ra một lần")
    make.add_argument("email", metavar="ĐỊA_CHỈ")
    make.add_argument("--days", type=int, default=DAYS, help=f"số ngày có hiệu lực, mặc định {DAYS}")
    make.add_argument("--note", required=True, help="dùng vào việc gì, ví dụ Power BI của phòng kế hoạch")
    make.set_defaults(run=_add)
    show = actions.add_parser("list", help="các mã đã tạo, của ai, đến ngày nào")
    show.set_defaults(run=_list)
    remove = actions.add_parser("remove", help="bỏ một mã; chương trình dùng mã ấy không đọc được nữa")
    remove.add_argument("id", metavar="MÃ")
    remove.set_defaults(run=_remove)
    for command in (make, show, remove):
        command.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")


def _say(call: argparse.Namespace, words: str, content: object) -> int:
    print(json.dumps(content, ensure_ascii=False) if call.json else words)
    return DONE


def _add(call: argparse.Namespace) -> int:
    person = people_list.load().find(call.email)
    if not person.name:
        raise Denied(
            _(
                "{email} không có trong danh sách người dùng (NTM_PEOPLE); hãy thêm người ấy vào danh sách trước. "
                "Chưa tạo mã.",
                email=call.email,
            )
        )
    made, shown = tokens.add(person.email, call.days, call.note)
    words = _(
        "Mã {id} của {name}, có hiệu lực đến hết {date}. Chép ngay, mã không hiện lại:\n{shown}",
        id=made.id,
        name=person.name,
        date=date(made.ends),
        shown=shown,
    )
    return _say(call, words, {"id": made.id, "ends": made.ends.isoformat(), "token": shown})


def _list(call: argparse.Namespace) -> int:
    known = tokens.load()
    lines = [" · ".join([token.id, token.email, token.note, _ending(token)]) for token in known] or [
        _("Chưa có mã truy cập nào.")
    ]
    content = [token.model_dump(mode="json", exclude={"digest"}) | {"ended": token.has_ended} for token in known]
    return _say(call, "\n".join(lines), content)


def _ending(token: tokens.Token) -> str:
    return _("hết hạn {date}", date=date(token.ends)) if token.has_ended else _("đến {date}", date=date(token.ends))


def _remove(call: argparse.Namespace) -> int:
    gone = tokens.remove(call.id)
    return _say(call, _("Đã bỏ mã {id} của {email}.", id=gone.id, email=gone.email), {"id": gone.id})
