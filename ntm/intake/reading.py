"""Readings: the rows of facts that sheets hold, each with its cell; every fault with what would be right; what is left
out, by cell. Of two things that a file could mean, none is taken without asking (see undecided).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ntm import labels, text
from ntm.facts import FORMS, TYPES, rules
from ntm.facts.rules import Faults
from ntm.intake import (
    answers,
    criteria_names,
    head,
    headings,
    left_out,
    measured,
    origin,
    periods,
    repeated,
    set_fit,
    template,
)
from ntm.intake.asked import Asked
from ntm.intake.body import HIDDEN_PART, Body, Found
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.groups import settled
from ntm.intake.head import Head
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.layout import SEARCHED_ROWS, Layout, left_alone, understand
from ntm.intake.left_out import Account
from ntm.intake.sheets import Refused, Sheet, address
from ntm.intake.undecided import CRITERIA, HIDDEN, MARKS, PERIOD, PLAN, SET, Undecided
from ntm.intake.units import Directory, Units, level_of, spoken_unit
from ntm.reference import Reference
from ntm.text import _

__all__ = ["Asked", "Reading", "layouts_of", "level_of", "read"]

FAULT_COLUMNS = ["sheet", "cell", "value", "rule", "suggestion"]
TITLE_ROWS = 10
OTHERS = 3  # cells that a contradiction names
KEEP, SKIP = "read", "skip"
UNMET, MET, RESULTS = "unmet", "met", "results"
_PLAN = re.compile(r"^ke hoach\b(?!.*\bket qua\b)|\bke hoach thuc hien\b|\bu(oc )?th(uc hien)?\b|phan dau|lo trinh")
_ADVANCED = re.compile(r"(ntm|nong thon moi) nang cao")
_MODEL = re.compile(r"(ntm|nong thon moi|xa) kieu mau")


@dataclass(frozen=True)
class Reading:
    """What a file says. `rows`: the facts, as words, with sheet, row and column (numbers from 0) of their cell;
    `faults`: FAULT_COLUMNS with sheet_number, row and column; `layouts`: sheet number → how it was read; `left_out`:
    left_out.COLUMNS, what holds something and was not read, or was taken as the person has not said it; `accounts`:
    sheet number → what became of its cells (none of a workbook with a reader of its own);
    `head`: who made the file, and when (see head.together).
    """

    asked: Asked
    sheets: list[Sheet]
    layouts: dict[int, Layout]
    rows: pd.DataFrame
    faults: pd.DataFrame
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=left_out.COLUMNS))
    accounts: Mapping[int, Account] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)

    @property
    def facts(self) -> pd.DataFrame:
        """The rows as the store takes them."""
        return self.rows.drop(columns=["sheet_number", "row", "column"], errors="ignore")


def filled(sheet: Sheet) -> list[list[str]]:
    """Return a sheet's cells with every merged area filled with its word: it holds for all that it covers."""
    cells = [list(row) for row in sheet.cells]
    for top, left, bottom, right in sheet.merged:
        word = cells[top][left] if top < len(cells) and left < len(cells[top]) else ""
        for row in range(top, min(bottom + 1, len(cells))) if word else ():
            cells[row] += [""] * (right + 1 - len(cells[row]))
            cells[row][left : right + 1] = [word] * (right + 1 - left)
    return cells


def layouts_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> dict[int, Layout]:
    """Return how each sheet is understood; those without headings are left out. Raises Refused where none has any."""
    reference = _on_its_day(reference, asked)
    asked = replace(asked, criteria_set=criteria_set_of(sheets, asked, reference))
    names = criteria_names.of(reference.criteria_of(asked.criteria_set), reference.timeline.criteria)
    units = Units(asked, reference)
    layouts = {
        number: layout
        for number, sheet in enumerate(sheets)
        if sheet.cells and (layout := _layout(sheet, asked, names, units, reference)) is not None
    }
    if not layouts:
        raise Refused(_no_headings(sheets, asked, names, units))
    return layouts


