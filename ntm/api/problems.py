"""Problems: what is answered instead of data, in a sentence and as RFC 9457 has it (application/problem+json)."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from ntm.text import _

TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is no data. `detail`: a sentence: what was found, what is allowed, what to do next."""

    def __init__(self, status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None):
        self.status, self.detail, self.headers = status, detail, dict(headers or {})
        super().__init__(detail)

    def response(self) -> Response:
        """Return it as an answer."""
        said = {"type": "about:blank", "title": self.status.phrase, "status": int(self.status), "detail": self.detail}
        return Response(
            json.dumps(said, ensure_ascii=False), self.status, self.headers | {"Cache-Control": "no-store"}, TYPE
        )


def unprocessable(name: str, found: str, allowed: str) -> Problem:
    """Return the problem of a parameter that is not understood."""
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        _("{name}={found}: không có giá trị này. Được dùng: {allowed}.", name=name, found=found[:60], allowed=allowed),
    )
