"""Measures: a figure with what it is based on: bounds, coverage and the kinds of facts that went into it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ntm.coverage import Coverage


@dataclass(frozen=True)
class Measure:
    """A figure of some units.

    `value`: of the units that are known, None where none is; `low`, `high`: what it can be for all of them once the
    unknown ones are known; `known` of `total` units are known; `kinds`: the kinds of facts that went into it.
    """

    value: float | None
    low: float
    high: float
    known: int
    total: int
    kinds: frozenset[str] = frozenset()

    @property
    def coverage(self) -> Coverage:
        """How many of the units are known."""
        return Coverage(self.known, self.total)


def nothing(total: int = 0, high: float = math.inf) -> Measure:
    """Return the measure of units of which nothing is known. `high`: what the figure cannot exceed."""
    return Measure(None, 0, high, 0, total)


def kinds_of(*columns: Iterable[Any]) -> frozenset[str]:
    """Return the kinds that stand in some columns of kinds; a missing kind is left out."""
    return frozenset(kind for column in columns for kind in set(column) if isinstance(kind, str))


def count(holds: pd.Series, kinds: frozenset[str]) -> Measure:
    """Count the units of which something holds. `holds`: True, False or NA (unknown), a row per unit."""
    low, unknown = int(holds.fillna(False).sum()), int(holds.isna().sum())
    if unknown == len(holds):
        return nothing(len(holds), len(holds))
    return Measure(low, low, low + unknown, len(holds) - unknown, len(holds), kinds)


def bounded(communes: pd.DataFrame, lower: int, upper: int, kinds: frozenset[str]) -> Measure:
    """Count the communes that meet at least `lower` and at most `upper` criteria, also where that is only half known.

    `communes`: columns met_low, met_high (see metrics.commune_table), a row per commune.
    """
    holds = pd.Series(pd.NA, index=communes.index, dtype="boolean")
    holds[(communes["met_low"] >= lower) & (communes["met_high"] <= upper)] = True
    holds[(communes["met_high"] < lower) | (communes["met_low"] > upper)] = False
    return count(holds, kinds)


def mean(counts: pd.DataFrame, total: int, highest: int, kinds: frozenset[str]) -> Measure:
    """Average numbers of criteria over `total` units.

    `counts`: columns met (NaN where not every criterion is known), met_low, met_high (what it can be), a row per unit;
    a unit without a row can have anything from 0 to `highest`.
    """
    known = counts["met"].dropna()
    if counts["met_low"].eq(0).all() and counts["met_high"].eq(highest).all():  # also where there is no row
        return nothing(total, highest)
    low = float(counts["met_low"].sum()) / total
    high = float(counts["met_high"].sum() + (total - len(counts)) * highest) / total
    value = float(known.mean()) if len(known) else None
    return Measure(value, low, high, len(known), total, kinds)
