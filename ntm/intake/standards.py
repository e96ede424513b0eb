"""Standards as words name them: new rural ("NTM"), advanced ("NTM nâng cao"), model ("NTM kiểu mẫu"), of a district.

The programme ("xây dựng nông thôn mới") is none.
"""

import re
from functools import lru_cache

from ntm import text

NTM, ADVANCED, MODEL, DISTRICT = "ntm", "advanced", "model", "district"
LONGEST = 300  # signs of a cell that are looked at
_NAME = r"(?:ntm|nong thon moi)"
_HIGHER = r"(?:nang cao|kieu mau)"
_AND = re.compile(r"[,/;&+]+")
_SIGNS = re.compile(r"[\s\-–—_:.()“”\"*]+")
_ABBREVIATED = ((re.compile(r"\bntm ?nc\b"), "ntm nang cao"), (re.compile(r"\bntm ?km\b"), "ntm kieu mau"))
_PROGRAMME = re.compile(
    r"\b(?:xay dung|mtqg|quoc gia|chuong trinh|dieu phoi|phong trao|phat trien)(?: ve)?(?: xay dung)? "
    rf"{_NAME}\b(?! {_HIGHER})"
)
_HIGHER_DISTRICT = re.compile(rf"\bhuyen (?:dat )?(?:chuan )?{_NAME} {_HIGHER}\b")
_DISTRICT = re.compile(rf"\bhuyen (?:dat )?(?:chuan )?{_NAME}\b|\b{_NAME} (?:cap )?huyen\b|\btieu chi huyen\b")
_MODEL = re.compile(rf"\b(?:{_NAME}|xa|nang cao)(?: va)?(?: xa| {_NAME})* kieu mau\b|^(?:\w{{1,3}} )?kieu mau$")
_ADVANCED = re.compile(rf"\b{_NAME}(?: va)?(?: xa)? nang cao\b|^(?:\w{{1,3}} )?(?:xa )?nang cao$")
_NTM = re.compile(rf"\b{_NAME}\b(?! {_HIGHER})")


def _normalised(words: str) -> str:
    plain = _SIGNS.sub(" ", _AND.sub(" va ", text.plain(words[:LONGEST]))).strip()
    for pattern, full in _ABBREVIATED:
        plain = pattern.sub(full, plain)
    return plain


@lru_cache(maxsize=10_000)
def named(words: str) -> frozenset[str]:
    """Return the standards that words name: of NTM, ADVANCED, MODEL and DISTRICT.

    That of a district above the first one is MODEL too: neither has a place in the store.
    """
    plain = _PROGRAMME.sub(" ", _normalised(words))
    found = {MODEL} if _HIGHER_DISTRICT.search(plain) else set()
    plain = _HIGHER_DISTRICT.sub(" ", plain)
    found |= {DISTRICT} if _DISTRICT.search(plain) else set()
    plain = _DISTRICT.sub(" ", plain)
    of_communes = ((MODEL, _MODEL), (ADVANCED, _ADVANCED), (NTM, _NTM))
    return frozenset(found | {name for name, pattern in of_communes if pattern.search(plain)})


def without(words: str) -> str:
    """Return words without the standard that they name: "Ngày công nhận NTM nâng cao" → "ngay cong nhan"."""
    return re.sub(rf" ?\b(?:dat )?(?:chuan )?(?:xa )?{_NAME}(?: {_HIGHER})?\b", "", _normalised(words)).strip()
