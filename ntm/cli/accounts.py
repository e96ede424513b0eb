"""The command line's commands for accounts: init, add, list, remove, reset, unlock, end, owner."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from ntm import labels, people, people_file, people_list, store, text
from ntm.accounts import keeping
from ntm.accounts.keeping import Account
from ntm.accounts.links import FOR_A_PASSWORD
from ntm.cli.terminal import DONE
from ntm.people import ADMINISTRATOR, Role
from ntm.text import _, plural


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to the command line."""
    parser = commands.add_parser("accounts", help="tài khoản mà máy chủ này tự giữ, không cần dịch vụ nào khác")
    kinds = parser.add_subparsers(required=True, metavar="VIỆC")

    init = _command(kinds, "init", "lập danh sách người dùng và tài khoản quản trị đầu tiên", _init)
    init.add_argument("address", metavar="ĐỊA_CHỈ_THƯ")
    init.add_argument("name", metavar="HỌ_TÊN")

    made = _command(kinds, "add", "lập tài khoản, in liên kết đặt mật khẩu", _add)
    made.add_argument("address", metavar="ĐỊA_CHỈ_THƯ")
    made.add_argument("--name", help="họ tên, nếu chưa có trong danh sách người dùng")
    made.add_argument("--role", choices=list(Role), help="vai trò trong danh sách; mặc định viewer")
    made.add_argument("--groups", nargs="+", default=[], help="mã hoặc tên các nhóm xã của group editor")

    listed = _command(kinds, "list", "ai có tài khoản, đã đặt mật khẩu chưa, có đang khóa không", _list, links=False)
    listed.add_argument("--json", action="store_true", help="in kết quả dạng JSON, cho chương trình khác đọc")

    removed = _command(kinds, "remove", "xóa tài khoản và kết thúc mọi phiên", _remove, links=False)
    removed.add_argument("address", metavar="ĐỊA_CHỈ_THƯ")
    removed.add_argument("--from-list", action="store_true", help="bỏ cả tên trong danh sách người dùng")

    reset = _command(kinds, "reset", "bỏ mật khẩu, mã hai bước và các phiên; in liên kết mới", _reset)
    reset.add_argument("address", metavar="ĐỊA_CHỈ_THƯ")

    unlock = _command(kinds, "unlock", "mở khóa ngay cho người đã sai nhiều lần", _unlock, links=False)
    unlock.add_argument("address", metavar="ĐỊA_CHỈ_THƯ")

    end = _command(kinds, "end", "kết thúc mọi phiên của một người, hoặc của tất cả", _end, links=False)
    whose = end.add_mutually_exclusive_group(required=True)
    whose.add_argument("address", nargs="?", metavar="ĐỊA_CHỈ_THƯ")
    whose.add_argument("--all", action="store_true", help="của mọi người")

    _command(kinds, "owner", "in liên kết một lần để chủ máy đăng nhập trên máy này", _owner)


def _command(
    kinds: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    run: Callable[[argparse.Namespace], int],
    *,
    links: bool = True,
) -> argparse.ArgumentParser:
    command = kinds.add_parser(name, help=words)
    if links:
        command.add_argument("--at", default="", metavar="https://…", help="địa chỉ mà mọi người mở bảng điều khiển")
    command.set_defaults(run=run)
    return command


def _init(call: argparse.Namespace) -> int:
    file, engine = people_file.place(), store.connect()
    if keeping.exists(engine):
        raise ValueError(_("Máy chủ này đã có tài khoản. Thêm người: python -m ntm accounts add."))
    people_file.begin(file)
    listed = people_list.read(file).listed.get(people.fold(call.address))
    if listed is None:
        people_file.add(file, call.address, call.name, ADMINISTRATOR)
    elif listed.role != ADMINISTRATOR:
        raise ValueError(_not_administrator(file, call.address))
    return _make(engine, call, call.address)


def _not_administrator(file: Path, address: str) -> str:
    return _(
        "{address} có trong {file} nhưng không phải administrator. Hãy sửa vai trò ở đó, hoặc chọn người khác.",
        address=address,
        file=file.name,
    )


