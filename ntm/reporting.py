"""Reporting: which group has reported how much of a period, when and by whom. What is outstanding comes first."""

import pandas as pd

from ntm.dataset import Dataset

WHOLE, PART, NONE = "whole", "part", "none"


def by_commune(data: Dataset, period: str) -> pd.Series:
    """Return how far each of the plan's communes has reported its criteria: "whole", "part" or "none", by code."""
    communes = data.communes_at(period)
    states = pd.Series(NONE, index=communes.index, dtype=object)
    states[communes["assessed"] > 0] = PART
    states[communes["met"].notna()] = WHOLE
    return states


def by_group(data: Dataset, period: str) -> pd.DataFrame:
    """Return one row per area (Reference.areas: groups, or the province), by code, those that lack most first.

    Columns: label; communes (number), whole, part (numbers that have reported all or some of their criteria); cells,
    cells_total (answers known, answers there should be), share (0 to 1); revision, created_at (UTC), author: the last
    revision that its answers come from (NA, NaT, "" if there is none).
    """
    communes, states = data.communes_at(period), by_commune(data, period)
    areas, criteria = data.reference.areas, data.reference.criteria_of(data.reference.commune_set)
    groups = communes["assessed"].groupby(communes["group_code"])
    counts = states.groupby(communes["group_code"]).value_counts().unstack(fill_value=0)
    table = pd.DataFrame({"label": areas["label"], "communes": groups.size(), "cells": groups.sum()})
    table = table.reindex(areas.index).assign(
        whole=counts.get(WHOLE, 0), part=counts.get(PART, 0), cells_total=table["communes"] * len(criteria)
    )
    table = table.join(_latest(data, period, communes["group_code"]))
    table["share"] = table["cells"] / table["cells_total"]
    return table.sort_values("share", kind="stable")


def _latest(data: Dataset, period: str, groups: pd.Series) -> pd.DataFrame:
    """The last revision behind each group's answers, with its day and author."""
    assessed = data.assessments_at(period, data.reference.commune_set)
    latest = assessed.groupby(assessed["unit_code"].map(groups))["revision"].max().astype("Int64")
    known = data.revisions.set_index("id")[["created_at", "author"]]
    return latest.rename("revision").to_frame().join(known, on="revision")