def _layout(sheet: Sheet, asked: Asked, names: CriteriaNames, units: Units, reference: Reference) -> Layout | None:
    cells = filled(sheet)
    found = understand(sheet, head.without(cells, SEARCHED_ROWS), asked.form, names, units.level)
    if found is None:
        return None
    if FORMS[asked.form].by_criterion:
        set_fit.check(cells, found, asked, reference, sheet.merged_rows)
    above = head.titles(cells, found.heading_row)
    of_columns = {word for word in above if found.is_of_some_columns(word) or _is_heading(word, cells, found)}
    titles = [*(word for word in above if word not in of_columns), sheet.name]
    _check_no_plan(titles, asked)
    told = [period for title in titles for period in periods.of_title(title)] or periods.of_years(titles, asked.period)
    layout = replace(found, period=told[0] if len(set(told)) == 1 else "", district=units.caption(sheet.name))
    if layout.is_of_one_unit:
        layout = replace(layout, unit=spoken_unit([word for row in cells[: found.heading_row] for word in row], units))
        if not layout.unit:
            return None
    layout = settled(layout, cells, asked)
    below = range(layout.heading_row + 1, len(cells))
    of_units = {row: cells[row] for row in below if layout.unit or units.is_in(layout.unit_words(cells[row]))}
    if FORMS[asked.form].of_period:
        layout = repeated.told_apart(layout, of_units, asked)
    if FORMS[asked.form].by_criterion:
        others = dict(layout.other_lines)
        layout = measured.told_apart(layout, [of_units[row] for row in of_units if row not in others], asked)
    _check_facts(sheet, layout)
    return replace(layout, turned=layout.turned | _turned_by_title(titles, cells, layout, asked))


def _is_heading(word: str, cells: Sequence[Sequence[str]], layout: Layout) -> bool:
    """Whether words above the last row of headings head a column themselves: others stand in their row."""
    rows = cells[: layout.heading_row + 1]
    return word in layout.headings and any(word in row and len(set(filter(None, row))) > 1 for row in rows)


def _check_no_plan(titles: Sequence[str], asked: Asked) -> None:
    """Raise Undecided if a title says that the table is a plan or an estimate, and nobody has said that it is not."""
    said = next((title for title in titles if _PLAN.search(text.plain(title))), "")
    if said and FORMS[asked.form].of_period and asked.answer(PLAN) != RESULTS:
        choices = {RESULTS: _("đây là kết quả, không phải kế hoạch hoặc ước")}
        raise Undecided(PLAN, _("Tiêu đề của bảng là “{title}”.", title=said), choices)


def _check_facts(sheet: Sheet, layout: Layout) -> None:
    """Raise Refused if a table has no column of what its form is about: parts of criteria alone, plans, or no day."""
    form = FORMS[layout.form]
    if form.by_criterion and not layout.criteria() and layout.column("met") is None:
        raise Refused(_without_results(sheet, layout))
    if not form.by_criterion and layout.column(form.value) is None:
        heading = next(found.heading for found in form.fields if found.name == form.value)
        raise Refused(_("Sheet “{sheet}” không có cột “{heading}”. Chưa lưu gì.", sheet=sheet.name, heading=_(heading)))


def _without_results(sheet: Sheet, layout: Layout) -> str:
    """Say what a table has in the place of results."""
    if headings.PART in layout.reasons:
        return _(
            "Sheet “{sheet}” chỉ có cột của chỉ tiêu thành phần (như 1.1, 1.2), không có cột của cả tiêu chí. "
            "Kết quả theo chỉ tiêu chưa lưu được; hãy thêm cột cho từng tiêu chí. Chưa lưu gì.",
            sheet=sheet.name,
        )
    by_certainty = sorted(range(len(layout.roles)), key=lambda column: layout.reasons[column] in ("", headings.UNKNOWN))
    column = next((column for column in by_certainty if layout.reasons[column]), 0)
    return _(
        "Sheet “{sheet}” không có cột kết quả của tiêu chí. Cột “{heading}” ({cell}): {reason}. Hãy thêm cột Đạt hoặc "
        "Chưa đạt cho từng tiêu chí. Chưa lưu gì.",
        sheet=sheet.name,
        heading=layout.headings[column],
        cell=address(layout.heading_row, column),
        reason=_(layout.reason(column)),
    )


