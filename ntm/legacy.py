"""Vietnamese as it was written before Unicode, or as it looks when its bytes were read with a wrong encoding.

Old fonts drew Vietnamese letters in the places of Western ones, so that a file of that time says "B¶n" (TCVN3, fonts
.VnTime …) or "Baûn" (VNI, fonts VNI-Times …) for "Bản". A file in UTF-8 that is read as Western says "Báº£n".

Which of them a text is, its words decide: those that are no Vietnamese syllables as they stand, and become some. Short
words may be Vietnamese either way ("chí" is "chớ" in TCVN3): ask with a whole column, and convert a whole column.
Ask before any normalisation of Unicode: it changes signs that the old fonts use.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

TCVN3_SIGNS = (  # a sign of TCVN3, then the letter that it means
    "µà¶ả·ã¸á¹ạ¨ă»ằ¼ẳ½ẵ¾ắÆặ©âÇầÈẩÉẫÊấËậ®đÌèÎẻÏẽÐéÑẹªêÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞị"
    "ßòáỏâõãóäọ«ôåồæổçỗèốéộ¬ơêờëởìỡíớîợïùñủòũóúôụ\xadưõừöử÷ữøứùựúỳûỷüỹýýþỵ¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ"
)
VNI_SIGNS = "íìæóòîñ"  # letters of one sign in VNI …
VNI_LETTERS = "íìỉĩịỵđ"  # … and what they mean
VNI_VOWELS = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}  # a vowel, before its mark
VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}  # of a, e, o
VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}  # of a
TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x"
RHYMES = (  # without their tones; "qu" counts as "q" with a rhyme
    "a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep "
    "et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa "
    "oac oach oai oam oan oang oanh oao oat oay oăc oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi "
    "ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyt uyu uôc "
    "uôi uôm uôn uông uôt uan uang uanh uai uat uay uao uăn uăng uăt ue uen uet uit ư ưa ưc ưi ưng ưt ưu ươc ươi ươm "
    "ươn ương ươp ươt ươu y yêm yên yêng yêt yêu"
)
SOFT_HYPHEN = "\xad"  # ư in TCVN3, and in any other text an invisible sign: alone it proves nothing
CAPITALS = 2  # letters: a word of one capital letter is a word with a capital
_WORDS = re.compile(r"[^\s\d!-@\[-`{-~]+")
_ASCII = re.compile(r"[A-Za-z]")


@cache
def _tcvn3() -> dict[int, str]:
    return str.maketrans(dict(zip(TCVN3_SIGNS[::2], TCVN3_SIGNS[1::2], strict=True)))


@cache
def _vni() -> dict[str, str]:
    """What stands in VNI → the letter: vowels with a mark (two signs), then letters of one sign, in both cases."""
    marks = [(vowel, mark, VNI_VOWELS[vowel] + tone) for vowel in VNI_VOWELS for mark, tone in VNI_TONES.items()]
    marks += [(vowel, mark, f"{vowel}\u0302{tone}") for vowel in "aeo" for mark, tone in VNI_CIRCUMFLEX.items()]
    marks += [("a", mark, f"a\u0306{tone}") for mark, tone in VNI_BREVE.items()]
    single = [*zip(VNI_SIGNS, VNI_LETTERS, strict=True), ("ô", "ơ"), ("ö", "ư")]
    lower = {vowel + mark: letter for vowel, mark, letter in marks} | dict(single)
    capital = {vowel.upper() + mark: letter.upper() for vowel, mark, letter in marks}
    upper = {written.upper(): letter.upper() for written, letter in lower.items()}
    return {written: unicodedata.normalize("NFC", letter) for written, letter in (lower | capital | upper).items()}


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni()), key=len, reverse=True)))


def font(text: str) -> str | None:
    """Return the kind of old font that a text was written for: "TCVN3", "VNI", or None where it is for none."""
    return _convincing(text, {name: _converter(name) for name in ("TCVN3", "VNI")})


def encoding(text: str) -> str | None:
    """Return the encoding that a text's bytes have, where they were read as Western: "UTF-8", "CP1258", or None."""
    return _convincing(text, {name: _reader(name) for name in ("UTF-8", "CP1258")})


def to_unicode(text: str, font: str) -> str:
    """Return a text for an old font ("TCVN3" or "VNI") in Unicode.

    TCVN3 has no capital letters with tones, but fonts that draw small ones as capitals: a word in capitals stays one.
    """
    if font == "VNI":
        return _vni_pattern().sub(lambda found: _vni()[found[0]], text)
    return _WORDS.sub(lambda found: _cased(found[0], found[0].translate(_tcvn3())), text)


def read_as(text: str, encoding: str) -> str:
    """Return a text whose bytes were read as Western, read in its own encoding; as it is where they are not in it."""
    try:
        return unicodedata.normalize("NFC", b"".join(map(_byte, text)).decode(encoding))
    except UnicodeError:
        return text


def _byte(sign: str) -> bytes:
    """Windows-1252 has no signs for five bytes, which then stand for themselves."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _converter(font: str) -> Callable[[str], str]:
    return lambda word: to_unicode(word, font)


def _reader(encoding: str) -> Callable[[str], str]:
    return lambda word: read_as(word, encoding)


def _cased(written: str, converted: str) -> str:
    ascii_letters = "".join(_ASCII.findall(written))
    return converted.upper() if len(ascii_letters) >= CAPITALS and ascii_letters.isupper() else converted


def _convincing(text: str, readings: dict[str, Callable[[str], str]]) -> str | None:
    """Return the reading that turns most of the words that are not Vietnamese into Vietnamese; None below half."""
    strange = [word for word in set(_WORDS.findall(text)) if _is_strange(word)]
    votes = {name: sum(map(_is_syllable, map(read, strange))) for name, read in readings.items()}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] > len(strange) / 2 else None


def _is_strange(word: str) -> bool:
    """Return whether a word has Western letters and signs, and is no Vietnamese syllable."""
    visible = word.replace(SOFT_HYPHEN, "")
    return bool(_ASCII.search(word)) and not visible.isascii() and not _is_syllable(visible)


@cache
def _rhymes() -> frozenset[str]:
    return frozenset(RHYMES.split())


def _is_syllable(word: str) -> bool:
    """Return whether a word can be a Vietnamese syllable: a beginning, a rhyme, and one tone at most."""
    parts = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in TONES))
    tones = sum(map(parts.count, TONES))
    return tones <= 1 and not _rhymes().isdisjoint(_rests(plain))


def _rests(word: str) -> Iterable[str]:
    """Yield what may be a word's rhyme: the word without each of the beginnings that it has, and the whole word."""
    yield word
    yield from (word.removeprefix(onset) for onset in ONSETS.split() if word.startswith(onset))
