"""A proxy's header: believed while only this machine reaches the server, if it is there once."""

import pytest
from starlette.datastructures import Headers
from streamlit.web.server.starlette.starlette_websocket import gather_user_info

from ntm.server import proxy

AN = "an@laichau.example"
MAPPED = {"X-Remote-User": "email", "X-Remote-Name": "name"}


def claims(*sent: tuple[str, str]) -> dict[str, object]:
    headers = Headers(raw=[(name.lower().encode(), value.encode()) for name, value in sent])
    return proxy.claims(headers.getlist)


@pytest.fixture
def loopback(option) -> None:
    option("server.address", "127.0.0.1")
    option("server.trustedUserHeaders", MAPPED)


def test_who_the_proxy_names_is_known_by_address_and_name(loopback) -> None:
    assert claims(("X-Remote-User", AN), ("X-Remote-Name", "Lò Thị An")) == {"email": AN, "name": "Lò Thị An"}
    assert claims(("x-remote-user", f" {AN} ")) == {"email": AN}


def test_whoever_sends_no_header_or_two_is_nobody(loopback) -> None:
    assert claims() == {}
    assert claims(("X-Remote-User", AN), ("X-Remote-User", "b@laichau.example")) == {}
    assert claims(("X_Remote_User", AN)) == {}


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "10.0.0.5", "::"])
def test_a_server_that_others_reach_believes_no_header(loopback, option, address: str | None) -> None:
    option("server.address", address)
    assert not proxy.is_open()
    assert claims(("X-Remote-User", AN)) == {}


@pytest.mark.parametrize("mapped", [{}, {"X-Remote-Name": "name"}])
def test_without_a_header_for_the_address_nobody_signs_in_so(loopback, option, mapped: dict) -> None:
    option("server.trustedUserHeaders", mapped)
    assert not proxy.is_open()
    assert claims(("X-Remote-User", AN), ("X-Remote-Name", "An")) == {}


def test_streamlit_itself_takes_the_first_header_from_whoever_sends_it(loopback, option) -> None:
    """Which is why st.user is never asked: this is what proxy.claims is there for."""
    option("server.address", "0.0.0.0")
    sent = Headers(raw=[(b"x-remote-user", b"forged@evil.example"), (b"x-remote-user", AN.encode())])
    assert gather_user_info(sent)["email"] == "forged@evil.example"
    assert proxy.claims(sent.getlist) == {}
