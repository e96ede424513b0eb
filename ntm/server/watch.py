"""What is watched of a running server, as Prometheus reads it: reruns of pages, answers to programs, sessions, files.

Memory and time of computing are the process's own; which revision it shows is added by who asks (ntm.api.health).
"""

import time
from collections.abc import Callable, Collection

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

from ntm.server import quirks

REGISTRY = CollectorRegistry()
SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
PROCESS = (ProcessCollector, PlatformCollector, GCCollector)
RERUNS = Histogram("ntm_rerun_seconds", "Reruns of a page, whole", ["page"], buckets=SECONDS, registry=REGISTRY)
ANSWERS = Histogram("ntm_api_seconds", "Answers of /api/v1, with waiting", buckets=SECONDS, registry=REGISTRY)
STATUSES = Counter("ntm_api_answers", "Answers of /api/v1 by status", ["status"], registry=REGISTRY)
REVISION = Gauge("ntm_revision", "The latest revision; NaN while the database is away", registry=REGISTRY)
_ASKED: tuple[tuple[str, str, Callable[[], float]], ...] = (
    ("ntm_sessions", "Browsers that are connected", quirks.sessions),
    ("ntm_upload_bytes", "Uploaded files in memory, bytes", lambda: sum(_held())),
    ("ntm_upload_sessions", "Sessions that hold uploaded files", lambda: sum(map(bool, _held()))),
)


def _held() -> Collection[int]:
    return quirks.held_bytes().values() if quirks.is_running() else ()


def _register() -> None:
    for collector in PROCESS:
        collector(registry=REGISTRY)
    for name, words, ask in _ASKED:
        Gauge(name, words, registry=REGISTRY).set_function(ask)


def rerun(page: str, start: float) -> None:
    """Count a rerun of a page ("" for the first one) that began at `start` (time.perf_counter)."""
    RERUNS.labels(page or "overview").observe(time.perf_counter() - start)


def answer(status: int, seconds: float) -> None:
    """Count an answer to a program."""
    ANSWERS.observe(seconds)
    STATUSES.labels(str(status)).inc()


_register()
