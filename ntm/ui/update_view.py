"""The page of updates, up to a new revision: template, upload, how a file was understood, faults, preview, publish."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ntm import (
    clock,
    exports,
    labels,
    listing,
    narrative,
    people,
    reporting,
    text,
)
from ntm.dataset import Dataset
from ntm.facts import FORMS, TYPES, complete_lists, openings
from ntm.figure import Column
from ntm.intake import forms, marked, reading, sheets
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.layout import Layout
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.intake.undecided import QUESTIONS, Undecided
from ntm.markdown import plain
from ntm.people import Denied, Person
from ntm.plan import Target
from ntm.preview import Preview
from ntm.store import Change, Stale
from ntm.text import _, either, plural
from ntm.ui import account, blocks, data, outcomes, revisions_view
from ntm.world import OFFICIAL

KINDS = ["xlsx", "ods", "xls", "csv"]
MONTHS = 24  # back from today, that a period can be chosen from
SHOWN_CELLS = 40  # of a sheet's headings
FAULTS_SHOWN = 100  # on a page
UPLOADS, SEEN = "uploads published", "revision of the preview"


def who() -> Person:
    """Say who is signed in and what they may do; return them."""
    person = account.current()
    if person.may_change:
        places = ", ".join(sorted(person.groups)) if person.role == people.GROUP_EDITOR else _("toàn tỉnh")
        blocks.small(_("{name}: được cập nhật số liệu của {places}.", name=person.name, places=places))
    else:
        st.info(plain(_reading_alone(person)), icon=":material/lock:")
    return person


def _reading_alone(person: Person) -> str:
    """What somebody can do who may not change anything: files are read for those who may alone."""
    if person.email:
        return _(
            "Tài khoản này chỉ được xem. Hãy tải tệp mẫu, điền rồi gửi cho người cập nhật của địa bàn; hoặc liên hệ "
            "người quản trị để được cấp quyền."
        )
    if account.is_configured():
        return _(
            "Muốn tải tệp lên, hãy đăng nhập (ở thanh bên) bằng tài khoản có trong danh sách người cập nhật. Tệp mẫu "
            "ai cũng tải về được."
        )
    return _(
        "Máy chủ này chưa mở đăng nhập nên chưa nhận tệp trên trang. Hãy tải tệp mẫu, điền rồi gửi cho người quản trị."
    )


@dataclass(frozen=True)
class Wanted:
    """What is to be updated. `listed`: the districts (codes) whose list of recognitions is said to be complete."""

    asked: Asked
    listed: tuple[str, ...] = ()

    @property
    def is_of_period(self) -> bool:
        """Whether it is about one period, for which units report."""
        return not forms.has_workbook(self.asked.form)

    def facts(self, found: Reading) -> dict[str, pd.DataFrame]:
        """Return the facts of a file with what was said of the list."""
        facts = {self.asked.form: found.facts}
        if self.listed:
            facts["complete_lists"] = complete_lists.rows(self.listed, self.asked.period)
        return facts


def ask(dataset: Dataset, shown: str) -> Wanted:
    """Draw the choices of what is to be updated, at first for the period shown; offer the template; return them."""
    with st.container(horizontal=True):
        form = st.selectbox(_("Loại số liệu"), list(FORMS), format_func=lambda name: _(TYPES[name].title), key="form")
        if forms.has_workbook(form):
            return _ask_plan(dataset, form)
        periods = _periods(dataset)
        at = periods.index(shown) if shown in periods else 0
        period = st.selectbox(_("Kỳ"), periods, index=at, format_func=text.date, key="update period")
        dataset = dataset.at(period)
        sets = dataset.reference.timeline.criteria_sets.loc[list(dataset.reference.sets.values())]
        names = {name: either(row, "name") for name, row in sets.iterrows()}
        chosen = dataset.reference.commune_set
        if FORMS[form].by_criterion:
            chosen = st.selectbox(_("Bộ tiêu chí"), list(names), format_func=names.__getitem__, key="update set")
    picked = _picked(dataset, form)
    blank = FORMS[form].by_criterion and st.checkbox(
        _("Trong tệp, ô trống nghĩa là chưa đạt (không phải chưa có số liệu)"), key="blank is not met"
    )
    asked = Asked(form, period, chosen if FORMS[form].by_criterion else "", bool(blank))
    blocks.download(
        _("Tải tệp mẫu"),
        partial(forms.make, dataset.reference, asked, picked),
        _("Mẫu {form} {period}", form=_(TYPES[form].title), period=period) + ".xlsx",
        exports.XLSX_TYPE,
    )
    return Wanted(asked, _listed(dataset, period, picked) if FORMS[form].may_be_complete else ())


def _picked(dataset: Dataset, form: str) -> list[str]:
    """Draw the choice of the groups in a template (of the districts, where a form is about these), if there are any."""
    reference = dataset.reference
    words = (reference.groups if FORMS[form].by_criterion else reference.districts)["label"].to_dict()
    if not words:
        return []
    return st.multiselect(
        plain(labels.group_heading(reference)),
        list(words),
        format_func=words.__getitem__,
        placeholder=_("Toàn tỉnh"),
        key="template districts",
    )


def _ask_plan(dataset: Dataset, form: str) -> Wanted:
    """Draw the choice of what a plan's template holds: nothing yet, for this year or the next, or a plan to amend."""
    known = {plan.id: plan for plan in dataset.reference.timeline.plans}
    year = clock.today().year
    ends = [f"{year}-12-31", f"{year + 1}-12-31"]
    words = {day: _("Kế hoạch mới, đến hạn {date}", date=text.date(day)) for day in ends}
    words |= {name: _("Sửa {plan}", plan=either(plan, "title")) for name, plan in known.items()}
    chosen = st.selectbox(_("Trong tệp mẫu"), list(words), format_func=words.__getitem__, key="template plan")
    asked = Asked(form, str(known[chosen].due_date) if chosen in known else chosen)
    blocks.download(
        _("Tải tệp mẫu"),
        partial(forms.make, dataset.reference, asked, (), chosen if chosen in known else ""),
        _("Mẫu {form} {period}", form=_(TYPES[form].title), period=asked.period) + ".xlsx",
        exports.XLSX_TYPE,
    )
    return Wanted(asked)


