"""Templates: opened as an office opens them, filled in, and read again."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from ntm import look
from ntm.facts import FORMS, TYPES
from ntm.intake import reading, sheets, template
from ntm.intake.reading import Asked, Reading
from ntm.intake.template import HEADING_ROW
from ntm.look import Look
from tests.intake.test_reading import PERIOD, SET, read

ADVANCED, DISTRICTS = "commune-advanced-2021-2025", "district-2021-2025"
TABLES = [form for form in FORMS if FORMS[form].fields]
FIRST = HEADING_ROW + 1


def opened(made: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]


def changed(made: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(made))
    change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def headings(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[HEADING_ROW]]


def at(sheet: Worksheet, heading: str, row: int = FIRST):
    """The cell of a row under a heading that begins so."""
    return sheet.cell(row, 1 + next(place for place, words in enumerate(headings(sheet)) if words.startswith(heading)))


@pytest.mark.parametrize("criteria_set", ["", ADVANCED, DISTRICTS])
def test_a_template_that_is_filled_in_comes_back(facts, criteria_set: str) -> None:
    made = template.make(facts, "assessments", PERIOD, criteria_set, ["106"])
    sheet = opened(made)
    assert sheet.protection.sheet
    assert sheet.cell(HEADING_ROW, 1).protection.locked
    assert not at(sheet, "1. ").protection.locked

    def fill(sheet: Worksheet) -> None:
        for row in range(FIRST, sheet.max_row + 1):
            at(sheet, "1. ", row).value = "Đạt"

    asked = Asked("assessments", "2023-12-31", SET, decided=(("period", PERIOD), ("set", criteria_set or SET)))
    found = read(changed(made, fill), facts, asked)
    assert found.faults.empty
    assert set(found.rows["period"]) == {PERIOD}
    assert set(found.rows["criteria_set"]) == {criteria_set or SET}
    units = (
        {"106"}
        if criteria_set.startswith("district")
        else set(facts.communes.index[facts.communes["group_code"] == "106"])
    )
    assert set(found.rows["unit_code"]) == units


@pytest.mark.parametrize("form", TABLES)
def test_every_template_is_understood(facts, form: str) -> None:
    found = sheets.read(template.make(facts, form, PERIOD))
    layout = reading.layouts_of(found, Asked(form, PERIOD), facts)[0]
    assert layout.is_usable
    told = {role for role in layout.roles if role}
    assert len(layout.roles) == len(told), "every column means something, and no two the same"


def test_criteria_are_headed_by_number_and_name(facts) -> None:
    assert "10. Thu nhập" in headings(opened(template.make(facts, "assessments", PERIOD)))


@pytest.mark.parametrize("form", TABLES)
def test_it_is_printed_on_one_landscape_page_s_width_with_its_headings_on_each_page(facts, form: str) -> None:
    sheet = opened(template.make(facts, form, PERIOD))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert sheet.oddFooter.center.text == "&P/&N"
    assert sheet.freeze_panes == f"C{FIRST}"


def test_what_may_be_chosen_is_offered_and_answers_are_no_other_words(facts) -> None:
    rules = opened(template.make(facts, "assessments", PERIOD, "", ["106"])).data_validations.dataValidation
    answers = [rule for rule in rules if rule.formula1 == '"Đạt,Chưa đạt"']
    assert len(answers) == 19
    assert {(rule.showErrorMessage, rule.errorStyle) for rule in answers} == {(True, "stop")}
    (count,) = opened(template.make(facts, "villages", PERIOD)).data_validations.dataValidation
    assert (count.type, count.showErrorMessage) == ("whole", True)


def test_communes_of_several_districts_stand_under_their_names(facts) -> None:
    made = template.make(facts, "assessments", PERIOD)
    sheet = opened(made)
    names = [sheet.cell(row, 2).value for row in range(FIRST, sheet.max_row + 1)]
    captions = [name for name in names if name.startswith(("Huyện ", "Thành phố "))]
    assert len(captions) == len(facts.districts)
    assert "Huyện" not in headings(sheet)
    at_first = names.index("Huyện Than Uyên") + 1
    found = read(changed(made, lambda sheet: _answer(sheet, FIRST + at_first)), facts)
    assert found.faults.empty
    assert found.left_out.empty
    assert facts.communes.at[found.rows["unit_code"].item(), "group"] == "Than Uyên"


def _answer(sheet: Worksheet, row: int) -> None:
    at(sheet, "1. ", row).value = "Đạt"


def test_without_districts_the_group_stands_in_a_column(facts) -> None:
    today = facts.at("2026-06-30")
    made = template.make(today, "assessments", "2026-06-30")
    assert headings(opened(made))[2] == "Huyện"
    found = reading.read(
        sheets.read(changed(made, lambda s: _answer(s, FIRST))), Asked("assessments", "2026-06-30"), today
    )
    assert found.faults.empty
    assert found.left_out.empty


BESIDE = {"Văn bản": "12/BC-UBND", "Ghi chú": "=1+1 đã kiểm tra"}


def filled_in(sheet: Worksheet) -> None:
    """The head, and in the first row an answer with document and remark."""
    for row, words in enumerate(("UBND xã Bản Giang", "Lò Thị An", "30/06/2024"), start=3):
        assert sheet.cell(row, 1).value.endswith(":")
        assert not sheet.cell(row, 2).protection.locked
        sheet.cell(row, 2).value = words
    at(sheet, "1. ").value = "Đạt"
    for heading, words in BESIDE.items():
        at(sheet, heading).value = words
        at(sheet, heading).data_type = "s"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_head_document_and_remark_come_back_and_nothing_is_left_out(facts, language: str) -> None:
    with look.use(Look(language)):
        made = changed(template.make(facts, "assessments", PERIOD, "", ["106"]), filled_in)
        found: Reading = read(made, facts)
    assert found.faults.empty
    assert found.left_out.empty
    (fact,) = found.facts.to_dict("records")
    assert (fact["period"], fact["met"]) == (PERIOD, "1")
    assert [fact["document"], fact["remark"]] == list(BESIDE.values())
    assert found.head == {"Đơn vị lập": "UBND xã Bản Giang", "Người lập": "Lò Thị An", "Ngày lập": "30/06/2024"}


def test_every_field_of_the_template_is_a_column_of_the_store() -> None:
    for form in TABLES:
        known = {*TYPES[form].columns, "district", "district_code"}
        assert set(FORMS[form].names) <= known
