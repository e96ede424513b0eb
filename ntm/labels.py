"""The words for codes: statuses, kinds of data, evidence, tiers, units of measure."""

from collections.abc import Collection

import pandas as pd

from ntm import metrics, people
from ntm.plan import Plan
from ntm.text import _, either, mark

STATUS = {
    "met": mark("Đạt"),
    "on_track": mark("Đúng tiến độ"),
    "behind": mark("Chậm tiến độ"),
    "missed": mark("Chưa đạt kế hoạch"),
    "no_data": mark("Chưa đủ số liệu"),
    "no_own_target": mark("Không có mục tiêu riêng"),
}
WORLD = {
    "sample": mark("số liệu minh họa, không phải số liệu của tỉnh"),
    "real": mark("số liệu của tỉnh: chính thức và đã công bố"),
}
STATUS_SIGN = {"met": "✓", "on_track": "→", "behind": "▼", "missed": "✕", "no_data": "?", "no_own_target": "–"}
KIND = {
    "published": mark("số liệu công bố"),
    "official": mark("số liệu chính thức"),
    "sample": mark("số liệu minh họa"),
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
UNIT_OF_MEASURE = {"commune": mark("xã"), "criterion": mark("tiêu chí"), "village": mark("thôn, bản")}
INDICATOR = {
    "average_criteria": mark("Bình quân tiêu chí mỗi xã"),
    "recognised_communes": mark("Số xã đạt chuẩn"),
    "criteria_met": mark("Số tiêu chí đạt"),
}
COLUMN = {  # of facts and revisions
    "revision": mark("Phiên bản"),
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
    "in_effect": mark("Còn hiệu lực"),
}
ACTION = {  # of the log
    "publish": mark("Đã công bố"),
    "undo": mark("Đã hoàn tác"),
    "publish refused": mark("Bị từ chối công bố"),
    "undo refused": mark("Bị từ chối hoàn tác"),
}
OWN_NAMES = {name: name for name in (people.OWNER, people.SOFTWARE)}  # these are translated, other names are not
OWN_NAMES["python -m ntm build"] = people.SOFTWARE  # its name in older databases


def column(name: str) -> str:
    """Return the words for a column of facts or revisions."""
    return _(COLUMN[name])


def status(code: str) -> str:
    """Return a status in words with its sign: "▼ Chậm tiến độ"."""
    return f"{STATUS_SIGN[code]} {_(STATUS[code])}"


def kind(code: str | None) -> str:
    """Return what kind of data a figure is; unknown in words."""
    return _(KIND[code]) if code in KIND else _("không có số liệu")


def kinds(codes: Collection[str]) -> str:
    """Return what kinds of data a figure is made of: "số liệu công bố và số liệu chính thức"; empty for none."""
    return _(" và ").join(kind(code) for code in KIND if code in codes)


def world(code: str) -> str:
    """Return which world a dataset is of, in words."""
    return _(WORLD[code])


def at_least(heading: str, *, certain: bool) -> str:
    """Return a column's heading; where its numbers are not certain, it says that they are lower bounds."""
    return heading if certain else _("{heading} (ít nhất)", heading=heading)


def answers() -> dict[str, str]:
    """Return the answers of a grid in words: met, not_met, unknown."""
    return {"met": _("Đạt"), "not_met": _("Chưa đạt"), "unknown": _("Không có số liệu")}


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
    return _(UNIT_OF_MEASURE[code])


def tier(plan: Plan, tier_id: str) -> str:
    """Return a tier in words: "15–18 tiêu chí"; unknown in words."""
    if tier_id == metrics.UNKNOWN:
        return _("Không có số liệu")
    return _("{bounds} tiêu chí", bounds=plan.tier(tier_id).label)


def tiers(plan: Plan) -> dict[str, str]:
    """Return tier id → words, best first, "unknown" last."""
    return {tier_id: tier(plan, tier_id) for tier_id in [*(step.id for step in plan.tiers), metrics.UNKNOWN]}


def criteria(of_set: pd.DataFrame) -> dict[int, str]:
    """Return a set's criteria (Reference.criteria_of) in words: number → "10. Thu nhập"."""
    return {number: f"{number}. {either(row, 'name')}" for number, row in of_set.to_dict("index").items()}


def scope(districts: pd.DataFrame, codes: Collection[str]) -> str:
    """Say which districts are meant: their names, or "Toàn tỉnh" where none is chosen."""
    return ", ".join(districts.loc[list(codes), "label"]) if codes else _("Toàn tỉnh")


def bounds(plan: Plan, tier_id: str) -> str:
    """Return a tier's bounds alone: "15–18"; a question mark where it is unknown."""
    return "?" if tier_id == metrics.UNKNOWN else plan.tier(tier_id).label
