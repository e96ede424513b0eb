"""Templates: workbooks to fill in, with the units written in, lists to choose from and protected headings."""

import io
from collections.abc import Collection, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ntm import office_metadata, text
from ntm.facts import FORMS, TYPES
from ntm.facts.fact_type import Form
from ntm.reference import Reference
from ntm.spreadsheets import neutralise
from ntm.text import _, mark

TO_FILL = PatternFill("solid", fgColor="FFF9E5")
HEADING = PatternFill("solid", fgColor="E3E8EE")
LINE = Border(*[Side("thin", color="B0B8C0")] * 4)
HEADING_ROW = 4
SPARE_ROWS = 60  # to fill in where the rows are not known beforehand
INSTRUCTIONS = mark("Hướng dẫn")  # the sheet
UNIT, DISTRICT = ("Mã đơn vị", "Tên đơn vị"), "Huyện"  # the first headings


def make(
    reference: Reference, form: str, period: str, criteria_set: str = "", districts: Collection[str] = ()
) -> bytes:
    """Return an XLSX to fill in for a form (a name of facts.FORMS).

    `period`: ISO date, which says whose units and criteria; `criteria_set`: the communes' where it is empty;
    `districts`: codes, all where empty.
    """
    reference = reference.at(period)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Nhập số liệu")
    if FORMS[form].by_criterion:
        _by_criterion(sheet, reference, form, period, criteria_set or reference.commune_set, districts)
    else:
        _by_field(sheet, reference, form, period, districts)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    sheet.protection.enable()
    _instructions(book.create_sheet(_(INSTRUCTIONS)), form)
    file = io.BytesIO()
    book.save(file)
    return office_metadata.stamped(file.getvalue(), _(TYPES[form].title))


def _by_criterion(
    sheet: Worksheet, reference: Reference, form: str, period: str, criteria_set: str, districts: Collection[str]
) -> None:
    """A row for each unit that the set is for, a column for each criterion."""
    chosen = reference.timeline.criteria_sets.loc[criteria_set]
    names = [f"{number}. {row['name_vi']}" for number, row in reference.criteria_of(criteria_set).iterrows()]
    _head(sheet, chosen["name_vi"], period, [*UNIT, DISTRICT, *names])
    if chosen["unit_level"] == "district":
        units = reference.districts[reference.districts["kind"] == chosen["unit_kind"]]
        units = units[units.index.isin(districts)] if districts else units
    else:
        units = reference.communes
        units = units[units["group_code"].isin(districts)] if districts else units
    rows = [(code, row["name"], row.get("group", "")) for code, row in units.iterrows()]
    _fill(sheet, rows, len(names))
    value = next(field for field in FORMS[form].fields if field.name == FORMS[form].value)
    _choose(sheet, value.choices, 4, 3 + len(names), len(rows))


def _by_field(sheet: Worksheet, reference: Reference, form: str, period: str, districts: Collection[str]) -> None:
    """A column for each field; of a period a row for each unit, else rows to write units in."""
    asked = FORMS[form]
    fields = [field for field in asked.fields if field.in_template]
    _head(sheet, asked.title, period, [*UNIT, *(field.heading for field in fields)])
    rows = _units(reference, asked, districts) if asked.of_period else [()] * SPARE_ROWS
    _fill(sheet, rows, len(fields) if asked.of_period else len(UNIT) + len(fields))
    for place, field in enumerate(fields, start=len(UNIT) + 1):
        if field.choices:
            _choose(sheet, field.choices, place, place, len(rows))
        if TYPES[form].is_whole_number(field.name):
            _count(sheet, place, len(rows))


def _units(reference: Reference, form: Form, districts: Collection[str]) -> list[tuple[Any, ...]]:
    """The units of a form's level, in some districts alone where any are given: code and name."""
    units = reference.units if form.level != "commune" else reference.communes
    units = units[units["level"] == form.level] if form.level else units
    own = units["group_code"] if form.level == "commune" else units.index.to_series()
    units = units[own.isin(districts)] if districts else units
    return [(code, row["name"]) for code, row in units.iterrows()]


def _head(sheet: Worksheet, title: str, period: str, headings: list[str]) -> None:
    """The headings are Vietnamese in every language: the file goes to an office, and comes back."""
    sheet.cell(1, 1, neutralise(title)).font = Font(bold=True, size=14)
    sheet.cell(2, 1, f"Kỳ: {int(period[8:]):02}/{period[5:7]}/{period[:4]}").font = Font(bold=True)
    for place, heading in enumerate(headings, start=1):
        cell = sheet.cell(HEADING_ROW, place, neutralise(heading))
        cell.font, cell.fill, cell.border = Font(bold=True), HEADING, LINE
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")
        sheet.column_dimensions[get_column_letter(place)].width = 12 if place == 1 else 20 if place <= 3 else 13


def _fill(sheet: Worksheet, rows: list[tuple[Any, ...]], open_columns: int) -> None:
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, neutralise(value))
            cell.number_format = "@"  # a code stays text: 03409
            cell.border = LINE
        for place in range(len(row) + 1, len(row) + open_columns + 1):
            cell = sheet.cell(number, place)
            cell.fill, cell.border, cell.protection = TO_FILL, LINE, Protection(locked=False)


def _choose(sheet: Worksheet, words: Collection[str], first: int, last: int, rows: int) -> None:
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    choice.error = _("Chọn một trong: {words}", words=", ".join(words))
    area = f"{get_column_letter(first)}{HEADING_ROW + 1}:{get_column_letter(last)}{HEADING_ROW + rows}"
    choice.add(area)
    sheet.add_data_validation(choice)


def _count(sheet: Worksheet, column: int, rows: int) -> None:
    whole = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    letter = get_column_letter(column)
    whole.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + rows}")
    sheet.add_data_validation(whole)


def is_instructions(name: str, cells: Sequence[Sequence[str]]) -> bool:
    """Return whether a sheet holds a template's instructions, in any language; there is nothing to read in it."""
    titles = {text.letters(text.translated(INSTRUCTIONS, language)) for language in text.LANGUAGES}
    return text.letters(name) in titles and bool(cells) and cells[0][0].startswith("1.")


def _instructions(sheet: Worksheet, form: str) -> None:
    lines = [
        _("1. Chỉ điền vào các ô màu vàng nhạt; các ô khác được bảo vệ."),
        _("2. Ô để trống nghĩa là chưa có số liệu, không bị tính là chưa đạt."),
        _("3. Không cần điền hết một lần: tải lên phần đã có, phần còn lại bổ sung sau."),
        _("4. Lưu tệp dạng .xlsx rồi tải lên ở trang Cập nhật số liệu; mọi lỗi được chỉ ra theo từng ô."),
    ]
    lines[1:1] = [_(hint) for hint in FORMS[form].hints]
    sheet.column_dimensions["A"].width = 100
    for line in lines:
        sheet.append([line])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True)
