"""How a layer is refused: in a sentence, with words of the file made safe for a terminal."""

from collections.abc import Iterable

SHOWN_NAMES = 12


class Unfit(ValueError):
    """A layer that cannot be used, said in a sentence: what was found, what is needed, what to do next."""


def printable(words: str) -> str:
    """Return text from a file for a terminal: signs that would steer it are left out, and it is cut to a line."""
    return "".join(sign for sign in words if sign.isprintable())[:80]


def listed(words: Iterable[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    everything = [printable(word) for word in words]
    more = len(everything) - SHOWN_NAMES
    return "; ".join(everything[:SHOWN_NAMES]) + (f"; … (+{more})" if more > 0 else "")
