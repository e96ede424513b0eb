"""What the commands share: exit codes, the choice of the world, steps that say what is done and how long it took."""

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ntm import text
from ntm.text import _
from ntm.world import World

DONE, FAULTY, WRONG_CALL = 0, 1, 2
PROGRESS_AFTER = 1.0  # seconds


def add_world(command: argparse.ArgumentParser) -> None:
    """Add the choice of the world to a command."""
    words = "sample: số liệu minh họa; real: số liệu của tỉnh; mặc định: real khi đã có số liệu chính thức"
    command.add_argument("--data", choices=list(World), help=words)


def world(call: argparse.Namespace) -> World | None:
    """Return the world that a call asks for; None leaves it to the data."""
    return World(call.data) if call.data else None


def steps(work: Iterable[tuple[str, Callable[[], Any]]]) -> Iterator[Any]:
    """Run named steps and give their results; say which one runs, and for those over a second how long."""
    for words, step in work:
        print(words, end=" … ", flush=True)
        start = time.monotonic()
        result = step()
        seconds = time.monotonic() - start
        print(_("xong") + (f" ({text.number(seconds, 1)} s)" if seconds > PROGRESS_AFTER else ""), flush=True)
        yield result
