"""A real server and a real Chromium. A page fails its test if it logs an error or asks for anything off the machine."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from ntm.paths import ROOT
from tests import invented
from tests.browser import chromium
from tests.ports import free_port
from tests.test_province import run

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
LOCAL = ("127.0.0.1", "localhost", "")  # "" is data: and blob:
# On a link to a page Streamlit first asks for these below the page's own path, then at the root.
PROBES = ("/_stcore/health", "/_stcore/host-config")
START_SECONDS = 180
PATIENCE = 60_000  # ms: a wait ends when what it waits for is there, and a busy machine takes its time
SETTLED = """turn => {
  const kept = window.settling?.turn === turn ? window.settling : (window.settling = {turn, look: "", frames: 0});
  const seen = (parts) => [...document.querySelectorAll(parts)].filter((part) => part.checkVisibility());
  const boxes = seen("h1, h2, h3, table, button, iframe, [data-testid=stVegaLiteChart], [data-testid=stDataFrame]")
    .map((part) => part.getBoundingClientRect()).flatMap(({x, y, width, height}) => [x, y, width, height]);
  const look = [location.href, document.querySelectorAll("*").length, ...boxes].join();
  const isDrawn = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
    && document.fonts.status === "loaded"
    && !seen("[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]").length
    && seen("[data-testid=stVegaLiteChart]").every((chart) => chart.querySelector("svg.marks, canvas"))
    && seen("iframe").every((map) =>
      map.contentDocument?.querySelector(".leaflet-container[style*='--scale'], [role=alert]"));
  kept.frames = isDrawn && look === kept.look ? kept.frames + 1 : 0;
  kept.look = look;
  return kept.frames >= 12;
}"""
_turns = count()
expect.set_options(timeout=PATIENCE)


@contextmanager
def serving(port: int | None = None, **settings: str) -> Iterator[str]:
    """Run the dashboard (on a free port where none is named), with settings of the environment; give its address."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
    process = subprocess.Popen(
        [*command, f"--server.port={port}"], cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"} | settings
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def wait_for(address: str, path: str = "/_stcore/health") -> None:
    """Return when the server at this address answers. TimeoutError where it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer within {START_SECONDS} s.")


@contextmanager
def serving_province(folder: Path, place: Path) -> Iterator[str]:
    """Serve an invented province that has reported, with all that is its own in a place; give the address."""
    for file in invented.reports(place):
        asked = ["--form", "assessments", "--period", file.stem]
        run(folder, place, "publish", str(file), *asked, "--note", "báo cáo")
    own = {"NTM_DATA": str(folder), "NTM_DATABASE_URL": f"sqlite:///{place / 'own.sqlite'}"}
    own |= {"NTM_BOUNDARIES": str(place / "boundaries"), "NTM_SEAL": str(place / "seal.key")}
    with serving(**own) as address:
        yield address


@pytest.fixture(scope="session")
def address(data) -> Iterator[str]:
    with serving() as served:
        yield served


@pytest.fixture(scope="module")
def folder(tmp_path_factory, data) -> Path:
    """Where an office keeps its database and its list of people."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def signing_in(folder: Path) -> Iterator[str]:
    """The address of a dashboard where people sign in."""
    from tests.browser.provider import office  # here, because it needs this module

    with office(folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.ADVICE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(QUIET), timeout=START_SECONDS * 1000)
        yield launched
        launched.close()


def new_context(browser: Browser, width: int = 1366, height: int = 768, scheme: str = "light") -> BrowserContext:
    """A reader of their own, and a patient one."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address; at the test's end fail on console errors and on requests that left the machine."""
    faults: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(PROBES):
            faults.append(f"console: {message.text} ({message.location['url']})")

    def asked(request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in LOCAL:
            faults.append(f"request: {request.url}")

    def opened(url: str, width: int = 1366, height: int = 768, scheme: str = "light") -> Page:
        context = new_context(browser, width, height, scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("request", asked)
        page.on("pageerror", lambda error: faults.append(f"page: {error}"))
        page.goto(url)
        page.wait_for_selector("[data-testid=stMain] h1")
        settle(page)
        return page

    opened.faults = faults
    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def settle(page: Page) -> None:
    """Wait until the script has run, everything in sight is drawn, and nothing has moved for some frames.

    What a click leads to is waited for by itself: the script may not have begun when this looks.
    """
    page.wait_for_function(SETTLED, arg=next(_turns))
