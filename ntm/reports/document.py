"""A report as a document: sections of paragraphs, lists of points, tables and pictures.

What a report says is put into these; Word, PDF and slides write them. Nothing here knows the data or a kind of file.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ntm.figure import Column, present, written
from ntm.text import _


@dataclass(frozen=True)
class Table:
    """A table to read. `rows` and `columns` by key, as figure.Column says; `numbers`: the keys of the columns that hold
    numbers; `wide`: needs a page across.
    """

    caption: str
    rows: pd.DataFrame
    columns: Mapping[str, Column]
    numbers: Collection[str] = ()
    note: str = ""
    wide: bool = False

    @cached_property
    def words(self) -> pd.DataFrame:
        """The columns by key, every value as it is read; without the optional ones that are empty."""
        return written(self.rows, self.columns)

    @property
    def headings(self) -> dict[str, str]:
        """The columns that are read: key → heading."""
        return {key: column.heading for key, column in present(self.rows, self.columns).items()}

    def cells(self) -> list[list[str]]:
        """Return the rows in words, without the headings."""
        return self.words.to_numpy().tolist()

    def letters(self, narrowest: int, widest: int) -> list[int]:
        """Return how many letters each column should hold: its longest cell or word of its heading, within bounds."""
        return [
            min(max(narrowest, *map(len, heading.split()), *map(len, self.words[key])), widest)
            for key, heading in self.headings.items()
        ]


@dataclass(frozen=True)
class Picture:
    """A picture with its caption; `make` draws it as PNG; `alt` says what it shows."""

    caption: str
    alt: str
    make: Callable[[], bytes]


Block = str | list[str] | Table | Picture  # a paragraph, a list of points, a table, a picture


@dataclass(frozen=True)
class Section:
    """A part of a report under its heading."""

    heading: str
    blocks: list[Block]


@dataclass(frozen=True)
class Report:
    """A report. `office`: who reports; `facts`: see provenance.facts; `notice`: that it is sample data, or nothing."""

    office: str
    place: str
    subject: str
    date: dt.date
    notice: str
    facts: dict[str, str]
    sections: list[Section]

    def place_and_date(self) -> str:
        """Return where and when it is written, as a letter says it."""
        return _(
            "{place}, ngày {day} tháng {month} năm {year}",
            place=self.place,
            day=f"{self.date.day:02}",
            month=f"{self.date.month:02}",
            year=self.date.year,
        )
