"""The workbook of a plan to fill in: empty for a new year, or holding a plan that is there, to be amended."""

import datetime as dt
import io
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ntm import office_metadata
from ntm.facts import plans
from ntm.intake import printed
from ntm.intake.head import KEPT
from ntm.intake.plan_sheets import (
    DAY,
    HEAD,
    HEAD_TITLE,
    LISTS_TITLE,
    NUMBER,
    OF_UNITS,
    SEPARATOR,
    TABLES,
    TEXT,
    Entry,
    Lists,
    Table,
    choices,
)
from ntm.plan import Plan
from ntm.reference import Reference
from ntm.spreadsheets import neutralise
from ntm.text import _
from ntm.timeline import COMMUNE

HEADING_ROW = 4
WIDTHS = (34, 70, 60)  # of the head's columns
FORMATS = {DAY: "DD/MM/YYYY", NUMBER: "General", TEXT: "@"}
Cells = Mapping[tuple[str, str, str], str]  # part, item, field → value
Shown = str | int | float | dt.date  # what stands in a cell


def make(reference: Reference, day: str, plan_id: str = "") -> bytes:
    """Return an XLSX for a plan: one that the timeline has, or a new one that is due on a day (ISO text)."""
    plan = next((plan for plan in reference.timeline.plans if plan.id == plan_id), None)
    return _made(reference, day, plan)


def _made(reference: Reference, day: str, plan: Plan | None) -> bytes:
    reference = reference.at(str(plan.due_date) if plan else day)
    cells = _cells(plan) if plan else _empty(reference, day)
    book = Workbook()
    book.remove(book.active)
    lists = choices(reference)
    _head(book.create_sheet(HEAD_TITLE), cells, lists)
    for table in TABLES:
        _table(book.create_sheet(table.title), table, cells, lists)
    _lists(book.create_sheet(LISTS_TITLE), lists)
    file = io.BytesIO()
    book.save(file)
    return office_metadata.stamped(file.getvalue(), _("Kế hoạch năm"))


def _cells(plan: Plan) -> Cells:
    cells = {(row.part, row.item, row.field): row.value for row in plans.rows(plan).itertuples()}
    return cells | {("plan", "", "id"): plan.id}


def _empty(reference: Reference, day: str) -> Cells:
    """What is known of a plan before anybody has written it: its time, the sets in force and their tiers."""
    due = dt.date.fromisoformat(day)
    sets = reference.timeline.sets_on(day, set(reference.places["kind"]))
    cells = {("plan", "", "due_date"): day, ("plan", "", "evidence"): "official"}
    cells["plan", "", "baseline_date"] = f"{due.year - 1}-12-31"
    cells |= {("sets", role, "value"): name for role, name in sets.items()}
    for place, tier in enumerate(reference.timeline.tiers_of(sets[COMMUNE]), start=1):
        values = {"place": place, "lower": tier.lower, "upper": tier.upper}
        cells |= {("tiers", tier.id, field): str(value) for field, value in values.items()}
    return cells


def _head(sheet: Worksheet, cells: Cells, lists: Lists) -> None:
    _title(sheet, HEAD_TITLE, _("Điền cột B. Ô để trống là chưa có; sheet sau cùng là các danh mục để chọn."))
    for number, entry in enumerate(HEAD, start=HEADING_ROW):
        place = ("sets", entry.field, "value") if entry.part == "sets" else (entry.part, "", entry.field)
        heading = sheet.cell(number, 1, neutralise(entry.heading))
        printed.head(heading)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        _fill(sheet, number, 2, entry, _shown(cells.get(place, ""), entry, lists), WIDTHS[1])
        sheet.cell(number, 3, neutralise(_(entry.note) if entry.note else "")).font = Font(italic=True)
        _choose(sheet, entry, 2, number, number, lists)
    for number, label in enumerate(KEPT, start=HEADING_ROW + len(HEAD) + 1):
        sheet.cell(number, 1, f"{label}:")
        printed.to_fill(sheet.cell(number, 2), FORMATS[TEXT])
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    printed.protect(sheet)
    printed.set_up(sheet)


def _title(sheet: Worksheet, title: str, note: str) -> None:
    sheet.cell(1, 1, neutralise(title)).font = Font(bold=True, size=14)
    sheet.cell(2, 1, neutralise(note))


