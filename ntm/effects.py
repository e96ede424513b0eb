"""Effects: what becomes visible or vanishes by an act, for whoever reads afterwards.

A right is asked of this, and not of the revision that an act names: to take back an undoing brings somebody's facts
back; the first official fact of all takes the sample from every district; the first one of a period makes that period
everybody's latest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from ntm import ledger
from ntm.facts import TYPES
from ntm.world import OFFICIAL


@dataclass(frozen=True)
class Effect:
    """What an act does. `units`: the codes whose facts appear or vanish, each with the day on which it is meant (ISO
    text; "" if the facts name none); `kinds`: of these facts; `periods`: those that come to the list of periods or
    leave it; `turns`: whether readers come from the sample to the real world, or back.
    """

    units: frozenset[tuple[str, str]]
    kinds: frozenset[str]
    periods: frozenset[str] = frozenset()
    turns: bool = False


def of_publishing(connection: Connection, kind: str, facts: Mapping[str, pd.DataFrame]) -> Effect:
    """Return the effect of adding facts (checked and typed, by the name of their type)."""
    units = frozenset(found for name, frame in facts.items() for found in _units(name, frame))
    if kind != OFFICIAL:
        return Effect(units, frozenset([kind]))
    undone = ledger.undone(ledger.revisions(connection), ledger.latest(connection))
    given = {day for name, frame in facts.items() if TYPES[name].opens_periods for day in frame["period"]}
    return Effect(
        units,
        frozenset([kind]),
        frozenset(given - ledger.periods(connection, OFFICIAL, undone)),
        not ledger.holds(connection, OFFICIAL, undone),
    )


def _units(name: str, frame: pd.DataFrame) -> set[tuple[str, str]]:
    """The units that facts of a type speak of, each with the day on which it is meant."""
    column = TYPES[name].day_column
    return set(zip(frame["unit_code"], frame[column].astype(str) if column else [""] * len(frame), strict=True))


def of_undoing(connection: Connection, revision: int) -> Effect:
    """Return the effect of taking a revision back, which follows what it undoes itself down to the facts."""
    known = ledger.revisions(connection)
    now = ledger.latest(connection)
    last = pd.DataFrame({"id": [now + 1], "undoes": [revision]})
    before, after = ledger.undone(known, now), ledger.undone(pd.concat([known, last]), now + 1)
    turned = before ^ after
    return Effect(
        frozenset(ledger.units_of(connection, turned)),
        frozenset(known.loc[known["id"].isin(turned), "kind"]),
        frozenset(ledger.periods(connection, OFFICIAL, before) ^ ledger.periods(connection, OFFICIAL, after)),
        ledger.holds(connection, OFFICIAL, before) != ledger.holds(connection, OFFICIAL, after),
    )
