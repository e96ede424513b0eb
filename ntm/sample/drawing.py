"""Drawing: what the samples of both years need to be drawn from a fixed seed.

The random numbers come from `random.Random.random` alone, which Python keeps the same for a seed in all versions.
"""

import math
import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any


def shuffled(chance: random.Random, items: list[Any]) -> list[Any]:
    """Return the items in a random order."""
    return sorted(items, key=lambda item: chance.random())


def poisson(chance: random.Random, mean: float) -> int:
    """Return a random count with this mean, by Knuth's method."""
    count, product, limit = 0, chance.random(), math.exp(-mean)
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def assess(
    chance: random.Random,
    criteria_set: str,
    ease: Mapping[int, float],
    periods: Sequence[str],
    paths: Mapping[str, Sequence[int]],
    losers: Mapping[tuple[str, str], set[int]] = MappingProxyType({}),
) -> list[tuple[Any, ...]]:
    """Turn counts into criteria: each unit meets the first ones in an order of its own, easy ones mostly first.

    `ease`: criterion → how easily it is met, on a log scale; `paths`: unit code → criteria met at each of the periods;
    `losers`: (period, unit code) → criteria that it has lost there all the same.
    """
    rows = []
    for code in sorted(paths):
        order = sorted(ease, key=lambda criterion: -ease[criterion] - _gumbel(chance))
        for period, count in zip(periods, paths[code], strict=True):
            met = set(order[:count]) - losers.get((period, code), set())
            rows += [(period, code, criteria_set, criterion, criterion in met) for criterion in ease]
    return rows


def _gumbel(chance: random.Random) -> float:
    return -math.log(-math.log(chance.random()))
