"""Who made a table, and when: kept with the revision, and taken for nothing else."""

import pytest

from ntm.intake import head, reading
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Sheet

PERIOD = "2024-12-31"
TABLE = (["Mã xã", "Tên xã", "1"], ["03418", "Bản Giang", "x"])
MADE = (["Đơn vị lập:", "Xã Bản Giang"], ["Người lập", "Lò Thị An"], ["Ngày lập", "2024-06-30"])


def read(facts, *rows: list[str], period: str = PERIOD, **of_sheet: object) -> Reading:
    sheet = Sheet("S", [list(row) for row in rows], **of_sheet)
    return reading.read([sheet], Asked("assessments", period), facts)


@pytest.mark.parametrize("between", [[[""]], []], ids=["a row between", "no row between"])
def test_a_head_is_kept_and_nothing_of_it_is_left_out_or_taken_for_the_period(facts, between) -> None:
    found = read(facts, ["KẾT QUẢ"], *MADE, *between, *TABLE)
    assert found.faults.empty
    assert found.left_out.empty
    assert found.facts[["unit_code", "period", "criterion"]].to_numpy().tolist() == [["03418", PERIOD, "1"]]
    assert found.head == {"Đơn vị lập": "Xã Bản Giang", "Người lập": "Lò Thị An", "Ngày lập": "30/06/2024"}


def test_a_day_of_the_head_is_no_period_where_none_was_asked_for(facts) -> None:
    with pytest.raises(reading.Refused, match="không ghi kỳ"):
        read(facts, *MADE, *TABLE, period="")
    assert set(read(facts, ["Kỳ: 31/12/2024"], *MADE, *TABLE, period="").facts["period"]) == {PERIOD}


ROWS = {
    "one cell": ["Người lập biểu: Lò Thị An"],
    "one cell beside another": ["Người lập: Lò Thị An", "", "Ngày lập: 2/1/2025"],
    "a cell apart": ["Người lập", "", "Lò Thị An"],
}


@pytest.mark.parametrize("name", ROWS)
def test_the_ways_in_which_offices_write_it(name: str) -> None:
    found = head.find([ROWS[name]], 1)
    assert found.said["Người lập"] == "Lò Thị An"
    assert found.spots == {(0, column) for column, word in enumerate(ROWS[name]) if word}
    assert found.said.get("Ngày lập", "2/1/2025") == "2/1/2025"


def test_merged_cells_are_one(facts) -> None:
    rows = (["Đơn vị lập", "Phòng NN", "", ""], *TABLE)
    found = read(facts, *rows, merged=((0, 1, 0, 3),))
    assert found.head == {"Đơn vị lập": "Phòng NN"}
    assert found.left_out.empty


def test_what_nobody_has_filled_in_says_nothing(facts) -> None:
    assert read(facts, ["Đơn vị lập:"], ["Người lập:"], *TABLE).head == {}


def test_sheets_of_several_offices_say_all_of_them() -> None:
    heads = [head.find([["Người lập", name]], 1) for name in ("A", "B", "A")]
    assert head.together(heads) == {"Người lập": "A, B"}


def test_the_note_of_the_revision_keeps_it() -> None:
    said = {"Đơn vị lập": "Xã A", "Ngày lập": "30/06/2024", "Điền sẵn": "số liệu kỳ 31/12/2023"}
    assert head.noted("12/BC", said) == "12/BC (Đơn vị lập: Xã A; Ngày lập: 30/06/2024)"
    assert head.noted("12/BC", {}) == "12/BC"


def test_a_template_that_was_filled_with_another_period_says_so(facts) -> None:
    filled = ["Điền sẵn", "số liệu kỳ 31/12/2023, phiên bản 4"]
    (reason,) = read(facts, filled, *TABLE).left_out["reason"]
    assert "31/12/2023" in reason
    assert read(facts, filled, *TABLE, period="2023-12-31").left_out.empty
