"""Groups of columns: which of several columns that hold the same fact is read. Of two candidates the person chooses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ntm import text
from ntm.facts.fact_type import BESIDE
from ntm.intake import answers, headings, periods
from ntm.intake.asked import Asked
from ntm.intake.headings import MEASURED, UNKNOWN, VAGUE
from ntm.intake.layout import Block, Layout, left_alone
from ntm.intake.sheets import address
from ntm.intake.undecided import GROUP, Undecided
from ntm.text import _, mark

CONTENT = "noidung"
DESCRIPTION = mark("nội dung của tiêu chí")
SECOND = mark("cột thứ hai cùng loại; cột thứ nhất đã được đọc")
OTHER_GROUP = mark("thuộc nhóm cột khác với nhóm được chọn")


def settled(layout: Layout, cells: Sequence[Sequence[str]], asked: Asked) -> Layout:
    """Return the layout with one column for each fact of a row. Raises Undecided if several could be meant.

    `cells`: the sheet's, with merged areas filled in.
    """
    below = cells[layout.heading_row + 1 :]
    layout = _without_parts(_of_the_period(_by_own_name(layout), asked), asked)
    layout = _by_strength(layout, below, asked)
    rivals = {column for block in layout.blocks() for column in _rivals(layout, block)} | _of_periods(layout, asked)
    if not rivals:
        return replace(_first_beside(layout), period=_period_of_groups(layout, asked))
    labels = _labels(layout, sorted(rivals))
    chosen = _chosen(list(dict.fromkeys(labels.values())), asked)
    given_up = {column for column, label in labels.items() if label != chosen}
    layout = _first_beside(left_alone(layout, given_up, OTHER_GROUP))
    return replace(layout, period=periods.of_group(chosen, asked.period) or layout.period)


def _of_the_period(layout: Layout, asked: Asked) -> Layout:
    """Leave alone the columns of groups that say another period, if any group says the one asked for."""
    told = {
        column: periods.of_group(layout.groups[column], asked.period)
        for column in range(len(layout.roles))
        if layout.is_fact(column) and layout.groups[column]
    }
    if not asked.period or asked.period not in told.values():
        return layout
    return left_alone(layout, {column for column, day in told.items() if day not in ("", asked.period)}, OTHER_GROUP)


def _by_own_name(layout: Layout) -> Layout:
    """Where one column names the criterion and another one its content, the name says which criterion it is."""
    named = [column for column, role in enumerate(layout.roles) if role == "criterion"]
    contents = {column for column in named if text.letters(layout.headings[column]) == CONTENT}
    return left_alone(layout, contents, DESCRIPTION) if len(named) > len(contents) else layout


def _without_parts(layout: Layout, asked: Asked) -> Layout:
    """Words that are not understood below a criterion may be its parts: surely if there are several below one."""
    vague = [column for column in layout.criteria() if layout.strengths[column] == VAGUE]
    several = Counter(layout.roles[column] for block in layout.blocks() for column in block.facts if column in vague)
    told = {column: periods.of_group(layout.groups[column], asked.period) for column in layout.criteria()}
    of_period = {column for column, day in told.items() if day in ("", asked.period)}
    known = {layout.roles[column] for column in of_period if column not in vague}
    of_parts = max(several.values(), default=0) > len(layout.blocks())
    return left_alone(layout, {column for column in vague if of_parts or layout.roles[column] in known}, UNKNOWN)


def _by_strength(layout: Layout, rows: Sequence[Sequence[str]], asked: Asked) -> Layout:
    """Of a figure and a mark of one fact in one group ("Kết quả | Đánh giá"), the mark is the answer.

    Where both hold marks that differ, they are rivals.
    """
    for block in layout.blocks():
        claims: dict[tuple[str, str], list[int]] = {}
        for column in layout.used(block):
            claims.setdefault((layout.roles[column], _group(layout, column, asked)), []).append(column)
        for columns in claims.values():
            layout = left_alone(layout, _weaker(layout, columns, rows), MEASURED)
    return layout


def _group(layout: Layout, column: int, asked: Asked) -> str:
    """The words that set a column's group apart from others: not those of the period that was asked for."""
    words = layout.groups[column].split(" › ")
    return " › ".join(
        part for part in words if not asked.period or periods.of_group(part, asked.period) != asked.period
    )


