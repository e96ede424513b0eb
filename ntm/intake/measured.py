"""Measured values: numbers under a criterion may count schools or households, and say nothing of met or not met."""

import re
from collections.abc import Sequence

from ntm import text
from ntm.intake import answers
from ntm.intake.asked import Asked
from ntm.intake.headings import FIGURE, JUDGED, MEASURED
from ntm.intake.layout import Layout, left_alone
from ntm.intake.sheets import address
from ntm.intake.undecided import VALUES, Undecided
from ntm.text import _

MARKS, MEASURES = "marks", "measures"
ZERO_ONE = {"0", "1"}
SHOWN = 5  # columns that the question names
_NUMBER = re.compile(r"-?\d+([.,]\d+)*\s*%?")
_OF_A_MEASURE = re.compile(r"(ty le|so (?!\d)|diem)")


def told_apart(layout: Layout, rows: Sequence[Sequence[str]], asked: Asked) -> Layout:
    """Return the layout without the columns of answers that hold measured values.

    `rows`: those of units. A column of other numbers than 0 and 1 is measured. Raises Undecided where 0 and 1 could be
    either: beside one other number, under "Hiện trạng", or where the other columns have marks.
    """
    held = {column: [row[column] for row in rows if column < len(row) and row[column]] for column in _columns(layout)}
    measured = {column for column, words in held.items() if _is_measured(words)}
    rest = {column: words for column, words in held.items() if column not in measured}
    doubtful = [column for column in rest if _is_doubtful(layout, column, rest)]
    if doubtful and asked.answer(VALUES) not in (MARKS, MEASURES):
        raise _question(layout, doubtful)
    if asked.answer(VALUES) == MEASURES:
        measured |= set(doubtful)
    return left_alone(layout, measured, MEASURED)


def _columns(layout: Layout) -> list[int]:
    return list(layout.criteria()) or [column for column, role in enumerate(layout.roles) if role == "met"]


def _others(words: Sequence[str]) -> set[str]:
    return {word for word in words if _NUMBER.fullmatch(word)} - ZERO_ONE


def _has_marks(words: Sequence[str]) -> bool:
    return any(word not in ZERO_ONE and answers.met(word) in ZERO_ONE for word in words)


def _is_measured(words: Sequence[str]) -> bool:
    """Whether a column holds numbers alone, of which several, or one with decimals, are no 0 or 1."""
    others = _others(words)
    is_several = len(others) > 1 or any(not word.isdecimal() for word in others)
    return is_several and all(_NUMBER.fullmatch(word) for word in words)


def _is_doubtful(layout: Layout, column: int, held: dict[int, list[str]]) -> bool:
    words = held[column]
    if not ZERO_ONE & set(words) or layout.strengths[column] == JUDGED or column in layout.turned:
        return False
    if layout.strengths[column] <= FIGURE or _others(words) or _OF_A_MEASURE.match(_heading(layout, column)):
        return True
    beside = any(_has_marks(others) for other, others in held.items() if other != column)
    return beside and "1" in words and not _has_marks(words)


def _heading(layout: Layout, column: int) -> str:
    return text.plain(layout.headings[column])


def _question(layout: Layout, columns: Sequence[int]) -> Undecided:
    named = ", ".join(f"“{layout.headings[column]}” ({_letters(column)})" for column in columns[:SHOWN])
    words = _(
        "Có số 0 và 1 không rõ là dấu hay là số đo (số trường, tỷ lệ, điểm…), ở cột {columns}.",
        columns=named if len(columns) <= SHOWN else f"{named}, …",
    )
    choices = {
        MARKS: _("1 là đạt, 0 là chưa đạt"),
        MEASURES: _("là số liệu của chỉ tiêu; không lưu các cột này"),
    }
    return Undecided(VALUES, words, choices)


def _letters(column: int) -> str:
    return address(0, column).rstrip("1")
