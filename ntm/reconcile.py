"""Reconciliation: what the published figures say next to what the data gives, expected and actual."""

import re
from collections.abc import Callable

import pandas as pd

from ntm import measures
from ntm.dataset import Dataset
from ntm.measures import Measure

TOLERANCE = 1e-9
CRITERIA_MEASURES: dict[str, Callable[[pd.DataFrame, int], Measure]] = {
    "average_criteria": lambda communes, highest: measures.mean(communes, len(communes), highest, frozenset()),
    "recognised_communes": lambda communes, _highest: measures.count(communes["recognised"], frozenset()),
}


def _measure(indicator: str) -> Callable[[pd.DataFrame, int], Measure] | None:
    """Return how to measure a published indicator; "communes_15_18" counts the communes at 15 to 18 criteria."""
    bounds = re.fullmatch(r"communes_(\d+)(?:_(\d+))?", indicator)
    if bounds:
        lower, upper = int(bounds[1]), int(bounds[2] or bounds[1])
        return lambda communes, _highest: measures.bounded(communes, lower, upper, frozenset())
    return CRITERIA_MEASURES.get(indicator)


COLUMNS = ["unit_code", "unit", "period", "indicator", "expected", "decimals", "low", "high", "known", "equal"]
COLUMNS += ["evidence", "source"]


def against_published(data: Dataset) -> pd.DataFrame:
    """Compare every published figure that has a period in the data.

    Columns: unit_code, unit (label), period, indicator, expected, decimals (of the published figure), low, high (bounds
    of the actual figure), known (units behind it), equal (to the decimals published; None while unknown units can still
    turn the answer), evidence, source.
    """
    figures = data.figures
    highest = len(data.reference.criteria_of(data.reference.commune_set))
    rows = []
    for figure in figures[figures["period"].isin(data.periods)].itertuples():
        measure = _measure(figure.indicator)
        if measure is None:
            continue
        communes = data.communes_at(figure.period)
        communes = communes.loc[data.reference.scopes.get(figure.unit_code, [])]
        actual = measure(communes, highest)
        decimals = 0 if figure.value == int(figure.value) else 1
        rows.append(
            {
                "unit_code": figure.unit_code,
                "unit": data.reference.units.at[figure.unit_code, "label"],
                "period": figure.period,
                "indicator": figure.indicator,
                "expected": figure.value,
                "decimals": decimals,
                "low": actual.low,
                "high": actual.high,
                "known": actual.known,
                "equal": _equal(actual, figure.value, decimals),
                "evidence": figure.evidence,
                "source": figure.source,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def of_all_times(data: Dataset) -> pd.DataFrame:
    """Compare every published figure with the data of its own time; columns as against_published."""
    seen = {data.at(period).reference.span: data.at(period) for period in data.all_periods}
    return pd.concat([against_published(then) for then in seen.values()] or [against_published(data)])


def _equal(actual: Measure, expected: float, decimals: int) -> bool | None:
    low, high = round(actual.low, decimals), round(actual.high, decimals)
    if low - TOLERANCE <= expected <= high + TOLERANCE:
        return True if actual.low == actual.high else None
    return False


def completeness(data: Dataset) -> pd.DataFrame:
    """Return the share of the communes' criteria that are assessed, per group and period.

    Index group_code; a column per period; values 0 to 1.
    """
    criteria = len(data.reference.criteria_of(data.reference.commune_set))
    groups = data.communes.groupby(["group_code", "period"])["assessed"]
    shares = groups.sum() / (groups.size() * criteria)
    return shares.unstack("period").reindex(data.reference.areas.index)
