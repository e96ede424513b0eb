"""The workbook of a plan: its sheets, what each column or line holds, and the words that can be chosen there.

Template and reader both follow this description. Headings are Vietnamese in every language: the file goes to an office,
and comes back. What is chosen is words with their key in brackets ("Số xã đạt chuẩn (recognised)").
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ntm import labels, text
from ntm.plan import INDICATORS, JUDGEMENTS, UNITS_OF_MEASURE
from ntm.reference import Reference
from ntm.text import mark
from ntm.timeline import ADVANCED, COMMUNE, DISTRICT
from ntm.world import SAMPLE

TEXT, DAY, NUMBER = "text", "day", "number"
ROLES = {
    COMMUNE: mark("Bộ tiêu chí của xã"),
    ADVANCED: mark("Bộ tiêu chí của xã nâng cao"),
    DISTRICT: mark("Bộ tiêu chí của huyện"),
}
Lists = Mapping[str, Mapping[str, str]]  # name → key → words
SEPARATOR = ";"  # between the documents of a solution, in a cell


@dataclass(frozen=True)
class Entry:
    """A column of a table, or a line of the plan's head.

    `part`, `field`: what of facts.plans it holds; `kind`: TEXT, DAY or NUMBER; `list_of`: the list of choices (see
    choices) or of ids ("targets", "tiers") that it is chosen from.
    """

    part: str
    field: str
    heading: str
    note: str = ""
    kind: str = TEXT
    list_of: str = ""
    width: int = 16


@dataclass(frozen=True)
class Table:
    """A sheet with a row for each item of a part. The first entry, or the first two (target and unit), name the item.

    `rows`: how many a template has to fill in.
    """

    part: str
    title: str
    note: str
    rows: int
    entries: tuple[Entry, ...]


HEAD_TITLE = "Kế hoạch"
LISTS_TITLE = "Danh mục"
HEAD = (
    Entry(
        "plan",
        "id",
        mark("Mã kế hoạch"),
        mark("chữ không dấu, ví dụ 12-kh-ubnd-2026; tệp này thay kế hoạch cùng mã"),
    ),
    Entry("plan", "number", mark("Số văn bản"), mark("ví dụ 12/KH-UBND")),
    Entry("plan", "date", mark("Ngày ban hành"), "", DAY),
    Entry("plan", "baseline_date", mark("Ngày mốc"), mark("ngày cuối tháng, thường là 31/12 năm trước"), DAY),
    Entry("plan", "due_date", mark("Ngày đến hạn"), mark("ngày cuối tháng, thường là 31/12"), DAY),
    Entry("plan", "short_vi", mark("Tên ngắn"), mark("ví dụ Kế hoạch 12")),
    Entry("plan", "short_en", mark("Tên ngắn (tiếng Anh)"), mark("có thể để trống")),
    Entry("plan", "title_vi", mark("Tên kế hoạch"), mark("ví dụ Kế hoạch 12/KH-UBND")),
    Entry("plan", "title_en", mark("Tên kế hoạch (tiếng Anh)"), mark("có thể để trống")),
    Entry("plan", "subject_vi", mark("Trích yếu"), mark("việc mà kế hoạch đặt ra, năm nào")),
    Entry("plan", "subject_en", mark("Trích yếu (tiếng Anh)"), mark("có thể để trống")),
    Entry("plan", "issuer_vi", mark("Cơ quan ban hành"), mark("ví dụ Ủy ban nhân dân tỉnh")),
    Entry("plan", "issuer_en", mark("Cơ quan ban hành (tiếng Anh)"), mark("có thể để trống")),
    Entry("plan", "source", mark("Nguồn"), mark("tên văn bản hoặc nơi đăng")),
    Entry("plan", "evidence", mark("Mức chắc chắn"), mark("chọn trong danh sách"), list_of="evidence"),
    *(
        Entry("sets", role, heading, mark("chọn trong danh sách; để trống nếu kế hoạch không dùng"), list_of=role)
        for role, heading in ROLES.items()
    ),
)
TARGET = Entry("targets", "id", mark("Mã mục tiêu"), mark("chữ không dấu, mỗi mục tiêu một mã, ví dụ dat-chuan"))
TABLES = (
    Table(
        "targets",
        mark("Mục tiêu"),
        mark("Mỗi dòng một mục tiêu. Bốn cột Xét: chỉ điền khi đọc từng chữ sẽ phạt sự tiến bộ."),
        40,
        (
            TARGET,
            Entry("targets", "name_vi", mark("Tên"), width=24),
            Entry("targets", "wording_vi", mark("Nội dung"), mark("nguyên văn trong kế hoạch"), width=44),
            Entry("targets", "clause_vi", mark("Mục trong kế hoạch"), width=24),
            Entry("targets", "indicator", mark("Chỉ tiêu"), mark("chọn cách đo"), list_of="indicators", width=40),
            Entry("targets", "unit", mark("Đơn vị tính"), list_of="units", width=18),
            Entry("targets", "baseline", mark("Mốc"), mark("để trống nếu kế hoạch không nêu"), NUMBER),
            Entry("targets", "value", mark("Mục tiêu"), "", NUMBER),
            Entry("targets", "decimals", mark("Số chữ số thập phân"), mark("0 nếu để trống"), NUMBER),
            Entry("targets", "tier", mark("Mã nhóm"), mark("khi chỉ tiêu là số xã trong một nhóm"), list_of="tiers"),
            Entry("judged", "indicator", mark("Xét theo"), list_of="judgements", width=40),
            Entry("judged", "criteria", mark("Xét: số tiêu chí"), "", NUMBER),
            Entry("judged", "baseline", mark("Xét: mốc"), "", NUMBER),
            Entry("judged", "value", mark("Xét: mục tiêu"), "", NUMBER),
            Entry("targets", "name_en", mark("Tên (tiếng Anh)"), mark("có thể để trống"), width=24),
            Entry("targets", "wording_en", mark("Nội dung (tiếng Anh)"), mark("có thể để trống"), width=44),
            Entry("targets", "clause_en", mark("Mục trong kế hoạch (tiếng Anh)"), mark("có thể để trống"), width=24),
        ),
    ),
    Table(
        "target_communes",
        mark("Xã nêu tên"),
        mark("Mỗi dòng một xã mà một mục tiêu nêu tên."),
        120,
        (
            Entry("target_communes", "target", mark("Mã mục tiêu"), list_of="targets"),
            Entry("target_communes", "listed", mark("Xã"), mark("chọn, hoặc ghi mã"), list_of="communes", width=40),
        ),
    ),
    Table(
        "target_districts",
        mark("Theo huyện"),
        mark("Mỗi dòng một huyện mà một mục tiêu đặt số riêng. Từ 1/7/2025 không còn cấp huyện."),
        40,
        (
            Entry("target_districts", "target", mark("Mã mục tiêu"), list_of="targets"),
            Entry("target_districts", "code", mark("Huyện"), mark("chọn, hoặc ghi mã"), list_of="districts", width=40),
            Entry("target_districts", "value", mark("Giá trị"), "", NUMBER),
        ),
    ),
    Table(
        "tiers",
        mark("Nhóm tiêu chí"),
        mark("Các nhóm xã theo số tiêu chí đạt, nhóm cao trước. Mọi số tiêu chí thuộc đúng một nhóm."),
        12,
        (
            Entry("tiers", "id", mark("Mã nhóm"), mark("ví dụ 5-9")),
            Entry("tiers", "lower", mark("Từ số tiêu chí"), "", NUMBER),
            Entry("tiers", "upper", mark("Đến số tiêu chí"), "", NUMBER),
            Entry("tiers", "target", mark("Mã mục tiêu"), mark("mục tiêu của nhóm, nếu có"), list_of="targets"),
        ),
    ),
    Table(
        "solutions",
        mark("Giải pháp"),
        mark("Mỗi dòng một nhóm giải pháp. Sheet này có thể để trống."),
        20,
        (
            Entry("solutions", "id", mark("Mã giải pháp"), mark("chữ không dấu, ví dụ chi-dao")),
            Entry("solutions", "name_vi", mark("Tên"), width=30),
            Entry("solutions", "text_vi", mark("Nội dung"), width=60),
            Entry("solutions", "documents", mark("Văn bản viện dẫn"), mark("cách nhau bằng dấu chấm phẩy"), width=40),
            Entry("solutions", "name_en", mark("Tên (tiếng Anh)"), mark("có thể để trống"), width=30),
            Entry("solutions", "text_en", mark("Nội dung (tiếng Anh)"), mark("có thể để trống"), width=60),
        ),
    ),
)
PARTS = {"plan": mark("Đầu kế hoạch"), "sets": mark("Bộ tiêu chí"), "judged": mark("Cách xét")}
PARTS |= {table.part: table.title for table in TABLES}  # part of facts.plans → words
FIELDS = {"place": mark("Thứ tự")} | {entry.field: entry.heading for entry in HEAD}  # field → words
FIELDS |= {entry.field: entry.heading for table in reversed(TABLES) for entry in reversed(table.entries)}
OF_UNITS = {"target_communes": "communes", "target_districts": "districts"}  # part → the list of its units


def choices(reference: Reference) -> Lists:
    """Return every list to choose from: its name → key → the words in a cell. `reference`: of the day it is due."""
    sets = reference.timeline.criteria_sets
    communes, districts = (reference.in_language("vi", level) for level in ("communes", "districts"))
    found = {
        "indicators": _keyed(INDICATORS),
        "judgements": _keyed(JUDGEMENTS),
        "units": _keyed(UNITS_OF_MEASURE),
        "evidence": _keyed({key: words for key, words in labels.EVIDENCE.items() if key != SAMPLE}),
        "communes": {code: f"{code} {place}" for code, place in communes["place"].items()},
        "districts": {code: f"{code} {label}" for code, label in districts["label"].items()},
    }
    return found | {role: _keyed(sets.loc[sets["role"] == role, "name_vi"].to_dict()) for role in ROLES}


def _keyed(words: Mapping[str, str]) -> dict[str, str]:
    return {key: f"{name} ({key})" for key, name in words.items()}


def key_of(word: str, allowed: Mapping[str, str]) -> str:
    """Return the key that a cell's word means: the choice, its words or its key; the word itself if it means none."""
    wanted = text.letters(word)
    for key, shown in allowed.items():
        if wanted in (text.letters(shown), text.letters(key), text.letters(shown.removesuffix(f"({key})"))):
            return key
    return word
