"""The sample of 2024: an invented but plausible year under plan 1050.

No commune × criterion table of Lai Châu is published. Until the province loads its own, this one shows what the
dashboard does. Its baseline reproduces every published aggregate of 31/12/2023; everything else is invented. The year
it tells is a useful picture and not a perfect one: most communes gain criteria, the hard criteria (income,
multidimensional poverty, transport, environment, housing) stay hard, three recognised communes fall back, and only
part of the plan's targets is met.
"""

import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from ntm.facts import assessments
from ntm.reference import Reference
from ntm.sample.drawing import assess, poisson, shuffled

SEED = 1050
PERIODS = ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]
ALL = 19

# How easily each criterion is met in the uplands: a guess, on a log scale; higher is easier.
EASE = {
    "commune-2021-2025": dict(
        enumerate([3, -1.5, 1.6, 1.4, 0.4, 0, 1.2, 2, -1, -2, -2.2, 1, 0.2, 1.5, 1.1, 0.8, -1.3, 1.6, 2.6], start=1)
    ),
    "commune-advanced-2021-2025": dict(
        enumerate([2, -1, 1, 1, -0.5, 0.5, 0.5, 1, -1, -2, -1.5, 0.5, -0.5, 0, 0.5, 1.5, -1, -0.5, 2], start=1)
    ),
    "district-2021-2025": dict(enumerate([2, -0.5, 1, 1.5, -0.5, -1, -1.5, 0, 1], start=1)),
}

# Published at the baseline: 39 communes at 19, 2 at 15–18, 27 at 10–14, 26 at 5–9; 1,278 criteria in all (13.6 each).
HIGH_AT_BASELINE = {"03413": 16, "03643": 15}  # Sơn Bình, Khoen On: nearest to their recognition in the plan
NAMED_AT_BASELINE = {"03638": 14, "03634": 14, "03628": 13}  # Tà Mung, Tà Hừa, Pha Mu
MIDDLE = [14] * 3 + [13] * 6 + [12] * 5 + [11] * 5 + [10] * 5  # with the three named: 27 communes
LOW = [9] * 5 + [8] * 4 + [7] * 6 + [6] * 6 + [5] * 5

# Where the communes that the plan names stand at the ends of March, June, September and December.
NAMED_PATHS = {
    "03413": [16, 17, 17, 18],
    "03643": [16, 17, 19, 19],
    "03638": [15, 17, 18, 19],
    "03634": [15, 16, 17, 19],
    "03628": [13, 14, 16, 17],
}
# Decisions of the year. Tà Hừa meets 19 at the year's end but has no decision yet: recognised is another fact than met.
# Sơn Bình has none either: the press counted 8 recognised communes in Tam Đường late in 2024, as at the baseline.
RECOGNISED_IN_YEAR = {"03643": "2024-11-15", "03638": "2024-12-20"}
FALLING_BACK = {"2024-06-30": [17], "2024-09-30": [11, 17], "2024-12-31": [10]}  # criteria lost, one commune a period
MEAN_GAIN = 0.65  # criteria a quarter, of a commune below 15
CEILING = 18  # without a decision in sight, nobody else reaches 19

DISTRICT_PATHS = {"106": [5, 5, 6, 6, 7], "110": [5, 6, 6, 7, 8], "111": [4, 4, 5, 6, 6]}
VILLAGE_PATHS = {"106": [0, 2, 6, 12, 19], "110": [0, 3, 8, 15, 20], "107": [0, 0, 1, 2, 3]}
ADVANCED_AT_BASELINE = (7, 14)


