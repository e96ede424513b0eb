"""Shapes of tables: what the next file has in common with this one."""

import pytest

from ntm.intake import reading, table_shape
from ntm.intake.reading import Asked
from ntm.intake.sheets import Sheet
from ntm.intake.table_shape import Shape

SET = "commune-2021-2025"


def shape(facts, *rows: list[str], **of_sheet: object) -> Shape:
    asked = Asked("assessments", "2024-12-31")
    (layout,) = reading.layouts_of([Sheet("S", [list(row) for row in rows], **of_sheet)], asked, facts).values()
    return table_shape.of(layout, SET)


HEADS = ["Tên xã", "TC 1", "TC 2", "Xếp loại"]
FIRST = (["KẾT QUẢ"], HEADS, ["Bản Giang", "x", "x", ""])


@pytest.mark.parametrize(
    "rows",
    [
        (["KẾT QUẢ QUÝ IV"], ["Đến 31/12/2024"], HEADS, ["Hồ Thầu", "0", "x", "a"]),  # other titles, other facts
        (["tên  xã", "TC 1.", "tc 2", "XẾP LOẠI"], ["Bản Giang", "x", "", ""]),  # other spellings
    ],
)
def test_files_with_the_same_headings_are_of_one_shape(facts, rows) -> None:
    assert shape(facts, *rows) == shape(facts, *FIRST)


@pytest.mark.parametrize(
    "heads",
    [
        ["Tên xã", "TC 2", "TC 1", "Xếp loại"],  # in another order
        ["TT", "Tên xã", "TC 1", "TC 2", "Xếp loại"],  # shifted
        ["Tên xã", "TC 1", "TC 2", "Ghi chú thêm"],
    ],
)
def test_other_headings_or_places_are_another_shape(facts, heads: list[str]) -> None:
    assert shape(facts, heads, [*["Bản Giang"] * 2, "x", "x", ""][-len(heads) :]) != shape(facts, *FIRST)


def test_a_year_of_the_headings_does_not_count_and_several_do(facts) -> None:
    def of(*years: str) -> Shape:
        groups = ["Tên xã", *[f"Kết quả đến 31/12/{year}" for year in years]]
        return shape(facts, groups, ["", *["TC 1"] * len(years)], ["Bản Giang", *["x"] * len(years)])

    assert of("2024") == of("2023")
    assert of("2023", "2024") != of("2024", "2023")


def test_what_was_corrected_is_said_by_column(facts) -> None:
    asked = Asked("assessments", "2024-12-31")
    (layout,) = reading.layouts_of([Sheet("S", [list(row) for row in FIRST])], asked, facts).values()
    corrected = layout.corrected({2: "", 3: "criterion:3"})
    roles = table_shape.corrections(layout, corrected)
    assert roles == {2: "", 3: "criterion:3"}
    assert layout.corrected(roles) == corrected
    words = table_shape.words(roles, facts.criteria_of(SET))
    assert words.startswith("C: (bỏ qua); D: Tiêu chí 3. ")
