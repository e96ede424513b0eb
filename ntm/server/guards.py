"""Guards: what is asked of every request before Streamlit sees it, and what every answer bears."""

import logging
import re
import string
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ntm import people_list
from ntm.environment import setting
from ntm.people import Faulty, Person
from ntm.server import identity, listening, quirks, sessions
from ntm.server.identity import Identity

logger = logging.getLogger(__name__)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MOST_OF_A_SESSION, MOST_OF_THE_SERVER = 60_000_000, 200_000_000  # bytes of files that are held in memory
# By a proxy, or by who plays one.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?P<port>(?::\d{1,5})?)")


def all_of_them() -> list[Middleware]:
    """Return the guards in the order in which a request meets them."""
    return [Middleware(guard) for guard in (AnswerHeaders, Hosts, HiddenPaths, Uploads, DeveloperMessages, SignOut)]


def _place(written: str) -> tuple[str, str]:
    """A host as a request writes it, name and port, in the one way in which it is handed on; "" where it is none."""
    found = HOST.fullmatch(written.lower())
    if not found:
        return "", ""
    name = found["name"].rstrip(".")
    return name.strip("[]"), f"{name}{found['port']}"


def is_local(scope: Scope) -> bool:
    """Return whether a request comes from this machine, under its own name, and through no proxy.

    The server puts what a proxy on this machine says in X-Forwarded-For in the place of the address that it came from:
    a request with such a header is not believed, whatever it says.
    """
    headers = Headers(scope=scope)
    if any(name in headers for name in FORWARDED):
        return False
    client = scope.get("client") or ("",)
    try:
        is_loopback = ip_address(client[0]).is_loopback
    except ValueError:  # none, or a socket that is no address
        return False
    return is_loopback and _place(headers.get("host", ""))[0] in listening.LOOPBACK


class _Guard:
    """A middleware over requests and websockets; whatever else there is passes."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        await self.meet(scope, receive, send)

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise NotImplementedError


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    """Answer a request, or a websocket before it opens, with a status and a sentence."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    await PlainTextResponse(f"{sentence}\n", status)(scope, receive, send)


