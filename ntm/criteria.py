"""Criteria sets: what a commune or a district is assessed on, under which decision."""

from pathlib import Path

import pandas as pd

from ntm.paths import DATA


def load_sets(folder: Path = DATA / "criteria") -> pd.DataFrame:
    """Return the criteria sets, indexed by criteria_set.

    Columns: name_vi, name_en, unit_level, unit_kind (the units that it applies to), decision, valid_from, valid_to
    (ISO dates), note.
    """
    return pd.read_csv(folder / "criteria_sets.csv", dtype=str, keep_default_na=False).set_index("criteria_set")


def load(folder: Path = DATA / "criteria") -> pd.DataFrame:
    """Return every criterion of every set.

    Columns: criteria_set, criterion (number), name_vi, name_en, group_id, group_name_vi, group_name_en, evidence,
    group_evidence.
    """
    return pd.read_csv(folder / "criteria.csv", dtype=str, keep_default_na=False).astype({"criterion": int})


def of_set(criteria: pd.DataFrame, criteria_set: str) -> pd.DataFrame:
    """Return one set's criteria, indexed by criterion number."""
    return criteria[criteria["criteria_set"] == criteria_set].set_index("criterion").drop(columns="criteria_set")
