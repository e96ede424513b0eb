"""Coverage: how many of the units that a figure speaks of are known, and what may be said of them.

This is the one rule of what may be said below full coverage; titles, headlines, charts, slides and reports ask it:

- Where every unit is known, the figure stands as the scope's own.
- Below that, no average, share, rank or "lowest" stands as the scope's. The coverage is said first, then what is
  certain (bounds: "ít nhất 10"), then the figure of the units that have reported, worded so.
- Where no unit is known, there is no figure: "không có số liệu", never zero.
"""

import math
from dataclasses import dataclass

import pandas as pd

from ntm import text
from ntm.text import _, mark_plural, plural

REPORTED = {  # what a coverage counts → its words
    "commune": mark_plural("{known}/{count} xã đã báo cáo đủ"),
    "decided": mark_plural("{known}/{count} xã đã rõ"),  # what is known of them settles the question
    "recognition": mark_plural("{known}/{count} xã đã rõ việc công nhận"),
    "advanced": mark_plural("{known}/{count} xã đã báo cáo đủ tiêu chí nâng cao"),
    "district": mark_plural("{known}/{count} huyện đã báo cáo"),
}


@dataclass(frozen=True)
class Coverage:
    """How many of `total` units are known."""

    known: int
    total: int

    @property
    def is_whole(self) -> bool:
        """Whether every unit is known: only then does a figure stand as the scope's own."""
        return self.known >= self.total > 0

    @property
    def is_empty(self) -> bool:
        """Whether no unit is known."""
        return self.known == 0

    def words(self, counted: str = "commune") -> str:
        """Say the coverage: "11/94 xã đã báo cáo đủ". `counted`: a key of REPORTED."""
        return plural(REPORTED[counted], self.total, known=text.number(self.known))


def of(communes: pd.DataFrame) -> Coverage:
    """Return how many communes have every criterion assessed. `communes`: see metrics.commune_table, of one period."""
    return Coverage(int(communes["met"].count()), len(communes))


def headed(coverage: Coverage, whole: str, of_reported: str, counted: str = "commune", subject: str = "") -> str:
    """Return a title: `whole` if every unit is known; else the coverage first, then `of_reported`.

    If nothing is known, the `subject` follows, and no figure. `counted`: a key of REPORTED.
    """
    if coverage.is_whole:
        return whole
    words = coverage.words(counted)
    return ". ".join(filter(None, [words, subject if coverage.is_empty else of_reported]))


def count(low: float, high: float, known: int, decimals: int = 0, *, most: float = math.inf) -> str:
    """Say a number of units as far as it is certain: "41", "ít nhất 19", "nhiều nhất 12"; unknown in words.

    `low`, `high`: its bounds; `known`: how many units stand behind it; `most`: how many units there are, if it is worth
    saying that it can no longer be all of them ("từ 2 đến 34").
    """
    if low == high:
        return text.number(low, decimals)
    if low > 0 and high < most < math.inf:
        return _("từ {low} đến {high}", low=text.number(low, decimals), high=text.number(high, decimals))
    if low > 0:
        return _("ít nhất {low}", low=text.number(low, decimals))
    if known and math.isfinite(high):
        return _("nhiều nhất {high}", high=text.number(high, decimals))
    return text.number(None)


def mean(low: float, high: float, known: int, decimals: int = 1) -> str:
    """Say an average as far as it is certain: "15,3", "từ 2,2 đến 19,0"; unknown in words where nothing is known."""
    if low == high:
        return text.number(low, decimals)
    if not known or not math.isfinite(high):
        return text.number(None)
    return _("từ {low} đến {high}", low=text.number(low, decimals), high=text.number(high, decimals))


def of_reported(average: float, known: int, decimals: int = 1) -> str:
    """Say the average of those that have reported, worded so: "19,0 ở 11 xã đã báo cáo"."""
    return plural("{average} ở {count} xã đã báo cáo", known, average=text.number(average, decimals))
