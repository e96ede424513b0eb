"""How large letters are: everything that is drawn with a size in pixels follows the scale of the look in use."""

from ntm import look

LABEL = 13  # pixels at 100%: labels of charts and maps


def px(size: float) -> int:
    """Return a size in pixels at the scale in use."""
    return round(size * look.current().scale)
