"""Readings: the rows of facts that sheets hold, each with its cell; every fault with what would be right; what is left
out, by cell. Of two things that a file could mean, none is taken without asking (see undecided).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ntm import labels, text
from ntm.facts import FORMS, TYPES, rules
from ntm.facts.rules import Faults
from ntm.intake import criteria_names, head, headings, interpretation, left_out, origin, tables, template
from ntm.intake.asked import Asked
from ntm.intake.body import HIDDEN_PART, Body
from ntm.intake.criteria_names import CriteriaNames
from ntm.intake.found import Found
from ntm.intake.head import Head
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.interpretation import Interpreted
from ntm.intake.layout import Layout, left_alone
from ntm.intake.left_out import Account
from ntm.intake.lines import is_figure
from ntm.intake.sheets import Refused, Sheet, address, filled
from ntm.intake.tables import Table
from ntm.intake.undecided import HIDDEN, PERIOD, SET, Undecided
from ntm.intake.units import Directory, Units, level_of
from ntm.reference import Reference
from ntm.text import _

__all__ = ["Asked", "Reading", "layouts_of", "level_of", "read"]

FAULT_COLUMNS = ["sheet", "cell", "value", "rule", "suggestion"]
TITLE_ROWS = 10
OTHERS = 3  # cells that a contradiction names
KEEP, SKIP = "read", "skip"


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


def tables_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> list[Table]:
    """Return the tables that a file's sheets hold, in order: their numbers are those of layouts. Raises Refused."""
    reference = _on_its_day(reference, asked)
    known = replace(asked, criteria_set=asked.criteria_set or reference.commune_set)
    return tables.of_sheets(sheets, asked, Units(known, reference))


def layouts_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> dict[int, Layout]:
    """Return how each table (see tables_of) is understood; those without headings are left out.

    Raises Refused where none has any, and Undecided.
    """
    return _interpreted(tables_of(sheets, asked, reference), asked, _on_its_day(reference, asked)).layouts


def _interpreted(found: Sequence[Table], asked: Asked, reference: Reference) -> Interpreted:
    made = interpretation.of_tables(found, asked, reference)
    if not made.layouts and made.left_out:
        raise Refused(_("{reason}. Chưa lưu gì.", reason=text.capitalised(next(iter(made.left_out.values())))))
    if not made.layouts:
        raise Refused(_no_headings(found, asked, reference))
    return made


def _no_headings(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> str:
    """Say why no sheet is understood: it lies on its side, or no row looks like headings."""
    asked = replace(asked, criteria_set=asked.criteria_set or reference.commune_set)
    names = criteria_names.of(reference.criteria_of(asked.criteria_set), reference.timeline.criteria)
    units = Units(asked, reference)
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


def read(
    sheets: list[Sheet], asked: Asked, reference: Reference, layouts: Mapping[int, Layout] | None = None
) -> Reading:
    """Read sheets as facts; `layouts` where a person has corrected them. Raises Refused, or Undecided.

    The period asked for says which units and criteria sets the names in the file mean; without one the reference does.
    """
    origin.refuse_sample(sheets)
    reference = _on_its_day(reference, asked)
    of_file = tables_of(sheets, asked, reference)
    made = _interpreted(of_file, asked, reference)
    used = _of_periods(dict(made.layouts if layouts is None else layouts), asked)
    found = Found()
    heads: list[Head] = []
    accounts = {number: _account(table, number, made) for number, table in enumerate(of_file)}
    words = _Words(asked, reference)
    for number, layout in used.items():
        seen, used[number] = _visible(of_file[number], layout, asked)
        body = words.body(seen, used[number], found, accounts[number], of_file[number].caption_rows)
        body.read()
        heads.append(body.above)
        for column, reason in _to_be_known(seen, layout, asked, body.above):
            accounts[number].note(layout.heading_row, column, reason)
    asked = replace(asked, criteria_set=asked.criteria_set or reference.commune_set)
    made_by = head.together(heads)
    return replace(_checked(asked, of_file, used, found, accounts, reference), head=made_by)


class _Words:
    """What the words of rows mean, by criteria set: units of every day, and names of criteria."""

    def __init__(self, asked: Asked, reference: Reference):
        self.asked, self.reference = asked, reference
        self._known: dict[str, tuple[Asked, Directory, CriteriaNames]] = {}

    def body(self, sheet: Sheet, layout: Layout, found: Found, account: Account, captions: frozenset[int]) -> Body:
        code = layout.criteria_set
        if code not in self._known:
            asked = replace(self.asked, criteria_set=code)
            names = criteria_names.of(self.reference.criteria_of(code), self.reference.timeline.criteria)
            self._known[code] = asked, Directory(asked, self.reference), names
        return Body(sheet, filled(sheet), layout, *self._known[code], found, account, captions)


def _account(table: Table, number: int, made: Interpreted) -> Account:
    """An account in which the captions over the rows are read; with why all of the table is left out, if it is."""
    why = made.left_out.get(number) or _(left_out.TABLE if table.is_one_of_several else left_out.SHEET)
    account = Account(table, number, why)
    if number not in made.layouts:
        for row in range(table.first):  # the title and the headings, which another table has too
            account.read_row(row)
    for row in table.caption_rows if number in made.layouts else ():
        account.read |= {(row, column) for column, word in enumerate(table.cells[row]) if not is_figure(word)}
    return account


def _checked(
    asked: Asked,
    sheets: list[Table],
    used: dict[int, Layout],
    found: Found,
    accounts: dict[int, Account],
    reference: Reference,
) -> Reading:
    """Return what was read, with what the store's own checks find. Raises Refused if there is nothing."""
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
    return Reading(asked, list(sheets), used, _once(rows, asked.form), faulty, rest, accounts)


def _to_be_known(sheet: Sheet, layout: Layout, asked: Asked, above: Head) -> Iterator[tuple[int, str]]:
    """What the person has not said, and the table has, with its column: an old font; another period or set, if each has
    its own or that it was filled with; words below a criterion that are not understood.
    """
    if sheet.font:
        yield 0, _("phông chữ cũ {font}, đã chuyển sang Unicode", font=sheet.font)
    answered = asked.answer(PERIOD) == layout.period
    if FORMS[asked.form].of_period and asked.period and layout.period not in ("", asked.period) and not answered:
        found, chosen = text.date(layout.period), text.date(asked.period)
        yield (
            0,
            _("bảng này ghi kỳ {found}, khác kỳ đã chọn {asked}; dùng kỳ ghi ở bảng", found=found, asked=chosen),
        )
    by_criterion = FORMS[asked.form].by_criterion
    if by_criterion and asked.criteria_set not in ("", layout.criteria_set) and not asked.answer(SET):
        yield 0, _("bảng này ghi bộ tiêu chí khác bộ đã chọn; dùng bộ ghi ở bảng: {set}", set=layout.criteria_set)
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
        found, chosen = text.date(of_file), text.date(asked.period)
        choices = {
            of_file: _("kỳ ghi trong tệp: {day}", day=found),
            asked.period: _("kỳ đã chọn: {day}", day=chosen),
        }
        words = _("Tệp ghi kỳ {found}, bạn chọn kỳ {asked}.", found=found, asked=chosen)
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
