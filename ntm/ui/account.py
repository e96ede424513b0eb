"""Who is at the browser, whichever way they have signed in (ntm.server.ways); may they read; the buttons in and out."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from ntm import labels, office_metadata, people_list, text
from ntm.accounts import sessions as server_sessions
from ntm.database import writing
from ntm.markdown import plain
from ntm.paths import ROOT
from ntm.people import Denied, Faulty, People, Person
from ntm.server import addresses, identity, ways
from ntm.server import quirks as server_quirks
from ntm.server.identity import Identity, Trouble
from ntm.server.ways import Way
from ntm.text import _
from ntm.ui import quirks

logger = logging.getLogger(__name__)


def how_to_sign_in() -> str:
    """Return which ways of signing in this installation has and what to do, in a sentence each."""
    return ways.words(ways.open_ways())


def can_sign_in() -> bool:
    """Return whether this installation has any way of signing in."""
    return bool(ways.open_ways())


def current() -> Person:
    """Return who is at the browser; a viewer without a name where nobody is signed in."""
    return _identity().person


def acting() -> Person:
    """Return who is at the browser, asked at the moment of an act. Raises Denied if a sign-in holds no longer."""
    person = current()
    if person == identity.NOBODY:
        raise Denied(_("Phiên đăng nhập đã kết thúc nên chưa làm gì. Hãy đăng nhập lại rồi làm lại."))
    return person


def _identity() -> Identity:
    """Who the browser's cookies and headers say; what the provider says of another address of ours does not count."""
    cookies = dict(st.context.cookies)
    if server_quirks.sign_in_secrets() and not st.user.is_logged_in:
        cookies = {name: value for name, value in cookies.items() if name == identity.COOKIE}
    return identity.of(cookies, st.context.headers.get_all, _people())


@st.cache_resource(show_spinner=False, ttl=30)
def _people() -> People:
    """Reload the list every 30 seconds, so that removing a person takes effect in running sessions."""
    return people_list.load()


def reading_is_listed() -> bool:
    """Return whether only people on the list may read."""
    return _people().reading == "listed"


def ask_to_read() -> None:
    """Stop the page where only people on the list may read and this is none of them, or the list is faulty."""
    try:
        allowed = _identity().may_read(_people())
    except Faulty as faulty:
        logger.exception("The list of people cannot be read.")
        _close()
        st.error(plain(str(faulty)), icon=":material/error:")
        st.stop()
    if not allowed:
        _close()
        st.info(_("Chỉ người trong danh sách mới được xem. Hãy đăng nhập."), icon=":material/lock:")
        sign_in_button()
        st.stop()


def _close() -> None:
    """Draw nothing of the dashboard but its name, under the address of every page."""
    title = _("Đăng nhập")
    pages = [st.Page(_no_page, title=title, url_path=file.stem) for file in sorted((ROOT / "pages").glob("*.py"))]
    front = st.Page(_no_page, title=title, default=True)
    st.navigation([front, *pages], position="hidden")  # else Streamlit lists the files
    st.title(plain(office_metadata.product_name()), anchor=False)


def _no_page() -> None:
    """Draw nothing: the page behind the sign-in."""


def sign_in_button() -> None:
    """Draw the button to sign in, or out with the name of who is in; nothing where nobody can sign in."""
    found, open_ways = _identity(), ways.open_ways()
    if Way.PROXY in open_ways:
        st.caption(plain(_shown(found.person) or ways.words((Way.PROXY,))))
    elif found.way in (Way.ACCOUNT, Way.OWNER):
        _signed_in_here(found)
    elif Way.PROVIDER in open_ways and st.user.is_logged_in:
        _signed_in_by_provider(found)
    else:
        _signed_out(found, open_ways)


def _shown(person: Person) -> str:
    return labels.author(person.name) or person.email


def _signed_out(found: Identity, open_ways: tuple[Way, ...]) -> None:
    if found.trouble == Trouble.ENDED and open_ways:
        st.info(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."), icon=":material/timer_off:")
    if {Way.ACCOUNT, Way.OWNER} & set(open_ways):
        _button_to("sign-in", _("Đăng nhập"), "login", how_to_sign_in())
    if Way.PROVIDER in open_ways:
        several = len(open_ways) > 1
        label = _("Đăng nhập bằng tài khoản cơ quan") if several else _("Đăng nhập")
        help_words = ways.words((Way.PROVIDER,))
        st.button(plain(label), on_click=st.login, icon=":material/login:", key="sign in", help=plain(help_words))


def _button_to(page: str, label: str, icon: str, help_words: str = "") -> None:
    """Draw a button to one of the server's own pages."""
    address = f"{addresses.base_path()}/{page}?lang={text.language()}"
    st.button(
        plain(label),
        on_click=quirks.go_to,
        args=(address,),
        icon=f":material/{icon}:",
        key=f"to {page}",
        help=plain(help_words),
    )


def _signed_in_here(found: Identity) -> None:
    if found.way == Way.ACCOUNT:
        _button_to("account", _("Tài khoản của tôi"), "manage_accounts")
    label = _("Đăng xuất {name}", name=_shown(found.person))
    st.button(plain(label), on_click=_sign_out, icon=":material/logout:", key="sign out")


def _sign_out() -> None:
    """End the session, with every copy of its cookie, and go where the cookie is taken away."""
    try:
        with writing(ways.engine()) as connection:
            server_sessions.end(connection, st.context.cookies.get(identity.COOKIE, ""))
    except SQLAlchemyError:  # the cookie stays too: whoever has it is still signed in
        logger.exception("The session cannot be ended.")
        st.error(_("Không mở được cơ sở dữ liệu. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị."))
        return
    quirks.go_to(f"{addresses.base_path()}/sign-out?lang={text.language()}")


def _signed_in_by_provider(found: Identity) -> None:
    if found.trouble == Trouble.ENDED:
        st.info(_("Phiên đăng nhập đã kết thúc. Hãy đăng xuất rồi đăng nhập lại."), icon=":material/timer_off:")
    elif found.trouble == Trouble.NOT_VERIFIED:
        st.warning(
            _("Nhà cung cấp chưa xác nhận địa chỉ thư này là của bạn, nên chỉ xem được. Hãy báo người quản trị."),
            icon=":material/mark_email_unread:",
        )
    st.button(
        plain(_("Đăng xuất {name}", name=found.person.name)),
        on_click=st.logout,
        icon=":material/logout:",
        key="sign out",
    )