def _turned_by_title(
    titles: Sequence[str], cells: Sequence[Sequence[str]], layout: Layout, asked: Asked
) -> frozenset[int]:
    """The columns whose marks say not met, as the title of a list of what is lacking says. Raises Undecided."""
    said = next((title for title in titles if headings.says_unmet(title)), "")
    columns = frozenset(layout.criteria()) or {column for column, role in enumerate(layout.roles) if role == "met"}
    if not said or layout.turned or not _has_ticks(cells, layout, columns):
        return frozenset()
    answer = asked.answer(MARKS)
    if answer not in (UNMET, MET):
        choices = {UNMET: _("dấu x nghĩa là chưa đạt"), MET: _("dấu x nghĩa là đạt")}
        raise Undecided(MARKS, _("Tiêu đề của bảng là “{title}”.", title=said), choices)
    return frozenset(columns) if answer == UNMET else frozenset()


def _has_ticks(cells: Sequence[Sequence[str]], layout: Layout, columns: Collection[int]) -> bool:
    """Whether answers are marks, whose meaning a title says; words ("Chưa đạt") say it themselves."""
    rows = cells[layout.heading_row + 1 :]
    return any(answers.is_tick(row[column]) for row in rows for column in columns if column < len(row))


def _no_headings(sheets: Sequence[Sheet], asked: Asked, names: CriteriaNames, units: Units) -> str:
    """Say why no sheet is understood: it lies on its side, or no row looks like headings."""
    for sheet in sheets:
        of_units = max((sum(map(units.is_unit, cells)) for cells in sheet.cells[:TITLE_ROWS]), default=0)
        if of_units > 1 and sum(names.find(word) is not None for row in sheet.cells for word in row[:2]) > 1:
            return _(
                "Bảng nằm ngang: tiêu chí ở dòng, xã ở cột (sheet “{sheet}”). Hãy chuyển hàng thành cột (Copy, "
                "Paste Special › Transpose) rồi tải lại. Chưa lưu gì.",
                sheet=sheet.name,
            )
    if FORMS[asked.form].by_criterion:
        return _(
            "Không tìm thấy dòng tiêu đề: cần cột mã xã hoặc tên xã, và mỗi tiêu chí một cột (hoặc một cột tiêu chí và "
            "một cột kết quả). Hãy dùng tệp mẫu, hoặc đặt tên cột ở một dòng."
        )
    heading = next(found.heading for found in FORMS[asked.form].fields if found.name == FORMS[asked.form].value)
    return _(
        "Không tìm thấy dòng tiêu đề: cần cột mã hoặc tên đơn vị, và cột “{heading}”. Hãy dùng tệp mẫu, hoặc đặt tên "
        "cột ở một dòng.",
        heading=_(heading),
    )


def criteria_set_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> str:
    """Return the criteria set that answers are of: the one asked for, else one that a title names, else the communes'.

    Raises Undecided if a title names another one than was asked for, or seems to.
    """
    asked = set_fit.answered(asked)
    chosen = asked.criteria_set or reference.commune_set
    if not FORMS[asked.form].by_criterion or asked.answer(CRITERIA):
        return chosen
    titles = [title for sheet in sheets for title in head.titles(sheet.cells, TITLE_ROWS)]
    named, is_official = _named_set(titles, reference)
    answer = asked.answer(SET)
    if not named or chosen in (named, answer):
        return chosen
    if answer == named or (is_official and not asked.criteria_set):
        return named
    names = reference.timeline.criteria_sets
    choices = {code: text.either(names.loc[code], "name") for code in (named, chosen)}
    raise Undecided(SET, _("Tệp ghi bộ tiêu chí khác với bộ được chọn."), choices)


