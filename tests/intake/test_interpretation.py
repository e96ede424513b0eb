"""Interpretation: what titles say of a whole table, and what they leave open."""

import pytest

from ntm.intake.reading import Asked
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake.workbooks import ASKED, GIANG, LU, answers, columns, left_out, read

RECOGNITIONS = Asked("recognitions")
HEADS = ["TT", "Tên xã", "Số QĐ", "Ngày công nhận"]
ROW = [1, "Bản Giang", "1/QĐ-UBND", "25/12/2022"]
STANDARDS = {
    "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI": "ntm",
    "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO": "advanced",
    "Xã đạt chuẩn NTM nâng cao đến 31/12/2023 (thực hiện Chương trình xây dựng nông thôn mới)": "advanced",
}


@pytest.mark.parametrize(("title", "standard"), STANDARDS.items())
def test_a_title_names_the_standard_of_recognitions(facts, title: str, standard: str) -> None:
    found = read(facts, [title], HEADS, ROW, asked=RECOGNITIONS)
    assert columns(found, "unit_code", "standard") == [(GIANG, standard)]
    of_sheet = read(facts, HEADS, ROW, asked=RECOGNITIONS, name="NTM nâng cao")
    assert columns(of_sheet, "standard") == [("advanced",)]


@pytest.mark.parametrize("title", ["DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN", "Xã đạt chuẩn NTM, NTM nâng cao"])
def test_a_standard_that_nothing_says_is_asked_about(facts, title: str) -> None:
    with pytest.raises(Undecided) as question:
        read(facts, [title], HEADS, ROW, asked=RECOGNITIONS)
    assert list(question.value.choices) == ["ntm", "advanced"]
    found = read(facts, [title], HEADS, ROW, asked=RECOGNITIONS.deciding("standard", "advanced"))
    assert columns(found, "standard") == [("advanced",)]


def test_a_column_of_standards_goes_before_the_title_and_a_blank_in_it_is_a_fault(facts) -> None:
    heads = ["Tên xã", "Chuẩn", "Ngày công nhận"]
    rows = (["Bản Giang", "NTM nâng cao", "25/12/2022"], ["Bình Lư", "", "25/12/2022"])
    found = read(facts, heads, *rows, asked=RECOGNITIONS)
    assert found.faults["cell"].tolist() == ["B3"]
    titled = read(facts, ["XÃ ĐẠT CHUẨN NTM"], heads, *rows, asked=RECOGNITIONS)
    assert columns(titled, "unit_code", "standard") == [(GIANG, "advanced"), (LU, "ntm")]
    model = read(facts, heads, ["Bản Giang", "NTM kiểu mẫu", "25/12/2022"], asked=RECOGNITIONS)
    assert model.faults["cell"].tolist() == ["B2"]


REVOKED = "DANH SÁCH XÃ BỊ THU HỒI QUYẾT ĐỊNH CÔNG NHẬN XÃ NÔNG THÔN MỚI"


@pytest.mark.parametrize("day", ["Ngày quyết định", "Ngày", "Ngày thu hồi"])
def test_a_list_of_revocations_needs_both_days(facts, day: str) -> None:
    with pytest.raises(Refused, match="Ngày công nhận"):
        read(facts, [REVOKED], ["Tên xã", day], ["Bản Giang", "25/12/2022"], asked=RECOGNITIONS)
    rows = (["Bản Giang", "25/12/2015", "9/QĐ", "25/12/2022"], ["Bình Lư", "25/12/2015", "9/QĐ", None])
    found = read(facts, [REVOKED], ["Tên xã", "Ngày công nhận", "Số QĐ", day], rows[0], asked=RECOGNITIONS)
    assert columns(found, "standard", "recognised_by", "revoked_on", "decision") == [
        ("ntm", "2015-12-25", "2022-12-25", "")
    ]
    assert "thu hồi" in left_out(found)["C3"]
    lacking = read(facts, [REVOKED], ["Tên xã", "Ngày công nhận", "Số QĐ", day], *rows, asked=RECOGNITIONS)
    assert lacking.faults["cell"].tolist() == ["D4"]


