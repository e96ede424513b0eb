"""Spreadsheets: the one place where a value becomes what may stand in a cell of a file that leaves.

Nothing that a spreadsheet could run goes out, and no sign that a file could not hold.
"""

import unicodedata
from functools import lru_cache

FORMULA_STARTS = "=+-@"  # also full-width: ＝ ＋ － ＠, which a spreadsheet may compose
SKIPPED = ("Cc", "Cf", "Zl", "Zp", "Zs")  # categories that a spreadsheet may skip before a formula: white, invisible
WHITE_STARTS = ("\t", "\r", "\n")  # after which some spreadsheets look for a formula
KEPT = "\n\t"  # control signs that a cell may hold
LONGEST = 32_767  # signs of a cell, as in Excel
CUT = "…"


def neutralise(value: object) -> object:
    """Return a cell's value so that no spreadsheet runs it: text that starts like a formula gets an apostrophe.

    Control signs that no workbook can hold are left out, and what is longer than a cell is cut. Numbers stay numbers.
    """
    return _neutral(value) if isinstance(value, str) else value


@lru_cache(maxsize=10_000)
def _neutral(value: str) -> str:
    text = "".join(sign for sign in value if _can_stand(sign))
    if _starts_a_formula(text) or value.startswith(WHITE_STARTS):
        text = "'" + text
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + CUT


def restored(value: str) -> str:
    """Return a text without the apostrophe that `neutralise` has put before it."""
    return value[1:] if value.startswith("'") and _starts_a_formula(value[1:]) else value


def _can_stand(sign: str) -> bool:
    return sign in KEPT or (unicodedata.category(sign) not in ("Cc", "Cs") and ord(sign) & 0xFFFE != 0xFFFE)


def _starts_a_formula(text: str) -> bool:
    """Whether the first sign that is seen, whatever comes before it, is one of those in any width."""
    if text.startswith(WHITE_STARTS):
        return True
    first = next((sign for sign in text if unicodedata.category(sign) not in SKIPPED), "")
    return unicodedata.normalize("NFKC", first)[:1] in tuple(FORMULA_STARTS)
