"""The look: in which language, on which ground, in which contrast and how large everything is written and drawn.

One object holds all of it. Whoever starts something sets it once, with `with look.use(…)`: a page's run, a command, a
file, a test. Whatever makes words or pictures below asks for `current()`. A cache of what is written or drawn has the
look in its key. A thread or a process of its own does not inherit it and is handed it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

SOURCE_LANGUAGE = "vi"


@dataclass(frozen=True)
class Look:
    """A reader's look. `language`: a key of text.LANGUAGES; `high`: high contrast; `scale`: of letters, 1 is 100%."""

    language: str = SOURCE_LANGUAGE
    dark: bool = False
    high: bool = False
    scale: float = 1.0

    def on_paper(self, scale: float = 1.0) -> "Look":
        """Return the look of a file to print or hand in: the same language, on white, at a scale of its own."""
        return replace(self, dark=False, high=False, scale=scale)


_current: ContextVar[Look] = ContextVar("look", default=Look())  # noqa: B039  frozen: nobody can change the default


@contextmanager
def use(look: Look) -> Iterator[None]:
    """Write and draw in this look inside the `with`; afterwards the look of before is back."""
    token = _current.set(look)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Look:
    """Return the look in use."""
    return _current.get()
