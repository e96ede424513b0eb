"""Grids: a sheet while it is drawn, and what was put into it."""

from dataclasses import dataclass, field

Spot = tuple[int, int]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row and column, last row and column


@dataclass(frozen=True)
class Percent:
    """A number that is shown as a percentage: 1 is 100%."""

    value: float


@dataclass(frozen=True)
class Formula:
    """A formula, and what it shows."""

    words: str
    shown: str


Value = str | int | float | bool | Percent | Formula | None


def shown(value: Value) -> str:
    """Return what a person sees in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Percent):
        return f"{value.value:.0%}"
    return value.shown if isinstance(value, Formula) else str(value)


@dataclass(frozen=True)
class Said:
    """A fact that a cell says. `met`: "1", "0", or "?" for words that say neither: these must be told."""

    unit: str
    criterion: int
    met: str
    period: str
    criteria_set: str


@dataclass
class Grid:
    """A sheet. `said`: the facts by their cells; `naming`: the cells that name what a fact is of, by its cell;
    `unread`: cells that hold words and are no facts, so that they must be told.
    """

    name: str
    cells: list[list[Value]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    said: dict[Spot, Said] = field(default_factory=dict)
    naming: dict[Spot, set[Spot]] = field(default_factory=dict)
    unread: set[Spot] = field(default_factory=set)
    needs_merges: bool = False  # merged cells name units or hold answers, so that no CSV can say it

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.cells)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.cells), default=0)

    def put(self, row: int, column: int, value: Value) -> None:
        """Write a value into a cell."""
        while len(self.cells) <= row:
            self.cells.append([])
        line = self.cells[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = value

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge an area of several cells."""
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def value(self, row: int, column: int) -> Value:
        """Return a cell's value."""
        line = self.cells[row] if row < len(self.cells) else []
        return line[column] if column < len(line) else None

    def anchor(self, spot: Spot) -> Spot:
        """Return the cell that a person sees at a spot: the first one of a merged area."""
        row, column = spot
        areas = (area for area in self.merged if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        return next(((top, left) for top, left, _bottom, _right in areas), spot)

    def picture(self) -> str:
        """Return the grid as lines of words, to be read in a failing test."""
        lines = [" | ".join(shown(value).replace("\n", "/") for value in line) for line in self.cells]
        return "\n".join([f"[{self.name}] merged: {self.merged}, hidden: {sorted(self.hidden_rows)}", *lines])