def _named_set(titles: Sequence[str], reference: Reference) -> tuple[str, bool]:
    """The set that titles name ("" if none or several), and whether by its official name or by what it is called."""
    said = text.letters(" ".join(titles)).replace("giaidoan", "")
    official = [
        code for code, row in reference.timeline.criteria_sets.iterrows() if text.letters(row["name_vi"]) in said
    ]
    if len(official) == 1:
        return str(official[0]), True
    plain = [text.plain(title) for title in titles]
    if any(_MODEL.search(title) for title in plain):
        raise Refused(_("Tệp là của xã nông thôn mới kiểu mẫu; hệ thống chưa có bộ tiêu chí này. Chưa lưu gì."))
    return (reference.advanced_set if any(_ADVANCED.search(title) for title in plain) else ""), False


def read(
    sheets: list[Sheet], asked: Asked, reference: Reference, layouts: Mapping[int, Layout] | None = None
) -> Reading:
    """Read sheets as facts; `layouts` where a person has corrected them. Raises Refused, or Undecided.

    The period asked for says which units and criteria sets the names in the file mean; without one the reference does.
    """
    origin.refuse_sample(sheets)
    reference = _on_its_day(reference, asked)
    asked = replace(asked, criteria_set=criteria_set_of(sheets, asked, reference))
    used = dict(layouts if layouts is not None else layouts_of(sheets, asked, reference))
    used = _of_periods(used, asked)
    heads: list[Head] = []
    found, accounts = Found(), {number: Account(sheet, number) for number, sheet in enumerate(sheets)}
    directory = Directory(asked, reference)
    names = criteria_names.of(reference.criteria_of(asked.criteria_set), reference.timeline.criteria)
    for number, layout in used.items():
        seen, used[number] = _visible(sheets[number], layout, asked)
        body = Body(seen, filled(seen), used[number], asked, directory, names, found, accounts[number])
        body.read()
        heads.append(body.above)
        for column, reason in _to_be_known(seen, layout, asked, body.above):
            accounts[number].note(layout.heading_row, column, reason)
    rows = pd.DataFrame(found.rows)
    if rows.empty and not found.faults:
        raise Refused(_nothing(sheets, used))
    if FORMS[asked.form].of_period and not rows.empty and (rows["period"] == "").all():
        raise Refused(_("Tệp không ghi kỳ số liệu. Hãy chọn kỳ rồi thử lại."))
    faults = [
        *found.faults,
        *_contradictions(rows, asked.form, sheets, used),
        *_broken_rules(rows, asked.form, sheets, used, reference),
    ]
    table = pd.DataFrame(faults, columns=[*FAULT_COLUMNS, "sheet_number", "row", "column"])
    table = table.drop_duplicates(["sheet_number", "row", "column", "rule"]).sort_values(
        ["sheet_number", "row", "column"]
    )
    own = {number for number, sheet in enumerate(sheets) if template.is_instructions(sheet.name, sheet.cells)}
    rest = left_out.table({number: account for number, account in accounts.items() if number not in own}, used)
    faulty = table.reset_index(drop=True)
    return Reading(asked, sheets, used, _once(rows, asked.form), faulty, rest, accounts, head.together(heads))


