"""The guards before Streamlit: hosts, origins, uploads, messages, headers, cookies."""

import json
import time

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ntm.people import EDITOR, People, Person
from ntm.server import guards, quirks, sessions

SECRET = "only-for-tests-0123456789-0123456789"
AN = Person("An", EDITOR, email="an@laichau.example")
HERE = {"Host": "localhost:8501"}


def cookie(email: str = "an@laichau.example", **claims: object) -> str:
    told = {"email": email, "email_verified": True, "is_logged_in": True} | claims
    return create_signed_value(SECRET, "_streamlit_user", json.dumps(told)).decode()


async def answer(request: Request) -> PlainTextResponse:
    made = PlainTextResponse("here", headers={"Access-Control-Allow-Origin": "*"})
    for name in quirks.SIGN_IN_COOKIES:
        made.set_cookie(name, "x", httponly=True, samesite="lax", max_age=2_592_000)
    return made


async def talk(websocket: WebSocket) -> None:
    await websocket.accept()
    heard = await websocket.receive_bytes()
    heads = f"{websocket.headers['host']} {websocket.headers.get('origin')}".encode()
    await websocket.send_bytes(heads if heard == b"heads" else heard)


@pytest.fixture
def client(monkeypatch, tmp_path) -> TestClient:
    monkeypatch.setattr(quirks, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: {"redirect_uri": "http://localhost/oauth2callback"})
    monkeypatch.setenv("NTM_ENDED_SESSIONS", str(tmp_path / "ended.json"))
    monkeypatch.setattr(guards.people_list, "load", lambda: People({"an@laichau.example": AN}))
    methods = ["GET", "PUT", "POST", "DELETE"]
    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", talk), Route("/{path:path}", answer, methods=methods)],
        middleware=guards.all_of_them(),
    )
    return TestClient(app, base_url="http://localhost:8501")


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8501", "127.0.0.1:80", "[::1]:8501", "LOCALHOST", "localhost."]
)
def test_its_own_names_are_answered(client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "rebind.evil.example",
        "localhost.evil.example",
        "evil.example:8501",
        "10.0.0.1",
        "",
        "localhost@evil",
        "[::1",
        "a b",
    ],
)
def test_other_names_are_not(client, host: str) -> None:
    refused = client.get("/", headers={"Host": host})
    assert refused.status_code == 400
    assert "NTM_HOSTS" in refused.text


def test_an_office_adds_its_names(client, monkeypatch) -> None:
    monkeypatch.setenv("NTM_HOSTS", "ntm.laichau.gov.vn, 10.1.2.3")
    for host in ("ntm.laichau.gov.vn", "10.1.2.3:8501", "localhost"):
        assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["LOCALHOST.:8501", "Localhost:8501"])
def test_what_passes_is_handed_on_in_one_spelling(client, host: str) -> None:
    """Streamlit would ask the internet where host and origin differ by a letter's size."""
    with client.websocket_connect(
        "/_stcore/stream", headers={"Host": host, "Origin": "http://localHOST:8501"}
    ) as socket:
        socket.send_bytes(b"heads")
        assert socket.receive_bytes() == b"localhost:8501 http://localhost:8501"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9999", "file://", "http://[", ""])
def test_a_foreign_page_opens_nothing(client, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=HERE | {"Origin": origin}),
    ):
        pass
    for method in ("PUT", "POST", "DELETE"):
        assert client.request(method, "/anything", headers=HERE | {"Origin": origin}).status_code == 403


def test_its_own_page_talks(client) -> None:
    with client.websocket_connect("/_stcore/stream", headers=HERE | {"Origin": "http://localhost:8501"}) as socket:
        socket.send_bytes(BackMsg(stop_script=True).SerializeToString())
        assert socket.receive_bytes()


@pytest.mark.parametrize("kind", quirks.FOR_DEVELOPERS)
def test_what_is_for_developers_is_not_heard(client, kind: str) -> None:
    with client.websocket_connect("/_stcore/stream", headers=HERE) as socket:
        socket.send_bytes(BackMsg(**{kind: True}).SerializeToString())
        wanted = BackMsg(stop_script=True).SerializeToString()
        socket.send_bytes(wanted)
        assert socket.receive_bytes() == wanted


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/base/_stcore/metrics", "/_stcore/agent/v1"])
def test_the_servers_inside_is_hidden(client, path: str) -> None:
    assert client.get(path).status_code == 404


PUT = "/_stcore/upload_file/session/file"


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        (cookie(), True),
        (cookie("AN@laichau.example"), True),
        ("", False),
        (cookie("chi@elsewhere.example"), False),
        (cookie(email_verified="true"), False),
        (cookie(email_verified=None), False),
        (cookie()[:-2] + "xx", False),
        ("forged", False),
    ],
)
def test_only_who_may_change_sends_files(client, monkeypatch, told: str, allowed: bool) -> None:
    monkeypatch.setattr(quirks, "held_bytes", dict)
    sent = client.put(PUT, content=b"a;b", headers={"Cookie": f"_streamlit_user={told}"})
    assert sent.status_code == (200 if allowed else 403)


