"""Bars: a figure's numbers for a program that draws them itself, so that they can be edited there."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ntm import labels, palette
from ntm.dataset import Dataset
from ntm.figure import Figure


@dataclass(frozen=True)
class Bars:
    """Name of a series → (its colour, its values); `rows`: what each value is of. A value that is None is unknown."""

    rows: list[str]
    series: dict[str, tuple[str, list[float | None]]]
    stacked: bool = False
    share: bool = False


def of_tiers(data: Dataset, figure: Figure, value: str) -> Bars:
    """Return a figure's tiers, a series each, stacked. `value`: "communes" or "share"."""
    reference = data.reference
    words, colours = labels.tiers(reference.tiers), palette.tier_colours(reference.tiers)
    wide = figure.frame.pivot(index="row", columns="tier", values=value)
    wide = wide.reindex(index=figure.frame["row"].unique(), columns=[tier for tier in words if tier in wide]).fillna(0)
    series = {words[tier]: (colours[tier], wide[tier].tolist()) for tier in wide}
    return Bars(list(wide.index), series, stacked=True, share=value == "share")


def of_columns(figure: Figure, colours: Mapping[str, str], *, share: bool = False) -> Bars:
    """Return some columns of a figure's frame (column → colour), a series each, by its rows."""
    series = {
        figure.columns[name].heading: (
            colour,
            [None if pd.isna(value) else float(value) for value in figure.frame[name]],
        )
        for name, colour in colours.items()
    }
    return Bars(figure.frame["row"].tolist(), series, share=share)
