"""Names of criteria as offices write them: "Tiêu chí số 6 về …", "6. Văn hóa", "Giáo dục & Đào tạo", "Hộ nghèo".

A number alone, or after the word for criterion, is enough. A number before other words is one only if these are the
criterion's name: "3. Ghi chú" and "6.2024" are none. "5.1" is an indicator, a part of a criterion.
"""

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from ntm import text, toml_files
from ntm.paths import OWN_DATA

SHORT_NAMES = OWN_DATA / "intake" / "criteria.toml"
LONGEST = 200  # signs of a heading that are looked at
_BULLET = re.compile(r"^\s*[-–—•*+·∙▪◦●○■□➢►\uf0b7\uf0a7\uf02d]\s*")
_SAID = re.compile(r"(?:tc|tieu chi|criterion)\s*(?:so)?\s*(\d{1,2})(?![\d.]*\d)(?!\s*[-/]\s*\d)(.*)", re.DOTALL)
_SEVERAL = re.compile(r"\s*(,|;|va|den|&|\+)\s*(tc|tieu chi)?\s*(so)?\s*\d.*", re.DOTALL)
_HAS_PART = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
_NUMBER = re.compile(r"(\d{1,2})\s*[.:)]?")
_NUMBERED = re.compile(r"(\d{1,2})\s*[.:)\-–—]\s*(\D.*)", re.DOTALL)
_PART = re.compile(r"(?:(?:chi tieu|ct|tc|tieu chi)\s*(?:so)?\s*)?(\d{1,2})\.(\d{1,2})(?!\d)\.?(?!\.\d).*", re.DOTALL)


def without_bullet(words: str) -> str:
    """Return words without the sign of a list before them: "- 1.1 Có quy hoạch" → "1.1 Có quy hoạch"."""
    return _BULLET.sub("", words)


def letters(words: str) -> str:
    """Return what names are compared by; "&" is "và"."""
    return text.letters(words[:LONGEST].replace("&", " và "))


@cache
def _short_names() -> dict[str, list[str]]:
    return toml_files.read(SHORT_NAMES, dict[str, list[str]])


@dataclass(frozen=True)
class CriteriaNames:
    """The names of one set's criteria. `by_name`: letters of every name → number; `elsewhere`: those of all sets."""

    numbers: frozenset[int]
    by_name: dict[str, int]
    elsewhere: frozenset[str]

    def find(self, words: str) -> int | None:
        """Return which criterion a heading or a cell names; None if it names none, or a part of one."""
        words = without_bullet(words)
        plain = text.plain(words[:LONGEST]).strip()
        if not plain or self.part(words):
            return None
        if (found := _NUMBER.fullmatch(plain)) and int(found[1]) in self.numbers:
            return int(found[1])
        if (said := _SAID.fullmatch(plain)) and int(said[1]) in self.numbers:
            return int(said[1]) if self._fits(int(said[1]), said[2]) else None
        if numbered := _NUMBERED.fullmatch(plain):
            return int(numbered[1]) if self.by_name.get(letters(numbered[2])) == int(numbered[1]) else None
        return self.by_name.get(letters(words))

    def _fits(self, number: int, rest: str) -> bool:
        """Whether what follows a criterion's number is about it: not another one, several, a part, another's name."""
        if _SEVERAL.fullmatch(rest) or _HAS_PART.search(rest):
            return False
        name = letters(re.sub(r"^[\s.:()\-–—]*(ve )?", "", rest))
        own = any(name in known for known, of_number in self.by_name.items() if of_number == number)
        return own or name not in self.elsewhere

    def part(self, words: str) -> str:
        """Return the number of the indicator that a heading names ("5.1"), if its criterion is one; else ""."""
        found = _PART.fullmatch(text.plain(without_bullet(words)[:LONGEST]).strip())
        return f"{found[1]}.{found[2]}" if found and int(found[1]) in self.numbers else ""


def of(criteria: pd.DataFrame, all_criteria: pd.DataFrame) -> CriteriaNames:
    """Return the names of a set's criteria (criteria.of_set: indexed by number), with those that offices shorten.

    `all_criteria`: of all sets (Timeline.criteria): a number beside another set's name is none of this set.
    """
    own = {letters(name): number for number, name in criteria["name_vi"].items()}
    short = {
        letters(words): number for number, name in criteria["name_vi"].items() for words in _short_names().get(name, ())
    }
    names = set(all_criteria["name_vi"])
    elsewhere = {letters(words) for name in names for words in (name, *_short_names().get(name, ()))}
    return CriteriaNames(frozenset(criteria.index), short | own, frozenset(elsewhere))
