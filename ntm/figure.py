"""A figure: a chart with its title in words, its data as a table, and what it covers; for pages, slides, reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ntm.chart_parts import Chart

ALT_ROWS = 6


@dataclass(frozen=True)
class Column:
    """How a table's column is read: its heading, and how a value is written (as it is, where `write` is None)."""

    heading: str
    write: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Figure:
    """A chart of one period, and everything that is said with it.

    `name`: of its files; `scope`: what it covers, in words; `frame` and `columns`: the chart's data as a table; `draw`:
    makes the chart in the look in use; `note`: how to read it; `hint`: what a click or the mouse does; `words`: what it
    says beyond the title, in Markdown; `sets`: the facts that it stands on (provenance.SETS); `is_empty`: whether
    nothing that it could draw is known; `over_time`: whether it stands on earlier periods too.
    """

    name: str
    title: str
    period: str
    scope: str
    draw: Callable[[], Chart]
    frame: pd.DataFrame
    columns: Mapping[str, Column]
    note: str = ""
    hint: str = ""
    words: str = ""
    sets: tuple[str, ...] = ("commune",)
    is_empty: bool = False
    over_time: bool = False

    def alt(self) -> str:
        """Return what the chart shows as a text: the title and the first rows."""
        lines = [
            ", ".join(f"{column.heading} {_written(record[key], column)}" for key, column in self.columns.items())
            for record in self.frame.head(ALT_ROWS)[list(self.columns)].to_dict("records")
        ]
        return f"{self.title}. {'; '.join(lines)}."


def as_read(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns under their headings, values unchanged."""
    return frame[list(columns)].set_axis([column.heading for column in columns.values()], axis=1)


def as_words(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns under their headings, every value written as it is read."""
    return pd.DataFrame(
        {column.heading: [str(_written(value, column)) for value in frame[key]] for key, column in columns.items()}
    )


def _written(value: Any, column: Column) -> Any:
    return column.write(value) if column.write else value
