"""Reconciliation: what the published figures say beside what the data gives, expected and actual."""

import re
from collections.abc import Callable

import pandas as pd

from ntm.dataset import Dataset

TOLERANCE = 1e-9


def _average(communes: pd.DataFrame) -> float:
    return communes["met"].mean()


def _recognised(communes: pd.DataFrame) -> float:
    return float(communes["recognised"].sum())


def _measure(indicator: str) -> Callable[[pd.DataFrame], float] | None:
    """Return how to measure a published indicator; "communes_15_18" counts the communes at 15 to 18 criteria."""
    bounds = re.fullmatch(r"communes_(\d+)(?:_(\d+))?", indicator)
    if bounds:
        lower, upper = int(bounds[1]), int(bounds[2] or bounds[1])
        return lambda communes: float(communes["met"].between(lower, upper).sum())
    return MEASURES.get(indicator)


MEASURES: dict[str, Callable[[pd.DataFrame], float]] = {
    "average_criteria": _average,
    "recognised_communes": _recognised,
}


def against_published(data: Dataset) -> pd.DataFrame:
    """Compare every published figure that has a period in the data.

    Columns: unit_code, unit (label), period, indicator, expected, decimals (of the published figure), actual,
    equal (to the decimals published), evidence, source.
    """
    figures = data.figures
    rows = []
    for figure in figures[figures["period"].isin(data.periods)].itertuples():
        measure = _measure(figure.indicator)
        if measure is None:
            continue
        communes = data.communes_at(figure.period)
        if figure.unit_code != data.reference.plan.province:
            communes = communes[communes["district_code"] == figure.unit_code]
        actual = measure(communes)
        decimals = 0 if figure.value == int(figure.value) else 1
        rows.append(
            {
                "unit_code": figure.unit_code,
                "unit": data.reference.units.at[figure.unit_code, "label"],
                "period": figure.period,
                "indicator": figure.indicator,
                "expected": figure.value,
                "decimals": decimals,
                "actual": actual,
                "equal": abs(round(actual, decimals) - figure.value) < TOLERANCE,
                "evidence": figure.evidence,
                "source": figure.source,
            }
        )
    return pd.DataFrame(rows)


def completeness(data: Dataset) -> pd.DataFrame:
    """Return the share of the communes' criteria that are assessed, per district and period.

    Index district_code; a column per period; values 0 to 1.
    """
    criteria = len(data.reference.criteria_of(data.reference.plan.commune_set))
    groups = data.communes.groupby(["district_code", "period"])["assessed"]
    shares = groups.sum() / (groups.size() * criteria)
    return shares.unstack("period").reindex(data.reference.districts.index)
