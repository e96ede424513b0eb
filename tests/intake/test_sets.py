"""Criteria sets of a workbook: each table's own where it says so officially, else the person is asked."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.workbooks import ASKED, GIANG, PERIOD, columns, left_out, read, read_all

BASIC, ADVANCED, DISTRICT = "commune-2021-2025", "commune-advanced-2021-2025", "district-2021-2025"
OFFICIAL = {
    BASIC: "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025",
    ADVANCED: "BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI NÂNG CAO 2021-2025",
    DISTRICT: "Bộ tiêu chí quốc gia về huyện NTM giai đoạn 2021 - 2025",
}
COMMUNES = [["Tên xã", "1"], ["Bản Giang", "x"]]
DISTRICTS = [["Tên huyện", "1"], ["Tam Đường", "x"]]
UNITS = {BASIC: GIANG, ADVANCED: GIANG, DISTRICT: "106"}


def sets(found) -> list[tuple[str, ...]]:
    return columns(found, "unit_code", "criteria_set")


def test_three_sets_by_their_official_names_are_each_read_under_their_own(facts) -> None:
    workbook = [
        (f"Biểu {number}", [[title], *(DISTRICTS if code == DISTRICT else COMMUNES)])
        for number, (code, title) in enumerate(OFFICIAL.items())
    ]
    found = read_all(facts, *workbook)
    assert sets(found) == [(unit, code) for code, unit in UNITS.items()]
    assert found.left_out.empty
    chosen = read_all(facts, *workbook, asked=Asked("assessments", PERIOD, BASIC))
    assert sets(chosen) == sets(found)
    assert chosen.left_out[["sheet", "value"]].to_numpy().tolist() == [["Biểu 1", "Tên xã"], ["Biểu 2", "Tên huyện"]]


def test_sets_that_sheets_are_only_called_after_are_asked_about_once(facts) -> None:
    workbook = [("NTM", COMMUNES), ("NTM nâng cao", COMMUNES), ("Huyện NTM", DISTRICTS)]
    with pytest.raises(Undecided) as question:
        read_all(facts, *workbook)
    assert list(question.value.choices) == ["named", BASIC]
    assert all(f"“{name}”" in question.value.choices["named"] for name, _cells in workbook)
    found = read_all(facts, *workbook, asked=ASKED.deciding("set", "named"))
    assert sets(found) == [(unit, code) for code, unit in UNITS.items()]
    whole = read_all(facts, *workbook, asked=ASKED.deciding("set", BASIC))
    assert sets(whole)[0] == (GIANG, BASIC)
    assert whole.left_out["sheet"].tolist() == ["Huyện NTM"]


@pytest.mark.parametrize("chosen", [BASIC, ADVANCED])
def test_a_plain_name_says_the_basic_set_beside_another_one(facts, chosen: str) -> None:
    asked = Asked("assessments", PERIOD, chosen)
    workbook = [("NTM", COMMUNES), ("NTM nâng cao", COMMUNES)]
    with pytest.raises(Undecided):
        read_all(facts, *workbook, asked=asked)
    found = read_all(facts, *workbook, asked=asked.deciding("set", "named"))
    assert sets(found) == [(GIANG, BASIC), (GIANG, ADVANCED)]
    alone = read(facts, *COMMUNES, name="NTM", asked=asked)  # every sheet of the programme is called so
    assert sets(alone) == [(GIANG, chosen)]


def test_a_sheet_that_says_nothing_beside_one_that_does_is_asked_about(facts) -> None:
    workbook = [("Tam Đường", COMMUNES), ("Biểu 2", [[OFFICIAL[ADVANCED]], *COMMUNES])]
    with pytest.raises(Undecided) as question:
        read_all(facts, *workbook)
    assert list(question.value.choices) == ["named", ADVANCED, BASIC]


def test_a_cover_speaks_for_the_tables_that_say_nothing(facts) -> None:
    workbook = [("Bìa", [["BÁO CÁO"], [OFFICIAL[ADVANCED]]]), ("Tam Đường", COMMUNES), ("Biểu 2", COMMUNES)]
    assert {code for _unit, code in sets(read_all(facts, *workbook))} == {ADVANCED}


BOTH = [
    "Kèm theo Bộ tiêu chí quốc gia về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao 2021-2025",
    "KẾT QUẢ XÃ NTM, XÃ NTM NÂNG CAO",
]


@pytest.mark.parametrize("title", BOTH)
def test_a_title_that_names_two_sets_is_asked_about(facts, title: str) -> None:
    with pytest.raises(Undecided) as question:
        read(facts, [title], *COMMUNES)
    assert set(question.value.choices) == {BASIC, ADVANCED}
    assert sets(read(facts, [title], *COMMUNES, asked=ASKED.deciding("set", ADVANCED))) == [(GIANG, ADVANCED)]


def test_the_set_of_model_communes_is_told_and_the_others_are_read(facts) -> None:
    found = read_all(facts, ("NTM", COMMUNES), ("NTM kiểu mẫu", COMMUNES))
    assert sets(found) == [(GIANG, BASIC)]
    assert "kiểu mẫu" in left_out(found)["A1:B2"]
    with pytest.raises(Refused, match="kiểu mẫu"):
        read(facts, ["XÃ NTM KIỂU MẪU"], *COMMUNES)


def test_the_answer_to_another_files_question_does_not_count(facts) -> None:
    with pytest.raises(Undecided):
        read(facts, ["Kết quả xã NTM nâng cao"], *COMMUNES, asked=ASKED.deciding("set", DISTRICT))