def _listed(dataset: Dataset, period: str, picked: list[str]) -> tuple[str, ...]:
    """Let the person say that nobody else is recognised: without that, who is not in the list is not known."""
    where = labels.scope(dataset.reference.districts, picked)
    words = _(
        "Cùng với các quyết định đã có, tệp này là danh sách đầy đủ các xã đã công nhận của {where} đến {date}: "
        "xã không có tên là chưa công nhận",
        where=where,
        date=text.date(period),
    )
    complete = st.checkbox(plain(words), key="list is complete")
    return tuple(picked or [dataset.reference.province_code]) if complete else ()


def _periods(dataset: Dataset) -> list[str]:
    """Month ends that are over, latest first, and those that have data."""
    ends = pd.date_range(end=clock.today(), periods=MONTHS, freq="ME").strftime("%Y-%m-%d")
    due = {str(plan.due_date) for plan in dataset.reference.timeline.plans}
    return sorted({*ends, *dataset.all_periods, *due}, reverse=True)


def reported(dataset: Dataset, period: str) -> None:
    """Say who has reported for a period, the outstanding groups first."""
    table = reporting.by_group(dataset, period)
    title = _("Đã báo cáo đến {date}: {words}", date=text.date(period), words=dataset.coverage(period).words())
    with st.expander(plain(title), icon=":material/assignment_turned_in:"):
        blocks.reading_table(
            listing.reporting_rows(table), listing.reporting_columns(), _("Chưa báo cáo đủ đứng trước")
        )


