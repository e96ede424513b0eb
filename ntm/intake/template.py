"""Templates: workbooks to fill in, empty or with what is known, with lists to choose from and protected headings.

Headings and titles are Vietnamese in every language: the file goes to an office, and comes back.
"""

import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ntm import office_metadata, text
from ntm.facts import FORMS, TYPES
from ntm.facts.fact_type import BESIDE, Field, Form
from ntm.intake import answers, head, printed
from ntm.intake.prefilled import Known
from ntm.reference import Reference
from ntm.spreadsheets import neutralise
from ntm.text import _, mark

HEADING_ROW = 8  # below the title, the period, the head, and an empty row
HEAD_ROW = 3
SPARE_ROWS = 60  # to fill in where the rows are not known beforehand
INSTRUCTIONS = mark("Hướng dẫn")  # the sheet
UNIT, DISTRICT = ("Mã đơn vị", "Tên đơn vị"), "Huyện"  # the first headings
CODE_WIDTH, NAME_WIDTH, CRITERION_WIDTH, FIELD_WIDTH, TEXT_WIDTH = 11, 22, 9, 14, 18
TEXTS = ("decision", "source", "indicator", *BESIDE)  # fields with more than a word
Value = str | int | float


@dataclass(frozen=True)
class Row:
    """A row: what is there already, then what is to be filled in, perhaps with what is known. Or a caption alone."""

    given: Sequence[Value] = ()
    open: Sequence[Value] = ()
    caption: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading and width; `choices`: the words to choose from, `strict` if no others are taken; `whole`:
    whether it holds whole numbers.
    """

    heading: str
    width: float = FIELD_WIDTH
    choices: tuple[str, ...] = ()
    strict: bool = False
    whole: bool = False


def make(
    reference: Reference,
    form: str,
    period: str,
    criteria_set: str = "",
    districts: Collection[str] = (),
    known: Known | None = None,
) -> bytes:
    """Return an XLSX to fill in for a form (a name of facts.FORMS).

    `period`: ISO date, which says whose units and criteria; `criteria_set`: the communes' where it is empty;
    `districts`: codes, all where empty; `known`: what it is filled with.
    """
    reference = reference.at(period)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Nhập số liệu")
    if FORMS[form].by_criterion:
        chosen = criteria_set or reference.commune_set
        title = reference.timeline.criteria_sets.at[chosen, "name_vi"]
        columns, rows = _by_criterion(reference, form, chosen, districts, known)
    else:
        title = FORMS[form].title
        columns, rows = _by_field(reference, form, districts, known)
    _head(sheet, title, period, known)
    _table(sheet, columns, rows)
    _instructions(book.create_sheet(_(INSTRUCTIONS)), FORMS[form], known)
    file = io.BytesIO()
    book.save(file)
    return office_metadata.stamped(file.getvalue(), _(TYPES[form].title))


def _by_criterion(
    reference: Reference, form: str, criteria_set: str, districts: Collection[str], known: Known | None
) -> tuple[list[Column], list[Row]]:
    """A row for each unit that the set is for, a column for each criterion."""
    criteria = reference.criteria_of(criteria_set)
    units = _assessed(reference, criteria_set, districts)
    groups = units["group"] if "group" in units else pd.Series("", index=units.index)
    has_captions = groups.nunique() > 1 and len(reference.districts) > 0
    of = {field.name: field for field in FORMS[form].fields}
    answer = of[FORMS[form].value]
    columns = [Column(UNIT[0], CODE_WIDTH), Column(UNIT[1], NAME_WIDTH)]
    columns += [Column(DISTRICT)] if groups.any() and not has_captions else []
    columns += [
        Column(f"{number}. {row['name_vi']}", CRITERION_WIDTH, answer.choices, strict=True)
        for number, row in criteria.iterrows()
    ]
    columns += [_column(form, of[name]) for name in BESIDE]
    rows: list[Row] = []
    for code, unit in units.iterrows():
        if has_captions and (not rows or groups[code] != groups[rows[-1].given[0]]):
            district = reference.districts.loc[unit["group_code"]]
            rows.append(Row(caption=text.capitalised(f"{district['kind']} {district['name']}")))
        given = [code, unit["name"], *([groups[code]] if groups.any() and not has_captions else [])]
        rows += [Row(given, line) for line in _lines(code, list(criteria.index), known)]
    return columns, rows


def _assessed(reference: Reference, criteria_set: str, districts: Collection[str]) -> pd.DataFrame:
    """The units that a set is for, in some districts alone where any are given, those of a group together."""
    chosen = reference.timeline.criteria_sets.loc[criteria_set]
    if chosen["unit_level"] == "district":
        units = reference.districts[reference.districts["kind"] == chosen["unit_kind"]]
        return units[units.index.isin(districts)] if districts else units
    units = reference.communes
    units = units[units["group_code"].isin(districts)] if districts else units
    return units.sort_values("group_code", kind="stable")


def _lines(code: str, criteria: Sequence[int], known: Known | None) -> Iterator[list[Value]]:
    """The lines of a unit: one for each document and remark that its answers stand on, one where nothing is known."""
    mine = known.rows[known.rows["unit_code"] == code] if known else pd.DataFrame(columns=["criterion", *BESIDE])
    if mine.empty:
        yield [""] * (len(criteria) + len(BESIDE))
    for beside, facts in mine.groupby(list(BESIDE), sort=True):
        met = {row.criterion: answers.written("met", row.met) for row in facts.itertuples()}
        yield [*(met.get(number, "") for number in criteria), *beside]


def _by_field(
    reference: Reference, form: str, districts: Collection[str], known: Known | None
) -> tuple[list[Column], list[Row]]:
    """A column for each field; of a period a row for each unit, else what is known and rows to write units in."""
    asked, facts = FORMS[form], known.rows if known else pd.DataFrame()
    fields = [field for field in asked.fields if field.in_template or _is_told(field, asked, facts)]
    columns = [Column(UNIT[0], CODE_WIDTH), Column(UNIT[1], NAME_WIDTH), *(_column(form, field) for field in fields)]
    names, lines = reference.units["name"], facts.to_dict("records")
    if asked.of_period:
        found = {fact["unit_code"]: fact for fact in lines}
        return columns, [
            Row([code, names[code]], _values(fields, found.get(code, {})))
            for code in _units(reference, asked, districts)
        ]
    filled = [Row([fact["unit_code"], names[fact["unit_code"]]], _values(fields, fact)) for fact in lines]
    return columns, [*filled, *[Row(open=[""] * len(columns))] * SPARE_ROWS]


def _is_told(field: Field, form: Form, facts: pd.DataFrame) -> bool:
    """Whether facts say something in a field that a template has no column for, and that does not follow by itself."""
    if field.name not in facts or (form.of_period and field.name == "period"):
        return False
    return bool((facts[field.name] != field.default).any())


def _values(fields: Sequence[Field], fact: dict[str, object]) -> list[Value]:
    return [_value(field.name, fact.get(field.name, "")) for field in fields]


def _value(name: str, value: object) -> Value:
    """A stored value as it stands in a cell: a number as one, all else in words."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, int) else answers.written(name, value)


