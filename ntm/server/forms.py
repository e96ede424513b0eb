"""Forms that people post to the server itself: read within bounds, from our own page alone, and not too often.

Against forged requests there are two defences: ntm.server.guards refuses a foreign Origin, and every form holds a
secret that a cookie of the same browser holds too.
"""

import hmac
from collections.abc import Mapping
from http import HTTPStatus

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from ntm.accounts import tables
from ntm.text import _

COOKIE, FIELD = "ntm_form", "form"
SIGNS = len(tables.token())
LARGEST = 10_000  # bytes
FIELDS = 10
OF_ONE_ADDRESS, OF_ALL = RateLimitItemPerMinute(20), RateLimitItemPerMinute(200)
_limiter = MovingWindowRateLimiter(MemoryStorage())


class Unfit(Exception):
    """A form is not taken: with which status, and a sentence."""

    def __init__(self, status: HTTPStatus, sentence: str):
        self.status = status
        super().__init__(sentence)


def secret(request: Request) -> str:
    """Return the secret that a form of this browser holds, a new one if its cookie has none."""
    known = request.cookies.get(COOKIE, "")
    return known if len(known) == SIGNS and known.isascii() else tables.token()


async def read(request: Request) -> Mapping[str, str]:
    """Return a form's fields. Raises Unfit."""
    size = request.headers.get("content-length", "")
    if not (size.isascii() and size.isdigit()) or int(size) > LARGEST:
        raise Unfit(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Biểu mẫu quá lớn; chưa làm gì."))
    client = request.client.host if request.client else ""
    if not (_limiter.hit(OF_ONE_ADDRESS, client) and _limiter.hit(OF_ALL)):
        raise Unfit(HTTPStatus.TOO_MANY_REQUESTS, _("Quá nhiều lần gửi trong một phút. Hãy đợi một phút rồi thử lại."))
    async with request.form(max_fields=FIELDS, max_files=0) as form:
        found = {name: value for name, value in form.items() if isinstance(value, str)}
    kept = request.cookies.get(COOKIE, "")
    if len(kept) != SIGNS or not hmac.compare_digest(kept.encode(), found.get(FIELD, "").encode()):
        raise Unfit(
            HTTPStatus.FORBIDDEN,
            _(
                "Biểu mẫu này không phải của trang đang mở, hoặc trình duyệt chặn cookie. Chưa làm gì; hãy tải lại "
                "trang rồi gửi lại."
            ),
        )
    return found
