"""Access: who asks, whether they may read, and how often. Reading is as open as the pages are (see ntm.people).

A program shows a token: `Authorization: Bearer TOKEN`, or as a password with any name (Basic), which Excel and
LibreOffice can ask a person for. A browser's own sign-in holds too.
"""

import base64
import binascii
import logging
import time
from collections.abc import Mapping
from http import HTTPStatus

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from ntm import people_list, tokens
from ntm.api.problems import Problem
from ntm.people import Faulty, People, Person
from ntm.server import guards
from ntm.server.identity import Identity
from ntm.text import _, plural

logger = logging.getLogger(__name__)
RATE = parse("120/minute")  # of one address: an office's workbook with all tables asks twenty times
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ntm", Basic realm="ntm", charset="UTF-8"'}
_counts = MemoryStorage()
_asked = MovingWindowRateLimiter(_counts)


def forget() -> None:
    """Count from nothing again."""
    _counts.reset()


def count(request: Request) -> None:
    """Count a request of an address. Raises Problem (429) where there were too many."""
    address = request.client.host if request.client else ""
    if _asked.hit(RATE, address):
        return
    wait = max(1, round(_asked.get_window_stats(RATE, address).reset_time - time.time()))
    raise Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        plural("Quá {allowed} yêu cầu mỗi phút từ một máy. Hãy thử lại sau {count} giây.", wait, allowed=RATE.amount),
        {"Retry-After": str(wait)},
    )


def check_may_read(request: Request) -> Person:
    """Return who asks. Raises Problem: 401 without a sign-in or token that holds, 403 for who is not on the list."""
    listed = _people()
    of_token = _by_token(request, listed)
    found = Identity(of_token) if of_token else guards.identified(request.scope)
    person = found.person
    if found.may_read(listed):
        return person
    if person.email:
        raise Problem(HTTPStatus.FORBIDDEN, _("Chỉ người trong danh sách mới được xem. Hãy liên hệ người quản trị."))
    raise _unknown(_("Chỉ người trong danh sách mới được xem. Hãy gửi mã truy cập (python -m ntm token add)."))


def check_is_local_or_administrator(request: Request) -> None:
    """Raise Problem unless a request is from this machine, through no proxy, or has an administrator's token."""
    if guards.is_local(request.scope):
        return
    person = _by_token(request, _people())
    if person is None:
        raise _unknown(_("Chỉ hỏi được từ chính máy chủ, hoặc với mã truy cập của người quản trị."))
    if not person.is_administrator:
        raise Problem(HTTPStatus.FORBIDDEN, _("Chỉ mã truy cập của người quản trị mới xem được."))


def _people() -> People:
    try:
        return people_list.load()
    except Faulty as faulty:
        logger.exception("The list of people cannot be read.")
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(faulty)) from faulty


def _by_token(request: Request, listed: People) -> Person | None:
    """Who a token is of; None if none is shown. Raises Problem (401) for one that does not hold."""
    shown = _shown(request.headers)
    if not shown:
        return None
    try:
        found = tokens.find(shown, tokens.load())
    except tokens.Unreadable as unreadable:
        logger.exception("The list of tokens cannot be read.")
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, str(unreadable)) from unreadable
    if found is None:
        raise _unknown(_("Mã truy cập không đúng hoặc đã bị bỏ. Nhờ người quản trị tạo mã mới."))
    if found.has_ended:
        raise _unknown(tokens.ended(found))
    return listed.find(found.email)


def _shown(headers: Mapping[str, str]) -> str:
    """The token of an Authorization header; "" if there is none. Raises Problem (401) for one that cannot be read."""
    scheme, _space, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return "?"
    if scheme:
        raise _unknown(_("Không hiểu cách xác thực “{found}”. Được dùng: Bearer, Basic.", found=scheme[:20]))
    return ""


def _unknown(detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, detail, CHALLENGE)
