"""Repeated rows: several lines of one unit, told apart by a column ("Kế hoạch", "Thực hiện"; "Năm 2023", "Năm 2024").

One line of each unit is read. A line of a plan is no result; of several that are left the person chooses.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ntm import text
from ntm.intake import headings, periods
from ntm.intake.asked import Asked
from ntm.intake.headings import ORDINAL, UNIT_ROLES
from ntm.intake.layout import Layout
from ntm.intake.undecided import LINE, Undecided
from ntm.text import _, mark

LONGEST = 60  # signs: what is longer is no name of a line
PLANNED = mark("dòng kế hoạch hoặc ước, không phải kết quả")
MEASURED = mark("dòng số liệu của chỉ tiêu, chưa lưu được")
OTHER = mark("dòng khác của cùng đơn vị, không phải dòng được chọn hoặc kỳ được chọn")
Rows = Mapping[int, Sequence[str]]  # row → its cells


@dataclass(frozen=True)
class Line:
    """One of the lines of a unit: its row, the words that name it, and what it is of (unit, and perhaps criterion)."""

    row: int
    words: str
    of: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether the words say a plan, a period, a result or a figure."""
        return self.is_plan or bool(self.words and not periods.cut(self.words)[0]) or self.is_result

    @property
    def is_result(self) -> bool:
        """Whether it is of a result, a judgement or a figure."""
        return headings.says_result(self.words) or headings.is_measure(self.words)

    @property
    def is_plan(self) -> bool:
        """Whether it is of a plan or an estimate."""
        return headings.says_plan(self.words)


def told_apart(layout: Layout, rows: Rows, asked: Asked) -> Layout:
    """Return the layout with the rows that are not read, and why. `rows`: those of units. Raises Undecided."""
    for column in _columns(layout):
        lines = [Line(row, _word(cells, column), _of(layout, cells)) for row, cells in rows.items()]
        if _are_lines(lines):
            others = _others(lines, layout, asked)
            return replace(layout, line_column=column, other_lines=tuple(sorted(others.items())))
    return layout


def _word(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _columns(layout: Layout) -> list[int]:
    """The columns that may name lines: what is no fact and no plan, and names neither a unit nor a criterion."""
    used = {column for block in layout.blocks() for column in layout.used(block)}
    used |= {column for column, role in enumerate(layout.roles) if role in (ORDINAL, *UNIT_ROLES)}
    used |= {column for column, reason in enumerate(layout.reasons) if reason == headings.PLANNED}
    return [column for column in range(len(layout.roles)) if column not in used]


def _of(layout: Layout, cells: Sequence[str]) -> tuple[str, ...]:
    in_rows = [column for column, role in enumerate(layout.roles) if role == "criterion"]
    criteria = [] if layout.criteria() else in_rows
    return (*layout.unit_words(cells), *(_word(cells, column) for column in criteria))


def _are_lines(lines: Sequence[Line]) -> bool:
    """Whether a column names lines: all of it says plans, results or periods, or the same words for several units."""
    if not lines or any(not line.words or len(line.words) > LONGEST for line in lines):
        return False
    of = Counter(line.of for line in lines)
    is_repeated = max(of.values()) > 1
    is_told_apart = len({(line.of, line.words) for line in lines}) == len(lines)
    if all(line.is_known for line in lines):
        return (is_repeated and is_told_apart) or any(line.is_plan for line in lines)
    return is_repeated and is_told_apart and min(Counter(line.words for line in lines).values()) > 1


def _others(lines: Sequence[Line], layout: Layout, asked: Asked) -> dict[int, str]:
    """The rows that are not read → why. Raises Undecided if several lines of one unit are left."""
    period = layout.period or asked.period
    told = {line: periods.of_group(line.words, period) for line in lines}
    others = {line.row: PLANNED for line in lines if line.is_plan}
    others |= {line.row: OTHER for line in lines if line.row not in others and told[line] not in ("", period)}
    rest = [line for line in lines if line.row not in others]
    weaker = _weaker(rest)
    others |= dict.fromkeys(weaker, MEASURED)
    rest = [line for line in rest if line.row not in weaker]
    if max(Counter(line.of for line in rest).values(), default=0) > 1:
        chosen = _chosen(list(dict.fromkeys(line.words for line in rest)), asked)
        others |= {line.row: OTHER for line in rest if line.words != chosen}
    return others


def _weaker(lines: Sequence[Line]) -> set[int]:
    """The rows of figures of which a judgement stands in another line."""
    highest: dict[tuple[str, ...], int] = {}
    for line in lines:
        highest[line.of] = max(_strength(line), highest.get(line.of, 0))
    return {line.row for line in lines if _strength(line) < highest[line.of]}


def _strength(line: Line) -> int:
    return 0 if headings.is_measure(line.words) else headings.strength(line.words)


def _chosen(words: Sequence[str], asked: Asked) -> str:
    answer = text.letters(asked.answer(LINE))
    chosen = [choice for choice in words if text.letters(choice) == answer]
    if len(chosen) != 1:
        question = _("Mỗi đơn vị có nhiều dòng.")
        raise Undecided(LINE, question, {choice: _("dòng “{line}”", line=choice) for choice in words})
    return chosen[0]
