"""Answers: what offices write into a cell for met and not met, and how days and numbers are written."""

import re

from ntm import text

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
    names = {"nongthonmoi": "ntm", "ntm": "ntm", "nongthonmoinangcao": "advanced", "nangcao": "advanced"}
    return names.get(text.letters(word), word)


READERS = {
    "met": met,
    "period": day,
    "recognised_by": day,
    "revoked_on": day,
    "date": day,
    "recognised": number,
    "value": number,
    "standard": standard,
}


def read(role: str, word: str) -> str:
    """Return a cell's word as the checks expect it of a column; the word itself where it cannot be read."""
    return READERS.get(role, str)(word)
