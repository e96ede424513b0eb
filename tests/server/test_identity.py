"""Identity: each way leads to the same list of people, and so to the same rights; a closed way to none."""

import json

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ntm import people, people_list
from ntm.accounts import keeping, sessions
from ntm.database import writing
from ntm.people import ADMINISTRATOR, EDITOR, GROUP_EDITOR, VIEWER, People
from ntm.server import identity, quirks, ways
from ntm.server.identity import Identity, Trouble
from ntm.server.ways import Way

LIST = """reading = "listed"
[people."viewer@laichau.example"]
name = "Xem"
[people."group@laichau.example"]
name = "Nhóm"
role = "group editor"
groups = ["110"]
[people."editor@laichau.example"]
name = "Tỉnh"
role = "editor"
[people."administrator@laichau.example"]
name = "Khánh"
role = "administrator"
"""
ROLES = {"viewer": VIEWER, "group": GROUP_EDITOR, "editor": EDITOR, "administrator": ADMINISTRATOR}
SECRET = "only-for-tests-0123456789-0123456789"
HEADER = "X-Remote-User"


def none_sent(_name: str) -> list[str]:
    return []


@pytest.fixture
def listed(installed) -> People:
    (installed / "people.toml").write_text(LIST, encoding="utf-8")
    return people_list.load()


def by_account(address: str, listed: People) -> Identity:
    if address not in {account.address for account in keeping.listed(ways.engine())}:
        keeping.add(ways.engine(), address, people.owner("Khánh"))
    return identity.of({identity.COOKIE: session(address)}, none_sent, listed)


def session(address: str) -> str:
    with writing(ways.engine()) as connection:
        return sessions.begin(connection, address)


def provider_cookie(address: str, verified: object = True) -> dict[str, str]:
    told = {"email": address, "email_verified": verified, "is_logged_in": True}
    return {"_streamlit_user": create_signed_value(SECRET, "_streamlit_user", json.dumps(told)).decode()}


@pytest.fixture
def provider(monkeypatch) -> None:
    monkeypatch.setattr(quirks, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: {"redirect_uri": "https://ntm.example/oauth2callback"})


@pytest.mark.parametrize("role", ROLES)
def test_an_account_has_the_role_of_the_list(listed, role: str) -> None:
    address = f"{role}@laichau.example"
    found = by_account(address, listed)
    assert (found.way, found.person) == (Way.ACCOUNT, listed.listed[address])
    assert found.person.role == ROLES[role]
    assert found.may_read(listed)


@pytest.mark.parametrize("role", ROLES)
def test_the_provider_and_the_proxy_lead_to_the_same_person(listed, provider, option, role: str) -> None:
    address = f"{role}@laichau.example"
    told = identity.of(provider_cookie(address), none_sent, listed)
    option("server.address", "127.0.0.1")
    option("server.trustedUserHeaders", {HEADER: "email"})
    proxied = identity.of({}, lambda name: [address.upper()] if name == HEADER else [], listed)
    assert (told.way, proxied.way) == (Way.PROVIDER, Way.PROXY)
    assert told.person == proxied.person == listed.listed[address]


def test_an_account_that_is_not_on_the_list_is_a_viewer_who_may_not_read_a_closed_one(listed) -> None:
    found = by_account("nobody@laichau.example", listed)
    assert (found.way, found.person.role) == (Way.ACCOUNT, VIEWER)
    assert not found.may_read(listed)
    assert found.may_read(People({}, "open"))


def test_the_owner_is_an_administrator_while_the_machine_is_one_persons(listed, option) -> None:
    option("server.address", "127.0.0.1")
    cookies = {identity.COOKIE: session("")}
    found = identity.of(cookies, none_sent, listed)
    assert (found.way, found.person) == (Way.OWNER, people.owner())
    assert found.may_read(listed)
    option("server.address", "0.0.0.0")
    assert identity.of(cookies, none_sent, listed) == Identity(trouble=Trouble.ENDED)


def test_a_session_that_has_ended_or_never_was_is_nobodys(listed) -> None:
    address = "editor@laichau.example"
    by_account(address, listed)
    secret = session(address)
    keeping.end_sessions(ways.engine(), address, people.owner("Khánh"))
    for one in (secret, "", "x", "\0", "'; DROP TABLE sessions --"):
        found = identity.of({identity.COOKIE: one}, none_sent, listed)
        assert (found.person, found.trouble) == (identity.NOBODY, Trouble.ENDED)
        assert not found.may_read(listed)


def test_a_provider_whose_address_is_not_verified_and_a_cookie_that_is_forged(listed, provider) -> None:
    address = "editor@laichau.example"
    assert identity.of(provider_cookie(address, False), none_sent, listed).trouble == Trouble.NOT_VERIFIED
    assert identity.of({"_streamlit_user": "x.y"}, none_sent, listed).trouble == Trouble.ENDED
    assert identity.of({}, none_sent, listed) == Identity()


def test_a_providers_cookie_proves_nothing_where_there_is_no_provider(listed, monkeypatch) -> None:
    monkeypatch.setattr(quirks, "get_cookie_secret", lambda: SECRET)
    assert identity.of(provider_cookie("administrator@laichau.example"), none_sent, listed).way is None


def test_accounts_and_a_provider_live_side_by_side(listed, provider) -> None:
    account, other = "editor@laichau.example", provider_cookie("viewer@laichau.example")
    assert by_account(account, listed).person.role == EDITOR
    ended = {identity.COOKIE: "x"}
    assert identity.of(ended | other, none_sent, listed).person.role == VIEWER
    assert identity.of({identity.COOKIE: session(account)} | other, none_sent, listed).person.role == EDITOR


def test_a_database_that_is_away_makes_nobody_the_owner(listed, installed, monkeypatch, option) -> None:
    option("server.address", "127.0.0.1")
    secret = session("")
    (installed / "noise.sqlite").write_bytes(b"noise" * 1000)
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{installed / 'noise.sqlite'}")
    assert identity.of({identity.COOKIE: secret}, none_sent, listed).person == identity.NOBODY
