"""The words for codes: statuses, kinds of data, evidence, tiers, units of measure."""

from collections.abc import Collection, Sequence

import pandas as pd

from ntm import metrics, people
from ntm.criteria import Answer
from ntm.facts import HEADINGS
from ntm.people import Person, Role
from ntm.plan import UNITS_OF_MEASURE, Tier
from ntm.progress import Status
from ntm.reference import Reference
from ntm.text import _, either, mark
from ntm.world import Kind, World

STATUS = {
    Status.MET: mark("Đạt"),
    Status.ON_TRACK: mark("Đúng tiến độ"),
    Status.BEHIND: mark("Chậm tiến độ"),
    Status.MISSED: mark("Chưa đạt kế hoạch"),
    Status.NO_DATA: mark("Chưa đủ số liệu"),
    Status.NO_OWN_TARGET: mark("Không có mục tiêu riêng"),
}
WORLD = {
    World.SAMPLE: mark("số liệu minh họa, không phải số liệu của tỉnh"),
    World.REAL: mark("số liệu của tỉnh: chính thức và đã công bố"),
}
STATUS_SIGN = dict(zip(Status, "✓→▼✕?–", strict=True))
KIND = {
    Kind.PUBLISHED: mark("số liệu công bố"),
    Kind.OFFICIAL: mark("số liệu chính thức"),
    Kind.SAMPLE: mark("số liệu minh họa"),
}
EVIDENCE = {
    "two-sources": mark("từ hai nguồn trở lên"),
    "one-source": mark("một nguồn"),
    "not-verified": mark("chưa kiểm chứng"),
    "plan-article": mark("bài giới thiệu kế hoạch"),
    "plan-article-estimate": mark("bài giới thiệu kế hoạch (ước đạt)"),
    "derived": mark("suy ra từ nguồn đã công bố"),
    "confirmed": mark("nguồn nêu tên"),
    "by-elimination": mark("suy ra bằng cách loại trừ"),
    "sample": mark("số liệu minh họa"),
    "official": mark("văn bản của cơ quan"),
    "computed": mark("tính từ số liệu khác trong danh mục"),
    "approximate": mark("gần đúng"),
}
INDICATOR = {
    "average_criteria": mark("Bình quân tiêu chí mỗi xã"),
    "recognised_communes": mark("Số xã đạt chuẩn"),
    "criteria_met": mark("Số tiêu chí đạt"),
}
COLUMN = {  # of facts and revisions
    "revision": mark("Phiên bản"),
    "plan": mark("Kế hoạch"),
    "part": mark("Phần"),
    "item": mark("Mục"),
    "field": mark("Nội dung"),
    "period": mark("Kỳ"),
    "unit_code": mark("Đơn vị"),
    "code": mark("Mã đơn vị"),
    "name": mark("Tên đơn vị"),
    "district": mark("Huyện"),
    "district_code": mark("Mã huyện"),
    "criteria_set": mark("Bộ tiêu chí"),
    "criterion": mark("Tiêu chí"),
    "met": mark("Kết quả"),
    "standard": mark("Chuẩn"),
    "recognised_by": mark("Ngày công nhận"),
    "complete_to": mark("Danh sách đầy đủ đến ngày"),
    "revoked_on": mark("Ngày thu hồi"),
    "decision": mark("Quyết định"),
    "evidence": mark("Mức chắc chắn"),
    "source": mark("Nguồn"),
    "recognised": mark("Số thôn, bản được công nhận"),
    "date": mark("Ngày của số liệu"),
    "indicator": mark("Chỉ tiêu"),
    "value": mark("Giá trị"),
    "kind": mark("Loại số liệu"),
    "created_at": mark("Thời gian"),
    "author": mark("Người"),
    "note": mark("Ghi chú"),
    "document": mark("Văn bản, nguồn"),
    "remark": mark("Ghi chú kèm số liệu"),
    "in_effect": mark("Còn hiệu lực"),
}
ROLE = {
    people.VIEWER: mark("chỉ xem"),
    people.GROUP_EDITOR: mark("cập nhật địa bàn được giao"),
    people.EDITOR: mark("cập nhật toàn tỉnh"),
    people.ADMINISTRATOR: mark("quản trị"),
}
ACTION = {  # of the log
    "publish": mark("Đã công bố"),
    "undo": mark("Đã hoàn tác"),
    "publish refused": mark("Bị từ chối công bố"),
    "undo refused": mark("Bị từ chối hoàn tác"),
    "remember columns": mark("Đã nhớ cách đọc cột"),
    "forget columns": mark("Đã bỏ cách đọc cột đã nhớ"),
    "account made": mark("Đã lập tài khoản"),
    "account reset": mark("Đã cấp lại tài khoản"),
    "account removed": mark("Đã xóa tài khoản"),
    "account unlocked": mark("Đã mở khóa tài khoản"),
    "sessions ended": mark("Đã kết thúc phiên đăng nhập"),
}
OWN_NAMES = {name: name for name in (people.OWNER, people.SOFTWARE)}  # these are translated, other names are not
OWN_NAMES["python -m ntm build"] = people.SOFTWARE  # its name in older databases


def column(name: str) -> str:
    """Return the words for a column of facts or revisions; those of its field in files if it has no others."""
    return _(COLUMN[name] if name in COLUMN else HEADINGS[name])


def status(code: str) -> str:
    """Return a status in words with its sign: "▼ Chậm tiến độ"."""
    return f"{STATUS_SIGN[Status(code)]} {_(STATUS[Status(code)])}"