def _weaker(layout: Layout, columns: Sequence[int], rows: Sequence[Sequence[str]]) -> set[int]:
    highest = max(layout.strengths[column] for column in columns)
    strongest = [column for column in columns if layout.strengths[column] == highest]
    return {
        column
        for column in columns
        if layout.strengths[column] < highest and not any(_differ(row, column, strongest) for row in rows)
    }


def _differ(row: Sequence[str], column: int, others: Sequence[int]) -> bool:
    """Whether a row says met in one column and not met in another one, in words and not as 0 or 1."""
    said = {other: row[other] for other in (column, *others) if other < len(row) and not row[other].isdecimal()}
    marks = {other: mark for other, word in said.items() if (mark := answers.met(word)) in ("0", "1")}
    return column in marks and len(set(marks.values())) > 1


def _rivals(layout: Layout, block: Block) -> set[int]:
    """The columns of a block that claim the same fact as another one; "Đạt | Chưa đạt" of a criterion are a pair."""
    used = layout.used(block)
    claims = Counter((layout.roles[column], column in layout.turned) for column in used)
    doubled = {role for (role, _turned), count in claims.items() if count > 1}
    if doubled <= set(BESIDE):
        return set()
    return {column for column in used if layout.roles[column] in doubled}


def _first_beside(layout: Layout) -> Layout:
    """Of several columns with documents or remarks in a block, the first one is read."""
    later = {
        column
        for block in layout.blocks()
        for role in BESIDE
        for column in [column for column in block.facts if layout.roles[column] == role][1:]
    }
    return left_alone(layout, later, SECOND)


def _of_periods(layout: Layout, asked: Asked) -> set[int]:
    """The columns of answers if their groups say several periods, or some say another one than was asked for."""
    columns = [column for block in layout.blocks() for column in layout.used(block) if layout.is_answer(column)]
    told = {column: periods.of_group(layout.groups[column], asked.period) for column in columns}
    several = len(set(told.values()) - {""}) > 1
    another = "" in told.values() and set(told.values()) - {"", asked.period}
    return set(told) if several or another else set()


def _labels(layout: Layout, columns: Sequence[int]) -> dict[int, str]:
    """What each column is called in the question: its group, and where it is if that does not tell it apart."""
    sets: dict[tuple[str, int], list[int]] = {}
    seen: Counter[tuple[str, bool, str]] = Counter()
    for column in columns:
        words = _words(layout, column)
        claim = (layout.roles[column], column in layout.turned, words)
        sets.setdefault((words, seen[claim]), []).append(column)
        seen[claim] += 1
    repeated = {words for words, time in sets if time}
    return {
        column: words if words and words not in repeated else " ".join(filter(None, [words, _where(mine)]))
        for (words, _time), mine in sets.items()
        for column in mine
    }


def _words(layout: Layout, column: int) -> str:
    """A column's groups and its own words, each said once."""
    own = "" if headings.is_mark(layout.owns[column]) else layout.owns[column]
    above = [words for words in layout.groups[column].split(" › ") if words and words not in own]
    return " › ".join(filter(None, [*above, own]))


def _where(columns: Sequence[int]) -> str:
    first, last = (address(0, column).rstrip("1") for column in (columns[0], columns[-1]))
    return _("cột {column}", column=first if first == last else f"{first}–{last}")


def _chosen(labels: Sequence[str], asked: Asked) -> str:
    answer = text.letters(asked.answer(GROUP))
    told = {label: periods.of_group(label, asked.period) for label in labels}
    of_period = [label for label, day in told.items() if asked.period and day == asked.period and all(told.values())]
    for choices in ([label for label in labels if text.letters(label) == answer], of_period):
        if len(choices) == 1:
            return choices[0]
    raise Undecided(
        GROUP,
        _("Cùng một số liệu có ở {count} nhóm cột.", count=len(labels)),
        {label: _("nhóm “{group}”", group=label) for label in labels},
    )


def _period_of_groups(layout: Layout, asked: Asked) -> str:
    """The one period that the groups over all columns of facts say; else what the layout has."""
    told = {
        periods.of_group(layout.groups[column], asked.period)
        for column in range(len(layout.roles))
        if layout.is_fact(column) and layout.groups[column]
    }
    return told.pop() if len(told) == 1 and told != {""} else layout.period
