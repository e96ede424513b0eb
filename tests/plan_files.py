"""A plan of 2026 as an office enters it: the empty template, filled in by hand."""

import io

import openpyxl

from ntm.intake.plan_sheets import HEAD, HEAD_TITLE

PLAN = "12-kh-ubnd-2026"
HEADS = {  # heading → what an office writes
    "Mã kế hoạch": PLAN,
    "Số văn bản": "12/KH-UBND",
    "Ngày ban hành": "15/01/2026",
    "Tên ngắn": "Kế hoạch 12",
    "Tên kế hoạch": "Kế hoạch 12/KH-UBND",
    "Trích yếu": "Xây dựng nông thôn mới năm 2026",
    "Cơ quan ban hành": "Ủy ban nhân dân tỉnh",
    "Nguồn": "Văn bản 12/KH-UBND",
}
TARGETS = {  # columns A to J: id, name, wording, clause, indicator, unit, baseline, value, decimals, tier
    5: ("dat-chuan", "Xã đạt chuẩn", "2 xã đạt chuẩn", "Mục I", "Số xã đạt chuẩn (recognised)", "xã", 0, 2, 0, None),
    6: ("neu-ten", "Xã nêu tên", "Bình Lư đạt chuẩn", "Mục I", "named_recognised", "xã (commune)", 0, 1, None, None),
    7: ("binh-quan", "Bình quân", "6,5 tiêu chí mỗi xã", "Mục I", "average", "tiêu chí", "4,8", "6,5", 1, None),
    8: ("tren-5", "Xã từ 5 tiêu chí", "28 xã", "Mục I", "Số xã trong một nhóm tiêu chí", "xã", 20, 28, 0, "5-9"),
}
JUDGED = {"K8": "at_least", "L8": 5, "M8": 20, "N8": 30}


def filled(template: bytes, *changes: tuple[str, str, object]) -> bytes:
    """Return an empty template of 2026 filled in; `changes`: other cells (sheet, address, value)."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for number, entry in enumerate(HEAD, start=4):
        if entry.heading in HEADS:
            book[HEAD_TITLE].cell(number, 2, HEADS[entry.heading])
    for number, row in TARGETS.items():
        for column, value in enumerate(row, start=1):
            book["Mục tiêu"].cell(number, column, value)
    for address, value in JUDGED.items():
        book["Mục tiêu"][address] = value
    book["Xã nêu tên"]["A5"], book["Xã nêu tên"]["B5"] = "neu-ten", "Bình Lư"
    book["Nhóm tiêu chí"]["D6"] = "tren-5"
    for sheet, address, value in changes:
        book[sheet][address] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
