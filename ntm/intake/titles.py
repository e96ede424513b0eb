"""Titles: what the words over a table say of all its rows. The nearest words decide.

Nearest is a caption above the rows ("II. XÃ NÔNG THÔN MỚI NÂNG CAO"), then the title of the table, then that of the
sheet, with the sheet's name.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ntm import text
from ntm.intake import headings, periods, standards
from ntm.intake.units import Units, spoken_unit
from ntm.reference import Reference

MODEL = standards.MODEL  # in place of a criteria set's code: there is none for it
_PLAN = re.compile(r"^ke hoach\b(?!.*\bket qua\b)|\bke hoach thuc hien\b|\bu(oc )?th(uc hien)?\b|phan dau|lo trinh")
_REVOKED = re.compile(r"\b(thu hoi|bai bo|huy bo)\b|\bra khoi danh sach\b")
_RECOGNISED = re.compile(r"\bcong nhan\b|\bdat chuan\b")
_MET = re.compile(r"\b(da )?(dat|hoan thanh)\b")
_NUMBER = re.compile(r"^\s*(?:(?P<roman>[IVX]{1,4})|(?P<letter>[A-ZĐ])|(?P<figure>\d{1,2}))\s*[.):–-]\s*(?=\S)")
_YEARS = re.compile(r"20\d{6}")


@dataclass(frozen=True)
class Named:
    """Which criteria set words name: `codes`, several if they leave it open; `official`: by its official name."""

    codes: tuple[str, ...] = ()
    official: bool = False


@dataclass(frozen=True)
class Titles:
    """The words over a table. `captions`: those of its own, nearest first; `above`: those of the sheet, and its name;
    `own`: the title of the table, where others stand above it on the sheet.
    """

    captions: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def near(self) -> list[tuple[str, ...]]:
        """The levels of words that are of this table alone, the nearest first."""
        return [*((caption,) for caption in self.captions), self.own]

    @property
    def levels(self) -> list[tuple[str, ...]]:
        """The words, level by level, the nearest first."""
        return [*self.near, self.above]

    @property
    def all(self) -> list[str]:
        """All words once."""
        return list(dict.fromkeys(words for level in self.levels for words in level))

    def less(self, is_other: Callable[[str], bool]) -> "Titles":
        """Return the titles without words that are others, such as those of groups of columns."""
        return Titles(
            tuple(words for words in self.captions if not is_other(words)),
            tuple(words for words in self.own if not is_other(words)),
            tuple(words for words in self.above if not is_other(words)),
        )

    def period(self, asked: str) -> str:
        """Return the period that the nearest words say; "" if they say none, or several."""
        for level in self.near:
            if said := {periods.of_group(without_numbering(words), asked) for words in level} - {""}:
                return said.pop() if len(said) == 1 else ""
        if said := {day for words in self.above for day in periods.of_title(words)}:
            return said.pop() if len(said) == 1 else ""
        return next(iter(periods.of_years(self.all, asked)), "")

    def plan(self) -> str:
        """Return the title that says that the table is a plan or an estimate; "" if none does."""
        return _first(self.all, says_plan)

    def unmet(self) -> str:
        """Return the nearest title that says that what stands below is not met; "" if it says met, or neither."""
        for level in self.near:
            said = _first(level, headings.says_unmet)
            if said or any(map(says_met, level)):
                return said
        return _first(self.above, headings.says_unmet)

    def revocation(self) -> str:
        """Return the nearest title that says that recognitions are revoked; "" if none does."""
        for level in self.levels:
            said = _first(level, says_revoked)
            if said or any(_RECOGNISED.search(text.plain(words)) for words in level):
                return said
        return ""

    def standards(self) -> frozenset[str]:
        """Return the standards that the nearest words name, those of districts left out."""
        for level in self.levels:
            if said := standards.named(" ".join(level)) - {standards.DISTRICT}:
                return said
        return frozenset()

    def unit(self, units: Units) -> str:
        """Return the code of the one unit that the nearest words name; "" if none."""
        return next((code for level in self.levels if (code := spoken_unit(level, units))), "")

    def district(self, units: Units) -> str:
        """Return the code of the district that the nearest words name ("Huyện Than Uyên"); "" if none."""
        found = (units.caption(words) for level in self.levels for words in reversed(level))
        return next(filter(None, found), "")

    def criteria_set(self, reference: Reference) -> Named:
        """Return which criteria set the nearest words name; MODEL for that of model communes."""
        for level in self.levels:
            named = _officially(" ".join(level), reference) or _by_standard(" ".join(level), reference)
            if named.codes:
                return named
        return Named()


def _officially(words: str, reference: Reference) -> Named | None:
    """The sets that words name by their official names, in full or without their years; None if none."""
    said = text.letters(words).replace("ntm", "nongthonmoi").replace("giaidoan", "")
    names = {
        code: text.letters(name).replace("giaidoan", "")
        for code, name in reference.timeline.criteria_sets["name_vi"].items()
    }
    by_stem: dict[str, list[str]] = {}
    for code, name in names.items():
        by_stem.setdefault(_YEARS.sub("", name), []).append(str(code))
    stems = re.findall("|".join(sorted(by_stem, key=len, reverse=True)), said)
    of_years = [
        code
        for stem in dict.fromkeys(stems)
        for code in by_stem[stem]
        if all(years in said for years in _YEARS.findall(names[code]))
    ]
    if len(of_years) == len(set(stems)) and of_years:
        return Named(tuple(of_years), official=len(of_years) == 1)
    return None


def _by_standard(words: str, reference: Reference) -> Named:
    """The sets, in force on the reference's day, of the standards that words name; the higher ones first."""
    of_standard = {
        standards.DISTRICT: reference.district_set,
        standards.MODEL: MODEL,
        standards.ADVANCED: reference.advanced_set,
        standards.NTM: reference.commune_set,
    }
    said = standards.named(words)
    return Named(tuple(code for name, code in of_standard.items() if name in said and code))


def says_plan(words: str) -> bool:
    """Return whether a title is that of a plan or an estimate."""
    return bool(_PLAN.search(text.plain(words)))


def says_met(words: str) -> bool:
    """Return whether words say met, and not that anything is not met."""
    return bool(_MET.search(text.plain(words))) and not headings.says_unmet(words)


def says_revoked(words: str) -> bool:
    """Return whether words say that recognitions are revoked, and not that there are both kinds."""
    plain = text.plain(words)
    found = _REVOKED.search(plain)
    return bool(found) and not _RECOGNISED.search(plain[: found.start()] if found else "")


def says_recognition(words: str) -> bool:
    """Return whether words say that units are recognised, or that this is revoked."""
    plain = text.plain(words)
    return bool(_RECOGNISED.search(plain) or _REVOKED.search(plain))


def numbering(words: str) -> str:
    """Return how words are numbered: "roman" ("II. …"), "letter" ("B. …"), "figure" ("2. …"); "" if they are not."""
    found = _NUMBER.match(words)
    return str(found.lastgroup) if found else ""


def without_numbering(words: str) -> str:
    """Return words without their number: "II. Năm 2024" → "Năm 2024"."""
    return _NUMBER.sub("", words)


def _first(level: Iterable[str], says: Callable[[str], bool]) -> str:
    return next((words for words in level if says(words)), "")
