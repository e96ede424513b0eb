"""Answers: what offices write into a cell for met and not met, and how days, numbers and codes are written.

What `written` puts into a cell of a template, `read` takes back.
"""

import re
from collections.abc import Callable

from ntm import labels, text
from ntm.facts import rules
from ntm.intake import standards

TICKS = {"x", "v", "✓", "✔", "☑", "√", "1", "có", "true", "yes", "y", "+"}  # marks: what they mean, a heading says
MET = TICKS | {"đạt", "dat", "d", "đ", "met"}
NOT_MET = {"chưa đạt", "không đạt", "chua dat", "khong dat", "kđ", "cđ", "0", "không", "chưa", "false", "no", "not met"}
NOT_MET |= {"✗", "✘", "☐", "n"}
DENIALS = {"0", "không", "chưa", "false", "no", "n", "☐", "✗", "✘", "-", "–", "—"}  # that what a heading says holds
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def met(word: str) -> str:
    """Return "1" or "0" for a word that says met or not met; the word itself where it says neither."""
    small = word.lower().rstrip(".")
    return "1" if small in MET else "0" if small in NOT_MET else word


def is_tick(word: str) -> bool:
    """Return whether a word is a mark alone, whose meaning a heading or a title may turn."""
    return word.lower().rstrip(".") in TICKS


def is_denial(word: str) -> bool:
    """Return whether a word only denies what stands over it: "Không", "0", an empty box, a dash."""
    return word.lower().rstrip(".") in DENIALS


def days(words: str) -> list[str]:
    """Return every day that is written as 31/12/2024 somewhere in words, as 2024-12-31."""
    return [f"{year}-{int(month):02}-{int(day):02}" for day, month, year in _DAY.findall(words)]


def day(word: str) -> str:
    """Return a day written as 31/12/2024 as 2024-12-31; anything else as it is."""
    return days(word)[0] if _DAY.fullmatch(word) else word


def number(word: str) -> str:
    """Return a number written the Vietnamese way (1.278 or 13,6) with a point; anything else as it is."""
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", word):
        word = word.replace(".", "")
    return word.replace(",", ".") if re.fullmatch(r"\d+,\d+", word) else word


def standard(word: str) -> str:
    """Return the code of a standard that is named in words; anything else as it is."""
    said = standards.named(word)
    return next(iter(said)) if len(said) == 1 and said <= {standards.NTM, standards.ADVANCED} else word


def evidence(word: str) -> str:
    """Return the code of how certain a source is, named in words; anything else as it is."""
    return _EVIDENCE.get(text.letters(word), word)


def indicator(word: str) -> str:
    """Return the code of a published indicator that is named in words; anything else as it is."""
    found = _COUNTED.fullmatch(word.strip())
    if found:
        return "_".join(filter(None, ("communes", *found.groups())))
    return _INDICATORS.get(text.letters(word), word)


def _indicator_words(code: str) -> str:
    if code in labels.INDICATOR or not code.startswith("communes_"):
        return labels.INDICATOR.get(code, code)
    return f"Số xã đạt {code.removeprefix('communes_').replace('_', '–')} tiêu chí"


def _day_words(word: str) -> str:
    return f"{word[8:]}/{word[5:7]}/{word[:4]}" if rules.is_day(word) else word


_EVIDENCE = {text.letters(words): code for code, words in labels.EVIDENCE.items()}
_INDICATORS = {text.letters(words): code for code, words in labels.INDICATOR.items()}
_COUNTED = re.compile(r"số xã đạt (\d+)(?:[–-](\d+))? tiêu chí", re.IGNORECASE)
READERS: dict[str, Callable[[str], str]] = {
    "met": met,
    "period": day,
    "recognised_by": day,
    "revoked_on": day,
    "date": day,
    "recognised": number,
    "value": number,
    "standard": standard,
    "evidence": evidence,
    "indicator": indicator,
}
WRITERS: dict[str, Callable[[str], str]] = {
    "met": lambda met: "Đạt" if met == "True" else "Chưa đạt",
    "period": _day_words,
    "recognised_by": _day_words,
    "revoked_on": _day_words,
    "date": _day_words,
    "standard": lambda code: "nông thôn mới" if code == "ntm" else "nâng cao",
    "evidence": lambda code: labels.EVIDENCE.get(code, code),
    "indicator": _indicator_words,
}


def read(role: str, word: str) -> str:
    """Return a cell's word as the checks expect it of a column; the word itself where it cannot be read."""
    return READERS.get(role, str)(word)


def written(role: str, value: object) -> str:
    """Return a stored value as an office writes it into a cell of a column, in Vietnamese; "" for none."""
    return WRITERS.get(role, str)(str(value)) if value != "" else ""
