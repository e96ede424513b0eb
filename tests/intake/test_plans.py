"""The workbook of a plan: there and back, also through LibreOffice; every fault at its cell."""

import io
from dataclasses import replace

import openpyxl
import pytest

from ntm import look
from ntm import plan as plan_module
from ntm.facts import plans as plan_facts
from ntm.intake import plan_template, plans, sheets
from ntm.intake.plan_sheets import HEAD, HEAD_TITLE, LISTS_TITLE, TABLES
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.look import Look
from ntm.plan import Plan
from ntm.reference import Reference, of_day
from tests import office

ASKED = Asked("plans")
ROW_OF = {entry.heading: number for number, entry in enumerate(HEAD, start=4)}


def known(name: str) -> Plan:
    """A plan of the folder, as an office would publish it."""
    plan = next(plan for plan in plan_module.load_all() if plan.id == name)
    return replace(plan, kind="published", evidence="official" if plan.evidence == "sample" else plan.evidence)


def filled(facts: Reference, plan: Plan) -> bytes:
    """The workbook of a plan that is in effect."""
    return plan_template.make(of_day(facts.timeline.with_plans([plan]), facts.day), "", plan.id)


@pytest.fixture(scope="module")
def content(facts) -> bytes:
    """The workbook of the plan of 2024."""
    return filled(facts, known("1050-kh-ubnd-2024"))