class Hosts(_Guard):
    """Only under its own names, and from its own pages: before Streamlit would ask the internet for its address.

    What passes is handed on in one spelling: Streamlit compares host and origin letter by letter.
    """

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = MutableHeaders(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        name, place = _place(hosts[0]) if len(hosts) == 1 else ("", "")
        if name not in listening.allowed_hosts():
            await refuse(scope, receive, send, 400, "Máy chủ không nhận tên này. / Unknown host. NTM_HOSTS")
            return
        headers["host"] = place
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if changes and origins:
            scheme, _separator, host = origins[0].partition("://")
            if len(origins) > 1 or scheme not in ("http", "https") or _place(host)[1] != place:
                await refuse(scope, receive, send, 403, "Yêu cầu đến từ trang khác. / Foreign origin.")
                return
            headers["origin"] = f"{scheme}://{place}"
        await self.app(scope, receive, send)


async def failed(request: Request, error: Exception) -> PlainTextResponse:
    """Answer a request that an error has ended: Starlette does so outside of all guards."""
    logger.error("A request has failed.", exc_info=error)
    return PlainTextResponse("Máy chủ gặp lỗi. / Server error.\n", 500, answer_headers(request.url.path))


class HiddenPaths(_Guard):
    """What tells strangers of the server's inside is not there."""

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        if any(part in scope["path"] for part in quirks.HIDDEN):
            await refuse(scope, receive, send, 404, "Không có trang này. / Not found.")
            return
        await self.app(scope, receive, send)


class Uploads(_Guard):
    """Files only from who may change the data, and never more than memory for them there is."""

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or quirks.UPLOADS not in scope["path"] or scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        if not who(scope).may_change:
            await refuse(scope, receive, send, 403, "Chỉ người được cập nhật số liệu mới gửi được tệp. / Not allowed.")
            return
        if scope["method"] == "PUT" and not _has_room(scope):
            await refuse(
                scope, receive, send, 413, "Máy chủ đang giữ quá nhiều tệp; hãy thử lại sau. / Too many files."
            )
            return
        await self.app(scope, receive, send)


def who(scope: Scope) -> Person:
    """Return who a request is from, by its cookies; a viewer without a name where that is not known."""
    return identified(scope).person


def identified(scope: Scope) -> Identity:
    """Return who a request is from, and by which way that is known; nobody while the list of people is faulty."""
    try:
        listed = people_list.load()
    except Faulty:
        logger.exception("The list of people cannot be read.")
        return Identity()
    request = HTTPConnection(scope)
    return identity.of(request.cookies, request.headers.getlist, listed)


def _has_room(scope: Scope) -> bool:
    """Whether a file fits into what its session and the server may hold."""
    size = Headers(scope=scope).get("content-length", "")
    if not (size.isascii() and size.isdigit()):
        return False
    session = scope["path"].partition(quirks.UPLOADS)[2].partition("/")[0]
    held = quirks.held_bytes()
    fits_session = held.get(session, 0) + int(size) <= MOST_OF_A_SESSION
    return fits_session and sum(held.values()) + int(size) <= MOST_OF_THE_SERVER


class DeveloperMessages(_Guard):
    """What Streamlit's page says to its server for a developer, such as to empty all caches, is not heard."""

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def heard() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or not quirks.is_for_developers(message.get("bytes") or b""):
                    return message

        await self.app(scope, heard, send)


class SignOut(_Guard):
    """Who signs out is out, with every copy of the cookie."""

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith(quirks.SIGN_OUT):
            sessions.end(HTTPConnection(scope).cookies)
        await self.app(scope, receive, send)


class AnswerHeaders(_Guard):
    """What every answer bears: what a page may load, who may frame it; cookies for half a day, and over TLS alone."""

    async def meet(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in answer_headers(scope["path"]).items():
                    headers[name] = value
                if "access-control-allow-origin" in headers:
                    del headers["access-control-allow-origin"]
                cookies = [_bounded(cookie, is_behind_tls(scope)) for cookie in headers.getlist("set-cookie")]
                if cookies:
                    del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, sent)


def _bounded(cookie: str, is_secure: bool) -> str:
    """A cookie with the life and the flags that sign-ins have here."""
    name = cookie.partition("=")[0].strip()
    parts = [part.strip() for part in cookie.split(";")]
    if name.rstrip(string.digits + "_") in quirks.SIGN_IN_COOKIES and "Max-Age=0" not in parts:
        parts = [f"Max-Age={sessions.SECONDS}" if part.lower().startswith("max-age=") else part for part in parts]
    if is_secure and "Secure" not in parts:
        parts.append("Secure")
    return "; ".join(parts)


def is_behind_tls(scope: Scope) -> bool:
    """Return whether people come by https: by what a proxy on this machine says of the request, or by the address to
    which a provider sends them back.
    """
    return scope["scheme"] in ("https", "wss") or str(quirks.sign_in_secrets().get("redirect_uri", "")).startswith(
        "https://"
    )


def answer_headers(path: str) -> dict[str, str]:
    """Return the headers of an answer; a component (the map) lives in a frame of our own page."""
    is_component = quirks.COMPONENTS in path
    return {
        "Content-Security-Policy": "; ".join(_policy(is_component)),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if is_component else "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), fullscreen=(self)",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _policy(is_component: bool) -> Iterable[str]:
    # Vega compiles its expressions, and streamlit-folium runs the map's script from words: both need unsafe-eval.
    # Streamlit loads a component's module from a blob.
    scripts = "'unsafe-inline'" if is_component else " ".join(quirks.inline_script_digests())
    yield "default-src 'self'"
    yield f"script-src 'self' blob: 'unsafe-eval' {scripts}"
    yield "style-src 'self' 'unsafe-inline'"
    yield f"img-src 'self' data: blob: {_tiles()}".rstrip()
    yield "font-src 'self' data:"
    yield "connect-src 'self'"
    yield "frame-src 'self' blob: data:"
    yield "worker-src 'self' blob:"
    yield "object-src 'none'"
    yield "base-uri 'self'"
    yield "form-action 'self'"
    yield "frame-ancestors 'self'" if is_component else "frame-ancestors 'none'"


def _tiles() -> str:
    """The office's own tile server, which alone of all others pictures may come from."""
    address = urlsplit(setting("NTM_TILES"))
    return f"{address.scheme}://{address.netloc}" if address.scheme in ("http", "https") else ""