def opening(dataset: Dataset, period: str, person: Person) -> None:
    """Say that a period is not open yet; let who may change the whole province's data open it."""
    if period in dataset.all_periods:
        return
    day = text.date(period)
    if person.role == people.GROUP_EDITOR:
        st.info(
            plain(_("Kỳ {date} chưa mở. Người cập nhật toàn tỉnh mở kỳ, rồi các địa bàn mới công bố được.", date=day)),
            icon=":material/lock_clock:",
        )
        return
    with st.expander(plain(_("Kỳ {date} chưa mở: mở để các địa bàn báo cáo", date=day)), icon=":material/lock_open:"):
        blocks.small(
            _(
                "Khi mở, mọi người thấy kỳ này đầu tiên; xã chưa báo cáo hiện là không có số liệu. Công bố tệp đầu "
                "tiên của kỳ cũng mở kỳ."
            )
        )
        note = st.text_input(_("Căn cứ mở kỳ (bắt buộc)"), key="opening note", max_chars=300)
        if st.button(_("Mở kỳ"), icon=":material/lock_open:", disabled=not note.strip(), key="open"):
            facts = {"openings": openings.row(dataset.reference.province_code, period)}
            try:
                data.publish(Change(person, note, OFFICIAL, facts))
            except (Denied, ValueError) as refusal:
                st.error(plain(str(refusal)), icon=":material/block:")
                return
            revisions_view.finish(_("Đã mở kỳ {date}.", date=day))


def upload(dataset: Dataset, asked: Asked) -> tuple[bytes, Reading] | None:
    """Draw the field for a file; return it read, or None where there is none yet or it is refused."""
    file = st.file_uploader(
        _("Tệp số liệu (.xlsx, .ods, .xls, .csv)"), type=KINDS, key=f"file {st.session_state.get(UPLOADS, 0)}"
    )
    if file is None:
        return None
    content = file.getvalue()
    digest = _digest(content)
    try:
        found = outcomes.sheets_of(content, digest)
        if forms.has_workbook(asked.form):
            return content, outcomes.reading_of(found, digest, asked, dataset.reference, {})
        return content, _read(found, digest, asked, dataset)
    except Undecided as open_question:
        st.info(plain(_("Chọn một câu trả lời ở trên để đọc tệp: {words}", words=open_question.words)))
        return None
    except Refused as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
        return None


def _read(found: list[sheets.Sheet], digest: str, asked: Asked, dataset: Dataset) -> Reading:
    """Read a file's sheets, as the person has answered and corrected. Raises Refused, or Undecided."""
    asked = _decided(found, digest, asked, dataset)
    layouts = outcomes.layouts_of(found, digest, asked, dataset.reference)
    corrected = _corrected(found, layouts, asked, dataset, digest[:12])
    return outcomes.reading_of(found, digest, asked, dataset.reference, corrected)


def _decided(found: list[sheets.Sheet], digest: str, asked: Asked, dataset: Dataset) -> Asked:
    """Ask the person what the file leaves open; return it with the answers. Raises Undecided if one is missing."""
    for _question in QUESTIONS:
        try:
            layouts = outcomes.layouts_of(found, digest, asked, dataset.reference)
            outcomes.reading_of(found, digest, asked, dataset.reference, layouts)
        except Undecided as open_question:
            answer = st.radio(
                plain(open_question.words),
                list(open_question.choices),
                format_func=partial(_choice, open_question.choices),
                index=None,
                key=f"decide {open_question.question} {digest[:12]}",
            )
            if answer is None:
                raise
            asked = asked.deciding(open_question.question, answer)
        except Refused:
            break  # it is refused again once its columns are shown, which the person may correct
    return asked


def _choice(words: Mapping[str, str], value: str) -> str:
    """An answer to an open question, in words and as the command line takes it."""
    return plain(f"{words[value]} ({value})")


