"""Which ways of signing in an installation has, and what it says of them."""

import pytest

from ntm import people
from ntm.accounts import keeping
from ntm.server import quirks, ways
from ntm.server.ways import Way


def keep_accounts() -> None:
    keeping.add(ways.engine(), "an@laichau.example", people.owner("Khánh"))


@pytest.fixture
def alone(installed, option) -> None:
    """A machine that only its owner reaches."""
    option("server.address", "127.0.0.1")


def test_a_machine_of_one_person_has_its_owners_way(alone) -> None:
    assert ways.open_ways() == (Way.OWNER,)
    assert ways.why_not_owner() == ""


def test_accounts_a_provider_and_a_proxy_take_its_place(alone, monkeypatch, option) -> None:
    keep_accounts()
    assert ways.open_ways() == (Way.ACCOUNT,)
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: {"redirect_uri": "https://ntm.example"})
    assert ways.open_ways() == (Way.ACCOUNT, Way.PROVIDER)
    option("server.trustedUserHeaders", {"X-Remote-User": "email"})
    assert ways.open_ways() == (Way.PROXY, Way.ACCOUNT, Way.PROVIDER)
    assert "cách đăng nhập khác" in ways.why_not_owner()


@pytest.mark.parametrize(
    ("address", "hosts", "words"),
    [
        ("0.0.0.0", "", "địa chỉ mà máy khác tới được"),
        (None, "", "địa chỉ mà máy khác tới được"),
        ("127.0.0.1", "ntm.laichau.example", "nhận cả tên ntm.laichau.example"),
    ],
)
def test_a_server_for_others_has_none_and_says_why(alone, option, monkeypatch, address, hosts: str, words: str) -> None:
    option("server.address", address)
    monkeypatch.setenv("NTM_HOSTS", hosts)
    assert ways.open_ways() == ()
    assert words in ways.why_not_owner()
    assert "accounts init" in ways.why_not_owner()
    assert ways.words(()) == "Máy chủ này chưa mở đăng nhập."


def test_there_is_a_sentence_for_each_way(alone) -> None:
    sentences = {ways.words((way,)) for way in Way}
    assert len(sentences) == len(Way)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_accounts_that_cannot_be_read_are_no_reason_to_let_the_owner_in(alone, installed, monkeypatch) -> None:
    (installed / "noise.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'noise.sqlite'}")
    assert Way.OWNER not in ways.open_ways()
