"""Headings: what stands over each column, from the group at the top to its own words, and what it makes of the column.

"KQ đến 31/12 năm trước › Đánh giá" is another column than "TH 6 tháng năm 2024 › Đánh giá"; an x under "Chưa đạt"
says not met; a column of a plan or an estimate holds no results.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ntm import text
from ntm.facts import FORMS
from ntm.facts.fact_type import BESIDE
from ntm.intake import answers, periods, standards
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.spellings import ROLES
from ntm.text import mark

UNIT_ROLES = ("code", "name", "district")
CRITERION = "criterion:"
ORDINAL, TOTAL = "ordinal", "total"  # the number of a row; how many criteria are met
HIGHEST = 4  # rows of headings above the last one
JUDGED, RESULT, FIGURE, VAGUE = 3, 2, 1, 0  # how surely a column is the answer, if several in a group could be
PLANNED = mark("cột kế hoạch hoặc ước, không phải kết quả")
REQUIRED = mark("mức yêu cầu, không phải kết quả")
MEASURED = mark("số liệu của chỉ tiêu, chưa lưu được")
PART = mark("chỉ tiêu thành phần của một tiêu chí, chưa lưu được")
TWICE_DENIED = mark("tiêu đề phủ định hai lần, không rõ dấu nghĩa là gì")
OF_CRITERION = mark("ghi chú hoặc văn bản của riêng một tiêu chí, chưa lưu được; cột chung của cả dòng thì lưu được")
NOT_COMPARED = mark("số tổng, không đối chiếu được")
UNKNOWN = mark("không rõ cột này là gì")
_PLAN = re.compile(
    r"\b(kh(?!\s*(&|-|va)?\s*cn\b)|ke hoach|(?<!huong )(?<!quy )uoc|uth|dang ky|phan dau|du kien|du bao|lo trinh"
    r"|dinh huong|nhu cau|muc tieu(?! quoc gia)|duoc giao|chi tieu giao|giao nam)\b"
)
_REQUIRED = re.compile(r"(muc )?(yeu cau|quy dinh)( .*)?|chi tieu|muc dat chuan|tieu chuan|muc chuan")
_MEASURED = re.compile(r"(so|ty le|diem|gia tri|dien tich|khoi luong|chieu dai|thu nhap)\b.*|.*%.*")
_JUDGED = re.compile(r"\b(danh gia|(kq|td?)?dg|tu cham|tham dinh|tham tra|phuc tra)\b")
_FIGURE = re.compile(r"hien trang|thuc trang|(kq |ket qua )?thuc hien|th")
_YEAR = re.compile(r"20\d\d")
_BOUND_OR_NUMBER = re.compile(r"[<>≤≥]|^[\d.,()%\s-]+$")
_WITH_PERIOD = ("met", "recognised", "value")  # roles whose headings may say a period besides
_UNMET = re.compile(r"chua dat|khong dat|(chua|khong) hoan thanh|chua dap ung|mat chuan|con thieu")
SHORT_MET, SHORT_UNMET = ("đ", "có", "+"), ("cđ", "kđ", "không", "chưa", "-", "–")  # in a pair of headings
_DENIED = re.compile(r"\b(khong|chua|het|xoa)\b")
_BRACKETS = re.compile(r"\([^)]*\)")  # a legend, or an abbreviation
_MET = re.compile(r"(da )?(dat|hoan thanh)( chuan)?")
_ORDINALS = {"tt", "stt", "sott", "so", "no", "sothutu"}
_TOTALS = re.compile(
    r"(tong|cong)( so| cong)?( (tc|tieu chi))?( dat| da dat| chua dat)*|so (tc|tieu chi) (da |chua |khong )?dat"
    r"|(ty le|%)( \(?%\)?)?( (tc|tieu chi))?( dat| hoan thanh)?( \(?%\)?)?"
)


@dataclass(frozen=True)
class Heading:
    """The words over a column: its own, and those of its groups from the top."""

    own: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """What a heading makes of a column: its role ("" if it is left alone, then `reason`); whether marks are turned.

    `strength`: how surely it is the answer (JUDGED … VAGUE); `said`: its own words that say a period or a plan;
    `own`: its own words, if they are not the criterion's and no mark; `is_short`: whether they are one of a pair
    "Đ | CĐ", which means something only as a pair.
    """

    role: str = ""
    turned: bool = False
    reason: str = ""
    strength: int = RESULT
    said: str = ""
    own: str = ""
    is_short: bool = False


def read(cells: Sequence[Sequence[str]], row: int, width: int, merged: Collection[int]) -> tuple[Heading, ...]:
    """Return the heading of each column, if a row is the last one of headings.

    `cells`: with merged areas filled in; `merged`: the rows in which cells side by side are merged. In any other row of
    groups a blank cell belongs to the group on its left.
    """
    rows = [_padded(cells[row], width)]
    for number in range(row - 1, max(row - HIGHEST - 1, -1), -1):
        above = _padded(cells[number], width)
        if not _is_group_row(above):
            break
        rows.insert(0, above if number in merged else _carried(above, rows[0]))
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
def roles(form: str) -> Mapping[str, str]:
    """Return a heading's letters → its role, in files of a form: as in templates, and as others say it."""
    own = {text.letters(field.heading): field.name for field in FORMS[form].fields}
    allowed = {*FORMS[form].names, *UNIT_ROLES}
    return {letters: role for letters, role in (ROLES | own).items() if role in allowed}


