"""Templates: workbooks to fill in, with the units written in, lists to choose from and protected headings."""

import io
from collections.abc import Collection

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ntm.exports import neutralise
from ntm.reference import Reference
from ntm.text import _

TO_FILL = PatternFill("solid", fgColor="FFF9E5")
HEADING = PatternFill("solid", fgColor="E3E8EE")
LINE = Border(*[Side("thin", color="B0B8C0")] * 4)
HEADING_ROW = 4
SPARE_ROWS = 60  # to fill in where the rows are not known beforehand
ANSWERS = ("Đạt", "Chưa đạt")
STANDARDS = ("nông thôn mới", "nâng cao")


def make(
    reference: Reference, form: str, period: str, criteria_set: str = "", districts: Collection[str] = ()
) -> bytes:
    """Return an XLSX to fill in for a form of layout.FORMS.

    `period`: ISO date; `criteria_set`: the plan's for communes where it is empty; `districts`: codes, all where empty.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = _("Nhập số liệu")
    {
        "assessments": _assessments,
        "villages": _villages,
        "recognitions": _recognitions,
        "figures": _figures,
    }[form](sheet, reference, period, criteria_set or reference.plan.commune_set, districts)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    sheet.protection.enable()
    _instructions(book.create_sheet(_("Hướng dẫn")), form)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _assessments(
    sheet: Worksheet, reference: Reference, period: str, criteria_set: str, districts: Collection[str]
) -> None:
    chosen = reference.criteria_sets.loc[criteria_set]
    names = [f"{number}. {row['name_vi']}" for number, row in reference.criteria_of(criteria_set).iterrows()]
    _head(sheet, chosen["name_vi"], period, ["Mã đơn vị", "Tên đơn vị", "Huyện", *names])
    if chosen["unit_level"] == "district":
        units = reference.districts[reference.districts["kind"] == chosen["unit_kind"]]
    else:
        units = reference.communes
        units = units[units["district_code"].isin(districts)] if districts else units
    rows = [(code, row["name"], row.get("district", "")) for code, row in units.iterrows()]
    if districts and chosen["unit_level"] == "district":
        rows = [row for row in rows if row[0] in districts]
    _fill(sheet, rows, len(names))
    _choose(sheet, ANSWERS, 4, 3 + len(names), len(rows))


def _villages(
    sheet: Worksheet, reference: Reference, period: str, criteria_set: str, districts: Collection[str]
) -> None:
    _head(sheet, "Thôn, bản được công nhận", period, ["Mã đơn vị", "Tên đơn vị", "Số thôn, bản được công nhận"])
    rows = [(code, row["name"]) for code, row in reference.districts.iterrows() if not districts or code in districts]
    _fill(sheet, rows, 1)
    whole = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    whole.add(f"C{HEADING_ROW + 1}:C{HEADING_ROW + len(rows)}")
    sheet.add_data_validation(whole)


def _recognitions(
    sheet: Worksheet, reference: Reference, period: str, criteria_set: str, districts: Collection[str]
) -> None:
    headings = ["Mã đơn vị", "Tên đơn vị", "Huyện", "Chuẩn", "Ngày công nhận", "Quyết định", "Ngày thu hồi", "Nguồn"]
    _head(sheet, "Quyết định công nhận và thu hồi", period, headings)
    _fill(sheet, [()] * SPARE_ROWS, len(headings))
    _choose(sheet, STANDARDS, 4, 4, SPARE_ROWS)


def _figures(
    sheet: Worksheet, reference: Reference, period: str, criteria_set: str, districts: Collection[str]
) -> None:
    headings = ["Mã đơn vị", "Tên đơn vị", "Ngày của số liệu", "Chỉ tiêu", "Giá trị", "Mức chắc chắn", "Nguồn"]
    _head(sheet, "Số liệu đã công bố", period, headings)
    _fill(sheet, [()] * SPARE_ROWS, len(headings))
    _choose(sheet, ("average_criteria", "recognised_communes", "communes_19", "communes_15_18"), 4, 4, SPARE_ROWS)


def _head(sheet: Worksheet, title: str, period: str, headings: list[str]) -> None:
    """The headings are Vietnamese in every language: the file goes to an office, and comes back."""
    sheet.cell(1, 1, neutralise(title)).font = Font(bold=True, size=14)
    sheet.cell(2, 1, f"Kỳ: {int(period[8:]):02}/{period[5:7]}/{period[:4]}").font = Font(bold=True)
    for place, heading in enumerate(headings, start=1):
        cell = sheet.cell(HEADING_ROW, place, neutralise(heading))
        cell.font, cell.fill, cell.border = Font(bold=True), HEADING, LINE
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")
        sheet.column_dimensions[get_column_letter(place)].width = 12 if place == 1 else 20 if place <= 3 else 13


def _fill(sheet: Worksheet, rows: list[tuple], open_columns: int) -> None:
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


def _instructions(sheet: Worksheet, form: str) -> None:
    lines = [
        _("1. Chỉ điền vào các ô màu vàng nhạt; các ô khác được bảo vệ."),
        _("2. Ô để trống nghĩa là chưa có số liệu, không bị tính là chưa đạt."),
        _("3. Không cần điền hết một lần: tải lên phần đã có, phần còn lại bổ sung sau."),
        _("4. Lưu tệp dạng .xlsx rồi tải lên ở trang Cập nhật số liệu; mọi lỗi được chỉ ra theo từng ô."),
    ]
    if form == "assessments":
        lines.insert(1, _("Mỗi ô chọn Đạt hoặc Chưa đạt."))
    if form in ("recognitions", "figures"):
        lines.insert(1, _("Ngày ghi dạng 31/12/2024. Ghi mã đơn vị, hoặc tên đơn vị và huyện."))
    sheet.column_dimensions["A"].width = 100
    for line in lines:
        sheet.append([line])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True)
