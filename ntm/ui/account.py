"""Who is at the browser: signed in by OpenID Connect (st.login), on the office's list or not; may they read."""

import logging
from collections.abc import Mapping

import streamlit as st

from ntm import office_metadata, people_list
from ntm.markdown import plain
from ntm.paths import ROOT
from ntm.people import Faulty, People, Person
from ntm.server import quirks, sessions
from ntm.text import _

logger = logging.getLogger(__name__)


def is_configured() -> bool:
    """Return whether somebody can sign in: the server's secrets have a section [auth]."""
    return bool(quirks.sign_in_secrets())


def _email() -> str | None:
    """The address of who is at the browser, if their sign-in still holds and the provider calls the address theirs."""
    return _people().address_of(_claims())


def _claims() -> Mapping[str, object]:
    if not (is_configured() and st.user.is_logged_in):
        return {}
    return sessions.claims(st.context.cookies)


def current() -> Person:
    """Return who is at the browser; a viewer without a name where nobody is signed in."""
    told, people_known = _claims(), _people()
    email = people_known.address_of(told)
    return people_known.find(email, str(told.get("name") or "")) if email else Person("")


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
        allowed = _people().may_read(_email())
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
    if not is_configured():
        return
    if not st.user.is_logged_in:
        st.button(_("Đăng nhập"), on_click=st.login, icon=":material/login:", key="sign in")
        return
    if not _claims():
        st.info(_("Phiên đăng nhập đã kết thúc. Hãy đăng xuất rồi đăng nhập lại."), icon=":material/timer_off:")
    elif not _email():
        st.warning(
            _("Nhà cung cấp chưa xác nhận địa chỉ thư này là của bạn, nên chỉ xem được. Hãy báo người quản trị."),
            icon=":material/mark_email_unread:",
        )
    st.button(
        plain(_("Đăng xuất {name}", name=current().name)), on_click=st.logout, icon=":material/logout:", key="sign out"
    )
