"""Ways of signing in: which of the four this installation has, and in a sentence each, what to do.

Accounts are there as soon as one is made, a provider with a section [auth] in the secrets, a proxy with
server.trustedUserHeaders. The machine's owner has a way of their own only where none of these is, and only while nobody
else can reach the server: this machine is then one person's.
"""

import logging
from enum import StrEnum
from functools import cache

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ntm import database
from ntm.accounts import keeping
from ntm.server import listening, proxy, quirks
from ntm.text import _

logger = logging.getLogger(__name__)


class Way(StrEnum):
    """A way of signing in."""

    PROXY = "proxy"
    ACCOUNT = "account"
    PROVIDER = "provider"
    OWNER = "owner"


def engine() -> Engine:
    """Return the database of accounts and sessions. Raises database.Newer, SQLAlchemyError."""
    return _engine(database.default_url())


@cache
def _engine(url: str) -> Engine:
    return database.connect(url)


def open_ways() -> tuple[Way, ...]:
    """Return the ways that this installation has."""
    found = [
        *([Way.PROXY] if proxy.is_open() else []),
        *([Way.ACCOUNT] if _keeps_accounts() else []),
        *([Way.PROVIDER] if quirks.sign_in_secrets() else []),
    ]
    return tuple(found) or ((Way.OWNER,) if not _seen_by_others() else ())


def _keeps_accounts() -> bool:
    try:
        return keeping.exists(engine())
    except (SQLAlchemyError, database.Newer):
        logger.exception("The accounts cannot be read.")
        return True  # nobody becomes the owner by it


def _seen_by_others() -> str:
    """Why this machine is not one person's, in a sentence; "" if it is."""
    others = sorted(listening.allowed_hosts() - set(listening.LOOPBACK))
    if not listening.is_on_loopback():
        return _("Máy chủ nghe cả ở địa chỉ mà máy khác tới được.")
    if others:
        return _("Máy chủ nhận cả tên {names}, tức là phục vụ máy khác.", names=", ".join(others))
    return ""


def why_not_owner() -> str:
    """Return in a sentence why the machine's owner cannot sign in by a link; "" if they can."""
    found = open_ways()
    if Way.OWNER in found:
        return ""
    if found:
        return _("Máy chủ này đã có cách đăng nhập khác. {ways}", ways=words(found))
    advice = _("Hãy lập tài khoản: python -m ntm accounts init (docs/signing-in.md).")
    return f"{_seen_by_others()} {advice}"


def words(ways: tuple[Way, ...]) -> str:
    """Return what to do to sign in, a sentence for each way; what is missing if there is none."""
    sentences = {
        Way.PROXY: _("Đăng nhập ở cổng của cơ quan, trước khi vào trang này."),
        Way.ACCOUNT: _("Đăng nhập bằng địa chỉ thư và mật khẩu của máy chủ này; người quản trị cấp tài khoản."),
        Way.PROVIDER: _("Đăng nhập bằng tài khoản của cơ quan, qua nhà cung cấp danh tính."),
        Way.OWNER: _(
            "Trên máy này, chủ máy mở liên kết một lần, in ở cửa sổ lệnh khi khởi động; hết hạn thì lấy liên kết mới "
            "theo tài liệu cài đặt."
        ),
    }
    return " ".join(sentences[way] for way in ways) or _("Máy chủ này chưa mở đăng nhập.")
