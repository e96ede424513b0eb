"""The few colours: one per tier, the same everywhere, and one per status.

The tiers go from blue (all criteria) over light to orange and brown (few): a diverging scale that readers with
deuteranopia, protanopia and tritanopia can tell apart, and whose order survives a grey print at both ends.
tests/test_palette.py computes the contrasts.
"""

from collections.abc import Sequence
from itertools import pairwise

from ntm.plan import Tier

BEST_TO_WORST = ("#123f6d", "#3574a8", "#a9cbe0", "#f0b35a", "#a8430f")
UNKNOWN = "#d5d8db"
HATCH_GROUND, HATCH_LINE = "#f2f2f2", "#8a8f94"  # the unknown on a map
BORDER = "#cfd6db"  # of a commune: seen on dark shapes and on pale ones
CALM = "#eef1f3"  # a class that should not catch the eye
INK = "#1c2b39"
MUTED = "#5b6770"
ACCENT = "#0b5394"
TARGET = "#a8430f"
MET, NOT_MET = "#3574a8", "#f0b35a"
MET_CELL, NOT_MET_CELL = "#c9dfec", "#b5561b"  # in a grid the missing ones should catch the eye
STATUS = {
    "met": "#123f6d",
    "on_track": "#3574a8",
    "behind": "#a8430f",
    "no_data": "#5b6770",
    "no_own_target": "#5b6770",
}


def tier_colours(tiers: Sequence[Tier]) -> dict[str, str]:
    """Return a colour per tier id, best tier first, and one for "unknown"; up to five tiers. ValueError for more."""
    if len(tiers) > len(BEST_TO_WORST):
        raise ValueError(f"{len(tiers)} tiers; there are colours for {len(BEST_TO_WORST)}.")
    last = max(len(tiers) - 1, 1)
    steps = [round(rank * (len(BEST_TO_WORST) - 1) / last) for rank in range(len(tiers))]
    return {tier.id: BEST_TO_WORST[step] for tier, step in zip(tiers, steps, strict=True)} | {"unknown": UNKNOWN}


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
    """Return white or ink, whichever reads better on this colour."""
    return "#ffffff" if contrast("#ffffff", colour) > contrast(INK, colour) else INK
