"""Tables: a sheet may hold several, one below the other. Each is read as a sheet of its own, at its own cells.

A table begins at its headings, with the title above them. Below a caption that says what its rows are of ("II. XÃ NÔNG
THÔN MỚI NÂNG CAO", "Năm 2023") the same headings begin another table. A caption that is numbered like such a one, and
not understood, begins a table that is not read, but told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

from ntm import text
from ntm.apart import Refused
from ntm.intake import head, titles
from ntm.intake.asked import Asked
from ntm.intake.lines import Lines
from ntm.intake.sheets import Sheet, filled
from ntm.intake.titles import Titles
from ntm.intake.units import Units
from ntm.text import _

MOST_TABLES = 150  # of a sheet: a commune each, and some more
TITLE_ROWS = 10  # in which titles are sought if there are no headings


@dataclass(frozen=True)
class Table(Sheet):
    """A sheet of which only one table's cells are left, at their places. `titles`: the words over it; `first`: its
    first row; `is_headed`: whether it has headings; `is_one_of_several`: whether the sheet holds others; `unclear`: the
    caption that is not understood, so that the table is not read; `caption_rows`: those of its captions.
    """

    titles: Titles = field(default_factory=Titles)
    first: int = 0
    is_headed: bool = False
    is_one_of_several: bool = False
    unclear: str = ""
    caption_rows: frozenset[int] = frozenset()

    @property
    def title(self) -> str:
        """What the table is called to the reader: its sheet, and its rows if the sheet holds others."""
        if not self.is_one_of_several:
            return self.name
        rows = _("dòng {first}–{last}", first=self.first + 1, last=len(self.cells))
        return f"{self.name}, {rows}" if self.name else rows


@dataclass
class _Part:
    """Rows of a sheet that make a table. `heading`: the first row of its headings that names units; `top`: the first
    one of the headings; `first`: its own first row; `below`: the first row below the headings; `shared`: rows above it
    that are its title and headings too; `captions`: the nearest first; `has_rows`: whether it has rows of units.
    """

    heading: int
    top: int
    first: int
    below: int = 0
    shared: range = range(0)
    captions: tuple[str, ...] = ()
    unclear: str = ""
    has_rows: bool = False
    caption_rows: frozenset[int] = frozenset()


def of_sheets(sheets: Sequence[Sheet], asked: Asked, units: Units) -> list[Table]:
    """Return the tables of all sheets, in order; a sheet without headings is one.

    `units`: of the day, by which rows are known from captions. Raises Refused if a sheet has too many tables.
    """
    return [table for sheet in sheets for table in _tables(sheet, _parts(sheet, Lines(filled(sheet), asked, units)))]


def _parts(sheet: Sheet, lines: Lines) -> list[_Part]:
    """The parts of a sheet, found row by row from the top."""
    parts: list[_Part] = []
    for row in lines.filled:
        part = parts[-1] if parts else None
        if lines.is_heading(row):
            _begin(parts, part, row, lines)
        elif part is not None:
            part.below = part.below or row
            if not (caption := lines.caption(row, part.heading)) or not _go_on(parts, part, row, caption, lines):
                part.has_rows = part.has_rows or lines.is_row(row)
    if len(parts) > 1 and parts[-1].shared and not parts[-1].has_rows:
        parts.pop()  # a caption with nothing below it is the foot of the table
    if len(parts) > MOST_TABLES:
        raise Refused(
            _(
                "Sheet “{sheet}” có hơn {allowed} bảng. Hãy chia mỗi bảng một sheet, hoặc chia nhỏ tệp.",
                sheet=sheet.name,
                allowed=text.number(MOST_TABLES),
            )
        )
    return parts


def _begin(parts: list[_Part], part: _Part | None, row: int, lines: Lines) -> None:
    """Begin a table at a row of headings, unless it is a further one, or a repeated one, of the same table."""
    if part is None:
        parts.append(_Part(row, lines.top_of_headings(row, 0), 0))
        return
    if lines.words[row] == lines.words[part.heading] or not (part.has_rows or part.shared):
        return
    if part.shared and not part.has_rows:
        part = parts[-2]
        parts.pop()  # its caption is the title of this table
    top = lines.top_of_headings(row, part.below)
    parts.append(_Part(row, top, lines.top_of_title(top, part.below)))


def _go_on(parts: list[_Part], part: _Part, row: int, caption: str, lines: Lines) -> bool:
    """Take a caption for what it says of the rows below it; return whether it says, or should say, anything."""
    says, kind = lines.says_something(caption, part.heading), titles.numbering(caption)
    kinds = [titles.numbering(other) for other in part.captions]
    if not says and (not kind or kind not in kinds):
        return False
    outer = part.captions[kinds.index(kind) + 1 :] if kind in kinds else part.captions
    captions, unclear = ((caption, *outer), "") if says else (outer, caption)
    if part.has_rows or part.unclear:
        shared = part.shared or range(part.first if len(parts) > 1 else 0, part.below)
        part = _Part(part.heading, part.top, row, row, shared)
        parts.append(part)
    part.captions, part.unclear = captions, unclear
    part.caption_rows |= {row}
    return True


def _tables(sheet: Sheet, parts: Sequence[_Part]) -> Iterator[Table]:
    cells = filled(sheet)
    if not parts:
        yield _table(sheet, range(len(cells)), range(0), titles=Titles(above=(*_lines(cells[:TITLE_ROWS]), sheet.name)))
        return
    above, own = _above(_lines(cells[: parts[0].top]))
    several = len(parts) > 1
    ends = [*(part.first for part in parts[1:]), len(cells)]
    near: tuple[str, ...] = own
    for part, end in zip(parts, ends, strict=True):
        if part is not parts[0] and not part.shared:
            near = _lines(cells[part.first : part.top])
        over = Titles(part.captions, near if several else (), (*above, *(() if several else own), sheet.name))
        yield _table(
            sheet,
            range(part.first, end),
            part.shared,
            titles=over,
            is_headed=True,
            is_one_of_several=several,
            unclear=part.unclear,
            caption_rows=part.caption_rows,
        )


def _above(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words above the first table: those of the sheet, and the numbered ones next to it, which are its own."""
    count = len(lines)
    while count and titles.numbering(lines[count - 1]):
        count -= 1
    return lines[:count], lines[count:]


def _lines(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(head.titles(cells, len(cells)))


def _table(sheet: Sheet, rows: range, shared: range, **of_table: object) -> Table:
    """The sheet with the cells of these rows alone, and of those that they share with another table."""
    cells = [row if number in rows or number in shared else [] for number, row in enumerate(sheet.cells[: rows.stop])]
    of_sheet = {found.name: getattr(sheet, found.name) for found in fields(Sheet)}
    return Table(**(of_sheet | {"cells": cells}), first=rows.start, **of_table)  # type: ignore[arg-type]
