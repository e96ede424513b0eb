"""A selection: which communes of a period somebody asks for. Pages, and programs that ask the server, select alike."""

from dataclasses import dataclass

import pandas as pd

from ntm import layers, text
from ntm.dataset import Dataset
from ntm.metrics import UNKNOWN
from ntm.text import _


@dataclass(frozen=True)
class Selection:
    """What must hold of a commune; nothing asked leaves all.

    `groups`: codes; `tiers`: ids; `recognition`: classes of the layer "recognition"; `lacking`, `meeting`: criteria
    (numbers, as text) that it must all lack or meet; `name`: part of its name, in any spelling.
    """

    groups: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    recognition: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    name: str = ""


def recognition_classes(data: Dataset, period: str) -> dict[str, str]:
    """Return the classes of recognition: id → words, "unknown" last."""
    steps = layers.build(data, "recognition", period, 1).steps
    return {step.id: step.words for step in steps} | {UNKNOWN: _("Chưa rõ đã công nhận hay chưa")}


def communes(data: Dataset, period: str, selection: Selection) -> pd.DataFrame:
    """Return the communes of a selection at a period: rows of Dataset.communes_at, indexed by unit_code.

    A commune of which a fact is unknown has no answer to a filter that asks for it.
    """
    found = data.communes_of(period, selection.groups)
    if selection.tiers:
        found = found[found["tier"].isin(selection.tiers)]
    if selection.recognition:
        classes = layers.build(data, "recognition", period, 1).classes
        found = found[classes.loc[found.index].isin(selection.recognition)]
    if sought := text.plain(selection.name).strip():
        found = found[[sought in text.plain(label) for label in found["label"]]]
    for wanted, answer in ((selection.lacking, False), (selection.meeting, True)):
        if wanted:
            found = found[_with_all(data, found, period, {int(number) for number in wanted}, answer)]
    return found


def _with_all(data: Dataset, found: pd.DataFrame, period: str, wanted: set[int], answer: bool) -> list[bool]:
    """Which communes have this answer to every wanted criterion."""
    assessed = data.assessments_at(period, data.reference.commune_set)
    mine = assessed[assessed["criterion"].isin(wanted) & (assessed["met"] == answer)].groupby("unit_code").size()
    return (mine.reindex(found.index) == len(wanted)).tolist()
