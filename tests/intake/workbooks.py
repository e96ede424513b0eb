"""Real workbooks, made and read: what was read of them, in short."""

from functools import cache

from ntm.intake import reading, sheets
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Sheet
from ntm.reference import Reference
from tests.intake import odd
from tests.intake.odd import Cells

PERIOD = "2024-12-31"
ASKED = Asked("assessments", PERIOD)
GIANG, LU = "03418", "03412"  # Bản Giang, Bình Lư


def read(
    facts: Reference, *rows: list[object], asked: Asked = ASKED, merged: tuple[str, ...] = (), name: str = "S"
) -> Reading:
    """Read a workbook of one sheet."""
    return read_all(facts, (name, rows), asked=asked, merged=merged)


def read_all(
    facts: Reference, *of_sheets: tuple[str, Cells], asked: Asked = ASKED, merged: tuple[str, ...] = ()
) -> Reading:
    """Read a workbook; `merged`: areas of its first sheet."""
    cells = tuple((name, tuple(map(tuple, rows))) for name, rows in of_sheets)
    return reading.read(list(_sheets(cells, merged)), asked, facts)


@cache
def _sheets(of_sheets: tuple[tuple[str, Cells], ...], merged: tuple[str, ...]) -> list[Sheet]:
    """Make and read a workbook once, whatever is asked of it."""
    return sheets.read(odd.xlsx(*of_sheets, merged=merged))


def columns(found: Reading, *names: str) -> list[tuple[str, ...]]:
    """Return columns of the facts, row by row; the file must have no fault."""
    assert found.faults.empty, found.faults.to_string()
    return list(found.rows[list(names)].itertuples(index=False, name=None))


def answers(found: Reading) -> dict[tuple[str, str], str]:
    """Return (unit, criterion) → answer; the file must have no fault."""
    return {(unit, criterion): met for unit, criterion, met in columns(found, "unit_code", "criterion", "met")}


def left_out(found: Reading) -> dict[str, str]:
    """Return cell → why it was not read."""
    return dict(zip(found.left_out["cell"], found.left_out["reason"], strict=True))
