"""Words, numbers and dates in the reader's language: gettext catalogues and Babel."""

import datetime as dt
import io
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from typing import Any

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from ntm import clock, look
from ntm.look import SOURCE_LANGUAGE
from ntm.paths import LOCALE

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DATE_PATTERNS = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
KINDS = {
    "tỉnh": {"vi": "tỉnh", "en": "province"},
    "huyện": {"vi": "huyện", "en": "district"},
    "thành phố": {"vi": "thành phố", "en": "city"},
    "xã": {"vi": "xã", "en": "commune"},
    "thị trấn": {"vi": "thị trấn", "en": "town"},
    "phường": {"vi": "phường", "en": "ward"},
}
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
DISTINGUISHED_KINDS = {
    "thành phố": {"vi": "TP {name}", "en": "{name} city"},
    "thị trấn": {"vi": "TT {name}", "en": "{name} town"},
    "phường": {"vi": "P. {name}", "en": "{name} ward"},
}

HALF_PERCENT = 0.005
MANY = 2  # how many there are where only the form of many is asked for


def language() -> str:
    """Return the language in use: "vi" or "en"."""
    return look.current().language


@cache
def _translations(language: str) -> NullTranslations:
    catalogue = LOCALE / language / "LC_MESSAGES" / "ntm.po"
    if language == SOURCE_LANGUAGE or not catalogue.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(message: str, **values: object) -> str:
    """Translate a Vietnamese message, then fill its {named} places."""
    translated = _translations(language()).gettext(message)
    return translated.format(**values) if values else translated


def plural(message: str, count: float, **values: object) -> str:
    """Translate a message that counts something, then fill its places; `{count}` is the number as it is read.

    Vietnamese has one form, and other languages the forms of their catalogue: "1 commune", "2 communes". What is
    unknown (NaN) is no one.
    """
    found = _translations(language()).ngettext(message, message, MANY if math.isnan(count) else math.ceil(count))
    return found.format(**{"count": number(count), **values})


def translated(message: str, language: str) -> str:
    """Return a Vietnamese message in a language (a key of LANGUAGES)."""
    return _translations(language).gettext(message)


def mark(message: str) -> str:
    """Mark a message for the catalogue without translating it yet (for tables of words)."""
    return message


def mark_plural(message: str) -> str:
    """Mark a message that counts something, for `plural`, without translating it yet."""
    return message


def either(record: object, field: str) -> str:
    """Return `record.<field>_vi` or `_en` (attribute or key), whichever the reader speaks, or else in Vietnamese."""
    return _field(record, f"{field}_{language()}") or _field(record, f"{field}_{SOURCE_LANGUAGE}")


def _field(record: Any, key: str) -> str:
    return record[key] if hasattr(record, "__getitem__") else getattr(record, key)


def number(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number the reader's way: 13,6 in Vietnamese, 13.6 in English; unknown in words."""
    if value is None or math.isnan(value):
        return _("không có số liệu")
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    if round(value, decimals) == 0:
        value, signed = 0, False  # neither "-0" nor "+0"
    if signed:
        pattern = f"+{pattern};-{pattern}"
    return _decimal(float(value), pattern, language())


@lru_cache(maxsize=10_000)
def _decimal(value: float, pattern: str, locale: str) -> str:
    return format_decimal(value, format=pattern, locale=locale)


def percent(share: float | None) -> str:
    """Write a share between 0 and 1 as a whole percentage; unknown in words.

    What is nearly all or nearly nothing is not rounded to all or nothing: ">99%", "<1%".
    """
    if share is None or math.isnan(share):
        return _("không có số liệu")
    if 0 < share < HALF_PERCENT:
        return "<1%"
    if 1 - HALF_PERCENT <= share < 1:
        return ">99%"
    return f"{number(share * 100)}%"


def date(value: dt.date | str) -> str:
    """Write a date (or its ISO text) the reader's way: 31/12/2024 in Vietnamese, 31 Dec 2024 in English."""
    day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return _date(day, language())


@lru_cache(maxsize=1_000)
def _date(day: dt.date, locale: str) -> str:
    return format_date(day, DATE_PATTERNS[locale], locale=locale)


def moment(value: dt.datetime) -> str:
    """Write a moment of the database (naive UTC) as the province's date and time: 31/12/2024 07:05."""
    return time(clock.local(value))


def day(value: dt.datetime) -> str:
    """Write the province's date at a moment of the database (naive UTC): 31/12/2024."""
    return date(clock.local(value).date())


def time(value: dt.datetime) -> str:
    """Write a local date and time the reader's way: 31/12/2024 07:05, in English 31 Dec 2024 07:05."""
    return f"{date(value.date())} {value:%H:%M}"


def capitalised(words: str) -> str:
    """Return words as the beginning of a sentence: with a capital letter."""
    return words[:1].upper() + words[1:]


def sentence(parts: Iterable[str]) -> str:
    """Join parts to one sentence; nothing if there are none."""
    words = "; ".join(parts)
    return f"{capitalised(words)}." if words else ""


def unit_label(kind: str, name: str, spoken: str = "") -> str:
    """Return a unit's short label: its name, with its kind where the name alone would mislead (TP Lai Châu).

    `spoken`: the language, where it is not the reader's.
    """
    return DISTINGUISHED_KINDS[kind][spoken or language()].format(name=name) if kind in DISTINGUISHED_KINDS else name


def unit_kind(kind: str) -> str:
    """Return a kind of unit in the reader's language; an unknown one as it is."""
    return KINDS[kind][language()] if kind in KINDS else kind


SHORT = 100  # signs: longer words are no names, and are not kept


def plain(words: str) -> str:
    """Return words in lower case without Vietnamese marks ("Mường Tè" → "muong te"), for searching and file names."""
    return "".join(sign for sign in _decomposed(words) if not unicodedata.combining(sign))


def letters(words: str) -> str:
    """Return the letters and figures alone, as `plain` writes them ("Mã_xã" → "maxa"), to compare names by."""
    return re.sub(r"[^a-z0-9]", "", _decomposed(words))


def _decomposed(words: str) -> str:
    return _of_short_words(words) if len(words) <= SHORT else _of_words(words)


def _of_words(words: str) -> str:
    return unicodedata.normalize("NFD", words.lower().replace("đ", "d"))


_of_short_words = lru_cache(maxsize=10_000)(_of_words)  # a file says few words, in many cells


def collation_key(words: str) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Return a key that sorts words in the order of Vietnamese dictionaries: word by word, letters, then tones."""
    return tuple(_word_key(word) for word in words.lower().split())


def _word_key(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    letters: list[int] = []
    tones: list[int] = []
    for sign in unicodedata.normalize("NFC", word):
        decomposed = unicodedata.normalize("NFD", sign)
        tone = next((mark for mark in decomposed if mark in TONES), "")
        letter = unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed)
        letters.append(ALPHABET.find(letter) + 1 if letter in ALPHABET else 100 + ord(letter[0]))
        tones.append(TONES.find(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones)
