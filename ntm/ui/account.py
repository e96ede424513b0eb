"""Who is at the browser: signed in by OpenID Connect (st.login), on the office's list or not; may they read."""

import logging

import streamlit as st

from ntm import people
from ntm.people import People, Person
from ntm.text import _

logger = logging.getLogger(__name__)


def is_configured() -> bool:
    """Return whether somebody can sign in: the server's secrets have a section [auth]."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _email() -> str | None:
    signed_in = is_configured() and st.user.is_logged_in and _is_verified()
    return str(st.user.get("email") or "") or None if signed_in else None


def _is_verified() -> bool:
    """A provider that says that an address is not verified is believed; many say nothing of it."""
    return st.user.get("email_verified", True) is not False


def current() -> Person:
    """Return who is at the browser; a viewer without a name where nobody is signed in."""
    email = _email()
    return _people().find(email, str(st.user.get("name") or email)) if email else Person("")


@st.cache_resource(show_spinner=False, ttl=30)
def _people() -> People:
    """The list, read anew every half a minute: who is taken off it cannot go on."""
    return people.load()


def ask_to_read() -> None:
    """Stop the page where only people on the list may read and this is none of them."""
    try:
        allowed = _people().may_read(_email())
    except (OSError, ValueError):
        logger.exception("The list of people cannot be read.")
        st.error(_("Danh sách người dùng bị lỗi; hãy báo người quản trị."), icon=":material/error:")
        st.stop()
    if not allowed:
        st.navigation([st.Page(_no_page, title=_("Đăng nhập"))], position="hidden")  # else Streamlit lists the files
        st.title(_("Nông thôn mới Lai Châu"), anchor=False)
        st.info(_("Chỉ người trong danh sách mới được xem. Hãy đăng nhập."), icon=":material/lock:")
        sign_in_button()
        st.stop()


def _no_page() -> None:
    """What stands behind the sign-in: nothing."""


def sign_in_button() -> None:
    """Draw the button to sign in, or out with the name of who is in; nothing where nobody can sign in."""
    if not is_configured():
        return
    if st.user.is_logged_in:
        st.button(
            _("Đăng xuất {name}", name=current().name), on_click=st.logout, icon=":material/logout:", key="sign out"
        )
    else:
        st.button(_("Đăng nhập"), on_click=st.login, icon=":material/login:", key="sign in")
