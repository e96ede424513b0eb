"""Whether a server's memory grows: sessions come, look at pages and go, thousands of times.

Run: python -m benchmarks.soak [RERUNS]

Each session opens five pages for three choices each and leaves. Asked for: the memory after 2,000 runs at most 1.05
times that after 1,000.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator

import psutil

from benchmarks import crowd
from ntm.paths import ROOT
from tests.browser.conftest import serving

PAGES = ("", *sorted(file.stem for file in (ROOT / "pages").glob("*.py") if file.stem != "overview"))
CHOICES = (
    "data=sample",
    "data=sample&period=2024-06-30",
    "data=sample&groups=110",
    "data=sample&lang=en",
    "period=2026-06-30",
)
AT_ONCE = 4
VISITS, RUNS = 5, 3
SEED = 20241231


async def visitor(address: str, chance: random.Random) -> None:
    """Look at some pages, with some choices each, and leave."""
    for page in chance.choices(PAGES, k=VISITS):
        await crowd.crowd([address], page, chance.sample(CHOICES, RUNS - 1), 1)


async def visitors(address: str, runs: int) -> None:
    """Let so many runs happen, of a few visitors at a time."""
    rest = iter(range(runs // (VISITS * RUNS)))

    async def door() -> None:
        for number in rest:
            await visitor(address, random.Random(SEED + number))

    await asyncio.gather(*(door() for _door in range(AT_ONCE)))


def held(server: psutil.Process) -> float:
    """Return the megabytes that a server holds."""
    return server.memory_info().rss / 1e6


def measured(address: str, server: psutil.Process, steps: list[int]) -> Iterator[float]:
    """Let visitors in, step by step; yield the megabytes after each."""
    for runs in steps:
        asyncio.run(visitors(address, runs))
        yield held(server)


def main() -> None:
    """Print the memory after every 500 runs."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    steps = [500] * (total // 500)
    with tempfile.TemporaryDirectory() as folder, serving(NTM_DATABASE_URL=f"sqlite:///{folder}/s.sqlite") as address:
        server = next(child for child in psutil.Process().children() if "serve.py" in child.cmdline())
        print(f"at the start: {held(server):.0f} MB")
        found = []
        for number, megabytes in enumerate(measured(address, server, steps), start=1):
            found.append(megabytes)
            print(f"after {number * 500} runs: {megabytes:.0f} MB", flush=True)
        if len(found) > 2:
            half = len(found) // 2
            print(f"÷ half way: {found[-1] / found[half - 1]:.3f} (asked for: 1.05)")


if __name__ == "__main__":
    main()