def _to_be_known(sheet: Sheet, layout: Layout, asked: Asked, above: Head) -> Iterator[tuple[int, str]]:
    """What the person has not said, and the sheet has, with its column: an old font; another period, if each sheet has
    its own or that it was filled with; words below a criterion that are not understood.
    """
    if sheet.font:
        yield 0, _("phông chữ cũ {font}, đã chuyển sang Unicode", font=sheet.font)
    answered = asked.answer(PERIOD) == layout.period
    if FORMS[asked.form].of_period and asked.period and layout.period not in ("", asked.period) and not answered:
        found, chosen = text.date(layout.period), text.date(asked.period)
        yield (
            0,
            _("sheet này ghi kỳ {found}, khác kỳ đã chọn {asked}; dùng kỳ ghi trong sheet", found=found, asked=chosen),
        )
    vague = [column for column in layout.criteria() if layout.strengths[column] == headings.VAGUE]
    for column in {layout.owns[column]: column for column in reversed(vague)}.values():
        yield column, _("không rõ tiêu đề này; đã đọc cột dưới nó là kết quả của tiêu chí")
    if FORMS[asked.form].of_period and above.filled_with not in ("", layout.period or asked.period):
        found = text.date(above.filled_with)
        yield 0, _("mẫu được điền sẵn số liệu kỳ {found}: ô nào không sửa vẫn là số liệu của kỳ ấy", found=found)


def _nothing(sheets: Sequence[Sheet], layouts: Mapping[int, Layout]) -> str:
    """Say why there is no fact under the headings."""
    if any(sheets[number].coloured for number in layouts):
        return _(
            "Kết quả được ghi bằng màu ô; màu không đọc được. Hãy ghi Đạt hoặc Chưa đạt vào ô rồi tải lại. Chưa lưu gì."
        )
    return _("Không có dòng số liệu nào dưới tiêu đề. Chưa lưu gì.")


def _of_periods(layouts: dict[int, Layout], asked: Asked) -> dict[int, Layout]:
    """Return the layouts with the period that each is of. Raises Undecided if the file says another than was asked.

    Sheets that say different periods are each of their own.
    """
    told = {layout.period for layout in layouts.values() if layout.period}
    if not FORMS[asked.form].of_period or not asked.period or told <= {asked.period} or len(told) > 1:
        return layouts
    (of_file,) = told
    answer = asked.answer(PERIOD)
    if answer not in (of_file, asked.period):
        choices = {of_file: _("kỳ ghi trong tệp"), asked.period: _("kỳ đã chọn")}
        words = _("Tệp ghi kỳ {found}, bạn chọn kỳ {asked}.", found=text.date(of_file), asked=text.date(asked.period))
        raise Undecided(PERIOD, words, choices)
    return {number: replace(layout, period=answer) for number, layout in layouts.items()}


def _visible(sheet: Sheet, layout: Layout, asked: Asked) -> tuple[Sheet, Layout]:
    """Return a sheet and its layout as they are to be read: with what is hidden, or without. Raises Undecided."""
    rows = [row for row in sheet.hidden_rows if row < len(sheet.cells) and any(sheet.cells[row])]
    columns = [column for column in sheet.hidden_columns if column < len(layout.roles) and layout.roles[column]]
    if not (rows or columns or sheet.hidden):
        return sheet, layout
    answer = asked.answer(HIDDEN)
    if answer not in (KEEP, SKIP):
        words = _(
            "Sheet “{sheet}” có phần bị ẩn: {rows} dòng, {columns} cột.",
            sheet=sheet.name,
            rows=text.number(len(rows)),
            columns=text.number(len(columns)),
        )
        raise Undecided(HIDDEN, words, {KEEP: _("đọc cả phần bị ẩn"), SKIP: _("bỏ phần bị ẩn")})
    if answer == KEEP:
        return sheet, layout
    unseen = range(len(sheet.cells)) if sheet.hidden else sheet.hidden_rows
    cells = [[""] * len(row) if number in unseen else row for number, row in enumerate(filled(sheet))]
    return replace(sheet, cells=cells, merged=()), left_alone(layout, columns, HIDDEN_PART)


def _on_its_day(reference: Reference, asked: Asked) -> Reference:
    return reference.at(asked.period) if rules.is_day(asked.period) else reference


