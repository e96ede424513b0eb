"""Fit: whether the criteria that a table has are those of the set that it is read by, or rather of another one.

A table of 19 criteria in a year of ten, or of next year's criteria by their names, is never read in part: the person
says which set it is of.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ntm import text
from ntm.intake import criteria_names, headings
from ntm.intake.asked import Asked
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.headings import Heading
from ntm.intake.layout import Layout
from ntm.intake.undecided import CRITERIA, Undecided
from ntm.reference import Reference
from ntm.text import _


def answered(asked: Asked) -> Asked:
    """Return what is asked with the criteria set that the person has said the file is of."""
    return replace(asked, criteria_set=asked.answer(CRITERIA) or asked.criteria_set)


def rivals(code: str, reference: Reference) -> dict[str, CriteriaNames]:
    """Return the names of the criteria of every set for units of the kind that a set (by code) is for."""
    timeline = reference.timeline
    kinds = timeline.criteria_sets[["unit_level", "unit_kind"]].apply(tuple, axis=1)
    codes = kinds.index[kinds == kinds[code]]
    return {str(other): criteria_names.of(reference.criteria_of(other), timeline.criteria) for other in codes}


def check(
    cells: Sequence[Sequence[str]], layout: Layout, asked: Asked, reference: Reference, merged: Collection[int]
) -> None:
    """Raise Undecided if another set has more of a table's criteria than the one it is read by.

    `cells`: the sheet's, with merged areas filled in; `merged`: see headings.read. The set is that of `asked`.
    """
    if asked.answer(CRITERIA) or layout.column("criteria_set") is not None:  # each row may say its own
        return
    sets = rivals(asked.criteria_set, reference)
    width = max(map(len, cells))
    over = headings.read(cells, layout.heading_row, width, merged)
    words = _words(cells, layout)
    found = {code: _of_columns(over, names, sets) | _of_words(words, names) for code, names in sets.items()}
    most = max(map(len, found.values()))
    if len(found[asked.criteria_set]) < most:
        best = [code for code in found if len(found[code]) == most]
        raise _question(asked, best, [most, len(found[asked.criteria_set])], reference)


def _words(cells: Sequence[Sequence[str]], layout: Layout) -> set[str]:
    """The words of the columns that name criteria in rows."""
    columns = [column for column, role in enumerate(layout.roles) if role == "criterion"]
    rows = cells[layout.heading_row + 1 :] if not layout.criteria() else ()
    return {row[column] for row in rows for column in columns if column < len(row) and row[column]}


def _of_words(words: set[str], names: CriteriaNames) -> set[int]:
    return {number for word in words if (number := names.find(word)) is not None}


def _of_columns(over: Sequence[Heading], names: CriteriaNames, sets: Mapping[str, CriteriaNames]) -> set[int]:
    """The criteria that headings name. A number below another set's name for one column is none of this set."""
    spans = Counter(words for heading in over for words in heading.above)
    found: set[int] = set()
    for heading in over:
        own = headings.criterion(heading.own, names)
        by_name = [words for words in heading.above if spans[words] == 1 and _is_known(words, sets)]
        if heading.own.strip(" ().").isdecimal() and by_name:
            own = headings.criterion(by_name[-1], names)
        found |= {own} if own is not None else set()
    return found


def _is_known(words: str, sets: Mapping[str, CriteriaNames]) -> bool:
    return any(headings.criterion(words, names) is not None for names in sets.values())


def _question(asked: Asked, best: Sequence[str], counts: Sequence[int], reference: Reference) -> Undecided:
    names = reference.timeline.criteria_sets
    codes = [*best, asked.criteria_set]
    words = _(
        "Trong bảng có {found} tiêu chí của bộ “{best}”, chỉ có {own} của bộ “{chosen}”.",
        found=counts[0],
        best=text.either(names.loc[best[0]], "name"),
        own=counts[1],
        chosen=text.either(names.loc[asked.criteria_set], "name"),
    )
    return Undecided(CRITERIA, words, {code: _choice(code, asked.period, reference) for code in codes})


def _choice(code: str, period: str, reference: Reference) -> str:
    """A set's name, and whether it is not in force in the period."""
    row = reference.timeline.criteria_sets.loc[code]
    name = text.either(row, "name")
    if not period or row["valid_from"] <= period <= (row["valid_to"] or period):
        return name
    return _("{name}; không áp dụng ở kỳ {period}", name=name, period=text.date(period))
