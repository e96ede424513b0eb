"""What a template can be filled with: the last known state of a form's facts. Of the real world alone.

A file that is read again unchanged changes nothing. A sample never fills a template: it would come back as official.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from ntm import labels
from ntm.dataset import Dataset
from ntm.facts import FORMS, TYPES
from ntm.intake import answers
from ntm.intake.asked import Asked
from ntm.world import Kind


@dataclass(frozen=True)
class Known:
    """Facts to fill a template with.

    `rows`: the columns of their type; `period`: that they are of, "" where facts belong to none; `words`: what they
    stand on, in Vietnamese, as the template says it.
    """

    rows: pd.DataFrame
    period: str = ""
    words: str = ""


def of(data: Dataset, asked: Asked, groups: Collection[str] = ()) -> Known | None:
    """Return what is known of a form's facts at the period asked for, or at the last one before; None if nothing is.

    `groups`: codes, all where empty. Only facts of units and criteria sets that are in force then are taken. Raises
    ValueError for the sample.
    """
    if data.is_sample:
        raise ValueError("The sample fills no template; load the real world.")
    seen, form, of_type = data.at(asked.period), FORMS[asked.form], TYPES[asked.form]
    rows = seen.tables[asked.form]
    if groups:
        communes = seen.reference.communes
        mine = {*groups, *communes.index[communes["group_code"].isin(groups)]}
        rows = rows[rows["unit_code"].isin(mine)]
    if form.by_criterion:
        rows = rows[rows["criteria_set"] == (asked.criteria_set or seen.reference.commune_set)]
    if of_type.day_column:
        rows = rows[rows[of_type.day_column] <= asked.period]
    if rows.empty:
        return None
    period = rows["period"].max() if form.of_period else ""
    rows = rows[rows["period"] == period] if period else rows
    return Known(rows[of_type.columns], period, _words(rows, period, asked.period, data.revision))


def _words(rows: pd.DataFrame, period: str, day: str, revision: int) -> str:
    """What the facts stand on: "số liệu kỳ 31/12/2024, phiên bản 12, số liệu chính thức"."""
    kinds = [labels.KIND[kind] for kind in Kind if kind in set(rows["kind"])]
    of = f"kỳ {answers.written('period', period)}" if period else f"đến {answers.written('period', day)}"
    return f"số liệu {of}, phiên bản {revision}, {' và '.join(kinds)}"
