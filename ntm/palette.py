"""The few colours: one per tier, the same everywhere; one per status; words and lines for light and dark pages.

The tiers go from blue (all criteria) over light to orange and brown (few): a diverging scale that readers with
deuteranopia, protanopia and tritanopia can tell apart, and whose order survives a grey print at both ends.
tests/test_palette.py computes the contrasts.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ntm import look
from ntm.plan import Tier

BEST_TO_WORST = ("#123f6d", "#3574a8", "#a9cbe0", "#f0b35a", "#a8430f")
UNKNOWN = "#d5d8db"
HATCH_GROUND, HATCH_LINE = "#f2f2f2", "#8a8f94"  # the unknown on a map
BORDER = "#cfd6db"  # of a commune: seen on dark shapes and on pale ones
CALM = "#eef1f3"  # a class that should not catch the eye
MET, NOT_MET = "#3574a8", "#f0b35a"
MET_CELL, NOT_MET_CELL = "#c9dfec", "#b5561b"  # in a grid the missing ones should catch the eye
RATES = ((1, "#c9dfec"), (0.75, "#e6eef2"), (0.5, "#fbe3bf"), (0.25, "#f0b35a"), (0, "#b5561b"))  # from this rate on
DARK_WORDS, LIGHT_WORDS = "#1c2b39", "#ffffff"  # on fills
SHEET = {"met": MET_CELL, "not_met": NOT_MET, "unknown": UNKNOWN, "fact": CALM, "words": DARK_WORDS}  # cells of a file


@dataclass(frozen=True)
class Theme:
    """The colours of words and lines, which follow the page's light or dark; fills are the same on both.

    `surface`: what they stand on; `edge`: the line around a fill, which keeps it from its neighbours and the surface;
    `rule`, `start`: quiet lines and points; `status`: status → colour of its word.
    """

    surface: str
    ink: str
    muted: str
    accent: str
    target: str
    edge: str
    rule: str
    start: str
    status: Mapping[str, str]


LIGHT = Theme(
    surface="#ffffff",
    ink=DARK_WORDS,
    muted="#5b6770",
    accent="#0b5394",
    target="#a8430f",
    edge="#ffffff",
    rule="#b9c3cb",
    start="#7a8890",
    status={
        "met": "#123f6d",
        "on_track": "#2b6796",
        "behind": "#a8430f",
        "missed": "#a8430f",
        "no_data": "#5b6770",
        "no_own_target": "#5b6770",
    },
)
DARK = Theme(
    surface="#141b22",
    ink="#e8edf2",
    muted="#a9b5bf",
    accent="#7db7ea",
    target="#f2a56e",
    edge="#c5ced6",
    rule="#55626d",
    start="#a9b5bf",
    status={
        "met": "#9fd0f5",
        "on_track": "#7db7ea",
        "behind": "#f2a56e",
        "missed": "#f2a56e",
        "no_data": "#a9b5bf",
        "no_own_target": "#a9b5bf",
    },
)

# High contrast: words in black or white alone, colours only where they carry a meaning.
LIGHT_HIGH = Theme(
    surface="#ffffff",
    ink="#000000",
    muted="#000000",
    accent="#003a75",
    target="#7a2a00",
    edge="#000000",
    rule="#595959",
    start="#4d4d4d",
    status={
        "met": "#0b2a4a",
        "on_track": "#123f6d",
        "behind": "#7a2a00",
        "missed": "#7a2a00",
        "no_data": "#000000",
        "no_own_target": "#000000",
    },
)
DARK_HIGH = Theme(
    surface="#000000",
    ink="#ffffff",
    muted="#ffffff",
    accent="#9fd3ff",
    target="#ffc199",
    edge="#ffffff",
    rule="#a6a6a6",
    start="#d9d9d9",
    status={
        "met": "#cfe8ff",
        "on_track": "#9fd3ff",
        "behind": "#ffc199",
        "missed": "#ffc199",
        "no_data": "#ffffff",
        "no_own_target": "#ffffff",
    },
)
THEMES = {  # (dark, high contrast) → theme
    (False, False): LIGHT,
    (True, False): DARK,
    (False, True): LIGHT_HIGH,
    (True, True): DARK_HIGH,
}


def theme() -> Theme:
    """Return the colours of words and lines for the look in use."""
    current = look.current()
    return THEMES[current.dark, current.high]


def tier_colours(tiers: Sequence[Tier]) -> dict[str, str]:
    """Return a colour per tier id, best tier first, and one for "unknown"; up to five tiers. ValueError for more."""
    if len(tiers) > len(BEST_TO_WORST):
        raise ValueError(f"{len(tiers)} tiers; there are colours for {len(BEST_TO_WORST)}.")
    last = max(len(tiers) - 1, 1)
    steps = [round(rank * (len(BEST_TO_WORST) - 1) / last) for rank in range(len(tiers))]
    return {tier.id: BEST_TO_WORST[step] for tier, step in zip(tiers, steps, strict=True)} | {"unknown": UNKNOWN}


def of_rate(rate: float) -> str:
    """Return the colour of a pass rate (0 to 1) in a grid: the lower the darker; NaN is unknown."""
    if math.isnan(rate):
        return UNKNOWN
    return next(colour for bound, colour in RATES if rate >= bound)


def luminance(colour: str) -> float:
    """Return a colour's relative luminance, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[start:end], 16) / 255 for start, end in pairwise((1, 3, 5, 7))]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return two colours' contrast ratio, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return white or nearly black, whichever reads better on this fill."""
    return LIGHT_WORDS if contrast(LIGHT_WORDS, colour) > contrast(DARK_WORDS, colour) else DARK_WORDS
