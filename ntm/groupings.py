"""Groupings: what is between province and commune: districts wherever there are any, and what the data names.

A grouping is data with dates: former districts, a province's own clusters. `units/groupings.csv` names it and says what
one of its groups is called; `units/groups.csv` says which unit belongs to which group, and from when until when.
Districts need no rows there: a commune's group is the district above it.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ntm import tables, text
from ntm.paths import DATA

GROUPING_COLUMNS = (
    *("grouping", "name_vi", "name_en", "noun_vi", "noun_en", "nouns_en"),
    *("valid_from", "valid_to", "evidence", "source"),
)
GROUP_COLUMNS = ("grouping", "group_code", "name_vi", "name_en", "unit_code", "valid_from", "valid_to")
NONE = "none"  # what a reader asks for who wants no groups


@dataclass(frozen=True)
class Grouping:
    """A way to group communes. `noun`: what one of its groups is called ("huyện"); `nouns`: several of them."""

    id: str
    name_vi: str
    name_en: str
    noun_vi: str
    noun_en: str
    nouns_vi: str
    nouns_en: str

    @property
    def name(self) -> str:
        """Its name, in the reader's language."""
        return text.either(self, "name")

    @property
    def noun(self) -> str:
        """What one of its groups is called, in the reader's language."""
        return text.either(self, "noun")

    @property
    def nouns(self) -> str:
        """What several of its groups are called, in the reader's language."""
        return text.either(self, "nouns")

    @property
    def heading(self) -> str:
        """The noun with a capital: the heading of a column, a field or a page."""
        return self.noun[:1].upper() + self.noun[1:]


DISTRICTS = Grouping("district", "Huyện, thành phố", "Districts", "huyện", "district", "huyện", "districts")
RESERVED = (DISTRICTS.id, NONE)


def load(folder: Path = DATA / "units") -> pd.DataFrame:
    """Return the groupings that the data names, the preferred ones first. Columns: GROUPING_COLUMNS."""
    return tables.read_optional(folder / "groupings.csv", GROUPING_COLUMNS)


def load_groups(folder: Path = DATA / "units") -> pd.DataFrame:
    """Return their groups, a row for each unit of each group. Columns: GROUP_COLUMNS."""
    return tables.read_optional(folder / "groups.csv", GROUP_COLUMNS)


def on(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the rows of either table that are in force on a day (ISO text); an empty bound is none."""
    return rows[(rows["valid_from"] <= day) & ((rows["valid_to"] == "") | (rows["valid_to"] >= day))]


def named(rows: pd.DataFrame) -> list[Grouping]:
    """Return the rows of `load` as groupings."""
    return [
        Grouping(
            row["grouping"],
            *(row["name_vi"], row["name_en"], row["noun_vi"], row["noun_en"], row["noun_vi"], row["nouns_en"]),
        )
        for row in rows.to_dict("records")
    ]
