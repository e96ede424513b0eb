"""Signing in without a provider, on a real server: the machine's owner by a link, an office by accounts or a proxy."""

import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ntm import database, people, store
from ntm.accounts import keeping
from ntm.paths import ROOT
from tests.browser import reverse_proxy
from tests.browser.conftest import START_SECONDS, new_context, serving, settle, wait_for
from tests.browser.test_rights import PERIOD, opens, recorded, replay
from tests.ports import free_port

KHANH, AN, PASSWORD = "khanh@laichau.example", "an@laichau.example", "bốn từ không liên quan"
OWNERS_LINK = re.compile(r"http://localhost:\d+(/sign-in/link\?one=[\w-]+)")
LIST = f"""reading = "listed"
[people."{KHANH}"]
name = "Lò Văn Khánh"
role = "administrator"
[people."{AN}"]
name = "Lò Thị An"
role = "editor"
"""
UPDATING = "được cập nhật số liệu của"
CLOSED = "Chỉ người trong danh sách mới được xem"


def settings(folder: Path) -> dict[str, str]:
    return {
        "NTM_DATABASE_URL": f"sqlite:///{folder / 'office.sqlite'}",
        "NTM_PEOPLE": str(folder / "people.toml"),
        "NTM_ENDED_SESSIONS": str(folder / "ended"),
    }


def engine(folder: Path):
    return database.connect(settings(folder)["NTM_DATABASE_URL"])


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Let somebody come with a browser of their own."""
    contexts = []

    def arrived(**options: object) -> BrowserContext:
        contexts.append(new_context(browser))
        if options:
            contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield arrived
    for context in contexts:
        context.close()


def opened(page: Page, address: str, title: str) -> Page:
    page.goto(address)
    expect(page.locator("h1").first).to_have_text(title)
    return page


def is_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


# One machine, one person


@contextmanager
def at_a_terminal(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Run the dashboard as `make run` does, at a terminal; give its address, and what the terminal shows."""
    import pty

    port, shown, is_shown = free_port(), [""], threading.Event()
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", f"--server.port={port}"]
    own = os.environ | {"PYTHONUTF8": "1"} | settings(folder)
    own.pop("NTM_PEOPLE")
    process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=terminal, stderr=subprocess.STDOUT)
    os.close(terminal)

    def read() -> None:
        try:
            while content := os.read(screen, 65_536):
                shown[0] += content.decode(errors="replace")
                if OWNERS_LINK.search(shown[0]):
                    is_shown.set()
        except OSError:  # the terminal has gone with the server
            return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        wait_for(f"http://127.0.0.1:{port}")
        assert is_shown.wait(START_SECONDS), shown[0]
        yield f"http://127.0.0.1:{port}", shown
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)
        os.close(screen)


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pseudo-terminals.")
def test_the_machines_owner_opens_the_link_that_the_terminal_shows(tmp_path, data, arrive) -> None:
    with at_a_terminal(tmp_path) as (address, shown):
        path = OWNERS_LINK.search(shown[0])[1]
        page = arrive().new_page()
        opened(page, f"{address}/sign-in", "Đăng nhập")
        expect(page.get_by_text("liên kết một lần, in ở cửa sổ lệnh")).to_be_visible()
        # The server puts what a proxy on this machine says of a reader in the reader's place; this does not help them.
        assert status(address + path, **{"X-Forwarded-For": "127.0.0.1"}) == 403
        assert status(address + path, **{"X-Forwarded-For": "10.0.0.9"}) == 403
        assert status(address + path) == 200
        opened(page, address + path, "Đăng nhập trên máy này")
        is_accessible(page)
        page.get_by_role("button", name="Đăng nhập trên máy này").click()
        expect(page.get_by_role("button", name="Đăng xuất Người quản trị máy chủ")).to_be_visible()
        page.goto(f"{address}/update?period={PERIOD}")
        expect(page.get_by_text(f"Người quản trị máy chủ: {UPDATING}")).to_be_visible()
        settle(page)
        opens(page)
        assert store.revisions(engine(tmp_path))["author"].iloc[0].startswith(people.OWNER)
        assert status(address + path) == 410
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
        page.goto(f"{address}/update")
        expect(page.get_by_text("Muốn tải tệp lên, hãy đăng nhập")).to_be_visible()
        assert len(OWNERS_LINK.findall(shown[0])) == 1


# An office


