"""Criteria sets: what a commune or a district is assessed on, under which decision."""

from enum import StrEnum
from pathlib import Path

import pandas as pd

from ntm import tables
from ntm.paths import DATA


class Answer(StrEnum):
    """Whether a unit meets a criterion. Unknown is an answer of its own, and never "not met"."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, met: float | bool | None) -> "Answer":
        """Return the answer of an assessment: true, false, or nothing (None, NaN)."""
        if pd.isna(met):
            return cls.UNKNOWN
        return cls.MET if met else cls.NOT_MET


def load_sets(folder: Path = DATA / "criteria") -> pd.DataFrame:
    """Return the criteria sets, indexed by criteria_set.

    Columns: role (commune, advanced, district), name_vi, name_en, unit_level, unit_kind (the units that it applies to),
    decision, valid_from, valid_to (ISO dates), note.
    """
    return tables.read(folder / "criteria_sets.csv").set_index("criteria_set")


def load(folder: Path = DATA / "criteria") -> pd.DataFrame:
    """Return every criterion of every set.

    Columns: criteria_set, criterion (number), name_vi, name_en, group_id, group_name_vi, group_name_en, evidence,
    group_evidence.
    """
    return tables.read(folder / "criteria.csv").astype({"criterion": int})


def load_tiers(folder: Path = DATA / "criteria") -> pd.DataFrame:
    """Return the tiers of the sets, best first. Columns: criteria_set, tier, lower, upper (criteria met), evidence."""
    return tables.read(folder / "tiers.csv").astype({"lower": int, "upper": int})


def of_set(criteria: pd.DataFrame, criteria_set: str) -> pd.DataFrame:
    """Return one set's criteria, indexed by criterion number."""
    return criteria[criteria["criteria_set"] == criteria_set].set_index("criterion").drop(columns="criteria_set")
