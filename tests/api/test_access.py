"""Who may read by /api: the same people as on the pages; by token or sign-in; each refusal in a sentence."""

import base64
import datetime as dt
import json

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ntm import clock, tokens
from ntm.server import guards, quirks

SECRET = "only-for-tests-0123456789-0123456789"
LISTED = 'reading = "listed"\n[people."an@laichau.example"]\nname = "An"\nrole = "editor"\n'
ADDRESS = "/api/v1/villages"


@pytest.fixture
def listed(monkeypatch, tmp_path):
    """Only An may read; there are no tokens yet."""
    (tmp_path / "people.toml").write_text(LISTED, "utf-8")
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_TOKENS", str(tmp_path / "tokens.json"))
    return tmp_path


def bearer(shown: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {shown}"}


def basic(shown: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"any:{shown}".encode()).decode()}


def refused(client, headers: dict[str, str], status: int) -> str:
    told = client.get(ADDRESS, headers=headers)
    assert told.status_code == status, told.text
    assert ("www-authenticate" in told.headers) == (status == 401)
    return told.json()["detail"]


def test_open_reading_asks_for_nothing_and_still_refuses_a_wrong_token(client) -> None:
    assert client.get(ADDRESS).status_code == 200
    assert "không đúng" in refused(client, bearer("ntm_x_y"), 401)


def test_listed_reading_asks_for_a_token(client, listed) -> None:
    assert "token add" in refused(client, {}, 401)
    _made, shown = tokens.add("an@laichau.example", 10, "Power BI")
    for headers in (bearer(shown), basic(shown)):
        assert client.get(ADDRESS, headers=headers).status_code == 200
    for address in ("/api/v1/", "/api/v1/openapi.json", "/api/v1/map.geojson", "/api/v1/lookup.csv"):
        assert client.get(address).status_code == 401
        assert client.get(address, headers=bearer(shown)).status_code == 200


@pytest.mark.parametrize("header", ["Bearer x", "Basic ???", "Basic eA==", "Digest x", "x"])
def test_what_is_no_token_is_refused(client, listed, header: str) -> None:
    refused(client, {"Authorization": header}, 401)


def test_a_token_that_has_expired_or_was_removed(client, listed, monkeypatch) -> None:
    made, shown = tokens.add("an@laichau.example", 10, "x")
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + dt.timedelta(days=10))
    assert client.get(ADDRESS, headers=bearer(shown)).status_code == 200
    monkeypatch.setattr(clock, "today", lambda: today + dt.timedelta(days=11))
    assert "hết hạn" in refused(client, bearer(shown), 401)
    monkeypatch.undo()
    monkeypatch.setenv("NTM_PEOPLE", str(listed / "people.toml"))
    monkeypatch.setenv("NTM_TOKENS", str(listed / "tokens.json"))
    tokens.remove(made.id)
    assert "không đúng" in refused(client, bearer(shown), 401)


def test_who_is_taken_off_the_list_reads_no_more(client, listed) -> None:
    _made, shown = tokens.add("an@laichau.example", 10, "x")
    (listed / "people.toml").write_text(LISTED.replace("an@", "binh@"), "utf-8")
    assert "danh sách" in refused(client, bearer(shown), 403)


def test_a_browsers_sign_in_reads_as_on_the_pages(client, listed, monkeypatch) -> None:
    monkeypatch.setattr(quirks, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: {"redirect_uri": "http://localhost/oauth2callback"})
    for email, status in (("an@laichau.example", 200), ("chi@laichau.example", 403)):
        told = {"email": email, "email_verified": True, "is_logged_in": True}
        cookie = create_signed_value(SECRET, "_streamlit_user", json.dumps(told)).decode()
        answer = client.get(ADDRESS, headers={"Cookie": f"_streamlit_user={cookie}"})
        assert answer.status_code == status


def test_a_list_with_a_fault_closes_and_says_where(client, listed) -> None:
    (listed / "people.toml").write_text(LISTED + "colour = 1\n", "utf-8")
    assert "dòng 5" in refused(client, {}, 503)
    (listed / "people.toml").write_text(LISTED, "utf-8")
    (listed / "tokens.json").write_text("{", "utf-8")
    assert "tokens.json" in refused(client, bearer("x"), 503)


@pytest.mark.parametrize(
    ("client_address", "headers", "local"),
    [
        ("127.0.0.1", {"host": "localhost:8501"}, True),
        ("::1", {"host": "[::1]:8501"}, True),
        ("10.0.0.7", {"host": "localhost:8501"}, False),
        ("127.0.0.1", {"host": "ntm.example"}, False),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "127.0.0.1"}, False),
        ("127.0.0.1", {"host": "localhost", "x-forwarded-proto": "https"}, False),
        ("127.0.0.1", {"host": "localhost", "forwarded": "for=127.0.0.1"}, False),
        ("testclient", {"host": "localhost"}, False),
    ],
)
def test_this_machine_itself_and_nobody_through_a_proxy(client_address: str, headers: dict, local: bool) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "headers": raw, "client": (client_address, 1), "path": "/", "method": "GET"}
    assert guards.is_local(scope) is local