def test_files_in_memory_are_bounded(client, monkeypatch) -> None:
    headers = {"Cookie": f"_streamlit_user={cookie()}"}
    monkeypatch.setattr(guards, "MOST_OF_A_SESSION", 100)
    monkeypatch.setattr(guards, "MOST_OF_THE_SERVER", 150)
    for held, size, status in (
        ({}, 100, 200),
        ({}, 101, 413),
        ({"session": 90}, 20, 413),
        ({"other": 100}, 60, 413),
        ({"other": 100}, 50, 200),
    ):
        monkeypatch.setattr(quirks, "held_bytes", lambda held=held: held)
        assert client.put(PUT, content=b"x" * size, headers=headers).status_code == status
    monkeypatch.setattr(quirks, "held_bytes", dict)
    unsaid = client.put(PUT, content=iter([b"x" * 10]), headers=headers)  # without a length
    assert unsaid.status_code == 413


def test_who_signs_out_is_out_with_every_copy(client, monkeypatch) -> None:
    monkeypatch.setattr(quirks, "held_bytes", dict)
    copied = {"Cookie": f"_streamlit_user={cookie()}"}
    assert client.put(PUT, content=b"x", headers=copied).status_code == 200
    client.get("/auth/logout", headers=copied)
    assert client.put(PUT, content=b"x", headers=copied).status_code == 403
    assert cookie() not in sessions.file().read_text("utf-8")


def test_a_copy_of_the_cookie_that_is_written_otherwise_is_ended_too(client, monkeypatch) -> None:
    """The last letter of a signature has bits that mean nothing."""
    monkeypatch.setattr(quirks, "held_bytes", dict)
    own = cookie()
    other = own[:-1] + {letter: chr(ord(letter) + 1) for letter in "AEIMQUYcgkosw048"}[own[-1]]
    assert client.put(PUT, content=b"x", headers={"Cookie": f"_streamlit_user={other}"}).status_code == 200
    client.get("/auth/logout", headers={"Cookie": f"_streamlit_user={own}"})
    assert client.put(PUT, content=b"x", headers={"Cookie": f"_streamlit_user={other}"}).status_code == 403


def test_another_piece_does_not_hide_that_a_cookie_in_pieces_has_ended(client) -> None:
    pieces = {"_streamlit_user": cookie("a@b.vn"), "_streamlit_user_1": cookie("c@d.vn")}
    sessions.end(pieces)
    assert sessions.marks(pieces | {"_streamlit_user": cookie("other@b.vn")}) & sessions.ended()
    assert not sessions.marks({"_streamlit_user": cookie("e@f.vn"), "_streamlit_user_tokens": "x.y"}) & sessions.ended()


def test_a_sign_in_lasts_half_a_day(client, monkeypatch) -> None:
    told = {"_streamlit_user": cookie()}
    now = time.time()
    assert sessions.claims(told)["email"] == "an@laichau.example"
    monkeypatch.setattr(time, "time", lambda: now + sessions.SECONDS - 60)
    assert sessions.claims(told)
    monkeypatch.setattr(time, "time", lambda: now + sessions.SECONDS + 60)
    assert sessions.claims(told) == {}


@pytest.mark.parametrize("path", ["/", "/app/static/boundaries/x.json", "/component/streamlit_folium/index.html"])
def test_what_every_answer_bears(client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "object-src 'none'" in policy
    assert "http" not in policy
    assert ("frame-ancestors 'none'" in policy) == (not path.startswith("/component/"))
    assert ("'unsafe-inline'" in policy.partition("script-src")[2].partition(";")[0]) == path.startswith("/component/")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_an_error_bears_it_too(client) -> None:
    async def broken(request: Request) -> None:
        raise RuntimeError("secret")

    app = Starlette(routes=[Route("/", broken)], exception_handlers={Exception: guards.failed})
    told = TestClient(app, raise_server_exceptions=False).get("/")
    assert (told.status_code, told.headers["x-content-type-options"]) == (500, "nosniff")
    assert "secret" not in told.text


def test_pictures_may_come_from_the_offices_tiles(client, monkeypatch) -> None:
    monkeypatch.setenv("NTM_TILES", "http://10.0.0.7:8080/{z}/{x}/{y}.png")
    assert "img-src 'self' data: blob: http://10.0.0.7:8080;" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("tls", [True, False])
def test_cookies_of_a_sign_in(client, monkeypatch, tls: bool) -> None:
    address = "https://ntm.example/oauth2callback" if tls else "http://localhost/oauth2callback"
    monkeypatch.setattr(quirks, "sign_in_secrets", lambda: {"redirect_uri": address})
    told = client.get("/").headers.get_list("set-cookie")
    assert len(told) == 2
    for one in told:
        assert "Max-Age=43200" in one
        assert "HttpOnly" in one
        assert "samesite=lax" in one.lower()
        assert ("Secure" in one) is tls