def kind(code: str | None) -> str:
    """Return what kind of data a figure is; unknown in words."""
    return _(KIND[Kind(code)]) if code in KIND else _("không có số liệu")


def kinds(codes: Collection[str]) -> str:
    """Return what kinds of data a figure is made of: "số liệu công bố và số liệu chính thức"; empty for none."""
    return _(" và ").join(kind(code) for code in KIND if code in codes)


def world(code: str) -> str:
    """Return which world a dataset is of, in words."""
    return _(WORLD[World(code)])


def at_least(heading: str, *, certain: bool) -> str:
    """Return a column's heading; where its numbers are not certain, it says that they are lower bounds."""
    return heading if certain else _("{heading} (ít nhất)", heading=heading)


def answers() -> dict[Answer, str]:
    """Return the answers of a grid in words."""
    return {Answer.MET: _("Đạt"), Answer.NOT_MET: _("Chưa đạt"), Answer.UNKNOWN: _("Không có số liệu")}


def note(words: str) -> str:
    """Return a revision's note: the project's own in the reader's language, anybody else's as it is."""
    return _(words) if words else ""


def revision(kind_of: str, undoes: int | None) -> str:
    """Return what a revision is of: a kind of data, or, if it takes another one back, which one."""
    return kind(kind_of) if pd.isna(undoes) else _("hoàn tác phiên bản {number}", number=undoes)


def in_effect(holds: bool) -> str:
    """Return whether a revision still counts."""
    return _("có") if holds else _("đã hoàn tác")


def author(signature: str) -> str:
    """Return the name in a person's signature ("Lò Thị An <an@…>"): an address is not for every reader."""
    name = signature.split(" <", maxsplit=1)[0]
    return _(OWN_NAMES[name]) if name in OWN_NAMES else name


def signature(signed: str) -> str:
    """Return a person's signature with its address, for those who may see it; the project's own names translated."""
    name, separator, address = signed.partition(" <")
    return author(name) + separator + address


def action(code: str) -> str:
    """Return what was done, of the log, in words; as it is for an unknown code."""
    return _(ACTION[code]) if code in ACTION else code


def role(code: str) -> str:
    """Return what somebody may do, in words."""
    return _(ROLE[Role(code)])


def evidence(code: str) -> str:
    """Return how certain a source is, in words; as it is where an office has written its own, empty for none."""
    return _(EVIDENCE.get(code, code)) if code else ""


def indicator(code: str) -> str:
    """Return a published indicator in words; "communes_15_18" is "Số xã đạt 15–18 tiêu chí"."""
    if code in INDICATOR:
        return _(INDICATOR[code])
    return _("Số xã đạt {bounds} tiêu chí", bounds=code.removeprefix("communes_").replace("_", "–"))


def unit_of_measure(code: str) -> str:
    """Return a target's unit of measure in words."""
    return _(UNITS_OF_MEASURE[code])


def tier(tiers: Sequence[Tier], tier_id: str) -> str:
    """Return a tier in words: "15–18 tiêu chí"; unknown in words."""
    if tier_id == metrics.UNKNOWN:
        return _("Không có số liệu")
    return _("{bounds} tiêu chí", bounds=bounds(tiers, tier_id))


def tiers(steps: Sequence[Tier]) -> dict[str, str]:
    """Return tier id → words, best first, "unknown" last."""
    return {tier_id: tier(steps, tier_id) for tier_id in [*(step.id for step in steps), metrics.UNKNOWN]}


def criteria(of_set: pd.DataFrame) -> dict[int, str]:
    """Return a set's criteria (Reference.criteria_of) in words: number → "10. Thu nhập"."""
    return {number: f"{number}. {either(row, 'name')}" for number, row in of_set.to_dict("index").items()}


def noun(reference: Reference) -> str:
    """Return what a group of the day's grouping is called: "huyện", "cụm"; "nhóm xã" without a grouping."""
    return reference.grouping.noun if reference.grouping else _("nhóm xã")


def nouns(reference: Reference) -> str:
    """Return what several groups of the day's grouping are called; see noun."""
    return reference.grouping.nouns if reference.grouping else _("nhóm xã")


def group_heading(reference: Reference) -> str:
    """Return the same as a heading: "Huyện", "Cụm"; "Nhóm xã" where there is no grouping."""
    return reference.grouping.heading if reference.grouping else _("Nhóm xã")


def group_name(reference: Reference, code: str) -> str:
    """Name a group so that nobody takes it for an office: "Than Uyên" of a district, else "huyện cũ Than Uyên"."""
    label = reference.groups.at[code, "label"]
    if code in reference.districts.index:
        return str(label)
    return _("{noun} {name}", name=label, noun=noun(reference))


def scope(groups: pd.DataFrame, codes: Collection[str]) -> str:
    """Say which groups are meant: their names, or "Toàn tỉnh" where none is chosen."""
    return ", ".join(groups.loc[list(codes), "label"]) if codes else _("Toàn tỉnh")


def office(person: Person, reference: Reference) -> str:
    """Return whose data a person may change, in words: the names of their groups, or the province's."""
    if person.role != people.GROUP_EDITOR:
        return _("tỉnh {province}", province=reference.province["label"])
    names = reference.timeline.group_labels()
    return ", ".join(names.get(code, code) for code in sorted(person.groups))


def bounds(tiers: Sequence[Tier], tier_id: str) -> str:
    """Return a tier's bounds alone: "15–18"; a question mark where it is unknown."""
    return next((tier.label for tier in tiers if tier.id == tier_id), "?")
