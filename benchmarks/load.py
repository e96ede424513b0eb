"""How long readers wait when many ask at the same moment, beside a tutorial's page and a page of one line.

Run: python -m benchmarks.load [SESSIONS ...]

All servers stand at the same time and are asked in turn, so that what else the machine does meets them alike: read
the ratios, not the seconds. A run is the map page for another period or criterion; the time ends with the script.
Asked for with 50 sessions: p95 at most 0.20 of the tutorial's with one process, 0.10 with two, and 12 times that of
the one line; one session's run at most 0.20 of the tutorial's processor time.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from ntm import dataset, reference, store
from ntm.geo import boundaries
from ntm.paths import ROOT
from tests.browser.conftest import wait_for
from tests.ports import free_port

SESSIONS = (1, 10, 50, 200)
ROUNDS = 3
SHIFTS = [f"shift={number}" for number in (1, 2, 3, 0)]
MAPS = ["layer=tier&data=sample", "layer=recognised&data=sample", "period=2024-06-30&data=sample", "data=sample"]
ROW = "{:>9} {:32} {:>7} {:>7} {:>7} {:>9} {:>11} {:>9}"


@dataclass
class Server:
    """One way to serve, in one or several processes, and what its rounds took."""

    name: str
    page: str
    queries: list[str]
    addresses: list[str]
    processes: list[psutil.Process]
    seconds: list[float] = field(default_factory=list)
    runs: int = 0
    cpu: float = 0.0

    def spent(self) -> float:
        """Return the processor seconds of its processes so far."""
        times = [process.cpu_times() for process in self.processes]
        return sum(each.user + each.system for each in times)

    def ask(self, sessions: int) -> None:
        """Let a crowd in once."""
        queries = [part for query in self.queries for part in ("--query", query)]
        command = [sys.executable, "-m", "benchmarks.crowd", *self.addresses, "--page", self.page, *queries]
        before = self.spent()
        answer = subprocess.run(
            [*command, "--sessions", str(sessions)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        self.cpu += self.spent() - before
        took = json.loads(answer.stdout)
        self.seconds += took
        self.runs += len(took) + sessions  # each session's first run is not timed


@contextlib.contextmanager
def started(folder: Path, script: Path, **settings: str) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a script from a folder, whose settings hold."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | settings
    silent: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, *quiet], cwd=folder, env=environment, **silent)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[list[Server]]:
    """Start them all: a tutorial's page as Streamlit is set by itself, one line without its collector, and ours."""
    engine = store.connect()
    dataset.build(engine)
    boundaries.publish_all(reference.load())
    geometry = sorted(boundaries.BUNDLED.glob("*.geojson"))[0]
    theirs, ours = ROOT / "benchmarks" / "crowd_apps.py", ROOT / "serve.py"
    without = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "false"}
    with contextlib.ExitStack() as stack:

        def one(name: str, page: str, queries: list[str], count: int = 1, **settings: str) -> Server:
            place, script = (ROOT, ours) if page else (folder, theirs)
            stood = [stack.enter_context(started(place, script, **settings)) for _number in range(count)]
            return Server(name, page, queries, [address for address, _ in stood], [process for _, process in stood])

        yield [
            one("tutorial", "", SHIFTS, BENCH_PAGE="textbook", BENCH_GEOMETRY=str(geometry)),
            one("one line, no collection", "", SHIFTS, BENCH_PAGE="floor", **without),
            one("dashboard", "map", MAPS),
            one("dashboard, two processes", "map", MAPS, count=2),
        ]


def measure(stood: list[Server], sessions: int) -> None:
    """Ask all servers in turn, several times, and print a line for each."""
    for server in stood:
        server.ask(1)  # the first visitor's
        server.seconds, server.runs, server.cpu = [], 0, 0.0
    for _round in range(ROUNDS):
        for server in stood:
            server.ask(sessions)
            time.sleep(1)
    textbook, floor = (percentile(server.seconds) for server in stood[:2])
    textbook_cpu = stood[0].cpu / stood[0].runs
    for server in stood:
        p95, cpu = percentile(server.seconds), server.cpu / server.runs
        ratios = (f"{p95 / textbook:.2f}", f"{p95 / floor:.1f}", f"{cpu / textbook_cpu:.2f}")
        p50 = statistics.median(server.seconds)
        print(ROW.format(sessions, server.name, f"{p50:.2f}", f"{p95:.2f}", f"{cpu * 1000:.0f}", *ratios), flush=True)


def percentile(seconds: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1]


def main() -> None:
    """Print the table: a line per number of sessions and server."""
    asked = [int(number) for number in sys.argv[1:]] or SESSIONS
    print(ROW.format("sessions", "server", "p50 s", "p95 s", "CPU ms", "÷tutorial", "÷one line", "CPU ÷"))
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as stood:
        for sessions in asked:
            measure(stood, sessions)


if __name__ == "__main__":
    main()
