"""A real OpenID Connect provider as a process of its own, and a dashboard that signs people in with it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import START_SECONDS, serving, wait_for
from tests.ports import free_port

LIST = """
reading = "open"

[people."an@laichau.example"]
name = "Lò Thị An"
role = "editor"

[people."binh@laichau.example"]
name = "Bình"
role = "group editor"
groups = ["106"]

[people."khanh@laichau.example"]
name = "Khánh"
role = "administrator"
"""
LISTED = LIST.replace("open", "listed")
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only-for-tests-0123456789-0123456789"
client_id = "ntm"
client_secret = "only-for-tests"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
"""
VERIFIED = {"email_verified": True}
USERS: dict[str, dict[str, object]] = {  # what is typed at the provider → what it says of the person
    "an@laichau.example": VERIFIED,
    "binh@laichau.example": VERIFIED,
    "chi@elsewhere.example": VERIFIED,
    "kelvin": VERIFIED | {"email": "\u212ahanh@laichau.example"},
    "capitals": VERIFIED | {"email": "KHANH@LaiChau.example"},
    "said in a text": {"email": "an@laichau.example", "email_verified": "true"},
    "denied in a text": {"email": "an@laichau.example", "email_verified": "false"},
    "denied": {"email": "an@laichau.example", "email_verified": False},
    "null": {"email": "an@laichau.example", "email_verified": None},
    "one": {"email": "an@laichau.example", "email_verified": 1},
    "absent": {"email": "an@laichau.example"},
}


@contextmanager
def provider() -> Iterator[int]:
    """Run the provider; give its port."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for user, claims in USERS.items():
        command += ["--user-claims", json.dumps({"sub": user, "email": user, "name": user} | claims)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", "/.well-known/openid-configuration")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@contextmanager
def office(folder: Path, people: str = LIST, port: int | None = None, **settings: str) -> Iterator[str]:
    """Run a dashboard where these people may sign in, on a port or any that is free; give its address."""
    port = port or free_port()
    with provider() as provider_port:
        secrets, listed = folder / "secrets.toml", folder / "people.toml"
        secrets.write_text(SECRETS.format(port=port, provider=provider_port), encoding="utf-8")
        listed.write_text(people, encoding="utf-8")
        own = {"NTM_DATABASE_URL": f"sqlite:///{folder / 'office.sqlite'}"} | settings
        own |= {"NTM_PEOPLE": str(listed), "STREAMLIT_SECRETS_FILES": str(secrets)}
        own |= {"NTM_ENDED_SESSIONS": str(folder / "ended")}
        with serving(port, **own) as address:
            yield address


def sign_in(page: Page, user: str) -> None:
    """Sign in at the provider as one of USERS and come back."""
    page.get_by_role("button", name="Đăng nhập").first.click()
    page.locator("input[name=sub]").fill(user)
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