def _add(call: argparse.Namespace) -> int:
    file = people_file.place()
    is_listed = people.fold(call.address) in people_list.read(file).listed
    if is_listed and (call.name or call.role or call.groups):
        raise ValueError(
            _(
                "{address} đã có trong {file}; họ tên, vai trò và nhóm xã sửa ở đó. Hãy chạy lại không có --name, "
                "--role, --groups.",
                address=call.address,
                file=file.name,
            )
        )
    if not is_listed:
        if not call.name:
            raise ValueError(
                _("{address} chưa có trong {file}. Hãy thêm --name và --role.", address=call.address, file=file.name)
            )
        people_file.add(file, call.address, call.name, Role(call.role or Role.VIEWER), call.groups)
    return _make(store.connect(), call, call.address)


def _make(engine: Engine, call: argparse.Namespace, address: str) -> int:
    return _say_link(keeping.add(engine, address, people.owner()), call, address)


def _say_link(secret: str, call: argparse.Namespace, address: str) -> int:
    from ntm.server import owner

    print(
        _(
            "Hãy gửi riêng liên kết này cho {address}; người đó tự đặt mật khẩu (dùng một lần, trong {hours} giờ):",
            address=address,
            hours=FOR_A_PASSWORD.days * 24,
        )
    )
    print(owner.link(secret, call.at))
    if not call.at:
        print(_("Nếu mọi người mở bảng điều khiển ở địa chỉ khác, hãy đổi phần đầu liên kết, hoặc thêm --at https://…"))
    return DONE


def _list(call: argparse.Namespace) -> int:
    found, listed = keeping.listed(store.connect()), people_list.load().listed
    if call.json:
        print(json.dumps([_plain(account) for account in found], ensure_ascii=False))
        return DONE
    for account in found:
        person = listed.get(account.address)
        role = labels.role(person.role) if person else _("không có trong danh sách người dùng")
        print(" · ".join([account.address, role, *_state(account)]))
    print(plural("{count} tài khoản.", len(found)))
    return DONE


def _state(account: Account) -> list[str]:
    words = [_("đã đặt mật khẩu") if account.has_password else _("chưa đặt mật khẩu")]
    if account.link_until:
        words.append(_("liên kết dùng được đến {moment}", moment=text.moment(account.link_until)))
    if account.has_second_factor:
        words.append(_("có mã hai bước"))
    if account.locked_until:
        words.append(_("đang khóa đến {moment}", moment=text.moment(account.locked_until)))
    return [*words, plural("{count} phiên", account.sessions)]


def _plain(account: Account) -> dict[str, object]:
    moments = {name: getattr(account, name) for name in ("made_at", "link_until", "locked_until")}
    words = {name: moment.isoformat() + "Z" if moment else None for name, moment in moments.items()}
    return {
        "address": account.address,
        "has_password": account.has_password,
        "has_second_factor": account.has_second_factor,
        "sessions": account.sessions,
    } | words


def _remove(call: argparse.Namespace) -> int:
    keeping.remove(store.connect(), call.address, people.owner())
    print(_("Đã xóa tài khoản {address}; người đó không còn vào được bằng mật khẩu.", address=call.address))
    if call.from_list:
        people_file.remove(people_file.place(), call.address)
        print(_("Đã bỏ {address} khỏi danh sách người dùng.", address=call.address))
    elif people.fold(call.address) in people_list.load().listed:
        print(_("{address} vẫn có trong danh sách người dùng; muốn bỏ cả ở đó: --from-list.", address=call.address))
    return DONE


def _reset(call: argparse.Namespace) -> int:
    return _say_link(keeping.reset(store.connect(), call.address, people.owner()), call, call.address)


def _unlock(call: argparse.Namespace) -> int:
    keeping.unlock(store.connect(), call.address, people.owner())
    print(_("Đã mở khóa cho {address}.", address=call.address))
    return DONE


def _end(call: argparse.Namespace) -> int:
    ended = keeping.end_sessions(store.connect(), call.address, people.owner())
    print(plural("Đã kết thúc {count} phiên.", ended))
    return DONE


def _owner(call: argparse.Namespace) -> int:
    from ntm.server import owner

    print(owner.link_words(call.at))
    return DONE
