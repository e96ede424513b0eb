"""The machine's owner is told a link as the server starts: in a terminal, and nowhere else."""

import io
import logging
import re

import pytest

from ntm.accounts import links
from ntm.server import owner, ways


class Screen(io.StringIO):
    def __init__(self, is_terminal: bool):
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def started(monkeypatch, is_terminal: bool = True) -> str:
    """What a server says as it starts."""
    screen = Screen(is_terminal)
    monkeypatch.setattr(owner.sys, "stdout", screen)

    owner.greet()
    return screen.getvalue()


def test_a_terminal_shows_a_link_that_works(installed, option, monkeypatch, caplog) -> None:
    option("server.address", "127.0.0.1")
    option("server.port", 8600)
    caplog.set_level(logging.DEBUG)
    said = started(monkeypatch)
    secret = re.search(r"http://localhost:8600/sign-in/link\?one=(\S+)", said)[1]
    with ways.engine().connect() as connection:
        assert links.address_of(connection, secret) == ""
    assert secret not in caplog.text
    assert "15 phút" in said


def test_what_is_no_terminal_shows_none(installed, option, monkeypatch) -> None:
    option("server.address", "127.0.0.1")
    assert started(monkeypatch, is_terminal=False) == ""


def test_a_server_that_others_reach_says_that_there_is_none(installed, option, monkeypatch) -> None:
    option("server.address", "0.0.0.0")
    said = started(monkeypatch)
    assert "Không có liên kết của chủ máy: Máy chủ nghe cả ở địa chỉ mà máy khác tới được." in said
    assert "one=" not in said


def test_a_database_that_cannot_be_opened_does_not_stop_the_server(installed, option, monkeypatch, caplog) -> None:
    option("server.address", "127.0.0.1")
    monkeypatch.setattr(owner.ways, "why_not_owner", lambda: "")
    (installed / "noise.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'noise.sqlite'}")
    assert started(monkeypatch) == ""
    assert "No link for the machine's owner" in caplog.text


@pytest.mark.parametrize("address", ["https://ntm.laichau.example", "https://ntm.laichau.example/"])
def test_a_link_may_have_another_address_before_it(address: str) -> None:
    assert owner.link("x", address) == "https://ntm.laichau.example/sign-in/link?one=x"
