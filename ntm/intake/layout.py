"""Layouts: what each column of a sheet means. Understood from its headings; a person may correct it.

A column's role is a name of FORMS (or "district", "name", which lead to a unit), "criterion:10" for a column of answers
to one criterion, or "" for one that is left alone.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd

from ntm import assessments, checks, published, recognitions, text, villages
from ntm.intake import answers
from ntm.intake.sheets import Sheet
from ntm.paths import DATA
from ntm.text import mark

HEADINGS = DATA / "intake" / "headings.toml"
FORMS = {  # a table of facts → the columns of a row of it that a file may hold
    "assessments": ["period", "criteria_set", "district_code", "criterion", "met"],
    "recognitions": [*recognitions.COLUMNS[1:], "revoked_on"],
    "villages": villages.COLUMNS,
    "figures": published.COLUMNS,
}
FORM_NAMES = {
    "assessments": mark("Kết quả theo tiêu chí"),
    "recognitions": mark("Công nhận và thu hồi"),
    "villages": mark("Thôn, bản"),
    "figures": mark("Số liệu đã công bố, để đối chiếu"),
}
PUBLISHED_AS = dict.fromkeys(FORMS, "official") | {"figures": "published"}  # the kind of a revision
KEYS = {"assessments": assessments.KEY, "recognitions": recognitions.KEY, "villages": villages.KEY}
KEYS |= {"figures": published.KEY}
UNIT_ROLES = ("code", "name", "district")
CRITERION = "criterion:"
SEARCHED_ROWS = 30  # in which the headings must stand
HIGHEST = 2  # rows of headings above the last one: "Tiêu chí" over the numbers
_NUMBER = re.compile(r"(?:tc|tieu chi|tieu chi so|criterion)?\s*(\d{1,2})(?:\s*[.:)\-–].*)?")


@dataclass(frozen=True)
class Layout:
    """How a sheet is read: the row of headings, the role of each column, and what stands above them of all rows."""

    form: str
    heading_row: int
    headings: tuple[str, ...]
    roles: tuple[str, ...]
    period: str = ""
    district: str = ""

    def column(self, role: str) -> int | None:
        """Return which column has a role; None where none has."""
        return self.roles.index(role) if role in self.roles else None

    def criteria(self) -> dict[int, int]:
        """Return the columns of answers: column → criterion."""
        return {
            column: int(role.removeprefix(CRITERION))
            for column, role in enumerate(self.roles)
            if role.startswith(CRITERION)
        }

    def corrected(self, roles: Mapping[int, str]) -> "Layout":
        """Return the layout with some columns' roles changed."""
        return replace(self, roles=tuple(roles.get(column, role) for column, role in enumerate(self.roles)))

    @property
    def is_usable(self) -> bool:
        """Whether it says which unit a row is of, and holds at least one answer or fact."""
        unit = self.column("code") is not None or self.column("name") is not None
        facts = set(FORMS[self.form]) - {"period", "criteria_set", "district_code"}
        return unit and (bool(self.criteria()) or bool(facts & set(self.roles)))


@cache
def _spellings() -> dict[str, str]:
    """A heading's letters → its role."""
    roles = tomllib.loads(HEADINGS.read_text("utf-8"))
    return {text.letters(words): role for role, spellings in roles.items() for words in spellings}


def understand(sheet: Sheet, form: str, criteria: pd.DataFrame, districts: pd.DataFrame) -> Layout | None:
    """Return how a sheet is to be read as a form (a key of FORMS); None where no row looks like headings.

    `criteria`: of criteria.of_set, indexed by number; `districts`: indexed by code, with name. A sheet may bear the
    name of its district.
    """
    numbers = {text.letters(name): number for number, name in criteria["name_vi"].items()}
    best: Layout | None = None
    for row in range(min(SEARCHED_ROWS, len(sheet.cells))):
        headings = _headings(sheet, row)
        roles = _roles(headings, form, numbers)
        found = Layout(form, row, headings, roles)
        if found.is_usable and (best is None or _weight(found) > _weight(best)):
            best = found
    return _with_surroundings(best, sheet, districts) if best else None


def _weight(layout: Layout) -> int:
    return sum(role != "" for role in layout.roles)


def _headings(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The words at the head of each column: of this row, or, where a cell is merged over several rows, above it."""
    width = max(len(cells) for cells in sheet.cells)
    above = [sheet.cells[number] for number in range(row, max(row - HIGHEST - 1, -1), -1)]
    return tuple(
        next((cells[column] for cells in above if column < len(cells) and cells[column]), "") for column in range(width)
    )


def _roles(headings: tuple[str, ...], form: str, numbers: Mapping[str, int]) -> tuple[str, ...]:
    taken: set[str] = set()
    roles = []
    for heading in headings:
        role = _role(heading, form, numbers)
        if role in taken:
            role = ""
        taken.add(role)
        roles.append(role)
    return tuple(roles)


def _role(heading: str, form: str, numbers: Mapping[str, int]) -> str:
    letters = text.letters(heading)
    if not letters:
        return ""
    role = _spellings().get(letters, "")
    if role in FORMS[form] or role in UNIT_ROLES:
        return role
    if form != "assessments":
        return ""
    if letters in numbers:
        return f"{CRITERION}{numbers[letters]}"
    numbered = _NUMBER.fullmatch(text.plain(heading))
    known = numbered and int(numbered[1]) in numbers.values()
    return f"{CRITERION}{int(numbered[1])}" if numbered and known else ""


def _with_surroundings(layout: Layout, sheet: Sheet, districts: pd.DataFrame) -> Layout:
    above = " ".join(cell for row in sheet.cells[: layout.heading_row] for cell in row if cell)
    period = next(filter(checks.is_month_end, answers.days(above)), "")  # another day is that of a signature
    names = {text.letters(name): code for code, name in districts["name"].items()}
    named = text.letters(sheet.name).removeprefix("huyen").removeprefix("thanhpho")
    return replace(layout, period=period, district=names.get(named, ""))
