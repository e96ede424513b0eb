"""What the commands share: exit codes, and steps that say what is being done and how long it took."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ntm import text
from ntm.text import _

DONE, FAULTY, WRONG_CALL = 0, 1, 2
PROGRESS_AFTER = 1.0  # seconds


def steps(work: Iterable[tuple[str, Callable[[], Any]]]) -> Iterator[Any]:
    """Run named steps and give their results; say which one runs, and for those over a second how long."""
    for words, step in work:
        print(words, end=" … ", flush=True)
        start = time.monotonic()
        result = step()
        seconds = time.monotonic() - start
        print(_("xong") + (f" ({text.number(seconds, 1)} s)" if seconds > PROGRESS_AFTER else ""), flush=True)
        yield result
