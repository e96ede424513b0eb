"""What offices really have, read; and every fault with its cell and what would be right."""

import pytest

from ntm.intake import reading, sheets
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.intake.undecided import Undecided
from tests.intake import odd

SET = "commune-2021-2025"
PERIOD = "2024-12-31"
ASKED = Asked("assessments", PERIOD)


def read(content: bytes, facts, asked: Asked = ASKED) -> Reading:
    return reading.read(sheets.read(content), asked, facts)


def answers(found: Reading) -> dict[tuple[str, str], str]:
    assert found.faults.empty, found.faults.to_string()
    return dict(zip(zip(found.rows["unit_code"], found.rows["criterion"], strict=True), found.rows["met"], strict=True))


WIDE = {("03418", "1"): "1", ("03418", "2"): "0", ("03412", "1"): "1"}
HEADS = ["Mã xã", "1", "2"]
TAKEN = {
    "csv, semicolons": odd.text([HEADS, ["03418", "x", "0"], ["03412", "x", ""]]),
    "csv, commas, utf-16": odd.text([HEADS, ["03418", "Đạt", "Không đạt"], ["03412", "đạt", ""]], ",", "utf-16"),
    "codes as numbers": odd.xlsx(("S", [HEADS, [3418, 1, 0], [3412.0, 1, None]])),
    "codes lost": odd.xlsx(
        (
            "S",
            [
                ["STT", "Tên xã", "Huyện", "1", "2"],
                [1, "xã Bản Giang", "Tam Đường", "Đ", "CĐ"],
                [2, "Bình Lư", "Tam Đường", "✓", ""],
            ],
        )
    ),
    "names decomposed, spaces": odd.xlsx(
        ("S", [["Tên xã ", " 1 ", "2"], ["  Bản   Giang ", " Đạt ", "chưa  đạt"], ["Bi\u0300nh Lu\u031b", "X", None]])
    ),
    "merged titles": odd.xlsx(
        (
            "Tổng hợp",
            [
                ["UBND HUYỆN TAM ĐƯỜNG", None, None, None, None],
                ["KẾT QUẢ THỰC HIỆN ĐẾN 31/12/2024", None, None, None, None],
                ["TT", "Mã xã", "Tên xã", "Tiêu chí", None],
                [None, None, None, "Tiêu chí 1", "2. Giao thông"],
                ["I", None, "Huyện Tam Đường", None, None],
                [1, "03418", "Bản Giang", "x", "0"],
                [2, "03412", "Bình Lư", "x", None],
                [None, None, "Tổng cộng", 2, 0],
            ],
        ),
        merged=["A1:E1", "A2:E2", "D3:E3", "A3:A4", "B3:B4", "C3:C4"],
    ),
    "criteria by name": odd.xlsx(
        ("S", [["Xã", "Quy hoạch", "Giao thông"], ["Bản Giang", "có", "không"], ["Bình Lư", "có", None]])
    ),
    "one row per criterion": odd.text(
        [["Mã xã", "Tiêu chí", "Kết quả"], ["3418", "1", "Đạt"], ["3418", "2", "Chưa đạt"], ["3412", "1", "đạt"]]
    ),
    "sheets per district": odd.xlsx(
        ("Tam Đường", [["Tên xã", "1", "2"], ["Bản Giang", "x", "0"]]),
        ("Ghi chú", [["không có gì"]]),
        ("H. Tam Đường", [["Tên xã", "1", "2"], ["Bình Lư", "x", None]]),
    ),
    "ods": odd.ods([HEADS, ["03418", "x", "0"], ["03412", "x", None]]),
    "the same twice": odd.text([HEADS, ["03418", "x", "0"], ["03412", "x", ""], ["03418", "Đạt", "0"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_offices_have_is_understood(facts, name: str) -> None:
    assert answers(read(TAKEN[name], facts)) == WIDE


def test_a_period_that_is_not_the_one_asked_for_is_asked_about(facts) -> None:
    asked = Asked("assessments", "2024-09-30")
    with pytest.raises(Undecided, match="31/12/2024") as question:
        read(TAKEN["merged titles"], facts, asked)
    assert list(question.value.choices) == [PERIOD, "2024-09-30"]
    for answer in question.value.choices:
        assert set(read(TAKEN["merged titles"], facts, asked.deciding("period", answer)).rows["period"]) == {answer}
    with pytest.raises(Refused, match="kỳ"):
        read(TAKEN["ods"], facts, Asked("assessments", ""))


def test_an_empty_cell_is_unknown_unless_the_person_says_otherwise(facts) -> None:
    content = TAKEN["csv, semicolons"]
    assert ("03412", "2") not in answers(read(content, facts))
    said = answers(read(content, facts, Asked("assessments", PERIOD, blank_is_not_met=True)))
    assert said["03412", "2"] == "0"


FAULTS = {
    "a name nearly right": ([["Tên xã", "1"], ["Kan Hồo", "x"]], ("A2", "Kan Hồo", "không có đơn vị", "Can Hồ 03469")),
    "no such code": ([["Mã xã", "1"], ["99999", "x"]], ("A2", "99999", "không có đơn vị", "")),
    "code and name disagree": (
        [["Mã xã", "Tên xã", "1"], ["03418", "Nowhere", "x"]],
        ("B2", "Nowhere", "không có", ""),
    ),
    "no answer": ([HEADS, ["03418", "tốt", "0"]], ("B2", "tốt", "đạt", "Đạt hoặc Chưa đạt")),
    "contradiction": (
        [["Mã xã", "Tiêu chí", "Kết quả"], ["03418", "1", "Đạt"], ["03418", "1", "Chưa đạt"]],
        ("C2", "Đạt", "mâu thuẫn với ô S C3", ""),
    ),
    "no such criterion": ([["Mã xã", "Tiêu chí", "Kết quả"], ["03418", "20", "Đạt"]], ("B2", "20", "tiêu chí", "")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_its_cell_and_what_would_be_right(facts, name: str) -> None:
    rows, (cell, value, rule, suggestion) = FAULTS[name]
    first = read(odd.xlsx(("S", rows)), facts).faults.iloc[0]
    assert (first["cell"], first["value"], first["suggestion"]) == (cell, value, suggestion)
    assert rule in first["rule"]


def test_all_faults_come_at_once(facts) -> None:
    rows = [HEADS, ["03418", "tốt", "xấu"], ["99999", "x", ""], ["03412", "x", "x"]]
    assert read(odd.xlsx(("S", rows)), facts).faults["cell"].tolist() == ["B2", "C2", "A3"]


@pytest.mark.parametrize(
    ("period", "rule"),
    [("2024-12-30", "cuối tháng"), ("2025-12-31", "không tồn tại")],
)
def test_a_period_that_cannot_be(facts, period: str, rule: str) -> None:
    faults = read(TAKEN["csv, semicolons"], facts, Asked("assessments", period)).faults
    assert faults["rule"].str.contains(rule).any()


def test_a_period_to_come(facts) -> None:
    faults = read("Mã xã;Tiêu chí 1\n03390;x".encode(), facts, Asked("assessments", "2030-12-31")).faults
    assert faults["rule"].str.contains("tương lai").all()


def test_the_period_says_which_units_and_criteria_a_file_means(facts) -> None:
    """Nậm Hàng has had the code 03434 since 1/7/2025; it was the town of Nậm Nhùn before."""
    content = "Tên xã;Tiêu chí 1\nNậm Hàng;x".encode()
    for period, code in (("2024-12-31", "03475"), ("2026-06-30", "03434")):
        found = read(content, facts, Asked("assessments", period)).facts
        assert found[["unit_code", "criteria_set"]].to_numpy().tolist() == [[code, facts.at(period).commune_set]]


def test_a_unit_that_is_no_more_is_told_with_its_successor(facts) -> None:
    faults = read("Tên xã;Tiêu chí 1\nPha Mu;x".encode(), facts, Asked("assessments", "2026-06-30")).faults
    assert faults[["rule", "suggestion"]].to_numpy().tolist() == [["đơn vị không tồn tại ở kỳ này", "Mường Kim 03637"]]


def test_a_formula_is_no_value(facts) -> None:
    found = read(odd.xlsx(("S", [HEADS, ["03418", "=1+0", "x"]])), facts)
    assert found.faults[["cell", "value"]].to_numpy().tolist() == [["B2", "=1+0"]]


def test_no_headings_or_no_rows_is_refused(facts) -> None:
    with pytest.raises(Refused, match="tiêu đề"):
        read(odd.xlsx(("S", [["a", "b"], [1, 2]])), facts)
    with pytest.raises(Refused, match="dòng số liệu"):
        read(odd.xlsx(("S", [HEADS])), facts)


def test_a_person_corrects_what_a_column_means(facts) -> None:
    found = sheets.read(odd.xlsx(("S", [["Mã xã", "Thứ nhất", "2"], ["03418", "x", "0"]])))
    layouts = reading.layouts_of(found, ASKED, facts)
    corrected = {0: layouts[0].corrected({1: "criterion:1", 2: ""})}
    assert answers(reading.read(found, ASKED, facts, corrected)) == {("03418", "1"): "1"}


def test_the_other_forms(facts) -> None:
    recognised = [
        ["Tên đơn vị", "Huyện", "Chuẩn", "Ngày công nhận", "Quyết định", "Ngày thu hồi"],
        ["Bản Giang", "Tam Đường", "nông thôn mới", "15/11/2024", "1234/QĐ-UBND", None],
        ["Bình Lư", "Tam Đường", "nâng cao", "2024-11-15", "1235/QĐ-UBND", "20/12/2024"],
    ]
    rows = read(odd.xlsx(("S", recognised)), facts, Asked("recognitions")).facts
    assert rows[["unit_code", "standard", "recognised_by", "revoked_on"]].to_numpy().tolist() == [
        ["03418", "ntm", "2024-11-15", ""],
        ["03412", "advanced", "2024-11-15", "2024-12-20"],
    ]
    villages = [["Tên đơn vị", "Số thôn, bản được công nhận"], ["Tam Đường", 20]]
    rows = read(odd.xlsx(("S", villages)), facts, Asked("villages", PERIOD)).facts
    assert rows.to_numpy().tolist() == [["106", PERIOD, "20", "", ""]]
    figures = [
        ["Mã đơn vị", "Ngày của số liệu", "Chỉ tiêu", "Giá trị", "Nguồn"],
        ["12", "31/12/2024", "average_criteria", "15,1", "Báo cáo"],
    ]
    (row,) = read(odd.xlsx(("S", figures)), facts, Asked("figures")).facts.to_dict("records")
    assert (row["date"], row["period"], row["value"]) == (PERIOD, PERIOD, "15.1")
