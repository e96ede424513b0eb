"""A reverse proxy that has signed people in and names them in a header (Streamlit's server.trustedUserHeaders).

Streamlit takes such a header from whoever sends it. Here it is believed only while the server listens on this machine
alone, so that everybody else comes through the proxy, and only if it is there once: a proxy that adds its own to one
that a reader sent has sent two.
"""

from collections.abc import Callable, Mapping

from streamlit import get_option

from ntm.server import listening

EMAIL, NAME = "email", "name"  # the keys of st.user that headers can be mapped to


def headers() -> Mapping[str, str]:
    """Return which header says what: key of st.user → header; empty if no proxy signs people in."""
    found = get_option("server.trustedUserHeaders")
    return {str(key): str(header) for header, key in found.items()} if isinstance(found, Mapping) else {}


def is_open() -> bool:
    """Return whether people are signed in by a proxy."""
    return EMAIL in headers() and listening.is_on_loopback()


def claims(sent: Callable[[str], list[str]]) -> dict[str, object]:
    """Return who a proxy says that a request is from; nothing if it says so not at all or twice.

    `sent`: the values of a request's header.
    """
    if not is_open():
        return {}
    named = headers()
    found = {key: sent(named[key]) for key in (EMAIL, NAME) if key in named}
    return {key: _words(values[0]) for key, values in found.items() if len(values) == 1}


def _words(value: str) -> str:
    """A header's value: servers read its bytes as Latin-1, and proxies write UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return value.strip()
