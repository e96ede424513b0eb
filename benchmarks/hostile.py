"""What files made to harm cost: each file's time and memory, and another reader's reruns meanwhile.

Run: python -m benchmarks.hostile

A clerk's browser hands one file after the other to a real server, while another reader changes the language of the
overview again and again. A file's time ends with the page at rest; its memory is what server and child process hold at
most, above the idle server. Asked for: under 5 s, under 300 MB, and a reader's rerun within twice its time.
"""

import contextlib
import statistics
import tempfile
import threading
import time
from pathlib import Path

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import QUIET, new_context, settle
from tests.browser.provider import office, sign_in
from tests.intake import hostile

PERIOD = "2024-12-31"
ROW = "{:46} {:>6} {:>6} {:>9}  {}"
LOOK = 0.02  # seconds between two looks at the memory
RERUNS = 10


class Watch(threading.Thread):
    """The most memory that the server and its child processes hold together, in bytes."""

    def __init__(self, server: psutil.Process):
        super().__init__(daemon=True)
        self.server, self.most, self.ended = server, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(LOOK):
            self.most = max(self.most, held(self.server))


def held(server: psutil.Process) -> int:
    """Return the bytes that a process and its children hold, without what they share."""
    total = 0
    for process in (server, *server.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().uss
    return total


def rerun(page: Page) -> float:
    """Change the language once; return the seconds until the page speaks it."""
    start = time.monotonic()
    spoken = "Tiếng Việt" if page.get_by_role("button", name="English").count() == 0 else "English"
    other = {"English": "Tiếng Việt", "Tiếng Việt": "English"}[spoken]
    page.get_by_role("button", name=spoken).click()
    page.get_by_role("button", name=other).wait_for()
    return time.monotonic() - start


class Reader(threading.Thread):
    """Another reader, who goes on meanwhile. `times`: seconds of each rerun."""

    def __init__(self, address: str):
        super().__init__(daemon=True)
        self.address, self.ready, self.ended = address, threading.Event(), threading.Event()
        self.times: list[float] = []

    def run(self) -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(QUIET))
            page = new_context(browser).new_page()
            page.goto(self.address)
            settle(page)
            self.ready.set()
            while not self.ended.is_set():
                self.times.append(rerun(page))
            browser.close()


def hand_in(page: Page, file: Path) -> tuple[float, str]:
    """Give a file to the page of updates; return the seconds until it has answered, and the start of the answer."""
    page.goto(page.url.split("?")[0] + f"?period={PERIOD}")
    settle(page)
    start = time.monotonic()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_test_id("stFileChipName").wait_for()
    said = page.locator("[data-testid=stMain] [role=alert]").first
    said.wait_for()
    settle(page)
    return time.monotonic() - start, said.inner_text()[:70].replace("\n", " ")


def main() -> None:
    """Print the table: a file per line."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    """Serve an office from a folder and hand in every file."""
    with office(folder) as address, sync_playwright() as playwright:
        server = next(child for child in psutil.Process().children() if "serve.py" in child.cmdline())
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(QUIET))
        page = new_context(browser).new_page()
        page.goto(f"{address}/update")
        sign_in(page, "an@laichau.example")
        page.goto(f"{address}/update")
        settle(page)
        reader = Reader(address)
        reader.start()
        reader.ready.wait()
        time.sleep(RERUNS)
        alone = statistics.median(reader.times)
        print(f"a reader's rerun alone: {alone:.2f} s")
        print(ROW.format("file", "s", "MB", "reader ×", "said"))
        for name, (make, _words) in hostile.FILES.items():
            file = folder / f"file.{name.partition(':')[0]}"
            file.write_bytes(make())
            idle, before = held(server), len(reader.times)
            watch = Watch(server)
            watch.start()
            took, said = hand_in(page, file)
            watch.ended.set()
            times = reader.times[before:] or [float("nan")]
            memory = (watch.most - idle) / 1_000_000
            print(ROW.format(name, f"{took:.1f}", f"{memory:.0f}", f"{statistics.median(times) / alone:.2f}", said))
        reader.ended.set()
        reader.join()
        browser.close()


if __name__ == "__main__":
    main()
