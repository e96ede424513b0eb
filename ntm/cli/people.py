"""The command line's command for the list of people: people check."""

import argparse
import json

from ntm import labels, people_list, timeline
from ntm.cli.terminal import DONE
from ntm.environment import setting
from ntm.text import _


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("people", help="danh sách người dùng")
    check = parser.add_subparsers(required=True, metavar="VIỆC").add_parser(
        "check", help="kiểm tra danh sách mà NTM_PEOPLE nêu, in ai được làm gì"
    )
    check.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")
    check.set_defaults(run=_check)


def _check(call: argparse.Namespace) -> int:
    found = people_list.load()
    if call.json:
        listed = [
            {"email": person.email, "name": person.name, "role": person.role, "groups": sorted(person.groups)}
            for person in found.listed.values()
        ]
        print(json.dumps({"reading": found.reading, "people": listed}, ensure_ascii=False))
        return DONE
    if not setting("NTM_PEOPLE"):
        print(_("Chưa có danh sách (NTM_PEOPLE): ai cũng xem được, không ai sửa được trên trang."))
        return DONE
    names = timeline.load().group_labels()
    print(_("Xem: {who}.", who=_("mọi người") if found.reading == "open" else _("chỉ người trong danh sách")))
    for person in found.listed.values():
        places = ", ".join(names[code] for code in sorted(person.groups))
        print(" · ".join(filter(None, [person.name, labels.role(person.role), places, person.email])))
    return DONE