def meaning(heading: Heading, form: str, names: CriteriaNames) -> Meaning:
    """Return what a heading means in files of a form (a name of facts.FORMS)."""
    if not heading.own:
        return Meaning()
    if is_ordinal(heading.own):
        return Meaning(ORDINAL)
    found = _by_criterion(heading, names) if FORMS[form].by_criterion else None
    found = found or _by_spelling(heading, form) or Meaning(reason=UNKNOWN)
    if found.role in UNIT_ROLES:
        return found
    words = (heading.own, *heading.above)
    if found.role.startswith(CRITERION) and any(map(_denies_twice, words)):
        return Meaning(reason=TWICE_DENIED)
    return Meaning(reason=PLANNED) if any(map(says_plan, words)) else found


def _by_spelling(heading: Heading, form: str) -> Meaning | None:
    """What a heading means by its words, or by those that are left without a period; None if nothing."""
    own = heading.own
    role = _role(own, form)
    rest, said = periods.cut(own)
    if not role and said and roles(form).get(text.letters(rest)) in _WITH_PERIOD:
        role = roles(form)[text.letters(rest)]
    if not role and (not rest or roles("assessments").get(text.letters(rest)) == "met"):
        role = _over(heading, form)
    if role in _WITH_PERIOD:
        return Meaning(role, strength=strength(rest), said=said, own=own)
    return Meaning(role) if role else None


def _role(words: str, form: str) -> str:
    """The role of a heading; where a column is of a standard ("Ngày công nhận NTM nâng cao"), that without it."""
    found = roles(form).get(text.letters(words), "")
    if found or "standard" not in FORMS[form].names or not standards.named(words):
        return found
    return roles(form).get(text.letters(standards.without(words)), "")


def _over(heading: Heading, form: str) -> str:
    """The role of a column that says a period or "Thực hiện" alone: that of the words over it."""
    over = (roles(form).get(text.letters(words), "") for words in reversed(heading.above))
    return next((role for role in over if role in _WITH_PERIOD), "met" if FORMS[form].by_criterion else "")


def _by_criterion(heading: Heading, names: CriteriaNames) -> Meaning | None:
    """What a heading means by a criterion that it, or a group over it, names; None if neither does."""
    turned = any(says_unmet(words) for words in (heading.own, *heading.above))
    over = next((found for words in reversed(heading.above) if (found := criterion(words, names)) is not None), None)
    number = criterion(heading.own, names)
    if number is not None and over is not None and heading.own.strip(" ().").isdecimal():
        number = over  # the column's number under its criterion's name
    if number is not None:
        said = periods.cut(heading.own)[1]
        return Meaning(reason=MEASURED) if "%" in heading.own else Meaning(f"{CRITERION}{number}", turned, said=said)
    if names.part(heading.own):
        return Meaning(reason=PART)
    if over is not None:
        return _below(heading.own, over, turned=turned)
    plain = text.plain(heading.own).strip()
    if _UNMET.fullmatch(plain):
        return Meaning("met", turned=True, strength=JUDGED)
    return Meaning(TOTAL) if _TOTALS.fullmatch(plain) else None


