"""Old fonts: what a sheet's letters mean where they are drawn in a font that gives them another shape.

Two kinds: fonts of Vietnamese before Unicode (.VnTime, VNI-Times), whose words are converted, and fonts of symbols
(Wingdings), in which letters are ticks and crosses. Vietnamese ones are known by the font of a cell, or, in files
without fonts and after copying, by the words: see ntm.legacy.
"""

from collections.abc import Iterator
from typing import Any

from ntm import legacy

KINDS = {".vn": "TCVN3", "vni-": "VNI", "vni ": "VNI", "wingdings 2": "Wingdings 2", "wingdings": "Wingdings"}
KINDS |= {"webdings": "Webdings"}
VIETNAMESE = ("TCVN3", "VNI")
SYMBOLS = {  # what a letter is drawn as; boxes with a cross in them stay a fault: they say both
    "Wingdings": str.maketrans("üûþýo¨", "✓✗☑☒☐☐"),
    "Wingdings 2": str.maketrans("PORQTS£", "✓✗☑☒☒☒☐"),
    "Webdings": str.maketrans("arc", "✓✗☐"),
}
PRIVATE = 0xF000  # where Word and Excel put the letters of fonts of symbols
PRIVATE_SIGNS = {PRIVATE + ord(letter): letter for letter in map(chr, range(0x20, 0x100))}
WINGDINGS_SIGNS = {PRIVATE + ord(letter): sign for letter, sign in zip("üûþý¨", "✓✗☑☒☐", strict=True)}
LAST_LATIN = 0xFF  # no old font of Vietnamese has letters beyond
ASKED_WORDS = 5_000  # cells by whose words a sheet's font is known
SOFT_HYPHEN = legacy.SOFT_HYPHEN


def kind(font: str) -> str:
    """Return which old font a name means: a key of SYMBOLS, "TCVN3" or "VNI"; "" for any other."""
    name = font.strip().lower()
    return next((kind for start, kind in KINDS.items() if name.startswith(start)), "")


def symbols(word: str, kind: str = "") -> str:
    """Return a word that is drawn in a font of symbols as the signs that it shows; any other as it is.

    Without a font, the places that such fonts alone use are taken as Wingdings, which Excel and Word write most.
    """
    if kind in SYMBOLS:
        return word.translate(PRIVATE_SIGNS).translate(SYMBOLS[kind])
    return word if word.isascii() else word.translate(WINGDINGS_SIGNS)


def convert(sheet: dict[str, Any]) -> None:
    """Bring the words of a sheet (see cells.sheet) into Unicode, and say in `font` which old font they were in."""
    fonts = sheet.pop("fonts")
    sheet["font"] = ""
    cells = sheet["cells"]
    for font in VIETNAMESE:
        drawn = [(row, column) for row, column in fonts.get(font, ()) if not _is_modern(cells[row][column])]
        if drawn and legacy.font(_joined(cells[row][column] for row, column in drawn)) == font:
            _convert(sheet, drawn, font)
    by_words = "" if sheet["font"] else legacy.font(_joined(_words(cells)))
    if by_words:
        spots = [(row, column) for row, words in enumerate(cells) for column, word in enumerate(words) if word]
        old = [(row, column) for row, column in spots if _is_old(cells[row][column], by_words)]
        if old:
            _convert(sheet, old, by_words)
    sheet["cells"] = [[word.replace(SOFT_HYPHEN, "") for word in row] for row in cells]


def _convert(sheet: dict[str, Any], spots: list[tuple[int, int]], font: str) -> None:
    for row, column in spots:
        sheet["cells"][row][column] = legacy.to_unicode(sheet["cells"][row][column], font)
    sheet["font"] = font


def _is_modern(word: str) -> bool:
    """Whether a word has Vietnamese letters that only Unicode has: then it is not for an old font."""
    return any(ord(sign) > LAST_LATIN and sign.isalpha() for sign in word)


def _is_old(word: str, font: str) -> bool:
    """Whether a word itself looks like one for a font; what may be Unicode as it stands (a heading) is left alone."""
    return not word.isascii() and not _is_modern(word) and legacy.font(word) == font


def _words(cells: list[list[str]]) -> Iterator[str]:
    return (word for row in cells for word in row if not word.isascii())


def _joined(words: Iterator[str]) -> str:
    return "\n".join(list(dict.fromkeys(words))[:ASKED_WORDS])
