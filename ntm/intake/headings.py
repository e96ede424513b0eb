"""Headings: what stands over each column, from the group at the top to its own words, and what it makes of the column.

"KQ đến 31/12 năm trước › Đánh giá" is another column than "TH 6 tháng năm 2024 › Đánh giá"; an x under "Chưa đạt"
says not met; a column of a plan or an estimate holds no results.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ntm import text
from ntm.facts import FORMS
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.spellings import ROLES
from ntm.text import mark

UNIT_ROLES = ("code", "name", "district")
CRITERION = "criterion:"
ORDINAL, TOTAL = "ordinal", "total"  # the number of a row; how many criteria are met
HIGHEST = 4  # rows of headings above the last one
PLANNED = mark("cột kế hoạch hoặc ước, không phải kết quả")
PART = mark("chỉ tiêu thành phần của một tiêu chí, chưa lưu được")
UNKNOWN = mark("không rõ cột này là gì")
_PLAN = re.compile(r"\b(kh|ke hoach|uoc|dang ky|phan dau|du kien|muc tieu(?! quoc gia)|duoc giao)\b")
_UNMET = re.compile(r"chua dat|khong dat|(chua|khong) hoan thanh|chua dap ung|mat chuan|con thieu")
_BRACKETS = re.compile(r"\([^)]*\)")  # a legend, or an abbreviation
_MET = re.compile(r"(da )?(dat|hoan thanh)( chuan)?")
_ORDINALS = {"tt", "stt", "sott", "so", "no", "sothutu"}
_TOTALS = re.compile(r"(tong|cong)( so| cong)?( (tc|tieu chi))?( dat| da dat)*|so (tc|tieu chi) (dat|da dat)")


@dataclass(frozen=True)
class Heading:
    """The words over a column: its own, and those of its groups from the top."""

    own: str
    above: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The words of the groups: "Năm 2024 › Hạ tầng"."""
        return " › ".join(self.above)


@dataclass(frozen=True)
class Meaning:
    """What a heading makes of a column: its role ("" if it is left alone, then `reason`); whether marks are turned."""

    role: str = ""
    turned: bool = False
    reason: str = ""


def read(cells: Sequence[Sequence[str]], row: int, width: int, *, merged: bool) -> tuple[Heading, ...]:
    """Return the heading of each column, if a row is the last one of headings.

    `cells`: with merged areas filled in; `merged`: whether the file says which they are. If not, a blank cell of a row
    of groups belongs to the group on its left.
    """
    rows = [_padded(cells[row], width)]
    for number in range(row - 1, max(row - HIGHEST - 1, -1), -1):
        above = _padded(cells[number], width)
        if not _is_group_row(above):
            break
        rows.insert(0, above if merged else _carried(above, rows[0]))
    return tuple(_heading([line[column] for line in rows]) for column in range(width))


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _is_group_row(cells: Sequence[str]) -> bool:
    """Whether a row holds groups, and is no title: several words, or one that does not begin at the left."""
    words = {word for word in cells if word}
    return len(words) > 1 or (len(words) == 1 and not cells[0])


def _carried(cells: Sequence[str], below: Sequence[str]) -> list[str]:
    carried: list[str] = []
    for column, word in enumerate(cells):
        carried.append(word or (carried[-1] if column and below[column] and below[column - 1] else ""))
    return carried


def _heading(words: Sequence[str]) -> Heading:
    path = [word for place, word in enumerate(words) if word and (place == 0 or word != words[place - 1])]
    return Heading(path[-1], tuple(path[:-1])) if path else Heading("")


@cache
def _spellings(form: str) -> Mapping[str, str]:
    """A heading's letters → its role, in files of a form: as in templates, and as others say it."""
    own = {text.letters(field.heading): field.name for field in FORMS[form].fields}
    allowed = {*FORMS[form].names, *UNIT_ROLES}
    return {letters: role for letters, role in (ROLES | own).items() if role in allowed}


def meaning(heading: Heading, form: str, names: CriteriaNames) -> Meaning:
    """Return what a heading means in files of a form (a name of facts.FORMS)."""
    if not heading.own:
        return Meaning()
    plain = text.plain(heading.own).strip()
    if is_ordinal(heading.own):
        return Meaning(ORDINAL)
    found = _by_criterion(heading, plain, names) if FORMS[form].by_criterion else None
    if found is None:
        role = _spellings(form).get(text.letters(heading.own), "")
        found = Meaning(role) if role else Meaning(reason=UNKNOWN)
    holds_facts = found.role and found.role not in UNIT_ROLES
    return Meaning(reason=PLANNED) if holds_facts and _is_planned(heading) else found


def _by_criterion(heading: Heading, plain: str, names: CriteriaNames) -> Meaning | None:
    """What a heading means by a criterion that it, or a group over it, names; None if neither does."""
    turned = any(says_unmet(words) for words in (heading.own, *heading.above))
    over = next((found for words in reversed(heading.above) if (found := names.find(words)) is not None), None)
    number = names.find(heading.own)
    if number is not None and over is not None and heading.own.strip(" ().").isdecimal():
        number = over  # the column's number under its criterion's name
    if number is not None:
        return Meaning(f"{CRITERION}{number}", turned)
    if names.part(heading.own):
        return Meaning(reason=PART)
    says_which = _MET.fullmatch(plain) or _UNMET.fullmatch(plain)
    if over is not None and (says_which or _spellings("assessments").get(text.letters(heading.own)) == "met"):
        return Meaning(f"{CRITERION}{over}", turned)
    if says_which and _UNMET.fullmatch(plain):
        return Meaning("met", turned=True)
    if _TOTALS.fullmatch(plain):
        return Meaning(TOTAL)
    return None


def says_unmet(words: str) -> bool:
    """Return whether words say not met, and nothing else besides: "Đạt và chưa đạt" does not."""
    plain = _BRACKETS.sub("", text.plain(words))
    rest = _UNMET.sub("", plain)
    return bool(_UNMET.search(plain)) and not re.search(r"\b(dat|hoan thanh|dap ung)\b", rest)


def is_ordinal(words: str) -> bool:
    """Return whether a heading is that of the rows' numbers."""
    return text.letters(words) in _ORDINALS


def is_mark(words: str) -> bool:
    """Return whether words over a column say met or not met alone."""
    plain = text.plain(words).strip()
    return bool(_MET.fullmatch(plain) or _UNMET.fullmatch(plain))


def _is_planned(heading: Heading) -> bool:
    return any(_PLAN.search(text.plain(words)) for words in (heading.own, *heading.above))