def _below(own: str, number: int, *, turned: bool) -> Meaning:
    """What words mean below a criterion: its answer, a figure or a requirement of it, or perhaps its answer."""
    if roles("assessments").get(text.letters(own)) in BESIDE:
        return Meaning(reason=OF_CRITERION)
    role = f"{CRITERION}{number}"
    rest, said = periods.cut(own)
    plain = text.plain(rest).strip()
    is_unmet = own.lower() in SHORT_UNMET
    is_short = is_unmet or own.lower() in SHORT_MET
    if is_short or is_mark(own):
        return Meaning(role, is_unmet if is_short else turned, strength=JUDGED, is_short=is_short)
    if said and not plain:
        return Meaning(role, turned, said=own, own=own)
    if _JUDGED.search(plain) or roles("assessments").get(text.letters(rest)) == "met":
        return Meaning(role, turned, strength=strength(rest), said=said, own=own)
    for words, reason in ((_REQUIRED, REQUIRED), (_MEASURED, MEASURED)):
        if words.fullmatch(plain):
            return Meaning(reason=reason)
    return Meaning(role, turned, strength=VAGUE, said=said, own=own) if may_be_heading(own) else Meaning(reason=UNKNOWN)


def strength(words: str) -> int:
    """Return how surely what words name is the answer: JUDGED, RESULT or FIGURE."""
    plain = text.plain(words).strip()
    if is_mark(words) or _JUDGED.search(plain):
        return JUDGED
    return FIGURE if _FIGURE.fullmatch(plain) or "%" in words else RESULT


def criterion(words: str, names: CriteriaNames) -> int | None:
    """Return which criterion words over a column name, also beside a period ("TC 1 năm 2023"); None if none."""
    found = names.find(words)
    rest, said = periods.cut(words) if found is None else ("", "")
    return names.find(rest) if said and not rest.isdecimal() else found


def group(heading: Heading, own: Meaning, names: CriteriaNames) -> str:
    """Return the words over a column that set its group apart: not its criterion, not what a mark means."""
    words = [_apart(above, names) for above in heading.above if not is_mark(above)]
    return " › ".join(filter(None, [*words, own.said]))


def _apart(words: str, names: CriteriaNames) -> str:
    return words if criterion(words, names) is None else periods.cut(words)[1]


def says_unmet(words: str) -> bool:
    """Return whether words say not met, and nothing else besides: "Đạt và chưa đạt" does not."""
    plain = _BRACKETS.sub("", text.plain(words))
    rest = _UNMET.sub("", plain)
    return bool(_UNMET.search(plain)) and not re.search(r"\b(dat|hoan thanh|dap ung)\b", rest)


def _denies_twice(words: str) -> bool:
    """Whether words deny that something is not met: "Không còn tiêu chí chưa đạt"."""
    plain = text.plain(words)
    return bool(_UNMET.search(plain)) and bool(_DENIED.search(_UNMET.sub("", plain)))


def is_ordinal(words: str) -> bool:
    """Return whether a heading is that of the rows' numbers."""
    return text.letters(words) in _ORDINALS


def is_mark(words: str) -> bool:
    """Return whether words over a column say met or not met alone."""
    plain = text.plain(words).strip()
    return bool(_MET.fullmatch(plain) or _UNMET.fullmatch(plain))


def says_plan(words: str) -> bool:
    """Return whether words say a plan, an estimate or a target."""
    return bool(_PLAN.search(text.plain(words)))


def says_result(words: str) -> bool:
    """Return whether words name a result, a judgement or a figure, perhaps of a period."""
    rest = periods.cut(words)[0]
    return roles("assessments").get(text.letters(rest)) == "met" or strength(rest) != RESULT


def is_measure(words: str) -> bool:
    """Return whether words name a figure: "Tỷ lệ (%)", "Số trường"."""
    return bool(_MEASURED.fullmatch(text.plain(words).strip()))


def may_be_heading(words: str) -> bool:
    """Return whether words below a heading may be one themselves: no mark, no number, no bound ("≥ 90%")."""
    if _YEAR.fullmatch(words) or is_mark(words):
        return True
    return answers.met(words) == words and not _BOUND_OR_NUMBER.search(words)
