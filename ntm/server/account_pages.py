"""The page of one's own account: password, second factor, other sessions."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ntm import look, office_metadata, people, people_list, text
from ntm.accounts import keeping, second_factor, sessions, signing_in, tables
from ntm.database import writing
from ntm.server import addresses, ways
from ntm.server.answers import page, set_session, who
from ntm.server.sign_in_pages import answer, kept, require_same
from ntm.server.ways import Way
from ntm.text import _, plural


def routes() -> list[Route]:
    """Return the address of this page."""
    return [Route(f"{addresses.base_path()}/account", account, methods=["GET", "POST"])]


async def account(request: Request) -> Response:
    """Show one's own account, or change it."""
    return await answer(request, _page, _change)


def _address(request: Request) -> str:
    """Whose account it is, "" if nobody is signed in by one."""
    found = who(request)
    return people.fold(found.person.email) if found.way == Way.ACCOUNT else ""


def _page(request: Request, form: Mapping[str, str], **again: Any) -> Response:
    address = _address(request)
    return _drawn(request, address, form.get("secret", ""), **again) if address else _to_sign_in()


def _drawn(request: Request, address: str, secret: str = "", **told: Any) -> Response:
    """The page. `secret`: that of a second factor which was not turned on, so that the phone need not read another."""
    secret = secret if second_factor.is_secret(secret) else second_factor.new_secret()
    values: dict[str, Any] = {
        "person": people_list.load().find(address).name,
        "address": address,
        "has_second_factor": keeping.has_second_factor(ways.engine(), address),
        "secret": secret,
        "picture": _picture(secret, address),
        "now": text.moment(tables.now()),
    }
    return page(request, "account", **values | told)


def _to_sign_in() -> Response:
    return RedirectResponse(f"{addresses.base_path()}/sign-in?lang={look.current().language}", HTTPStatus.SEE_OTHER)


def _picture(secret: str, address: str) -> str:
    """The secret as a QR code, for a phone to read."""
    words = second_factor.address_for_phone(secret, address, office_metadata.product_name())
    return segno.make(words, micro=False).svg_data_uri(scale=4)


def _change(request: Request, form: Mapping[str, str]) -> Response:
    address = _address(request)
    change = CHANGES.get(form.get("act", ""))
    if not address or not change:
        return _to_sign_in()
    return change(request, form, address)


def _change_password(request: Request, form: Mapping[str, str], address: str) -> Response:
    signing_in.confirm(ways.engine(), address, form.get("password", ""))
    require_same(form)
    secret = signing_in.change_password(ways.engine(), address, form.get("new", ""), kept(request))
    answered = _drawn(request, address, done=_("Đã đổi mật khẩu và kết thúc mọi phiên khác của bạn."))
    set_session(request, answered, secret)
    return answered


def _turn_on(request: Request, form: Mapping[str, str], address: str) -> Response:
    signing_in.confirm(ways.engine(), address, form.get("password", ""))
    with writing(ways.engine()) as connection:
        codes = second_factor.turn_on(connection, address, form.get("secret", ""), form.get("code", ""))
    return _drawn(request, address, done=_("Đã bật xác thực hai bước."), codes=codes)


def _turn_off(request: Request, form: Mapping[str, str], address: str) -> Response:
    signing_in.confirm(ways.engine(), address, form.get("password", ""))
    with writing(ways.engine()) as connection:
        second_factor.turn_off(connection, address)
    return _drawn(request, address, done=_("Đã tắt xác thực hai bước."))


def _end_others(request: Request, form: Mapping[str, str], address: str) -> Response:
    with writing(ways.engine()) as connection:
        ended = sessions.end_all(connection, address, but=kept(request))
    return _drawn(request, address, done=plural("Đã kết thúc {count} phiên khác.", ended))


CHANGES = {"password": _change_password, "turn on": _turn_on, "turn off": _turn_off, "end others": _end_others}
