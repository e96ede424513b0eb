"""The plan page's pieces: targets with their wording and source, solutions with their documents, the method."""

import pandas as pd
import streamlit as st

from ntm import labels, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.markdown import Markdown, plain
from ntm.plan import Plan, Target
from ntm.text import _, either
from ntm.ui import blocks


def targets(dataset: Dataset, plan: Plan) -> None:
    """Draw the plan's targets: wording, scope, baseline, target, source clause; published figures only."""
    rows = pd.DataFrame([_row(dataset, plan, number, target) for number, target in enumerate(plan.targets, start=1)])
    columns = {
        "number": Column(_("Số")),
        "wording": Column(_("Nội dung")),
        "scope": Column(_("Phạm vi")),
        "baseline": Column(_("Mốc {date}", date=text.date(plan.baseline_date))),
        "value": Column(_("Mục tiêu {date}", date=text.date(plan.due_date))),
        "clause": Column(_("Mục trong kế hoạch")),
    }
    blocks.reading_table(rows, columns, _("Số liệu công bố. Mốc không công bố được ghi là không có số liệu."))
    facts = {_("Loại số liệu"): labels.kind(plan.kind), _("Nguồn"): plan.source}
    blocks.downloads(rows, columns, facts, _("Mục tiêu của kế hoạch"))


def _row(dataset: Dataset, plan: Plan, number: int, target: Target) -> dict[str, str]:
    unit = labels.unit_of_measure(target.unit)
    baseline = text.number(target.baseline, target.decimals)
    return {
        "number": str(number),
        "wording": either(target, "wording"),
        "scope": _scope(dataset, plan, target),
        "baseline": f"{baseline} {unit}" if target.baseline is not None else baseline,
        "value": f"{text.number(target.value, target.decimals)} {unit}",
        "clause": either(target, "clause"),
    }


def _scope(dataset: Dataset, plan: Plan, target: Target) -> str:
    """Name the units of a target, as they are called on the day when it is due, on which they are known to exist."""
    codes = [*target.communes, *target.districts]
    units = dataset.reference.at(str(plan.due_date)).units
    return ", ".join(units.loc[codes, "label"]) if codes else _("Toàn tỉnh")


def others(dataset: Dataset) -> None:
    """Name the plans of other periods."""
    rows = pd.DataFrame(
        [
            (either(plan, "title"), text.date(plan.baseline_date), text.date(plan.due_date), labels.kind(plan.kind))
            for plan in dataset.reference.timeline.plans
        ],
        columns=["plan", "baseline", "due", "kind"],
    )
    columns = {
        "plan": Column(_("Kế hoạch")),
        "baseline": Column(_("Mốc")),
        "due": Column(_("Đến ngày")),
        "kind": Column(_("Loại số liệu")),
    }
    if len(rows):
        blocks.reading_table(rows, columns, _("Các kế hoạch có trong hệ thống"))


def solutions(plan: Plan) -> None:
    """Draw the groups of solutions with the documents that they cite."""
    for number, solution in enumerate(plan.solutions, start=1):
        st.markdown(f"**{plain(number)}. {plain(either(solution, 'name'))}**")
        st.markdown(plain(either(solution, "text")))
        if solution.documents:
            st.caption(plain(_("Văn bản viện dẫn: {documents}", documents="; ".join(solution.documents))))


def method(plan: Plan) -> None:
    """Say how progress is computed (ntm/progress.py), and how the two traps of the targets are dealt with."""
    rules = [
        _(
            "**Thực hiện** được tính từ số liệu tại kỳ chọn. **Mốc** là số của kế hoạch; nếu kế hoạch không nêu thì "
            "tính từ số liệu tại ngày mốc."
        ),
        _(
            "**Quãng đường đã đi** = (thực hiện − mốc) ÷ (mục tiêu − mốc). Mục tiêu là giữ nguyên mốc thì không có "
            "quãng đường."
        ),
        _(
            "**Mức phải đến** nằm trên đường thẳng từ mốc ({baseline}) đến mục tiêu ({due}).",
            baseline=text.date(plan.baseline_date),
            due=text.date(plan.due_date),
        ),
        _(
            "**Trạng thái**: *đạt* khi thực hiện tới mục tiêu; *đúng tiến độ* khi tới mức phải đến và chưa hết hạn; "
            "*chậm* khi chưa tới; *không có số liệu* khi phần chưa biết còn có thể đổi kết luận. So sánh bằng số chưa "
            "làm tròn."
        ),
        _(
            "**Được công nhận** (một quyết định) và **đạt đủ tiêu chí** (một phép đếm) là hai việc khác nhau: xã đã "
            "công nhận vẫn có thể mất tiêu chí."
        ),
        _(
            "**Chưa biết không phải là chưa đạt.** Xã thiếu số liệu chỉ được xếp nhóm khi phần chưa biết không đổi "
            "được nhóm, và không tính vào bình quân."
        ),
    ]
    st.markdown(plain(Markdown("\n".join(f"- {rule}" for rule in rules))))
    st.subheader(_("Hai chỗ dễ hiểu sai"), anchor=False)
    traps = [
        _(
            "**Mục tiêu theo nhóm, đọc từng chữ, phạt sự tiến bộ.** Một xã lên nhóm trên làm giảm số xã ở nhóm dưới, "
            'như con số "40 xã đạt 10–14". Vì vậy trạng thái xét theo số cộng dồn: {readings}. Số đếm đúng câu chữ vẫn '
            "ghi bên cạnh.",
            readings=plain(_readings(plan)),
        ),
        _(
            "**Huyện mà kế hoạch không đặt mục tiêu thì không có mục tiêu riêng.** Bảng chỉ ghi phần đóng góp của "
            "huyện vào mục tiêu của tỉnh, không chia mục tiêu của tỉnh ra cho huyện."
        ),
    ]
    st.markdown(plain(Markdown("\n".join(f"1. {trap}" for trap in traps))))


def _readings(plan: Plan) -> str:
    words = {
        "at_least": _("từ {criteria} tiêu chí trở lên: {value} xã"),
        "below": _("dưới {criteria} tiêu chí: {value} xã"),
    }
    judged = [target.judged for target in plan.targets if target.judged]
    return "; ".join(
        words[reading.indicator].format(criteria=reading.criteria, value=text.number(reading.value))
        for reading in judged
    )
