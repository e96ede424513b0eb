"""A server's guards and its own pages before an application that says who a request is from, and a reader's browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ntm import people
from ntm.accounts import keeping, signing_in
from ntm.server import account_pages, forms, guards, quirks, sign_in_pages, ways

AN, PASSWORD = "an@laichau.example", "bốn từ không liên quan"
LIST = 'reading = "open"\n[people."an@laichau.example"]\nname = "Lò Thị An"\nrole = "editor"\n'
HERE = "http://localhost:8501"


class Reader:
    """A browser of somebody's: it keeps cookies, and fills in forms with the secret that they hold."""

    def __init__(self, client: TestClient):
        self.client = client

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Response:
        """Send a form as a page here would."""
        shown = self.client.get("/sign-in?lang=vi").text
        secret = self.client.cookies.get(forms.COOKIE)
        assert secret
        assert 'lang="vi"' in shown
        sent = {"Origin": HERE} | (headers or {})
        return self.client.post(path, data={forms.FIELD: secret} | fields, headers=sent)

    def sign_in(self, password: str = PASSWORD, address: str = AN, code: str = "") -> Response:
        return self.post("/sign-in", address=address, password=password, code=code)

    def name(self) -> str:
        """Who the server takes this reader for."""
        return self.get("/who").text


async def who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(guards.who(request.scope).name)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch) -> Path:
    """The folder of an office, with a list of people and an empty database."""
    (tmp_path / "people.toml").write_text(LIST, encoding="utf-8")
    monkeypatch.setenv("NTM_PEOPLE", str(tmp_path / "people.toml"))
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    monkeypatch.setenv("NTM_ENDED_SESSIONS", str(tmp_path / "ended"))
    monkeypatch.setattr(quirks, "sign_in_secrets", dict)
    monkeypatch.setattr(quirks, "held_bytes", dict)
    forms._limiter.storage.reset()
    return tmp_path


@pytest.fixture
def arrive(installed: Path) -> Callable[..., Reader]:
    """Let somebody come with a browser of their own, from an address."""
    app = Starlette(
        routes=[*sign_in_pages.routes(), *account_pages.routes(), Route("/{path:path}", who, methods=["GET", "PUT"])],
        middleware=guards.all_of_them(),
        exception_handlers={Exception: guards.failed},
    )

    def arrived(address: str = "127.0.0.1", base: str = HERE) -> Reader:
        client = TestClient(
            app, base_url=base, client=(address, 50000), follow_redirects=False, raise_server_exceptions=False
        )
        return Reader(client)

    return arrived


@pytest.fixture
def an(installed: Path) -> None:
    """An has an account."""
    link = keeping.add(ways.engine(), AN, people.owner("Khánh"))
    signing_in.set_password(ways.engine(), link, PASSWORD)


def told(answer: Response) -> str:
    """What a page says of trouble."""
    found = re.search(r'role="alert">(.*?)</p>', answer.text, re.DOTALL)
    return found[1].strip() if found else ""
