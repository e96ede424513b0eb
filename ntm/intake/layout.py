"""Layouts: what each column of a sheet means. Understood from its headings; a person may correct it.

A column's role is the name of a field of the form (or "code", "name", "district", which lead to a unit), "criterion:10"
for a column of answers to one criterion, or "" for one that is left alone; then the reason is told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ntm.facts import FORMS
from ntm.facts.fact_type import BESIDE
from ntm.intake import headings
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.headings import (
    CRITERION,
    MEASURED,
    NOT_COMPARED,
    ORDINAL,
    PART,
    PLANNED,
    REQUIRED,
    TOTAL,
    TWICE_DENIED,
    UNIT_ROLES,
    UNKNOWN,
    Heading,
)
from ntm.intake.sheets import Sheet
from ntm.text import mark

OF_ALL_ROWS = {"period", "criteria_set", "district_code", "criterion", *BESIDE}  # what is no fact by itself
ABOUT_CRITERIA = {
    PART,
    PLANNED,
    REQUIRED,
    MEASURED,
    TWICE_DENIED,
}  # no answers, but headings
SEARCHED_ROWS = 30  # in which the headings must stand
NO_CODE = mark("mã ở đây không phải mã của đơn vị; tên đã quyết định")


@dataclass(frozen=True)
class Block:
    """Columns that speak of one unit in each row: those that name it, and those with facts.

    `strand`: the standard or criteria set that the facts are of, if the columns name several; `columns`: all of them.
    """

    code: int | None
    names: tuple[int, ...]
    district: int | None
    facts: tuple[int, ...]
    columns: range
    strand: str = ""


@dataclass(frozen=True)
class Layout:
    """How a sheet is read: the row of headings, the role of each column, and what is said above them of all rows.

    `groups`: the words over each column's heading, with those of its own that say a period; `owns`: its own words, if
    they are not the criterion's; `strengths`: how surely it is the answer (headings.JUDGED …); `turned`: the columns in
    which a mark says not met; `reasons`: why a column is left alone; `unit`: the code of the unit that the whole table
    is about; `level`: of the units that rows name ("" for all); `name`: what the table is called; `criteria_set`: that
    its answers are of; `standard`: that its recognitions are of, where no column says it; `revoked`: whether it lists
    revocations; `strands`: the standard or criteria set that each column is of, if they name several; `line_column`:
    what names the lines of a unit; `other_lines`: those that are not read, with why (see repeated).
    """

    form: str
    heading_row: int
    headings: tuple[str, ...]
    roles: tuple[str, ...]
    period: str = ""
    district: str = ""
    unit: str = ""
    groups: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    strengths: tuple[int, ...] = ()
    turned: frozenset[int] = frozenset()
    level: str = ""
    line_column: int | None = None
    other_lines: tuple[tuple[int, str], ...] = ()
    reasons: tuple[str, ...] = ()
    name: str = ""
    criteria_set: str = ""
    standard: str = ""
    revoked: bool = False
    strands: tuple[str, ...] = ()

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
        changed = tuple(roles.get(column, role) for column, role in enumerate(self.roles))
        same = frozenset(column for column in self.turned if changed[column] == self.roles[column])
        return replace(self, roles=changed, turned=same)

    def reason(self, column: int) -> str:
        """Return why a column is left alone."""
        if column == self.column("code"):
            return NO_CODE
        if column < len(self.roles) and self.roles[column] == TOTAL:
            return NOT_COMPARED
        return self.reasons[column] if column < len(self.reasons) and self.reasons[column] else UNKNOWN

    def is_fact(self, column: int) -> bool:
        """Return whether a column holds facts, and not what names the unit, its number or a sum."""
        return self.roles[column] not in ("", ORDINAL, TOTAL, *UNIT_ROLES)

    def is_about_facts(self, column: int) -> bool:
        """Return whether a column holds facts, or what was planned, required or measured of them."""
        return self.is_fact(column) or self.reasons[column] in ABOUT_CRITERIA

    def is_of_some_columns(self, words: str) -> bool:
        """Return whether words stand over some of the columns of facts, and not over all: a group, and no title."""
        facts = list(filter(self.is_about_facts, range(len(self.roles))))
        under = [column for column in facts if words in self.groups[column].split(" › ")]
        return 0 < len(under) < len(facts)

    def is_answer(self, column: int) -> bool:
        """Return whether a column holds what is said of a unit, and not of which period, set or criterion."""
        return self.is_fact(column) and self.roles[column] not in OF_ALL_ROWS

    def blocks(self) -> list[Block]:
        """Return the blocks: a new one begins where columns name a unit again, after columns of facts."""
        starts = [0]
        for column, role in enumerate(self.roles):
            if role in ("code", "name") and any(map(self.is_answer, range(starts[-1], column))):
                starts.append(self._first_that_names(column))
        ends = [*starts[1:], len(self.roles)]
        return [
            block for start, end in zip(starts, ends, strict=True) for block in self._strands(self._block(start, end))
        ]

    def used(self, block: Block) -> list[int]:
        """Return the columns of facts that rows are read from: no column of results if each criterion has one."""
        wide = set(self.criteria()) & set(block.facts)
        return [column for column in block.facts if not wide or self.roles[column] not in ("criterion", "met")]

    def unit_words(self, cells: Sequence[str]) -> list[str]:
        """Return the words of a row that may name units."""
        columns = [column for block in self.blocks() for column in (block.code, *block.names) if column is not None]
        return [cells[column] for column in columns if column < len(cells) and cells[column]]

    def _first_that_names(self, column: int) -> int:
        """The first of the columns next to each other that name a unit, up to one of them."""
        while self.roles[column - 1] in (ORDINAL, *UNIT_ROLES):
            column -= 1
        return column

    def _strands(self, block: Block) -> list[Block]:
        """A block once for each strand that its columns of facts name."""
        named = list(dict.fromkeys(self.strands[column] for column in block.facts if self.strands[column:]))
        strands = [strand for strand in named if strand]
        if not strands:
            return [block]
        return [
            replace(block, strand=strand, facts=tuple(at for at in block.facts if self.strands[at] in ("", strand)))
            for strand in strands
        ]

    def _block(self, start: int, end: int) -> Block:
        columns = range(start, end)
        of = {role: tuple(column for column in columns if self.roles[column] == role) for role in UNIT_ROLES}
        names = of["name"]
        if not names and self.level == "district":  # the units themselves stand under "Huyện"
            names, of["district"] = of["district"], ()
        district = next(iter(of["district"]), names[0] if len(names) > 1 else None)
        return Block(
            next(iter(of["code"]), None),
            names[1:] if len(names) > 1 else names,
            district,
            tuple(filter(self.is_fact, columns)),
            columns,
        )

    @property
    def is_usable(self) -> bool:
        """Whether it says which unit a row is of, and holds at least one answer or fact."""
        return self.names_units and self._holds_facts

    @property
    def is_of_one_unit(self) -> bool:
        """Whether it has criteria in rows and names no unit: the form of one unit, which its title names."""
        return not self.names_units and self.column("criterion") is not None and self.column("met") is not None

    @property
    def names_units(self) -> bool:
        """Whether any column names units."""
        block = self.blocks()[0]
        return block.code is not None or bool(block.names)

    @property
    def _holds_facts(self) -> bool:
        if FORMS[self.form].by_criterion:
            by_row = self.column("criterion") is not None and self.column("met") is not None
            return bool(self.criteria()) or by_row or bool(ABOUT_CRITERIA & set(self.reasons))
        facts = set(FORMS[self.form].names) - {*OF_ALL_ROWS, *UNIT_ROLES}
        return bool(facts & set(self.roles))


def understand(
    sheet: Sheet, cells: Sequence[Sequence[str]], form: str, names: CriteriaNames, level: str
) -> Layout | None:
    """Return how a sheet is to be read as a form (a name of facts.FORMS); None where no row looks like headings.

    `cells`: the sheet's, with merged areas filled in; `level`: of the units that it can name ("" for all).
    """
    width = max(map(len, cells))
    found = (
        _layout(form, row, headings.read(cells, row, width, sheet.merged_rows), names, level)
        for row in [number for number, words in enumerate(cells) if any(words)][:SEARCHED_ROWS]
    )
    usable = {layout.heading_row: layout for layout in found if layout is not None}
    best = max(usable.values(), key=_weight, default=None)
    while best and best.heading_row + 1 in usable and _weight(usable[best.heading_row + 1]) >= _weight(best):
        best = usable[best.heading_row + 1]  # names of criteria, and their numbers below
    while best and _goes_on(best, cells) and (below := usable.get(best.heading_row + 1)):
        best = below
    return best


def _goes_on(layout: Layout, cells: Sequence[Sequence[str]]) -> bool:
    """Whether the row below the headings tells columns of facts apart ("Kế hoạch | Thực hiện") and names no unit."""
    row = dict(enumerate(cells[layout.heading_row + 1])) if layout.heading_row + 1 < len(cells) else {}
    of_units = [column for column, role in enumerate(layout.roles) if role in (ORDINAL, *UNIT_ROLES)]
    words = [word for column, word in row.items() if word and column not in of_units and layout.is_about_facts(column)]
    return (
        all(row.get(column, "") in ("", layout.headings[column]) for column in of_units)
        and not all(map(headings.is_mark, words))
        and all(map(headings.may_be_heading, words))
    )


def _weight(layout: Layout) -> tuple[bool, int]:
    known = sum(role != "" or reason == PART for role, reason in zip(layout.roles, layout.reasons, strict=True))
    return layout.is_usable, known


def _layout(form: str, row: int, over: Sequence[Heading], names: CriteriaNames, level: str) -> Layout | None:
    """How a sheet is read if a row is the last one of headings; None if it is not, as a row that has a number."""
    if any(headings.is_ordinal(above) for heading in over for above in heading.above):
        return None
    meanings = [headings.meaning(heading, form, names) for heading in over]
    if not _are_pairs(meanings):
        return None
    layout = Layout(
        form=form,
        heading_row=row,
        headings=tuple(heading.own for heading in over),
        roles=tuple(_first_of_each_block(_of_level([meaning.role for meaning in meanings], level))),
        level=level,
        groups=tuple(headings.group(heading, own, names) for heading, own in zip(over, meanings, strict=True)),
        owns=tuple(meaning.own for meaning in meanings),
        strengths=tuple(meaning.strength for meaning in meanings),
        turned=frozenset(column for column, meaning in enumerate(meanings) if meaning.turned),
        reasons=tuple(meaning.reason for meaning in meanings),
    )
    return layout if layout.is_usable or layout.is_of_one_unit else None


def _are_pairs(meanings: Sequence[headings.Meaning]) -> bool:
    """Whether all short headings ("Đ", "CĐ") are in pairs: else they are the marks of a row."""
    short = {(meaning.role, meaning.turned) for meaning in meanings if meaning.is_short}
    return all((role, not turned) in short for role, turned in short)


def _first_of_each_block(roles: Iterable[str]) -> Iterator[str]:
    """The roles; of two columns with a district's name or a unit's code in one block the second one is left alone."""
    seen: set[str] = set()
    for role in roles:
        if role in (ORDINAL, *UNIT_ROLES) and any(known not in (*UNIT_ROLES, ORDINAL) for known in seen):
            seen = set()
        if role in ("code", "district", ORDINAL) and role in seen:
            yield ""
            continue
        seen |= {role} - {""}
        yield role


def _of_level(roles: Sequence[str], level: str) -> Iterator[str]:
    """The roles; where districts are the units, what names a district names the unit."""
    unit = {"district_code": "code", "district": "name"} if level == "district" else {}
    for role in roles:
        yield unit[role] if role in unit and unit[role] not in roles else role


def left_alone(layout: Layout, columns: Collection[int], reason: str) -> Layout:
    """Return the layout with some columns left alone, and why."""
    count = len(layout.roles)
    return replace(
        layout,
        roles=tuple("" if column in columns else layout.roles[column] for column in range(count)),
        reasons=tuple(reason if column in columns else layout.reasons[column] for column in range(count)),
    )
