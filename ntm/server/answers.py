"""Answers of the server's own pages: HTML in the reader's language, and the cookie of a session."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ntm import look, office_metadata, palette, people_list, templates, text
from ntm.accounts import sessions
from ntm.look import SOURCE_LANGUAGE, Look
from ntm.server import addresses, forms, identity
from ntm.server.identity import Identity

FOLDER = Path(__file__).parent / "html"


def looked_at(request: Request) -> Look:
    """Return the look of a request: the language that its address names."""
    named = request.query_params.get("lang", "")
    return Look(named if named in text.LANGUAGES else SOURCE_LANGUAGE)


def who(request: Request) -> Identity:
    """Return who a request is from. Raises people.Faulty."""
    return identity.of(request.cookies, request.headers.getlist, people_list.load())


def page(request: Request, template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
    """Return a page of ntm/server/html; forms in it hold the secret of this browser's cookie."""
    secret = forms.secret(request)
    shared = {
        "base": addresses.base_path(),
        "form": secret,
        "language": look.current().language,
        "other": _other_language(request) if request.method == "GET" else None,
        "product": office_metadata.product_name(),
        "light": palette.LIGHT,
        "dark": palette.DARK,
    }
    answered = HTMLResponse(templates.render(FOLDER, template, **shared | values), status)
    answered.headers["Cache-Control"] = "no-store"
    answered.set_cookie(forms.COOKIE, secret, httponly=True, samesite="strict", secure=is_secure(request))
    return answered


def _other_language(request: Request) -> dict[str, str]:
    """The link to the same page in the other language."""
    other = next(language for language in text.LANGUAGES if language != look.current().language)
    query = request.url.include_query_params(lang=other).query
    return {"language": other, "query": query, "name": text.LANGUAGES[other]}


def at_home(request: Request, secret: str) -> Response:
    """Return the way to the dashboard, with the cookie of a session that has begun."""
    answered = RedirectResponse(f"{addresses.base_path()}/?lang={look.current().language}", HTTPStatus.SEE_OTHER)
    set_session(request, answered, secret)
    return answered


def set_session(request: Request, answered: Response, secret: str) -> None:
    """Put the cookie of a session into an answer."""
    lasts, secure = sessions.SECONDS, is_secure(request)
    answered.set_cookie(identity.COOKIE, secret, max_age=lasts, httponly=True, samesite="lax", secure=secure)


def is_secure(request: Request) -> bool:
    """Return whether a request came by https; a proxy on this machine says so in X-Forwarded-Proto."""
    return request.url.scheme == "https"
