import io

import openpyxl
import pytest

from ntm.intake import reading, sheets, template
from ntm.intake.reading import Asked
from tests.intake.test_reading import PERIOD, SET, read


@pytest.mark.parametrize("criteria_set", ["", "commune-advanced-2021-2025", "district-2021-2025"])
def test_a_template_that_is_filled_in_comes_back(facts, criteria_set: str) -> None:
    made = template.make(facts, "assessments", PERIOD, criteria_set, ["106"])
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet["D5"].protection.locked
    assert '"Đạt,Chưa đạt"' in {rule.formula1 for rule in sheet.data_validations.dataValidation}
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 4).value = "Đạt"
    file = io.BytesIO()
    book.save(file)
    asked = Asked("assessments", "2023-12-31", SET, decided=(("period", PERIOD), ("set", criteria_set or SET)))
    found = read(file.getvalue(), facts, asked)
    assert found.faults.empty
    assert set(found.rows["period"]) == {PERIOD}
    assert set(found.rows["criteria_set"]) == {criteria_set or SET}
    units = (
        {"106"}
        if criteria_set.startswith("district")
        else set(facts.communes.index[facts.communes["group_code"] == "106"])
    )
    assert set(found.rows["unit_code"]) == units


@pytest.mark.parametrize("form", ["villages", "recognitions", "figures"])
def test_the_other_templates_are_understood(facts, form: str) -> None:
    found = sheets.read(template.make(facts, form, PERIOD))
    assert reading.layouts_of(found, Asked(form, PERIOD), facts)[0].is_usable
