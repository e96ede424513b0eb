"""What the commands share: exit codes, the choice of the world, steps, and words that cannot steer a terminal."""

import argparse
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO

from ntm import signs, text
from ntm.text import _
from ntm.world import World

DONE, FAULTY, WRONG_CALL = 0, 1, 2
INTERRUPTED = 130  # by Ctrl+C, as shells know it
PROGRESS_AFTER = 1.0  # seconds


class _Printable(io.TextIOBase):
    """A stream that shows signs that would steer a terminal, or turn its writing round, as \\u001b; JSON stays JSON."""

    def __init__(self, stream: TextIO):
        self.stream = stream

    def write(self, words: str) -> int:
        shown = (sign if signs.is_allowed(sign) or sign == "\t" else json.dumps(sign)[1:-1] for sign in words)
        self.stream.write("".join(shown))
        return len(words)

    def flush(self) -> None:
        self.stream.flush()


@contextmanager
def printable() -> Iterator[None]:
    """Let everything that is printed within be words and nothing else."""
    with redirect_stdout(_Printable(sys.stdout)), redirect_stderr(_Printable(sys.stderr)):
        yield


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