def _units(reference: Reference, form: Form, districts: Collection[str]) -> list[str]:
    """The units of a form's level (codes), in some districts alone where any are given."""
    units = reference.units if form.level != "commune" else reference.communes
    units = units[units["level"] == form.level] if form.level else units
    own = units["group_code"] if form.level == "commune" else units.index.to_series()
    return list(units.index[own.isin(districts)] if districts else units.index)


def _column(form: str, field: Field) -> Column:
    width = TEXT_WIDTH if field.name in TEXTS else FIELD_WIDTH
    return Column(field.heading, width, field.choices, whole=TYPES[form].is_whole_number(field.name))


def _head(sheet: Worksheet, title: str, period: str, known: Known | None) -> None:
    """Write the title, the period, the lines for who makes the file, and what it is filled with."""
    sheet.cell(1, 1, neutralise(title)).font = Font(bold=True, size=14)
    sheet.cell(2, 1, f"Kỳ: {answers.written('period', period)}").font = Font(bold=True)
    for row, label in enumerate(head.KEPT, start=HEAD_ROW):
        sheet.cell(row, 1, f"{label}:")
        printed.to_fill(sheet.cell(row, 2), "@")
    if known:
        sheet.cell(HEAD_ROW + len(head.KEPT), 1, f"{head.FILLED}: {known.words}").font = Font(italic=True)


