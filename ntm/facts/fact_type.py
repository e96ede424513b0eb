"""Types of facts: one object that says everything that the store, the intake, previews and pages ask of a type.

A right is not among it: it is asked of the units that the facts are about (see ntm.rights). A type whose facts are
about the province is therefore for those alone who may change the whole province's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Column, Date, Integer, String, Table
from sqlalchemy.types import TypeEngine

from ntm import schema
from ntm.reference import Reference
from ntm.text import mark
from ntm.world import OFFICIAL

Check = Callable[[pd.DataFrame, Reference], pd.DataFrame]


@dataclass(frozen=True)
class Field:
    """A column that an office's file may have.

    `name`: of the table's column, or "district", which leads to a unit; `heading`: in templates, Vietnamese in every
    language, and translated on pages; `choices`: the words that a template offers; `default`: what is meant where the
    file does not say; `in_template`: whether a template has it.
    """

    name: str
    heading: str
    choices: tuple[str, ...] = ()
    default: str = ""
    in_template: bool = True


@dataclass(frozen=True)
class Form:
    """How an office's file holds facts of a type.

    `title`: of a template; `value`: the field without which a row holds no fact; `of_period`: whether every fact
    belongs to a period; `level`: of the units that a file can name ("" for all); `by_criterion`: whether each criterion
    of a set may have a column, and the set says which units there are; `may_be_complete`: whether a file may be said to
    be the complete list; `complete`: adds to a row's facts what follows from them; `hints`: lines of a template's
    instructions. A form without fields is a workbook of several sheets, which modules of its own read and make (see
    intake.forms).
    """

    title: str
    fields: tuple[Field, ...] = ()
    value: str = ""
    of_period: bool = False
    level: str = ""
    by_criterion: bool = False
    may_be_complete: bool = False
    complete: Callable[[dict[str, str]], dict[str, str]] = dict
    hints: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True)
class FactType:
    """A type of facts.

    `place`: where it stands among the others in lists; `title`: in words; `check`: takes rows as words, returns them
    typed, raises rules.Faults with all faults at once; `form`: how files hold it (None: no file does); `dated_by`: the
    column with the day that a fact speaks of, if it is compared with others of its time alone; `unit_dated_by`: the
    column with the day on which its unit's code is meant, if it holds as long as the unit exists; `whole`: columns that
    name what a revision states as a whole, so that what an earlier one said of it counts no more (none: each cell is
    stated by itself); `published_as`: the kind of a revision that an office publishes; `exported_as`: what its
    table is called in exports and on the web, if that is not its name.
    """

    place: int
    table: Table
    title: str
    check: Check
    form: Form | None = None
    dated_by: str = ""
    unit_dated_by: str = ""
    whole: tuple[str, ...] = ()
    published_as: str = OFFICIAL
    exported_as: str = ""

    @property
    def name(self) -> str:
        """Its name: that of its table."""
        return self.table.name

    @property
    def key(self) -> list[str]:
        """The columns that name one cell."""
        return schema.key(self.table)

    @property
    def columns(self) -> list[str]:
        """The table's columns less the revision."""
        return schema.columns(self.table)

    @property
    def opens_periods(self) -> bool:
        """Whether its facts bring a period to the list of those that readers may choose."""
        return self.is_of("period", Date)

    @property
    def day_column(self) -> str:
        """The column with the day on which a fact means its unit; "" if it names none."""
        return self.dated_by or self.unit_dated_by

    def is_of(self, name: str, column_type: type[TypeEngine[Any]]) -> bool:
        """Return whether the table has a column of a type."""
        return name in self.table.c and isinstance(self.table.c[name].type, column_type)

    def is_whole_number(self, name: str) -> bool:
        """Return whether a column holds whole numbers."""
        return self.is_of(name, Integer)


DOCUMENT = Field("document", mark("Văn bản, nguồn"))
REMARK = Field("remark", mark("Ghi chú"))  # of a row; a revision has a note
BESIDE = (DOCUMENT.name, REMARK.name)  # they accompany a fact and are none themselves


def text_column(name: str) -> Column[Any]:
    """Return a column of words that a row may lack, as DOCUMENT and REMARK are."""
    return Column(name, String)


def table(name: str, *columns: Any) -> Table:
    """Return the database's table of a type of facts: `columns` after the revision; each names a cell or a value."""
    revision: Column[Any] = schema.revision_column()
    return Table(name, schema.metadata, revision, *columns)