def _table(sheet: Worksheet, table: Table, cells: Cells, lists: Lists) -> None:
    _title(sheet, table.title, _(table.note))
    sheet.row_dimensions[HEADING_ROW - 1].height = 4 * printed.LINE_HEIGHT
    sheet.row_dimensions[HEADING_ROW].height = 2 * printed.LINE_HEIGHT
    items = _items(table, cells)
    for column, entry in enumerate(table.entries, start=1):
        _column_head(sheet, column, entry)
        filled = [_value(table, entry, item, cells, lists) for item in items]
        for number, value in enumerate([*filled, *[""] * table.rows], start=HEADING_ROW + 1):
            _fill(sheet, number, column, entry, value, entry.width)
        _choose(sheet, entry, column, HEADING_ROW + 1, HEADING_ROW + len(items) + table.rows, lists)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 2)
    printed.protect(sheet)
    printed.set_up(sheet, HEADING_ROW)


def _column_head(sheet: Worksheet, column: int, entry: Entry) -> None:
    note = sheet.cell(HEADING_ROW - 1, column, neutralise(_(entry.note) if entry.note else ""))
    note.font, note.alignment = Font(italic=True), Alignment(wrap_text=True, vertical="bottom")
    heading = sheet.cell(HEADING_ROW, column, neutralise(entry.heading))
    printed.head(heading)
    sheet.column_dimensions[get_column_letter(column)].width = entry.width


def _items(table: Table, cells: Cells) -> list[str]:
    """The items of a part, in the order of their places."""
    mine = [(item, name, value) for (part, item, name), value in cells.items() if part == table.part]
    places = {item: int(value) for item, name, value in mine if name == "place"}
    return sorted(dict.fromkeys(item for item, _name, _value in mine), key=lambda item: places.get(item, 0))


def _value(table: Table, entry: Entry, item: str, cells: Cells, lists: Lists) -> Shown:
    owner, _slash, code = item.partition("/")
    if entry.field in ("id", "target") and entry is table.entries[0]:
        return owner
    if table.part in OF_UNITS and entry.list_of == OF_UNITS[table.part]:
        return lists[entry.list_of].get(code, code)
    return _shown(cells.get((entry.part, item, entry.field), ""), entry, lists)


def _shown(value: str, entry: Entry, lists: Lists) -> Shown:
    """A stored value as it stands in a cell."""
    if value and entry.kind == DAY:
        return dt.date.fromisoformat(value)
    if value and entry.kind == NUMBER:
        return float(value) if "." in value else int(value)
    if entry.field == "documents":
        return value.replace(plans.LINE, f"{SEPARATOR} ")
    return lists.get(entry.list_of, {}).get(value, value)


def _fill(sheet: Worksheet, row: int, column: int, entry: Entry, value: Shown, width: int) -> None:
    """Write a cell to fill in."""
    printed.to_fill(sheet.cell(row, column, neutralise(value) if value != "" else None), FORMATS[entry.kind])
    printed.fit(sheet, row, str(value), width)


def _choose(sheet: Worksheet, entry: Entry, column: int, first: int, last: int, lists: Lists) -> None:
    """Offer a column's choices: of a list of the last sheet, or of the ids in another table."""
    area = _area(entry.list_of, lists)
    if area:
        choice = DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=False)
        choice.add(f"{get_column_letter(column)}{first}:{get_column_letter(column)}{last}")
        sheet.add_data_validation(choice)


def _area(name: str, lists: Lists) -> str:
    if lists.get(name):
        letter = get_column_letter(list(lists).index(name) + 1)
        return f"'{LISTS_TITLE}'!${letter}$2:${letter}${len(lists[name]) + 1}"
    table = next((table for table in TABLES if table.part == name), None)
    return f"'{table.title}'!$A${HEADING_ROW + 1}:$A${HEADING_ROW + table.rows}" if table else ""


def _lists(sheet: Worksheet, lists: Lists) -> None:
    headings = {entry.list_of: entry.heading for table in TABLES for entry in table.entries}
    headings |= {entry.list_of: entry.heading for entry in HEAD}
    for column, (name, words) in enumerate(lists.items(), start=1):
        sheet.cell(1, column, neutralise(headings[name])).font = Font(bold=True)
        for number, shown in enumerate(words.values(), start=2):
            sheet.cell(number, column, neutralise(shown))
        sheet.column_dimensions[get_column_letter(column)].width = 44
    printed.protect(sheet)
    printed.set_up(sheet, 1)
