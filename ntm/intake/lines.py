"""Lines of a sheet: which are headings, which are rows of units, and which are captions between them."""

import re
from collections.abc import Sequence
from functools import cached_property

from ntm import text
from ntm.facts import FORMS
from ntm.intake import headings, periods, standards, titles
from ntm.intake.asked import Asked
from ntm.intake.units import Units, is_sum

NAMING = {"code", "name", "district", "district_code"}  # roles of columns that name units
BY_CRITERION = "criterion"
RECOGNISED = 3  # headings by which a row of them is known if its first cell is none
LONGEST_CAPTION = 160  # signs: what is longer is a note
_ORDINAL = re.compile(r"\(?(?:[IVX]{1,4}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)\)?[.):]?")
_FIGURE = re.compile(r"[\d.,/%\s]+")


class Lines:
    """The lines of one sheet. `cells`: with merged areas filled in."""

    def __init__(self, cells: Sequence[Sequence[str]], asked: Asked, units: Units):
        self.cells, self.asked, self.units = cells, asked, units
        self.words = [list(dict.fromkeys(word for word in row if word)) for row in cells]
        self.roles = headings.roles(asked.form)

    @cached_property
    def filled(self) -> list[int]:
        """The lines that hold anything."""
        return [row for row, words in enumerate(self.words) if words]

    def _role(self, word: str) -> str:
        return self.roles.get(text.letters(word[: standards.LONGEST]), "")

    def is_heading(self, row: int) -> bool:
        """Return whether a line is one of headings: it names the column of units, or of criteria, and holds none."""
        words = self.words[row]
        if len(words) == 1 or _ORDINAL.fullmatch(words[0]):
            return False
        roles = [self._role(word) for word in words]
        naming = NAMING | ({BY_CRITERION} if FORMS[self.asked.form].by_criterion else set())
        if not naming.intersection(roles) or any(map(self.units.is_known, words)):
            return False
        return bool(roles[0]) or headings.is_ordinal(words[0]) or len(list(filter(None, roles))) >= RECOGNISED

    def _names_units(self, heading: int) -> bool:
        return any(self._role(word) in NAMING for word in self.words[heading])

    def is_row(self, row: int) -> bool:
        """Return whether a line is one of a unit, or of a numbered list."""
        words = self.words[row]
        if any(map(self.units.is_known, words)):
            return True
        return len(words) > 1 and bool(_ORDINAL.fullmatch(words[0])) and any(map(_is_text, words[1:]))

    def caption(self, row: int, heading: int) -> str:
        """Return the words of a line that stands over others, with their number; "" if the line is none.

        `heading`: the row of the table's headings: where criteria are in rows, what is numbered by figures is none.
        """
        number, *rest = self.words[row] if _ORDINAL.fullmatch(self.words[row][0]) else ["", *self.words[row]]
        if not rest or not _is_text(rest[0]) or not all(map(is_figure, rest[1:])):
            return ""
        words = f"{number.rstrip('.):')}. {rest[0]}" if number else rest[0]
        is_of_sums = bool(rest[1:]) and is_sum(rest[0]) and titles.numbering(words) in ("", "figure")
        if len(words) > LONGEST_CAPTION or is_of_sums or self.units.caption(words):
            return ""
        if self._names_units(heading):
            return "" if self.units.is_known(rest[0]) else words
        return "" if titles.numbering(words) == "figure" or rest[1:] else words

    def says_something(self, caption: str, heading: int) -> bool:
        """Return whether a caption says of its rows what may differ from table to table."""
        form = FORMS[self.asked.form]
        bare = titles.without_numbering(caption)
        if form.of_period and (periods.of_group(bare, self.asked.period) or titles.says_plan(bare)):
            return True
        if form.by_criterion and (standards.named(bare) or headings.says_unmet(bare) or titles.says_met(bare)):
            return True
        if "standard" in form.names and (standards.named(bare) or titles.says_recognition(bare)):
            return True
        return not self._names_units(heading) and bool(titles.Titles(captions=(bare,)).unit(self.units))

    def top_of_headings(self, row: int, lowest: int) -> int:
        """Return the first line of the headings that a line belongs to: groups of columns stand right above it."""
        top = row
        while top > max(lowest, row - headings.HIGHEST) and self._holds_groups(top - 1):
            top -= 1
        return top

    def _holds_groups(self, row: int) -> bool:
        """Whether a line above headings holds groups of columns: several words, no unit's, but perhaps districts'."""
        words = self.words[row]
        if len(words) < 2 or is_sum(words[0]):
            return False
        return not self.is_row(row) or all(map(self.units.caption, words))

    def top_of_title(self, top: int, lowest: int) -> int:
        """Return the first line of the title above headings: single words, perhaps a number, with no gap in them."""
        at = top
        while at > lowest and not self.words[at - 1]:
            at -= 1
        first = at
        while first > lowest and self._is_title(first - 1):
            first -= 1
        return first if first < at else top

    def _is_title(self, row: int) -> bool:
        words = self.words[row]
        alone = len(words) == 1 or (len(words) == 2 and bool(_ORDINAL.fullmatch(words[0])))
        return bool(words) and alone and not any(map(self.units.is_known, words))


def is_figure(word: str) -> bool:
    """Return whether a word is a number, or a share."""
    return bool(_FIGURE.fullmatch(word))


def _is_text(word: str) -> bool:
    return len(text.letters(word)) > 1 and not is_figure(word) and not _ORDINAL.fullmatch(word)