@pytest.fixture(scope="module")
def place(tmp_path_factory, data) -> Path:
    """The folder of an office where only people on the list may read."""
    folder = tmp_path_factory.mktemp("accounts")
    (folder / "people.toml").write_text(LIST, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def office(place: Path) -> Iterator[str]:
    """An office with an account for An, who has set no password yet."""
    keeping.add(engine(place), KHANH, people.owner("chủ máy"))
    with serving(**settings(place)) as address:
        yield address


def first_link(place: Path, address: str) -> str:
    known = {account.address for account in keeping.listed(engine(place))}
    act = keeping.reset if address in known else keeping.add
    return f"/sign-in/link?one={act(engine(place), address, people.owner('chủ máy'))}"


def set_password(page: Page, address: str, link: str) -> None:
    opened(page, address + link, "Đặt mật khẩu")
    page.get_by_label("Mật khẩu mới").first.fill(PASSWORD)
    page.get_by_label("Gõ lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()


def test_a_first_password_a_way_out_and_a_way_in_again(place, office, arrive) -> None:
    page = arrive().new_page()
    page.goto(office)
    expect(page.get_by_text(CLOSED)).to_be_visible()
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("h1")).to_have_text("Đăng nhập")
    is_accessible(page)
    set_password(page, office, first_link(place, AN))
    expect(page.get_by_role("button", name="Đăng xuất Lò Thị An")).to_be_visible()
    page.goto(f"{office}/update")
    expect(page.get_by_text(f"Lò Thị An: {UPDATING}")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
    page.goto(office)
    expect(page.get_by_text(CLOSED)).to_be_visible()

    page.goto(f"{office}/sign-in?lang=vi")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.get_by_label("E-mail address").fill(AN)
    page.get_by_label("Password").fill("wrong password")
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is wrong. Type them again")
    is_accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("button", name="Sign out Lò Thị An")).to_be_visible()
    page.get_by_role("button", name="My account").click()
    expect(page.locator("h1")).to_have_text("My account")
    is_accessible(page)


def test_signing_in_needs_no_script(place, office, arrive) -> None:
    context = arrive(java_script_enabled=False)
    page = context.new_page()
    set_password(page, office, first_link(place, AN))
    page.goto(f"{office}/sign-out")
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_label("Địa chỉ thư").fill(AN)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    (cookie,) = [one for one in context.cookies() if one["name"] == "ntm_session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_a_session_that_has_ended_publishes_nothing_from_a_page_that_is_open(place, office, arrive, facts) -> None:
    context, kept = arrive(), engine(place)

    def take_back() -> int:
        return store.undo(kept, store.latest(kept), people.owner("chủ máy"), "dọn", facts)

    set_password(context.new_page(), office, first_link(place, AN))
    expect(context.pages[0].get_by_role("button", name="Đăng xuất Lò Thị An")).to_be_visible()
    opening = recorded(context, office, f"/update?period={PERIOD}", opens)
    assert store.revisions(kept)["author"].iloc[0] == f"Lò Thị An <{AN}>"
    before = take_back()
    assert replay(context, office, opening) > 1  # while the session holds, the messages are heard …
    assert store.latest(kept) == before + 1
    now = take_back()
    page = context.new_page()
    page.goto(f"{office}/update?period={PERIOD}")
    expect(page.get_by_text(f"Lò Thị An: {UPDATING}")).to_be_visible()
    settle(page)
    keeping.end_sessions(kept, AN, people.owner("chủ máy"))
    assert replay(context, office, opening) > 1  # … and afterwards they do nothing
    assert store.latest(kept) == now
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text(UPDATING)).to_have_count(0)
    expect(page.get_by_text("Only people on the list may read")).to_be_visible()
    assert store.latest(kept) == now


# A proxy that signs people in


def test_a_proxy_says_who_comes_and_nobody_else_can(place, data, arrive) -> None:
    port = free_port()
    mapped = {"STREAMLIT_SERVER_TRUSTED_USER_HEADERS": f'{{"{reverse_proxy.HEADER}": "email"}}'}
    with serving(port, **settings(place), **mapped), reverse_proxy.before(port, AN) as address:
        page = arrive(extra_http_headers={reverse_proxy.HEADER: KHANH}).new_page()
        page.goto(f"{address}/update")
        expect(page.get_by_text(f"Lò Thị An: {UPDATING}")).to_be_visible(timeout=60_000)
        expect(page.get_by_role("button", name="Đăng nhập")).to_have_count(0)
        with reverse_proxy.before(port, "") as of_nobody:
            page = arrive().new_page()
            page.goto(of_nobody)
            expect(page.get_by_text(CLOSED)).to_be_visible()
            expect(page.get_by_text("Đăng nhập ở cổng của cơ quan").first).to_be_visible()
