"""The sample of 2026: 36 communes and the ten criteria of 2026–2030, under an illustrative plan.

Nothing of Lai Châu's results in 2026 was published when this was written: all of it is invented. A merged commune
starts again: what its predecessors had reached is not carried over. Most communes gain a criterion or two in the year,
the hard criteria (infrastructure, poverty, environment) stay hard, one of the two communes that the plan names is
recognised, and one commune loses a criterion.
"""

import random

import pandas as pd

from ntm.facts import assessments
from ntm.reference import Reference
from ntm.sample.drawing import assess, poisson, shuffled

SEED = 2026
PERIODS = ["2026-03-31", "2026-06-30", "2026-09-30"]
ALL = 10
EASE = dict(enumerate([2.5, -1.8, -0.6, 0.4, 0.8, -1.5, 0.6, -1.2, 1.6, 2.2], start=1))  # a guess, as for 2024
STARTS = [7] * 4 + [6] * 6 + [5] * 8 + [4] * 8 + [3] * 5 + [2] * 3  # of the 34 communes that the plan does not name
NAMED_PATHS = {"03390": [8, 9, 10], "03595": [8, 9, 9]}  # Bình Lư, Than Uyên
RECOGNISED = {"03390": "2026-09-15"}
MEAN_GAIN = 0.45  # criteria a quarter
CEILING = 9
LOST = ("2026-09-30", 8)  # the period and the criterion that one commune loses


def generate(reference: Reference) -> dict[str, pd.DataFrame]:
    """Generate the sample of 2026: {"assessments", "recognitions"} in the columns of the database's tables."""
    chance = random.Random(SEED)
    others = sorted(code for code in reference.communes.index if code not in NAMED_PATHS)
    starts = dict(zip(shuffled(chance, others), STARTS, strict=True))
    paths = {code: _path(chance, start) for code, start in starts.items()} | NAMED_PATHS
    loser = max(starts, key=lambda code: starts[code])
    losers = {(LOST[0], loser): {LOST[1]}}
    rows = assess(chance, reference.commune_set, EASE, PERIODS, paths, losers)
    decided = [(code, "ntm", day, "", "sample", "") for code, day in RECOGNISED.items()]
    columns = ["unit_code", "standard", "recognised_by", "decision", "evidence", "source"]
    return {
        "assessments": pd.DataFrame(rows, columns=assessments.COLUMNS),
        "recognitions": pd.DataFrame(decided, columns=columns),
    }


def _path(chance: random.Random, start: int) -> list[int]:
    path = [start]
    for _period in PERIODS[1:]:
        path.append(min(path[-1] + poisson(chance, MEAN_GAIN), CEILING))
    return path