def _contradictions(
    rows: pd.DataFrame, form: str, sheets: Sequence[Sheet], layouts: Mapping[int, Layout]
) -> list[dict[str, Any]]:
    """Cells that say different things of the same fact; saying the same twice is no fault."""
    if rows.empty:
        return []
    key = TYPES[form].key
    said = [name for name in TYPES[form].columns if name in rows and name not in key]
    told = rows.assign(**{name: rows[name].where(rows[name] != "", None) for name in said})
    differing = rows[(told.groupby(key)[said].transform("nunique") > 1).any(axis=1)]
    found = Found()
    for cells in differing.groupby(key).indices.values():
        of_fact = list(differing.iloc[cells].itertuples())
        name = _differing(told.loc[differing.index[cells], said], FORMS[form].value)
        named = [f"{sheets[cell.sheet_number].name} {address(cell.row, cell.column)}".strip() for cell in of_fact]
        for place, cell in enumerate(of_fact):
            others = [*named[: min(place, OTHERS)], *named[place + 1 : place + 1 + OTHERS]][:OTHERS]
            rule = _("mâu thuẫn với ô {cells}", cells=", ".join(others))
            if name != FORMS[form].value:
                rule = _("“{column}” khác ở ô {cells}", column=labels.column(name), cells=", ".join(others))
            column = _column(layouts[cell.sheet_number], name, cell.column)
            found.fault(sheets[cell.sheet_number], cell.sheet_number, cell.row, column, rule)
    return found.faults


def _differing(said: pd.DataFrame, value: str) -> str:
    """The first column in which rows of one fact differ, its value before the others."""
    differs = said.nunique() > 1
    return value if differs.get(value) else str(differs.idxmax())


def _once(rows: pd.DataFrame, form: str) -> pd.DataFrame:
    """Each fact once; what a cell that says it again leaves empty is taken from the other one."""
    key = TYPES[form].key
    if rows.empty or not rows.duplicated(key).any():
        return rows
    return rows.replace("", None).groupby(key, sort=False, as_index=False).first().fillna("")[rows.columns]


def _broken_rules(
    rows: pd.DataFrame, form: str, sheets: Sequence[Sheet], layouts: Mapping[int, Layout], reference: Reference
) -> list[dict[str, Any]]:
    """What the store's own checks find, brought back to the cells."""
    once = _once(rows, form)
    if once.empty:
        return []
    try:
        TYPES[form].check(once, reference)
    except Faults as faults:
        found = Found()
        for fault in faults.table.itertuples():
            row = once.iloc[int(fault.row) - 2]  # the checks count from the first row below a heading
            number = row["sheet_number"]
            column = _column(layouts[number], fault.column, row["column"])
            found.fault(sheets[number], number, row["row"], column, fault.rule, _choices(form, fault.column))
            found.faults[-1]["value"] = fault.value
        return found.faults
    return []


def _column(layout: Layout, name: str, value_column: int) -> int:
    """The column that a check has found wrong; that of the row's value where the file has no such column."""
    for role in ("code", "name") if name == "unit_code" else (name,):
        if layout.column(role) is not None:
            return layout.roles.index(role)
    return value_column


def _choices(form: str, name: str) -> str:
    """The words of which a field has one: "Đạt hoặc Chưa đạt"."""
    return _(" hoặc ").join(next((field.choices for field in FORMS[form].fields if field.name == name), ()))


def role_words(role: str, criteria: pd.DataFrame) -> str:
    """Return a role in the reader's words."""
    if role.startswith(CRITERION):
        number = int(role.removeprefix(CRITERION))
        return _("Tiêu chí {number}. {name}", number=number, name=text.either(criteria.loc[number], "name"))
    own = {"": _("(bỏ qua)"), ORDINAL: _("Số thứ tự"), TOTAL: _("Tổng số tiêu chí đạt, để đối chiếu")}
    return own[role] if role in own else labels.column(role)
