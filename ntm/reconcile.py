"""Reconciliation: what the published figures say beside what the data gives, expected and actual."""

from collections.abc import Callable

import pandas as pd

from ntm.dataset import Dataset

TOLERANCE = 1e-9


def _average(communes: pd.DataFrame) -> float:
    return communes["met"].mean()


def _recognised(communes: pd.DataFrame) -> float:
    return float(communes["recognised"].sum())


def _between(lower: int, upper: int) -> Callable[[pd.DataFrame], float]:
    return lambda communes: float(communes["met"].between(lower, upper).sum())


MEASURES: dict[str, Callable[[pd.DataFrame], float]] = {
    "average_criteria": _average,
    "recognised_communes": _recognised,
    "communes_19": _between(19, 19),
    "communes_15_18": _between(15, 18),
    "communes_10_14": _between(10, 14),
    "communes_5_9": _between(5, 9),
}


def against_published(data: Dataset) -> pd.DataFrame:
    """Compare every published figure that has a period in the data.

    Columns: unit_code, unit (label), period, indicator, expected, decimals (of the published figure), actual,
    equal (to the decimals published), evidence, source.
    """
    figures = data.reference.published
    comparable = figures[figures["period"].isin(data.periods) & figures["indicator"].isin(MEASURES)]
    rows = []
    for figure in comparable.itertuples():
        communes = data.communes_at(figure.period)
        if figure.unit_code != data.reference.plan.province:
            communes = communes[communes["district_code"] == figure.unit_code]
        actual = MEASURES[figure.indicator](communes)
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
