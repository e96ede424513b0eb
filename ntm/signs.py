"""Signs: which texts may be stored. One rule for every note, name and cell, on every database.

What is stored is composed Unicode (NFC) without control signs, signs that cannot be seen or that turn the direction of
writing, and code points that stand for nothing: they do not survive a file, or make a reader see something else than
what is there.
"""

import re
import unicodedata

from ntm.text import _, number

LONGEST = 2000  # signs: a decision's title is below 500
LINE_END = "\n"  # the one control sign that may stand in a text
JOINERS = "\u200c\u200d"  # invisible, but letters of other scripts are written with them
# Invisible signs that copying from the web leaves in a cell.
UNSEEN = "\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0e\ufe0f"
# Letters of other languages that keyboards and fonts give for Đ.
LOOKALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
REFUSED = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories of Unicode: controls, formats, surrogates, separators


def is_allowed(sign: str) -> bool:
    """Return whether a sign may stand in a stored text."""
    if sign in (LINE_END, *JOINERS):
        return True
    return unicodedata.category(sign) not in REFUSED and not _is_noncharacter(ord(sign))


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


_SEEN = str.maketrans(LOOKALIKES | dict.fromkeys(UNSEEN, ""))
# A tone before the letter's own mark.
_EXCHANGED = re.compile("([\u0300\u0301\u0303\u0309\u0323]{1,2})([\u0302\u0306\u031b])")


def as_seen(text: str) -> str:
    """Return a composed text by what a reader sees: no invisible signs, Đ for what looks like it, marks in order.

    For words that are compared. A soft hyphen stays, which is a letter in an old font; so do signs that turn the
    direction of writing, which make a reader see something else: `fault` names them.
    """
    if text.isascii():
        return text
    seen = text.translate(_SEEN)
    if any(map(unicodedata.combining, seen)):
        seen = unicodedata.normalize("NFC", _EXCHANGED.sub(r"\2\1", unicodedata.normalize("NFD", seen)))
    return seen


def composed(text: str) -> str:
    """Return a text as it is stored: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def fault(text: str) -> str:
    """Return what is wrong with a composed text, and what to do; "" if it may be stored."""
    if len(text) > LONGEST:
        return _("dài {found} ký tự; cho phép đến {allowed}", found=number(len(text)), allowed=number(LONGEST))
    place = next((place for place, sign in enumerate(text) if not is_allowed(sign)), None)
    if place is None:
        return ""
    return _(
        "có ký tự ẩn hoặc ký tự điều khiển {sign} ở vị trí {place}; hãy xóa nội dung này và gõ lại",
        sign=_name(text[place]),
        place=place + 1,
    )


def taken(what: str, text: str) -> str:
    """Return a text as it is stored. Raises ValueError, naming `what` it is, where it is empty or may not be stored."""
    found = composed(text)
    wrong = fault(found) if found else _("không được để trống")
    if wrong:
        raise ValueError(_("{what}: {wrong}. Chưa lưu gì.", what=what, wrong=wrong))
    return found


def shown(text: str) -> str:
    """Return a text that may be stored whatever it was: a sign that may not is named, what is too long is cut."""
    named = "".join(sign if is_allowed(sign) else f"<{_name(sign)}>" for sign in composed(text[:LONGEST]))
    return named[:LONGEST]


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X}"
