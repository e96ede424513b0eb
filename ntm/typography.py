"""How large letters are: a scale that the reader sets, and that everything drawn with a size in pixels follows."""

from contextvars import ContextVar

LABEL = 13  # pixels at 100%: labels of charts and maps

_scale: ContextVar[float] = ContextVar("scale", default=1.0)


def use(scale: float) -> None:
    """Draw at this scale from here on in this context: 1 is 100%."""
    _scale.set(scale)


def scale() -> float:
    """Return the scale in use."""
    return _scale.get()


def px(size: float) -> int:
    """Return a size in pixels at the scale in use."""
    return round(size * _scale.get())