def test_a_list_of_revocations_without_their_days_is_no_list_of_recognitions(facts) -> None:
    with pytest.raises(Refused, match="Ngày thu hồi"):
        read(facts, [REVOKED], HEADS, ROW, asked=RECOGNITIONS)
    with pytest.raises(Refused, match="thu hồi"):
        read(
            facts,
            HEADS,
            ["I", "Xã NTM"],
            ROW,
            ["II", "Xã NTM bị thu hồi"],
            [1, "Bình Lư", *ROW[2:]],
            asked=RECOGNITIONS,
        )


def test_a_decision_is_of_recognition_if_its_heading_says_so(facts) -> None:
    heads = ["Tên xã", "Quyết định công nhận", "Ngày công nhận", "Ngày thu hồi"]
    row = ["Bản Giang", "1/QĐ", "25/12/2015", "25/12/2022"]
    assert columns(read(facts, [REVOKED], heads, row, asked=RECOGNITIONS), "revoked_on") == [("2022-12-25",)]


FORMS = ["PHIẾU XÃ BẢN GIANG: KẾT QUẢ", "Xã Bản Giang năm 2024", "TIÊU CHÍ XÃ NTM XÃ BẢN GIANG – HUYỆN TAM ĐƯỜNG"]


@pytest.mark.parametrize("title", FORMS)
def test_the_unit_of_a_form_is_found_among_the_words_of_its_title(facts, title: str) -> None:
    found = read(facts, [title], ["TT", "Tiêu chí", "Đánh giá"], [1, "Quy hoạch", "Đạt"])
    assert answers(found) == {(GIANG, "1"): "1"}


def test_the_district_in_a_title_tells_communes_of_one_name_apart(facts) -> None:
    found = read(facts, ["HUYỆN SÌN HỒ"], ["Tên xã", "1"], ["Nậm Cha", "x"])
    assert answers(found) == {("03526", "1"): "1"}
    blocks = read(
        facts,
        ["Huyện Sìn Hồ", None, "Huyện Nậm Nhùn", None],
        ["Tên xã", "1", "Tên xã", "1"],
        ["Nậm Cha", "x", "Nậm Chà", "0"],
        merged=("A1:B1", "C1:D1"),
    )
    assert answers(blocks) == {("03526", "1"): "1", ("03473", "1"): "0"}
    assert blocks.left_out.empty


def test_blocks_side_by_side_have_their_own_captions_between_the_rows(facts) -> None:
    found = read(
        facts,
        ["TT", "Tên xã", "1", "TT", "Tên xã", "1"],
        ["I", "Huyện Sìn Hồ", None, "II", "Huyện Nậm Nhùn", None],
        [1, "Nậm Cha", "x", 1, "Nậm Chà", "0"],
        ["III", "Huyện Tam Đường", None, 2, "Nậm Hàng", "x"],
        [1, "Bản Giang", "x", 3, "Nậm Pì", "0"],
    )
    expected = {("03526", "1"): "1", ("03473", "1"): "0", ("03475", "1"): "1", (GIANG, "1"): "1"}
    assert expected.items() <= answers(found).items()
    assert len(answers(found)) == 5


def test_a_list_of_what_is_lacking_turns_the_marks_of_a_form_of_one_commune(facts) -> None:
    rows = (["XÃ BẢN GIANG: TIÊU CHÍ CHƯA ĐẠT"], ["TT", "Tiêu chí", "Đánh giá"], [1, "Quy hoạch", "x"])
    with pytest.raises(Undecided, match="CHƯA ĐẠT"):
        read(facts, *rows)
    assert answers(read(facts, *rows, asked=ASKED.deciding("marks", "unmet"))) == {(GIANG, "1"): "0"}
