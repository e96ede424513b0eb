"""The pages on which people sign in and out: plain HTML from this server, with no script, in Vietnamese and English."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ntm import look
from ntm.accounts import links, refusals, sessions, signing_in, tables
from ntm.accounts.refusals import Refused
from ntm.database import Newer, writing
from ntm.people import Faulty
from ntm.server import addresses, forms, guards, identity, ways
from ntm.server.answers import at_home, looked_at, page, who
from ntm.server.ways import Way
from ntm.text import _

logger = logging.getLogger(__name__)
AT_ONCE = CapacityLimiter(4)  # a password takes 64 MB of memory to look at
STATUS = {
    refusals.WrongSecret: HTTPStatus.UNAUTHORIZED,
    refusals.ClocksApart: HTTPStatus.UNAUTHORIZED,
    refusals.Locked: HTTPStatus.TOO_MANY_REQUESTS,
    refusals.UnknownLink: HTTPStatus.NOT_FOUND,
    refusals.SpentLink: HTTPStatus.GONE,
    refusals.WeakPassword: HTTPStatus.UNPROCESSABLE_ENTITY,
}
Act = Callable[[Request, Mapping[str, str]], Response]


def routes() -> list[Route]:
    """Return the addresses of these pages."""
    base = addresses.base_path()
    both = ["GET", "POST"]
    return [
        Route(f"{base}/sign-in", sign_in, methods=both),
        Route(f"{base}/sign-in/link", sign_in_by_link, methods=both),
        Route(f"{base}/sign-out", sign_out, methods=both),
    ]


async def sign_in(request: Request) -> Response:
    """Ask for address, password and code; say which ways there are."""
    return await answer(request, _sign_in_page, _sign_in)


async def sign_in_by_link(request: Request) -> Response:
    """Let the first password be set, or the machine's owner in. Only the form uses the link up, not a look at it."""
    return await answer(request, _link_page, _use_link)


async def sign_out(request: Request) -> Response:
    """End the session of this browser; without a form, only its cookie if it holds no longer."""
    return await answer(request, _sign_out_page, _sign_out)


async def answer(request: Request, show: Callable[..., Response], act: Act) -> Response:
    """Answer a request with a page, or, of a form, with what the act leads to, in a thread and the reader's language.

    `show` draws the page, `act` does what its form asks; whoever is refused gets the page again, with the reason.
    """
    with look.use(looked_at(request)):
        if request.method != "POST":
            return await to_thread.run_sync(partial(_guarded, request, show, {}, partial(show, request, {})))
        try:
            form = await forms.read(request)
        except forms.Unfit as unfit:
            return page(request, "trouble", unfit.status, trouble=str(unfit))
        return await to_thread.run_sync(
            partial(_guarded, request, show, form, partial(act, request, form)), limiter=AT_ONCE
        )


def _guarded(
    request: Request, show: Callable[..., Response], form: Mapping[str, str], work: Callable[[], Response]
) -> Response:
    """Do the work; say in a page what is in its way."""
    try:
        return work()
    except Refused as refused:
        status = STATUS[type(refused)]
        again: dict[str, Any] = {"trouble": str(refused), "status": status}
        gone = isinstance(refused, refusals.UnknownLink | refusals.SpentLink)
        answered = page(request, "trouble", status, trouble=str(refused)) if gone else show(request, form, **again)
        if isinstance(refused, refusals.Locked):
            seconds = (refused.until - tables.now()).total_seconds()
            answered.headers["Retry-After"] = str(max(int(seconds), 1))
        return answered
    except Faulty as faulty:
        return page(request, "trouble", HTTPStatus.SERVICE_UNAVAILABLE, trouble=str(faulty))
    except (SQLAlchemyError, Newer):
        logger.exception("Accounts and sessions cannot be used.")
        trouble = _("Không mở được cơ sở dữ liệu. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị.")
        return page(request, "trouble", HTTPStatus.SERVICE_UNAVAILABLE, trouble=trouble)


def _sign_in_page(request: Request, form: Mapping[str, str], **again: Any) -> Response:
    found = ways.open_ways()
    values: dict[str, Any] = {
        "words": ways.words(found),
        "has_accounts": Way.ACCOUNT in found,
        "is_owners": Way.OWNER in found,
        "address": form.get("address", ""),
    }
    return page(request, "sign_in", person=named(request), **values | again)


def named(request: Request) -> str:
    """Return the name of who is signed in by a session of this server, "" if nobody is."""
    found = who(request)
    return found.person.name or found.person.email if found.way in (Way.ACCOUNT, Way.OWNER) else ""


def _sign_in(request: Request, form: Mapping[str, str]) -> Response:
    if Way.ACCOUNT not in ways.open_ways():
        return _sign_in_page(request, form, status=HTTPStatus.NOT_FOUND)
    address, password, code = (form.get(name, "") for name in ("address", "password", "code"))
    return at_home(request, signing_in.by_password(ways.engine(), address, password, code, kept(request)))


def kept(request: Request) -> str:
    """Return the secret of the session that a request's cookie has; "" without one."""
    return request.cookies.get(identity.COOKIE, "")


def _link_page(request: Request, form: Mapping[str, str], **again: Any) -> Response:
    secret = form.get("link") or request.query_params.get("one", "")
    with ways.engine().connect() as connection:
        address = links.address_of(connection, secret)
    if address != tables.OWNER:
        return page(request, "set_password", link=secret, address=address, **again)
    return _not_for_owner(request) or page(request, "owner", link=secret, **again)


def _use_link(request: Request, form: Mapping[str, str]) -> Response:
    engine, secret = ways.engine(), form.get("link", "")
    with engine.connect() as connection:
        address = links.address_of(connection, secret)
    if address == tables.OWNER:
        refused = _not_for_owner(request)
        return refused or at_home(request, signing_in.by_owners_link(engine, secret, kept(request)))
    require_same(form)
    return at_home(request, signing_in.set_password(engine, secret, form.get("new", ""), kept(request)))


def require_same(form: Mapping[str, str]) -> None:
    """Raise WeakPassword unless a new password was typed twice the same."""
    if form.get("new", "") != form.get("again", ""):
        raise refusals.WeakPassword(_("Hai lần gõ mật khẩu mới không giống nhau. Chưa đổi gì; hãy gõ lại."))


def _not_for_owner(request: Request) -> Response | None:
    """Refuse who is not at the machine itself, or if it is not one person's; None if the owner may come in."""
    trouble = ways.why_not_owner()
    if not trouble and not guards.is_local(request.scope):
        trouble = _("Liên kết của chủ máy chỉ dùng được trên chính máy chủ, ở địa chỉ localhost và không qua proxy.")
    return page(request, "trouble", HTTPStatus.FORBIDDEN, trouble=trouble) if trouble else None


def _sign_out_page(request: Request, form: Mapping[str, str], **again: Any) -> Response:
    person = named(request)
    answered = page(request, "signed_out", person=person, **again)
    if not person:
        answered.delete_cookie(identity.COOKIE)
    return answered


def _sign_out(request: Request, form: Mapping[str, str]) -> Response:
    with writing(ways.engine()) as connection:
        sessions.end(connection, kept(request))
    answered = RedirectResponse(
        f"{addresses.base_path()}/sign-out?lang={look.current().language}", HTTPStatus.SEE_OTHER
    )
    answered.delete_cookie(identity.COOKIE)
    return answered
