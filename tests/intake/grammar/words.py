"""Words that offices write into tables. What is under ODD may be told or asked about; it must not be misread."""

from tests.intake.grammar.grid import Formula, Percent, Value

PERIOD = "2024-12-31"
BASIC, ADVANCED = "commune-2021-2025", "commune-advanced-2021-2025"

TITLES = (
    "UBND HUYỆN",
    "BẢNG TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ NÔNG THÔN MỚI",
    "(Kèm theo Báo cáo số 15/BC-UBND ngày 30/11/2024)",
    "Đến ngày 31/12/2024",
    "Năm 2024",
    "Biểu số 03",
    "Đơn vị tính: tiêu chí",
)
FEET = (
    ("NGƯỜI LẬP BIỂU", "CHỦ TỊCH"),
    ("Ghi chú: x là đạt",),
    ("Lai Châu, ngày 10 tháng 01 năm 2025",),
    ("(*) Số liệu ước",),
)
ORDINAL = ("TT", "STT", "Số TT")
CODE = ("Mã xã", "Mã đơn vị", "Mã ĐVHC")
NAME = ("Tên xã", "Xã", "Đơn vị", "Địa phương", "Tên đơn vị", "Xã, phường, thị trấn")
DISTRICT = ("Huyện", "Tên huyện", "Huyện, thành phố")
CRITERION = ("Tiêu chí", "Tên tiêu chí", "Nội dung tiêu chí", "Tiêu chí số", "Nội dung")
RESULT = ("Kết quả", "Đánh giá", "Kết quả đánh giá", "Đạt/Chưa đạt")
ODD_RESULT = ("Hiện trạng", "Thực hiện", "Tự đánh giá")
TOTAL = ("Tổng số TC đạt", "Tổng", "Cộng", "Số tiêu chí đạt")
NOTE = ("Ghi chú", "Lý do", "Nguyên nhân chưa đạt")
NOTES = ("còn thiếu 2 tiêu chí", "đạt 15/19", "x", "Đạt", "đang làm thủ tục", "1")
RANK = ("Xếp loại", "Tỷ lệ (%)", "Dân số", "Số hộ", "Năm về đích", "Thu nhập (triệu đồng)")
GROUPS = ("Tiêu chí", "Kết quả thực hiện các tiêu chí", "Bộ tiêu chí quốc gia về xã nông thôn mới")
KINDS = {  # groups of criteria as the decision writes them → the last criterion of each
    "I. Quy hoạch": 1,
    "II. Hạ tầng kinh tế - xã hội": 9,
    "III. Kinh tế và tổ chức sản xuất": 13,
    "IV. Văn hóa - xã hội - môi trường": 18,
    "V. Hệ thống chính trị": 19,
}
UNMET_GROUPS = ("Các tiêu chí chưa đạt", "Tiêu chí chưa đạt", "Tiêu chí còn thiếu", "Chưa đạt")
PLANNED = ("Kế hoạch năm 2025", "Đăng ký đạt năm 2025", "KH 2025", "Dự kiến 2025", "Ước thực hiện năm 2025")
SUMS = ("Tổng cộng", "Cộng", "Toàn huyện", "Số xã đạt", "Tỷ lệ %", "Tổng số xã đạt")

MARKS: tuple[tuple[Value, Value], ...] = (  # met, not met
    ("x", "0"),
    ("Đạt", "Chưa đạt"),
    ("Đ", "CĐ"),
    (1, 0),
    ("1", "0"),
    ("đạt", "không đạt"),
    ("Có", "Không"),
    ("✓", "✗"),
    ("X", "0"),
    ("ĐẠT", "CHƯA ĐẠT"),
    (" Đạt ", "chưa  đạt"),
    (True, False),
    ("Đạt", "Không đạt"),
    ("v", "chưa"),
)
TICKS: tuple[Value, ...] = ("x", "X", "v", "✓", 1, "1", "+")
ODD_MARKS: tuple[Value, ...] = (
    "-", "…", "?", "đang thực hiện", "cơ bản đạt", "Đạt (1)", "75%", "2021", "Đạt/Chưa đạt", 0.5, 2, "#N/A",
    "chưa đánh giá", "Đạt 3/5", Percent(1), Percent(0.98), Percent(0), Formula('IF(1=1,"Đạt","")', "Đạt"),
)  # fmt: skip
HEADINGS = ("{number}", "TC {number}", "Tiêu chí {number}", "Tiêu chí số {number} về {name}", "{number}. {name}")
HEADINGS += ("{name}", "TC{number}", "TC{number}: {name}", "Tiêu chí {number} - {name}", "Tiêu chí số {number}")
HEADINGS += ("Tiêu chí {number} ({name})", "Tiêu chí {number}\n{name}", "TC số {number}")
ODD_HEADINGS = ("({number})", "{name} ({number})", "TC.{number}", "TC-{number}", "{number}/ {name}", "{number} {name}")
ODD_HEADINGS += (
    "Tiêu chí số {number:02}",
    "Tiêu chí {number}.",
    "{number}) {name}",
    "Số {number}",
    "TC {number} {name}",
)
NO_CRITERION = ("Tỷ lệ {name}", "{number}.1", "Tiêu chí {number} và {next}", "Kế hoạch TC {number}", "Điểm TC {number}")
NO_CRITERION += ("Chỉ tiêu {number}.2", "{number}.2024", "Số xã đạt TC {number}", "Tiêu chí {number} năm 2023")
