"""Markdown: the one function that every value that is not ours goes through before Streamlit draws it.

Data, parameters of a link, names from a sign-in, texts of files: all are shown as they are written. Signs that Markdown
gives a meaning are escaped. What Streamlit makes of text after that (addresses into links, :words: into icons, -> into
arrows) is kept apart by a word joiner, which nobody sees.
"""

import re

JOINER = "\u2060"
_WHITE = re.compile(r"\s+")
_SIGNS = re.compile(r"([\\`*_\[\]<>$~|&])")
_BEGINNING = re.compile(r"^(\d*)([-+#=.)])")  # of a list, numbered or not, a heading, a line
_MADE = re.compile(r"(?<=:)(?=\S)|(?<=@)|(?<=www)(?=\.)|(?<=[-=])(?=[-=>\\])|(?<=<)(?=[-=])", re.IGNORECASE)


class Markdown(str):
    """A text in Markdown that is ours, whose values are plain."""


def plain(words: object) -> str:
    """Return words as Markdown that shows them as they are, in one line; what is Markdown of ours stays."""
    if isinstance(words, Markdown):
        return words
    line = _MADE.sub(JOINER, _WHITE.sub(" ", str(words)).strip())
    line = _SIGNS.sub(r"\\\1", line)
    return _BEGINNING.sub(r"\1\\\2", line)
