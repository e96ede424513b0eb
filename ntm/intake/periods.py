"""Periods as offices write them: "đến 31/12/2024", "6 tháng đầu năm 2024", "Quý III/2024", "31/12 năm trước".

The day of a letter ("Báo cáo số 15/BC-UBND ngày 30/11/2024") is no period.
"""

import calendar
import re
from collections.abc import Iterator, Sequence

from ntm import text
from ntm.facts import rules
from ntm.intake import answers

_LETTER = re.compile(
    r"\bso\s*:?\s*\d*\s*/|kem theo|quyet dinh|cong van|to trinh|nghi quyet|\bqd-|\bbc-|\bkh-|ke hoach so"
)
_SIGNED = re.compile(r"ngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*20\d\d|ngay lap.*")
_MONTHS = re.compile(r"\b(\d{1,2}) thang(?: dau)?(?: nam)?\s*(20\d\d)")
_QUARTER = re.compile(r"\bquy\s*(iv|iii|ii|i|[1-4])\s*(?:/|nam|-)?\s*(20\d\d)")
_MONTH = re.compile(r"(?:\bthang\s*(\d{1,2})\s*(?:/|nam|-)\s*|^\s*(\d{1,2})\s*[/.-]\s*)(20\d\d)\s*$")
_ANY_YEAR = re.compile(r"(?<![\d/–-])20\d\d(?!\d)")
_BEFORE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/| )?\s*nam truoc")
_NOW = re.compile(r"\b(nam|den|hien|ky) nay\b|\bky bao cao\b")
_LAST_YEAR = re.compile(r"\b(cung ky|nam truoc)\b")
_OF_THE_YEAR = re.compile(
    r"\b(\d{1,2})\s?(?:thang|t)\b(?! *\d)( cuoi)?|\bquy (iv|iii|ii|i|[1-4])\b|\bthang (\d{1,2})\b|\bca nam\b"
)
_RANGE = re.compile(r"20\d\d\s*[-–]\s*20\d\d")
_CUT = re.compile(
    r"(?:\b(?:tinh|den|het|cuoi|dau|trong|ngay|nam|thoi diem)\s+)*"
    r"(?:\b\d{1,2}[/.-]\d{1,2}[/.-]20\d\d\b|\b\d{1,2}/\d{1,2}\s*/?\s*nam truoc\b"
    r"|\b\d{1,2}\s?(?:thang|t)\b(?: (?:dau|cuoi) nam)?(?: nam)?(?: ?20\d\d\b)?"
    r"|\bquy (?:iv|iii|ii|i|[1-4])\b(?:\s*(?:/|nam|-)?\s*20\d\d\b)?"
    r"|\bthang \d{1,2}\b(?:\s*(?:/|nam|-)\s*20\d\d\b)?"
    r"|\bcung ky(?: nam truoc)?\b|\bnam truoc\b|\b(?:nam|den|hien|ky) nay\b|\bky bao cao\b|\bca nam\b"
    r"|(?<![\d.,/–-])20\d\d\b(?!\s*[-–]\s*20\d\d))"
)
_JOINTS = " -–—:;,/()[]\n"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def of_title(words: str) -> set[str]:
    """Return the periods (ISO text) that a title says its table is of; a letter's day and a year alone are none."""
    plain = _SIGNED.sub("", text.plain(words))
    if _LETTER.search(plain):
        return set()
    found = {day for day in answers.days(words) if rules.is_month_end(day)} | set(_spoken(plain))
    return {words.strip()} if rules.is_month_end(words.strip()) else found


def of_years(titles: Sequence[str], asked: str) -> list[str]:
    """Return the end of the last year that titles name, if they name years and not that of the period asked for."""
    plain = [_RANGE.sub("", text.plain(title)) for title in titles]
    years = {year for title in plain if not _LETTER.search(title) for year in _ANY_YEAR.findall(_SIGNED.sub("", title))}
    return [f"{max(years)}-12-31"] if years and asked and asked[:4] not in years else []


def cut(words: str) -> tuple[str, str]:
    """Return words without what they say of a period, and that: "TC 1 năm 2023" → "TC 1", "năm 2023"."""
    plain = text.plain(words)
    if len(plain) != len(words):  # signs that cannot be compared place by place
        words = plain
    spans = [found.span() for found in _CUT.finditer(plain)]
    said = " ".join(words[start:end].strip(_JOINTS) for start, end in spans)
    for start, end in reversed(spans):
        words = f"{words[:start]} {words[end:]}"
    return " ".join(words.replace("()", " ").split()).strip(_JOINTS) if spans else words, said


def of_group(words: str, asked: str) -> str:
    """Return the period that a group of columns is of; "" if it says none. `asked`: says which year is the last one."""
    plain = text.plain(words)
    if found := _BEFORE.search(plain):
        return f"{int(asked[:4]) - 1}-{int(found[2]):02}-{int(found[1]):02}" if asked else ""
    told = of_title(words)
    if len(told) == 1:
        return told.pop()
    if _LETTER.search(plain):
        return ""
    years = set(_ANY_YEAR.findall(_RANGE.sub("", plain)))
    if len(years) == 1:
        return f"{years.pop()}-12-31"
    return _of_the_year(plain, asked) if asked and not years else ""


def _of_the_year(plain: str, asked: str) -> str:
    """The period that words say beside the one that was asked for: it ("đến nay"), "6 tháng" of its year, "cùng kỳ"."""
    if _NOW.search(plain):
        return asked
    if found := _LAST_YEAR.search(plain):
        year = int(asked[:4]) - 1
        return f"{year}-12-31" if found[1] == "nam truoc" else next(_end(year, int(asked[5:7])), "")
    found = _OF_THE_YEAR.search(plain)
    if found is None:
        return ""
    months, second_half, quarter, month = found.groups()
    if quarter:
        month = str(3 * (ROMAN.get(quarter) or int(quarter)))
    return next(_end(int(asked[:4]), 12 if second_half else int(months or month or 12)), "")


def _spoken(plain: str) -> Iterator[str]:
    for months, year in _MONTHS.findall(plain):
        yield from _end(int(year), int(months))
    for quarter, year in _QUARTER.findall(plain):
        yield from _end(int(year), 3 * (ROMAN.get(quarter) or int(quarter)))
    for of_word, alone, year in _MONTH.findall(plain):
        yield from _end(int(year), int(of_word or alone))


def _end(year: int, month: int) -> Iterator[str]:
    if 1 <= month <= 12:
        yield f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
