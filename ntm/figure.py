"""A figure: a chart with its title in words, its data as a table, and what it covers; for pages, slides, reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ntm.chart_parts import Chart

ALT_ROWS = 6


@dataclass(frozen=True)
class Column:
    """How a table's column is read: its heading, and how a value is written (as it is, where `write` is None).

    An `optional` one is left out where it is empty in every row, as the district where there are none.
    """

    heading: str
    write: Callable[[Any], str] | None = None
    optional: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart of one period, and everything that is said with it.

    `name`: of its files; `scope`: what it covers, in words; `frame` and `columns`: the chart's data as a table; `draw`:
    makes the chart in the look in use; `note`: how to read it; `hint`: what a click or the mouse does; `words`: what it
    says beyond the title, in Markdown; `sets`: the facts that it stands on (provenance.SETS); `is_empty`: whether
    nothing that it could draw is known; `over_time`: whether it stands on earlier periods too; `beyond`: also
    on those of other communes, if they were assessed by the same criteria.
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
    beyond: bool = False

    def alt(self) -> str:
        """Return what the chart shows as a text: the title and the first rows."""
        lines = [
            ", ".join(
                f"{column.heading} {_written(record[key], column)}"
                for key, column in present(self.frame, self.columns).items()
            )
            for record in self.frame.head(ALT_ROWS)[list(self.columns)].to_dict("records")
        ]
        return f"{self.title}. {'; '.join(lines)}."


def as_read(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns under their headings, values unchanged."""
    shown = present(frame, columns)
    return frame[list(shown)].set_axis([column.heading for column in shown.values()], axis=1)


def as_words(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns under their headings, every value as it is read."""
    headings = [column.heading for column in present(frame, columns).values()]
    return written(frame, columns).set_axis(headings, axis=1)


def written(frame: pd.DataFrame, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return the named columns by key, every value as it is read."""
    shown = present(frame, columns).items()
    return pd.DataFrame({key: [str(_written(value, column)) for value in frame[key]] for key, column in shown})


def present(frame: pd.DataFrame, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns that are read: all but the optional ones that are empty in every row."""

    def is_empty(name: str) -> bool:
        return columns[name].optional and len(frame) > 0 and frame[name].eq("").all()

    return {name: column for name, column in columns.items() if not is_empty(name)}


def _written(value: Any, column: Column) -> Any:
    return column.write(value) if column.write else value