def _corrected(
    found: list[sheets.Sheet], layouts: dict[int, Layout], asked: Asked, dataset: Dataset, key: str
) -> dict[int, Layout]:
    """Show how each sheet was understood, and let the person correct the columns."""
    criteria = dataset.reference.criteria_of(reading.criteria_set_of(found, asked, dataset.reference))
    roles = ["", ORDINAL, TOTAL, "code", "name", "district", *FORMS[asked.form].names]
    roles += [f"{CRITERION}{number}" for number in criteria.index] if FORMS[asked.form].by_criterion else []
    words = {reading.role_words(role, criteria): role for role in dict.fromkeys(roles)}
    said = {role: name for name, role in words.items()}
    corrected = {}
    with st.expander(_("Cách hiểu các cột: kiểm tra, sửa nếu sai")):
        for number, layout in layouts.items():
            if len(layouts) > 1:
                blocks.small(_("Sheet {name}", name=found[number].name))
            shown = pd.DataFrame(
                {
                    _("Cột"): [sheets.address(layout.heading_row, place) for place in range(len(layout.roles))],
                    _("Tiêu đề trong tệp"): [heading[:SHOWN_CELLS] for heading in layout.headings],
                    _("Được hiểu là"): [said.get(role, said[""]) for role in layout.roles],
                }
            )
            choice = st.column_config.SelectboxColumn(options=list(words), required=True)
            edited = st.data_editor(
                shown,
                hide_index=True,
                disabled=[_("Cột"), _("Tiêu đề trong tệp")],
                column_config={_("Được hiểu là"): choice},
                key=f"layout {key} {asked.form} {number}",
            )
            meant = [words[role] for role in edited[_("Được hiểu là")]]
            corrected[number] = layout.corrected(dict(enumerate(meant)))
    return corrected


def understood(content: bytes, found: Reading) -> bool:
    """Say what was found in the file and what was left out of it; return whether the person has acknowledged that."""
    blocks.small(
        _(
            "Đọc được {count} số liệu ở {sheets} sheet.",
            count=text.number(len(found.rows)),
            sheets=text.number(len(found.layouts)),
        )
    )
    if found.left_out.empty:
        return True
    count = len(found.left_out)
    st.warning(plain(plural("{count} chỗ trong tệp không đọc hoặc cần biết.", count)), icon=":material/visibility_off:")
    columns = {
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Nội dung")),
        "reason": Column(_("Vì sao")),
    }
    _paged(found.left_out, columns)
    return st.checkbox(
        plain(plural("Tôi đã xem {count} chỗ này và đồng ý bỏ qua", count)),
        key=f"acknowledged {_digest(content)} {count} {found.asked}",
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def faults(content: bytes, found: Reading) -> bool:
    """Draw every fault of a file and offer it with the cells marked; return whether there is any."""
    if found.faults.empty:
        return False
    st.error(plain(plural("{count} lỗi; không lưu gì.", len(found.faults))), icon=":material/error:")
    columns = {
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Giá trị")),
        "rule": Column(_("Điều phải đúng")),
        "suggestion": Column(_("Nên là")),
    }
    _paged(found.faults, columns)
    if len(found.faults) > marked.MOST_MARKED:
        blocks.small(_("Tệp đánh dấu ghi {count} lỗi đầu.", count=text.number(marked.MOST_MARKED)))
    blocks.download(
        _("Tải tệp có đánh dấu các ô lỗi"),
        partial(outcomes.marked_of, content, found),
        _("Tệp đã đánh dấu lỗi") + ".xlsx",
        exports.XLSX_TYPE,
    )
    return True


def _paged(rows: pd.DataFrame, columns: dict[str, Column]) -> None:
    """Draw a long table a page at a time."""
    pages = max(1, math.ceil(len(rows) / FAULTS_SHOWN))
    page = 1
    if pages > 1:
        page = st.number_input(
            plain(_("Trang lỗi, 1 đến {pages}", pages=text.number(pages))), 1, pages, key=f"page of {pages}"
        )
    blocks.table(rows.iloc[(page - 1) * FAULTS_SHOWN : page * FAULTS_SHOWN], columns)


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
    dataset: Dataset, found: Reading, wanted: Wanted, seen: Preview, person: Person, *, acknowledged: bool
) -> None:
    """Draw the note and the button that publishes; say what happened. Who has looked at older data is told first.

    `acknowledged`: whether the person has seen what was left out of the file; without it nothing is published.
    """
    base = st.session_state.setdefault(SEEN, seen.base)
    if base != seen.base:
        _say_stale(dataset, Stale(base, seen.base))
        return
    note = st.text_input(_("Ghi chú (bắt buộc): số văn bản, lý do"), key="note", max_chars=300)
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
    change = Change(person, note.strip(), TYPES[form].published_as, wanted.facts(found), base=base)
    try:
        revision = data.publish(change)
    except Stale as stale:
        _say_stale(dataset, stale)
        return
    except (Denied, ValueError) as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
        return
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1  # an empty field for the next file
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
