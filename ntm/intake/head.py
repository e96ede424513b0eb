"""The head of an office's table: who made it, and when, and what a template was filled with.

"Đơn vị lập: UBND huyện Tam Đường", in one cell or in two side by side, above the headings. None of it is a fact, a
title or a period; the note of the revision keeps it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ntm import text
from ntm.facts import rules
from ntm.intake import answers

OFFICE, AUTHOR, DAY, FILLED = "Đơn vị lập", "Người lập", "Ngày lập", "Điền sẵn"
KEPT = (OFFICE, AUTHOR, DAY)  # in the revision's note
_LABELS = {text.letters(label): label for label in (*KEPT, FILLED)}
_LABELS |= {text.letters(f"{label} biểu"): label for label in KEPT}
Spot = tuple[int, int]


@dataclass(frozen=True)
class Head:
    """What stands above a table. `said`: label → words; `spots`: the cells (row, column) that it stands in."""

    said: Mapping[str, str] = field(default_factory=dict)
    spots: frozenset[Spot] = frozenset()

    @property
    def filled_with(self) -> str:
        """The period (ISO text) whose facts the template was filled with; "" if it was empty."""
        return next(iter(answers.days(self.said.get(FILLED, ""))), "")


def find(cells: Sequence[Sequence[str]], rows: int) -> Head:
    """Return what the first rows of a sheet say. `cells`: with merged areas filled in."""
    said: dict[str, str] = {}
    spots: set[Spot] = set()
    for row, line in enumerate(cells[:rows]):
        for label, value, columns in _entries(line):
            said |= {label: _shown(value)} if value else {}
            spots |= {(row, column) for column in columns}
    return Head(said, frozenset(spots))


def _entries(words: Sequence[str]) -> Iterator[tuple[str, str, list[int]]]:
    """Yield a row's labels, each with its words and the columns of both."""
    starts = [column for column, word in enumerate(words) if _label(word)]
    for start, end in pairwise([*starts, len(words)]):
        label, _colon, value = words[start].partition(":")
        own = [column for column in range(start, end) if words[column]]
        others = list(dict.fromkeys(words[column] for column in own if words[column] != words[start]))
        yield _LABELS[text.letters(label)], value.strip() or (others[0] if others else ""), own


def _label(word: str) -> str:
    return _LABELS.get(text.letters(word.partition(":")[0]), "")


def _shown(value: str) -> str:
    """A day as offices write it, whatever the language of the page: it is kept in the note."""
    return answers.written("period", value) if rules.is_day(value) else value


def titles(cells: Sequence[Sequence[str]], rows: int) -> list[str]:
    """Return the words of the first rows that are no head, each once."""
    spots = find(cells, rows).spots
    return list(
        dict.fromkeys(
            word
            for row, words in enumerate(cells[:rows])
            for column, word in enumerate(words)
            if word and (row, column) not in spots
        )
    )


def without(cells: Sequence[Sequence[str]], rows: int) -> list[list[str]]:
    """Return cells with the head in the first rows left blank: none of it is a heading, or a group of columns."""
    spots = find(cells, rows).spots
    return [
        ["" if (row, column) in spots else word for column, word in enumerate(words)] for row, words in enumerate(cells)
    ]


def together(heads: Sequence[Head]) -> dict[str, str]:
    """Return what the heads of a file's sheets say: label → words; different ones after each other."""
    found: dict[str, dict[str, None]] = {}
    for head in heads:
        for label, words in head.said.items():
            found.setdefault(label, {})[words] = None
    return {label: ", ".join(words) for label, words in found.items()}


def words(said: Mapping[str, str]) -> str:
    """Return what the head of a file says of who made it, and when; "" if it says nothing."""
    return "; ".join(f"{label}: {said[label]}" for label in KEPT if said.get(label))


def noted(note: str, said: Mapping[str, str]) -> str:
    """Return the note of a revision with the words of its file's head after it."""
    return f"{note} ({words(said)})" if words(said) else note