def _table(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    for place, column in enumerate(columns, start=1):
        printed.head(sheet.cell(HEADING_ROW, place, neutralise(column.heading)))
        printed.fit(sheet, HEADING_ROW, column.heading, column.width)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        _offer(sheet, place, column, len(rows))
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        if row.caption:
            _caption(sheet, number, row.caption, len(columns))
        for place, value in enumerate([*row.given, *row.open], start=1):
            _write(sheet, number, place, value, columns[place - 1].width, to_fill=place > len(row.given))
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, len(UNIT) + 1)
    printed.protect(sheet)
    printed.set_up(sheet, HEADING_ROW)


def _caption(sheet: Worksheet, row: int, words: str, columns: int) -> None:
    """Write the name of a district over its communes."""
    for place in range(1, columns + 1):
        sheet.cell(row, place).fill = printed.HEADING
    sheet.cell(row, len(UNIT), neutralise(words)).font = Font(bold=True)


def _write(sheet: Worksheet, row: int, place: int, value: Value, width: float, *, to_fill: bool) -> None:
    """Write a cell. Words stay words, whatever they look like: 03409, 31/12/2024."""
    cell = sheet.cell(row, place, neutralise(value) if value != "" else None)
    number_format = "General" if isinstance(value, (int, float)) else "@"
    if to_fill:
        printed.to_fill(cell, number_format)
    else:
        cell.number_format, cell.border = number_format, printed.LINE
    printed.fit(sheet, row, str(value), width)


def _offer(sheet: Worksheet, place: int, column: Column, rows: int) -> None:
    """Let a spreadsheet offer the words of a column, and refuse, or warn of, others."""
    letter = get_column_letter(place)
    area = f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + rows}"
    rule = None
    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        rule.error = _("Chọn một trong: {words}", words=", ".join(column.choices))
        rule.errorStyle = "stop" if column.strict else "warning"
    elif column.whole:
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.error = _("Ghi số nguyên từ 0")
    if rule is not None:
        rule.showErrorMessage = True
        rule.add(area)
        sheet.add_data_validation(rule)


def is_instructions(name: str, cells: Sequence[Sequence[str]]) -> bool:
    """Return whether a sheet holds a template's instructions, in any language; there is nothing to read in it."""
    titles = {text.letters(text.translated(INSTRUCTIONS, language)) for language in text.LANGUAGES}
    return text.letters(name) in titles and bool(cells) and cells[0][0].startswith("1.")


def _instructions(sheet: Worksheet, form: Form, known: Known | None) -> None:
    lines = [
        _("1. Chỉ điền vào các ô màu vàng nhạt; các ô khác được bảo vệ."),
        *(_(hint) for hint in form.hints),
        _("Ba dòng trên bảng ghi đơn vị, người và ngày lập; ngày lập không phải kỳ số liệu."),
    ]
    if set(BESIDE) & set(form.names):
        lines.append(_("Cột ghi chú (và văn bản, nguồn) được lưu cùng các số liệu của dòng."))
    if known:
        lines.append(_("Mẫu đã điền sẵn: sửa ô nào thay đổi. Xóa trắng một ô không xóa số liệu đã công bố."))
    lines += [
        _("2. Ô để trống nghĩa là chưa có số liệu, không bị tính là chưa đạt."),
        _("3. Không cần điền hết một lần: tải lên phần đã có, phần còn lại bổ sung sau."),
        _("4. Lưu tệp dạng .xlsx rồi tải lên ở trang Cập nhật số liệu; mọi lỗi được chỉ ra theo từng ô."),
    ]
    sheet.column_dimensions["A"].width = 100
    for row, line in enumerate(lines, start=1):
        printed.to_read(sheet.cell(row, 1, line))
    printed.set_up(sheet)
