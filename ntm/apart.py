"""Work on untrusted files, in a process of its own: what a file costs is bounded, whatever is in it.

The process is a fresh Python that imports little, gets a file's bytes and gives bytes back. It has a bound of memory
and of time; where it dies, the server goes on and the person reads a sentence. On Windows, which has no such bound of
memory, the time and what the work itself counts must do.
"""

import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from typing import IO, Any

from ntm import environment, look
from ntm.look import Look
from ntm.paths import ROOT
from ntm.text import _

if sys.platform != "win32":
    import resource

TASKS = {  # what may be asked for → the function: bytes and options in, bytes out
    "cells": "ntm.intake.files:cells",
    "marked": "ntm.intake.marking:mark_faults",
}
MEMORY = 220_000_000  # bytes of data that a process may hold; Python and the libraries take 40 of them
SECONDS = 4  # of computing
PATIENCE = 15  # seconds on the clock, of which a busy machine may leave the process few
AT_ONCE = 2  # processes at a time, so that readers keep a core
WAIT = 0.2  # seconds between two looks at the process
TOLD = 3  # the exit code of a process that refuses a file in a sentence
_places = threading.BoundedSemaphore(AT_ONCE)


class Refused(ValueError):
    """A file that cannot be taken at all; the text says what was found, what is allowed and what to do."""


def run(
    task: str,
    content: bytes,
    options: dict[str, Any] | None = None,
    *,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    told: Callable[[float], object] = lambda passed: None,
) -> bytes:
    """Return what a task (of TASKS) makes of a file's bytes. Raises Refused.

    `told` is called with the seconds that have passed; where it raises, the process is ended: that is how a person
    cancels.
    """
    start = time.monotonic()
    while not _places.acquire(timeout=WAIT):
        told(time.monotonic() - start)
        if time.monotonic() - start > PATIENCE:
            raise Refused(_("Máy chủ đang đọc các tệp khác. Hãy thử lại sau ít phút."))
    asked = {
        "task": task,
        "options": options or {},
        "look": asdict(look.current()),
        "seconds": seconds,
        "memory": memory,
    }
    try:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
            given.write(json.dumps(asked).encode() + b"\n" + content)
            given.seek(0)
            code = _wait(_process(given, answer), seconds, told)
            answer.seek(0)
            return _told(code, answer.read(), seconds)
    finally:
        _places.release()


def _process(given: IO[bytes], answer: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ntm.apart"],
        cwd=ROOT,
        env=environment.inherited(OPENBLAS_NUM_THREADS="1", PYTHONUTF8="1"),
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
    )


def _wait(process: subprocess.Popen[bytes], seconds: int, told: Callable[[float], object]) -> int:
    """Wait for a process and return its exit code; end it where it takes too long or `told` raises."""
    start = time.monotonic()
    try:
        while True:
            try:
                return process.wait(WAIT)
            except subprocess.TimeoutExpired:
                passed = time.monotonic() - start
                told(passed)
                if passed > max(PATIENCE, seconds):
                    raise _too_long(seconds) from None
    finally:
        process.kill()
        process.wait()


def _told(code: int, answer: bytes, seconds: int) -> bytes:
    if code == 0:
        return answer
    if code == TOLD:
        raise Refused(answer.decode("utf-8"))
    if sys.platform != "win32" and code in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL):
        raise _too_long(seconds)
    raise Refused(
        _(
            "Tệp cần quá nhiều bộ nhớ hoặc làm hỏng chương trình đọc; không mở. Hãy xóa hình ảnh, định dạng và các "
            "sheet không dùng, hoặc chép số liệu sang tệp mẫu."
        )
    )


def _too_long(seconds: int) -> Refused:
    return Refused(
        _(
            "Đọc tệp mất hơn {seconds} giây nên đã dừng. Hãy chia nhỏ tệp, hoặc chép số liệu sang tệp mẫu.",
            seconds=seconds,
        )
    )


def _bound(seconds: int, memory: int) -> None:
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(max(PATIENCE, seconds))  # also where the server has died meanwhile


@contextmanager
def bounded(memory: int) -> Iterator[None]:
    """Let this process hold no more than so many bytes of data meanwhile: for commands that read others' files.

    A command is a process of its own already. What would need more ends in a MemoryError; not bounded on Windows.
    """
    if sys.platform == "win32":
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def main() -> int:
    """Do one task, in the process that `run` has started; return its exit code."""
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    with look.use(Look(**asked["look"])):
        return _do(asked, content)


def _do(asked: dict[str, Any], content: bytes) -> int:
    module, name = TASKS[asked["task"]].split(":")
    work = getattr(import_module(module), name)
    _bound(asked["seconds"], asked["memory"])
    try:
        answer, code = work(content, **asked["options"]), 0
    except Refused as refusal:
        answer, code = str(refusal).encode("utf-8"), TOLD
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.modules["ntm.apart"] = sys.modules["__main__"]  # so that a task raises the Refused that is caught here
    sys.exit(main())
