"""Turns: how many runs of the script compute at the same moment.

Python computes one thing at a time. Fifty runs at once all end when the last does, and changing between them costs
more than it gives; one after the other, half of the readers have their page in half of the time.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 2  # one computes while the other waits for the database
_SEATS = threading.BoundedSemaphore(AT_ONCE)
_seated = threading.local()


@contextmanager
def one() -> Iterator[None]:
    """Wait for this run's turn, and hold it."""
    with _SEATS:
        _seated.held = True
        try:
            yield
        finally:
            _seated.held = False


@contextmanager
def left() -> Iterator[None]:
    """Leave the turn to others while this run waits for another process or a lock; outside of a turn, do nothing."""
    if not getattr(_seated, "held", False):
        yield
        return
    _seated.held = False
    _SEATS.release()
    try:
        yield
    finally:
        _SEATS.acquire()
        _seated.held = True
