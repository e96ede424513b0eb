"""The page of updates, the last step: what publishing a file would change, and the button that publishes it."""

import pandas as pd
import streamlit as st

from ntm import labels, narrative, text
from ntm.dataset import Dataset
from ntm.facts import TYPES
from ntm.figure import Column
from ntm.intake import head
from ntm.intake.reading import Reading
from ntm.markdown import plain
from ntm.people import Denied, Person
from ntm.plan import Target
from ntm.preview import Preview
from ntm.store import Change, Stale
from ntm.text import _, either, plural
from ntm.ui import account, blocks, columns_view, data, outcomes, revisions_view, upload_view
from ntm.ui.update_view import Wanted
from ntm.ui.upload_view import Upload

SEEN = "revision of the preview"


def effects(dataset: Dataset, found: Reading, wanted: Wanted) -> Preview:
    """Draw what publishing would change."""
    seen = outcomes.preview_of(dataset, found, wanted.listed, wanted.facts(found))
    st.header(_("Nếu công bố"), anchor=False)
    cells = {"new": _("Ô mới"), "changed": _("Ô thay đổi"), "same": _("Ô như cũ")}
    cells |= {"gone": _("Ô bỏ đi")} if seen.cells["gone"] else {}
    for place, (name, words) in zip(st.columns(len(cells)), cells.items(), strict=True):
        place.metric(plain(words), text.number(seen.cells[name]))
    if seen.opens:
        st.warning(
            _(
                "Đây là số liệu chính thức đầu tiên. Khi công bố, bảng điều khiển chuyển sang số liệu của tỉnh ở mọi "
                "trang và mọi kỳ; phần chưa nhập hiện là không có số liệu, không tính là chưa đạt. Số liệu minh họa "
                "chỉ còn xem được khi chọn, để tập huấn."
            ),
            icon=":material/swap_horiz:",
        )
    _targets(seen)
    if wanted.is_of_period:
        _moves(dataset, seen)
    _reported(dataset, seen)
    return seen


def _targets(seen: Preview) -> None:
    if not seen.targets:
        return
    rows = pd.DataFrame({"target": [either(target, "name") for target in seen.targets.values()]})
    for when, table in (("before", seen.now), ("after", seen.then)):
        told = [_standing(target, table) for target in seen.targets.values()]
        rows[when], rows[f"status_{when}"] = zip(*told, strict=True)
    columns = {
        "target": Column(_("Mục tiêu")),
        "before": Column(_("Nay")),
        "after": Column(_("Sau khi công bố")),
        "status_before": Column(_("Trạng thái nay")),
        "status_after": Column(_("Trạng thái sau")),
    }
    st.subheader(plain(_("Các mục tiêu, kỳ {date}", date=text.date(seen.period))), anchor=False)
    blocks.reading_table(rows, columns, _("Tính thử; chưa lưu gì"))


def _standing(target: Target, table: pd.DataFrame) -> tuple[str, str]:
    """How far a target has come, and its status; that there is no such target where the plan has none."""
    if target.id not in table.index:
        return _("không có mục tiêu này"), ""
    row = table.loc[target.id]
    return narrative.standing(target, row), labels.status(row["status"])


def _moves(dataset: Dataset, seen: Preview) -> None:
    known = seen.moves.dropna(subset=["met_before", "met_after"]) if len(seen.moves) else seen.moves
    gain = known[known["met_after"] > known["met_before"]] if len(known) else known
    loss = known[known["met_after"] < known["met_before"]] if len(known) else known
    st.subheader(
        plain(
            _(
                "{gain} xã thêm tiêu chí, {loss} xã mất, {unknown} xã chuyển giữa có và không có số liệu",
                gain=text.number(len(gain)),
                loss=text.number(len(loss)),
                unknown=text.number(len(seen.moves) - len(known)),
            )
        ),
        anchor=False,
    )
    if len(seen.moves):
        columns = {
            "period": Column(_("Kỳ"), text.date),
            "label": Column(_("Xã")),
            "group": Column(labels.group_heading(dataset.reference), optional=True),
            "met_before": Column(_("Nay đạt"), text.number),
            "met_after": Column(_("Sau đạt"), text.number),
        }
        blocks.table(seen.moves, columns)


def _reported(dataset: Dataset, seen: Preview) -> None:
    """Draw how much of each group would be known: what is half filled in is incomplete, and not failed."""
    if not len(seen.reported.columns):
        return
    rows = seen.reported.assign(group=dataset.reference.areas["label"])
    columns = {"group": Column(labels.group_heading(dataset.reference), optional=True)}
    columns |= {period: Column(text.date(period), text.percent) for period in seen.reported.columns}
    st.subheader(_("Mức đầy đủ sau khi công bố"), anchor=False)
    blocks.table(rows, columns)


def publish(
    dataset: Dataset, file: Upload, wanted: Wanted, seen: Preview, person: Person, *, acknowledged: bool
) -> None:
    """Draw the note and the button that publishes; say what happened. Who has looked at older data is told first.

    `acknowledged`: whether the person has seen what was left out of the file; without it nothing is published.
    """
    found = file.found
    base = st.session_state.setdefault(SEEN, seen.base)
    if base != seen.base:
        _say_stale(dataset, Stale(base, seen.base))
        return
    note = st.text_input(_("Ghi chú (bắt buộc): số văn bản, lý do"), key="note", max_chars=300)
    if head.words(found.head):
        blocks.small(_("Ghi kèm sau ghi chú, theo đầu tệp: {words}", words=head.words(found.head)))
    forbidden = data.forbidden(Change(person, note, TYPES[found.asked.form].published_as, wanted.facts(found)))
    if forbidden:
        st.warning(plain(forbidden), icon=":material/block:")
    if not acknowledged:
        blocks.small(_("Trước khi công bố, hãy xem các chỗ không đọc ở trên và đánh dấu đã xem."))
    pressed = st.button(
        _("Công bố"), icon=":material/publish:", disabled=bool(forbidden) or not acknowledged, key="publish"
    )
    if not pressed:
        return
    if not note.strip():
        st.error(_("Hãy ghi chú số văn bản hoặc lý do, rồi công bố."), icon=":material/edit:")
        return
    form = found.asked.form
    try:
        noted = head.noted(note.strip(), found.head)
        change = Change(account.acting(), noted, TYPES[form].published_as, wanted.facts(found), base=base)
        revision = data.publish(change)
    except Stale as stale:
        _say_stale(dataset, stale)
        return
    except (Denied, ValueError) as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
        return
    if file.columns:
        columns_view.remember(file.columns, person)
    upload_view.empty()
    forget_preview()
    revisions_view.finish(
        plural("Đã công bố phiên bản {revision}: {count} số liệu.", len(found.rows), revision=revision)
    )


def _say_stale(dataset: Dataset, stale: Stale) -> None:
    st.warning(plain(str(stale)), icon=":material/sync_problem:")
    revisions_view.difference(dataset, stale.base, stale.latest)
    st.button(_("Xem lại với số liệu mới"), on_click=forget_preview, key="look again")


def forget_preview() -> None:
    """Begin to look anew: the next preview is of the data as it is then."""
    st.session_state.pop(SEEN, None)
