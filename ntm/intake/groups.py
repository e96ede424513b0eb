"""Groups of columns: which of several columns that hold the same fact is read. Of two candidates the person chooses."""

from collections.abc import Sequence
from dataclasses import replace

from ntm import text
from ntm.intake import periods
from ntm.intake.asked import Asked
from ntm.intake.layout import Block, Layout, left_alone
from ntm.intake.sheets import address
from ntm.intake.undecided import GROUP, Undecided
from ntm.text import _, mark

BY_JUDGEMENT = {"danhgia", "tudanhgia", "ketquadanhgia"}  # the mark, where a figure stands beside it
CONTENT = "noidung"
DESCRIPTION = mark("nội dung của tiêu chí")
MEASURED = mark("số liệu của chỉ tiêu, chưa lưu được")
OTHER_GROUP = mark("thuộc nhóm cột khác với nhóm được chọn")


def settled(layout: Layout, asked: Asked) -> Layout:
    """Return the layout with one column for each fact of a row. Raises Undecided if several could be meant."""
    layout = _of_the_period(_by_judgement(_by_own_name(layout)), asked)
    rivals = {column for block in layout.blocks() for column in _rivals(layout, block)} | _of_periods(layout, asked)
    labels = list(dict.fromkeys(_label(layout, column) for column in sorted(rivals)))
    if not labels:
        return replace(layout, period=_period_of_groups(layout, asked))
    chosen = _chosen(labels, asked)
    given_up = {column for column in rivals if _label(layout, column) != chosen}
    return replace(
        left_alone(layout, given_up, OTHER_GROUP), period=periods.of_group(chosen, asked.period) or layout.period
    )


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


def _by_judgement(layout: Layout) -> Layout:
    """Where a figure and a mark stand side by side in one group ("Kết quả | Đánh giá"), the mark is the answer."""
    judged = {
        layout.groups[column]
        for column, heading in enumerate(layout.headings)
        if layout.roles[column] == "met" and text.letters(heading) in BY_JUDGEMENT
    }
    figures = {
        column
        for column, heading in enumerate(layout.headings)
        if layout.roles[column] == "met"
        and layout.groups[column] in judged
        and text.letters(heading) not in BY_JUDGEMENT
    }
    return left_alone(layout, figures, MEASURED)


def _rivals(layout: Layout, block: Block) -> set[int]:
    """The columns of a block that claim the same fact as another one; "Đạt | Chưa đạt" of a criterion are a pair."""
    claims: dict[tuple[str, bool], list[int]] = {}
    for column in block.facts:
        claims.setdefault((layout.roles[column], column in layout.turned), []).append(column)
    doubled = {role for (role, _turned), columns in claims.items() if len(columns) > 1}
    return {column for column in block.facts if layout.roles[column] in doubled}


def _of_periods(layout: Layout, asked: Asked) -> set[int]:
    """The columns of groups that say periods, if they say several: one row is of one period."""
    told = {
        column: period
        for column in range(len(layout.roles))
        if layout.is_fact(column) and (period := periods.of_group(layout.groups[column], asked.period))
    }
    return set(told) if len(set(told.values())) > 1 else set()


def _label(layout: Layout, column: int) -> str:
    return layout.groups[column] or _("cột {column}", column=address(0, column).rstrip("1"))


def _chosen(labels: Sequence[str], asked: Asked) -> str:
    answer = text.letters(asked.answer(GROUP))
    of_period = [label for label in labels if asked.period and periods.of_group(label, asked.period) == asked.period]
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