def generate(reference: Reference, recognised: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Generate the sample of 2024. `recognised`: the published recognitions (unit_code, …).

    Returns {"assessments", "recognitions", "villages"} in the columns of the database's tables.
    """
    chance = random.Random(SEED)
    named = list(recognised["unit_code"])
    chosen = _choose_recognised(chance, reference, named)
    paths = _commune_paths(chance, reference, sorted({*named, *chosen}))
    losers = _losers(chance, paths)
    rows = _assess(chance, reference.commune_set, paths, losers)
    rows += _assess(chance, reference.advanced_set, _advanced_paths(chance, sorted({*named, *chosen})))
    rows += _assess(chance, reference.district_set, DISTRICT_PATHS)
    return {
        "assessments": pd.DataFrame(rows, columns=assessments.COLUMNS),
        "recognitions": _recognitions(chosen, reference.baseline_period),
        "villages": _villages(),
    }


def _assess(
    chance: random.Random,
    criteria_set: str,
    paths: Mapping[str, Sequence[int]],
    losers: Mapping[tuple[str, str], set[int]] = MappingProxyType({}),
) -> list[tuple[Any, ...]]:
    return assess(chance, criteria_set, EASE[criteria_set], PERIODS, paths, losers)


def _choose_recognised(chance: random.Random, reference: Reference, named: list[str]) -> list[str]:
    """Choose who fills up the published total, in the groups whose recognised communes are not all named."""
    figures = reference.timeline.published
    counted = figures[
        (figures["indicator"] == "recognised_communes") & (figures["period"] == reference.baseline_period)
    ]
    total = int(counted.loc[counted["unit_code"] == reference.province_code, "value"].iloc[0])
    communes = reference.communes
    open_to_choice = communes[~communes["group_code"].isin(counted["unit_code"])].index
    candidates = sorted(code for code in open_to_choice if code not in named)
    return sorted(shuffled(chance, candidates)[: total - len(named)])


def _commune_paths(chance: random.Random, reference: Reference, recognised: list[str]) -> dict[str, list[int]]:
    fixed = HIGH_AT_BASELINE | NAMED_AT_BASELINE
    others = sorted(code for code in reference.communes.index if code not in recognised and code not in fixed)
    starts = dict(zip(shuffled(chance, others), MIDDLE + LOW, strict=True))
    paths = {code: [start, *_gains(chance, start)] for code, start in starts.items()}
    paths |= {code: [fixed[code], *path] for code, path in NAMED_PATHS.items()}
    return paths | {code: [ALL] * len(PERIODS) for code in recognised}


def _gains(chance: random.Random, start: int) -> list[int]:
    path, met = [], start
    for _period in PERIODS[1:]:
        met = min(met + poisson(chance, MEAN_GAIN), CEILING)
        path.append(met)
    return path


def _advanced_paths(chance: random.Random, recognised: list[str]) -> dict[str, list[int]]:
    lowest, highest = ADVANCED_AT_BASELINE
    paths = {}
    for code in recognised:
        start = lowest + int(chance.random() * (highest - lowest + 1))
        gains = [int(chance.random() * 2.2) for _period in PERIODS[1:]]
        paths[code] = [min(start + sum(gains[:step]), ALL) for step in range(len(PERIODS))]
    return paths


def _losers(chance: random.Random, paths: dict[str, list[int]]) -> dict[tuple[str, str], set[int]]:
    """Let one recognised commune fall back at each date of FALLING_BACK, and stay there to the year's end."""
    stable = [code for code in sorted(paths) if paths[code] == [ALL] * len(PERIODS)]
    losers: dict[tuple[str, str], set[int]] = {}
    for (since, criteria), code in zip(FALLING_BACK.items(), shuffled(chance, stable), strict=False):
        losers |= {(period, code): set(criteria) for period in PERIODS if period >= since}
    return losers


def _recognitions(chosen: list[str], baseline: str) -> pd.DataFrame:
    days = dict.fromkeys(chosen, baseline) | RECOGNISED_IN_YEAR
    rows = [(code, "ntm", day, "", "sample", "") for code, day in sorted(days.items())]
    return pd.DataFrame(rows, columns=["unit_code", "standard", "recognised_by", "decision", "evidence", "source"])


def _villages() -> pd.DataFrame:
    rows = [(period, code, path[step]) for step, period in enumerate(PERIODS) for code, path in VILLAGE_PATHS.items()]
    return pd.DataFrame(rows, columns=["period", "unit_code", "recognised"]).sort_values(["period", "unit_code"])