def changed(content: bytes, *cells: tuple[str, str, object]) -> bytes:
    """Return a workbook with some cells (sheet, address, value) changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, address, value in cells:
        book[sheet][address] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content: bytes, facts) -> Reading:
    return plans.read(sheets.read(content), ASKED, facts)


def plan_of(found: Reading) -> Plan:
    assert found.faults.empty, found.faults.to_string()
    (plan,) = plan_facts.plans(found.facts.assign(kind="published"))
    return plan


@pytest.mark.parametrize("name", ["1050-kh-ubnd-2024", "minh-hoa-2026"])
def test_a_plan_comes_back_from_its_workbook(facts, name: str) -> None:
    plan = known(name)
    found = read(filled(facts, plan), facts)
    assert plan_of(found) == plan
    assert plan_facts.check(found.facts, facts)[plan_facts.COLUMNS].equals(found.facts)
    assert found.left_out.empty


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_plan_comes_back_through_libreoffice(facts, content, tmp_path, kind: str) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(content)
    assert plan_of(read(office.convert(file, kind).read_bytes(), facts)) == known("1050-kh-ubnd-2024")


def test_the_template_is_the_same_in_every_language_but_for_its_explanations(facts, content) -> None:
    with look.use(Look("en")):
        assert plan_of(read(filled(facts, known("1050-kh-ubnd-2024")), facts)) == known("1050-kh-ubnd-2024")
        book = openpyxl.load_workbook(io.BytesIO(plan_template.make(facts, "2026-12-31")))
        assert [sheet.title for sheet in book] == [HEAD_TITLE, *(table.title for table in TABLES), LISTS_TITLE]


def test_an_empty_template_knows_its_time_the_sets_in_force_and_their_tiers(facts) -> None:
    found = read(plan_template.make(facts, "2026-12-31"), facts)
    cells = found.facts.set_index(["part", "item", "field"])["value"]
    assert cells["plan", "", "due_date"] == "2026-12-31"
    assert cells["plan", "", "baseline_date"] == "2025-12-31"
    assert cells["sets", "commune", "value"] == "commune-2026-2030"
    assert cells["tiers", "5-9", "upper"] == "9"
    missing = found.faults[found.faults["rule"].isin(["thiếu mục này", "không được để trống"])]
    required = ("Mã kế hoạch", "Số văn bản", "Ngày ban hành", "Tên ngắn", "Tên kế hoạch", "Trích yếu")
    assert missing["cell"].tolist() == [f"B{ROW_OF[heading]}" for heading in (*required, "Cơ quan ban hành", "Nguồn")]


def test_choices_are_offered_for_what_is_chosen(facts) -> None:
    book = openpyxl.load_workbook(io.BytesIO(plan_template.make(facts, "2024-12-31")))
    offered = {}
    for validation in book["Mục tiêu"].data_validations.dataValidation:
        offered[str(validation.sqref)] = validation.formula1
    lists = book[LISTS_TITLE]
    column = next(cell.column_letter for cell in lists[1] if cell.value == "Chỉ tiêu")
    assert lists[f"{column}2"].value == "Số xã đạt chuẩn (recognised)"
    assert offered["E5:E44"] == f"'{LISTS_TITLE}'!${column}$2:${column}$9"
    communes = next(cell.column_letter for cell in lists[1] if cell.value == "Xã")
    assert "03413 Sơn Bình (Tam Đường)" in [cell.value for cell in lists[communes]]


def test_words_numbers_and_days_as_offices_write_them(facts, content) -> None:
    cells = [
        (HEAD_TITLE, f"B{ROW_OF['Ngày đến hạn']}", "31/12/2024"),
        ("Mục tiêu", "H11", "15,5"),
        ("Mục tiêu", "E11", "Bình quân tiêu chí mỗi xã"),
        ("Xã nêu tên", "B5", "Xã Sơn Bình"),
        ("Xã nêu tên", "B6", 3643),
        ("Theo huyện", "B5", "Tam Đường"),
    ]
    assert plan_of(read(changed(content, *cells), facts)) == known("1050-kh-ubnd-2024")


def test_a_text_that_looks_like_a_formula_goes_out_tamed_and_comes_back(facts) -> None:
    plan = known("1050-kh-ubnd-2024")
    bullet = replace(plan, subject_vi="- Công nhận mới 5 xã", source="=cmd|'/c calc'!A1")
    content = filled(facts, bullet)
    sheet = openpyxl.load_workbook(io.BytesIO(content))[HEAD_TITLE]
    assert sheet[f"B{ROW_OF['Nguồn']}"].value == "'=cmd|'/c calc'!A1"
    assert plan_of(read(content, facts)) == bullet


FAULTS = {  # the cells that are changed → those that are faulty, words of the rule, what is suggested
    "an unknown indicator": ([("Mục tiêu", "E11", "Bình quan")], ("Mục tiêu", "E11"), "không có chỉ tiêu này", ""),
    "an indicator's key misspelt": (
        [("Mục tiêu", "E11", "averge")],
        ("Mục tiêu", "E11"),
        "không có chỉ tiêu này",
        "Bình quân tiêu chí mỗi xã (average)",
    ),
    "an unknown commune": (
        [("Xã nêu tên", "B5", "Sơn Bìn")],
        ("Xã nêu tên", "B5"),
        "không phải xã thuộc Chương trình ở ngày 31/12/2024",
        "03413 Sơn Bình",
    ),
    "a town": (
        [("Xã nêu tên", "B5", "Thị trấn Sìn Hồ")],
        ("Xã nêu tên", "B5"),
        "không phải xã thuộc Chương trình",
        "",
    ),
    "an unknown district": ([("Theo huyện", "B5", "Điện Biên")], ("Theo huyện", "B5"), "không có huyện này", ""),
    "a target that there is not": (
        [("Theo huyện", "A5", "distrct")],
        ("Theo huyện", "A5"),
        "không có mục tiêu này",
        "district",
    ),
    "due before the baseline": (
        [(HEAD_TITLE, f"B{ROW_OF['Ngày mốc']}", "31/12/2025")],
        (HEAD_TITLE, f"B{ROW_OF['Ngày đến hạn']}"),
        "phải sau mốc 31/12/2025",
        "",
    ),
    "a day in words": (
        [(HEAD_TITLE, f"B{ROW_OF['Ngày ban hành']}", "tháng ba")],
        (HEAD_TITLE, "B6"),
        "phải là ngày",
        "",
    ),
    "overlapping tiers": (
        [("Nhóm tiêu chí", "B6", 14)],
        ("Nhóm tiêu chí", "B7"),
        "chồng nhóm 15-18 ở 14 tiêu chí",
        "",
    ),
    "tiers with a gap": ([("Nhóm tiêu chí", "B6", 16)], ("Nhóm tiêu chí", "A4"), "không nhóm nào có 15 tiêu chí", ""),
    "a tier of a target that there is not": (
        [("Nhóm tiêu chí", "D6", "tier_15_8")],
        ("Nhóm tiêu chí", "D6"),
        "không có mục tiêu này",
        "tier_15_18",
    ),
    "a number in words": ([("Mục tiêu", "H11", "mười lăm")], ("Mục tiêu", "H11"), "phải là số", ""),
    "a number that can be read in two ways": (
        [("Mục tiêu", "H11", "1.278")],
        ("Mục tiêu", "H11"),
        "1278 hay 1,278",
        "",
    ),
    "a number that is missing": ([("Mục tiêu", "H11", None)], ("Mục tiêu", "H11"), "thiếu mục này", ""),
    "an id that is missing": ([("Mục tiêu", "A11", None)], ("Mục tiêu", "A11"), "thiếu mã", ""),
    "an id twice": ([("Mục tiêu", "A11", "keep")], ("Mục tiêu", "A11"), "mã này đã có ở dòng khác", ""),
    "an id with marks": ([("Giải pháp", "A5", "chỉ đạo")], ("Giải pháp", "A5"), "chữ không dấu", ""),
    "a commune twice": ([("Xã nêu tên", "B6", "03413")], ("Xã nêu tên", "B6"), "đã có ở dòng khác", ""),
    "a formula": ([("Mục tiêu", "H11", "=15+0.5")], ("Mục tiêu", "H11"), "công thức", ""),
    "a hidden sign": ([(HEAD_TITLE, "B8", "Kế hoạch\u202e 1050")], (HEAD_TITLE, "B8"), "ký tự ẩn", ""),
    "a line that nobody knows": (
        [(HEAD_TITLE, "A30", "Ngân sách"), (HEAD_TITLE, "B30", "5 tỷ")],
        (HEAD_TITLE, "A30"),
        "không hiểu tiêu đề này",
        "",
    ),
    "a column that nobody knows": (
        [("Mục tiêu", "R4", "Ngân sách"), ("Mục tiêu", "R5", "5")],
        ("Mục tiêu", "R4"),
        "không hiểu tiêu đề này",
        "",
    ),
}


@pytest.mark.parametrize(("cells", "where", "rule", "suggestion"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_cell(facts, content, cells, where, rule: str, suggestion: str) -> None:
    faults = read(changed(content, *cells), facts).faults
    told = faults[(faults["sheet"] == where[0]) & (faults["cell"] == where[1])]
    assert len(told) == 1, faults.to_string()
    assert rule in told["rule"].iloc[0]
    assert told["suggestion"].iloc[0] == suggestion or not suggestion


def test_all_faults_of_all_sheets_are_told_at_once(facts, content) -> None:
    names = (
        "an unknown indicator",
        "an unknown commune",
        "an unknown district",
        "a line that nobody knows",
    )
    cells = [cell for name in names for cell in FAULTS[name][0]]
    told = read(changed(content, *cells), facts).faults
    assert set(told["sheet"]) == {"Kế hoạch", "Mục tiêu", "Xã nêu tên", "Theo huyện"}


def test_a_target_for_districts_on_a_day_without_them_is_told_at_its_cell(facts) -> None:
    content = filled(facts, known("minh-hoa-2026"))
    cells = [("Theo huyện", "A5", "average"), ("Theo huyện", "B5", "106 Tam Đường"), ("Theo huyện", "C5", 7)]
    (fault,) = read(changed(content, *cells), facts).faults.itertuples()
    assert (fault.sheet, fault.cell) == ("Theo huyện", "B5")
    assert fault.rule == "không có huyện này ở ngày 31/12/2026"


def test_a_missing_id_is_suggested(facts, content) -> None:
    (fault,) = read(changed(content, (HEAD_TITLE, "B4", None)), facts).faults.itertuples()
    assert (fault.cell, fault.suggestion) == ("B4", "1050-kh-ubnd-2024")


def test_a_file_that_is_no_plan_is_refused(facts) -> None:
    with pytest.raises(Refused, match="không có sheet “Kế hoạch”"):
        plans.read(sheets.read(b"Ma xa,Ket qua\n03413,x\n"), ASKED, facts)


def test_a_sheet_without_headings_and_one_that_is_not_read_are_told(facts, content) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["Giải pháp"].delete_rows(4)
    book.create_sheet("Phụ lục")["A1"] = "Ghi chú"
    file = io.BytesIO()
    book.save(file)
    found = read(file.getvalue(), facts)
    assert found.left_out["sheet"].tolist() == ["Phụ lục"]
    assert found.faults["sheet"].tolist() == ["Giải pháp"]
    assert "không tìm thấy dòng tiêu đề" in found.faults["rule"].iloc[0]


def test_every_field_of_a_plan_has_its_place_in_the_workbook() -> None:
    entries = [*HEAD, *(entry for table in TABLES for entry in table.entries)]
    places = {(entry.part, entry.field) for entry in entries}
    for record, part in plan_module.PART_OF.items():
        for name in plan_module.FIELDS[record]:
            assert (part, name) in places or name in plan_facts.ELSEWHERE, (part, name)


def test_a_file_of_the_sample_is_refused(facts, content) -> None:
    marked = changed(content, (HEAD_TITLE, "D1", "số liệu minh họa"))
    with pytest.raises(Refused, match="số liệu minh họa"):
        plans.read(sheets.read(marked), ASKED, facts)


def test_who_made_the_workbook_is_kept_and_it_prints_on_one_page_s_width(facts, content) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[HEAD_TITLE]
    labels = {cell.value: cell.row for cell in sheet["A"] if cell.value}
    for label, words in {"Đơn vị lập": "Sở Nông nghiệp", "Người lập": "Lò Thị An", "Ngày lập": "31/12/2025"}.items():
        sheet.cell(labels[f"{label}:"], 2).value = words
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    file = io.BytesIO()
    book.save(file)
    found = read(file.getvalue(), facts)
    assert found.faults.empty, found.faults.to_string()
    assert found.left_out.empty
    assert found.head == {"Đơn vị lập": "Sở Nông nghiệp", "Người lập": "Lò Thị An", "Ngày lập": "31/12/2025"}
