"""The page of updates: template, upload, how a file was understood, faults, preview, publish; revisions, history."""

import hashlib
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ntm import changes, clock, complete_lists, exports, labels, listing, narrative, people, preview, reporting, text
from ntm.checks import Faults
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.intake import marked, reading, sheets, template
from ntm.intake.layout import CRITERION, FORM_NAMES, FORMS, PUBLISHED_AS, Layout
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.people import Denied, Person
from ntm.preview import Preview
from ntm.store import Change, Stale
from ntm.text import _, either, mark
from ntm.ui import account, blocks, data

KINDS = ["xlsx", "ods", "xls", "csv"]
MONTHS = 24  # back from today, that a period can be chosen from
SHOWN_CELLS = 40  # of a sheet's headings
SHOWN_DIFFERENCES = 1000
NAMES = FORM_NAMES | {"complete_lists": mark("Danh sách công nhận đầy đủ đến ngày")}  # of every table of facts
DONE, UPLOADS, SEEN = "what was published", "uploads published", "revision of the preview"


def who() -> Person:
    """Say who is signed in and what they may do; return them."""
    person = account.current()
    if person.may_change:
        places = ", ".join(sorted(person.districts)) if person.role == people.DISTRICT_EDITOR else _("toàn tỉnh")
        blocks.small(_("{name}: được cập nhật số liệu của {places}.", name=person.name, places=places))
    else:
        st.info(_reading_alone(person), icon=":material/lock:")
    return person


def _reading_alone(person: Person) -> str:
    """What somebody can do who may not publish."""
    if person.email:
        return _(
            "Xem được, chưa cập nhật được: bạn tải tệp lên để xem lỗi và thay đổi, nhưng tài khoản này chưa có quyền "
            "công bố. Hãy liên hệ người quản trị."
        )
    if account.is_configured():
        return _(
            "Xem được, chưa cập nhật được: bạn tải tệp lên để xem lỗi và thay đổi. Muốn công bố, hãy đăng nhập (ở "
            "thanh bên) bằng tài khoản có trong danh sách người cập nhật."
        )
    return _(
        "Xem được, chưa cập nhật được: bạn tải tệp lên để xem lỗi và thay đổi. Muốn công bố, hãy gửi tệp cho người "
        "quản trị."
    )


def announce() -> None:
    """Say what has just been published, once."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(done, icon=":material/check_circle:")


@dataclass(frozen=True)
class Wanted:
    """What is to be updated. `listed`: the districts (codes) whose list of recognitions is said to be complete."""

    asked: Asked
    listed: tuple[str, ...] = ()

    def facts(self, found: Reading) -> dict[str, pd.DataFrame]:
        """Return the facts of a file with what was said of the list."""
        facts = {self.asked.form: found.facts}
        if self.listed:
            facts["complete_lists"] = complete_lists.rows(self.listed, self.asked.period)
        return facts


def ask(dataset: Dataset, shown: str) -> Wanted:
    """Draw the choices of what is to be updated, at first for the period shown; offer the template; return them."""
    with st.container(horizontal=True):
        form = st.selectbox(_("Loại số liệu"), list(FORMS), format_func=lambda name: _(FORM_NAMES[name]), key="form")
        periods = _periods(dataset)
        at = periods.index(shown) if shown in periods else 0
        period = st.selectbox(_("Kỳ"), periods, index=at, format_func=text.date, key="update period")
        names = {name: either(row, "name") for name, row in dataset.reference.criteria_sets.iterrows()}
        chosen = next(iter(names))
        if form == "assessments":
            chosen = st.selectbox(_("Bộ tiêu chí"), list(names), format_func=names.__getitem__, key="update set")
    districts = dataset.reference.districts["label"].to_dict()
    picked = st.multiselect(
        _("Huyện trong tệp mẫu"),
        list(districts),
        format_func=districts.__getitem__,
        placeholder=_("Toàn tỉnh"),
        key="template districts",
    )
    blocks.download(
        _("Tải tệp mẫu"),
        partial(template.make, dataset.reference, form, period, chosen, picked),
        _("Mẫu {form} {period}", form=_(FORM_NAMES[form]), period=period) + ".xlsx",
        exports.XLSX_TYPE,
    )
    blank = form == "assessments" and st.checkbox(
        _("Trong tệp, ô trống nghĩa là chưa đạt (không phải chưa có số liệu)"), key="blank is not met"
    )
    asked = Asked(form, period, chosen if form == "assessments" else "", bool(blank))
    return Wanted(asked, _listed(dataset, period, picked) if form == "recognitions" else ())


def _listed(dataset: Dataset, period: str, picked: list[str]) -> tuple[str, ...]:
    """Let the person say that nobody else is recognised: without that, who is not in the list is not known."""
    where = labels.scope(dataset.reference.districts, picked)
    words = _(
        "Cùng với các quyết định đã có, tệp này là danh sách đầy đủ các xã đã công nhận của {where} đến {date}: "
        "xã không có tên là chưa công nhận",
        where=where,
        date=text.date(period),
    )
    complete = st.checkbox(words, key="list is complete")
    return tuple(picked or [dataset.reference.plan.province]) if complete else ()


def _periods(dataset: Dataset) -> list[str]:
    """Month ends that are over, latest first, and those that have data."""
    ends = pd.date_range(end=clock.today(), periods=MONTHS, freq="ME").strftime("%Y-%m-%d")
    return sorted({*ends, *dataset.periods, str(dataset.reference.plan.due_date)}, reverse=True)


def reported(dataset: Dataset, period: str) -> None:
    """Say who has reported for a period, the outstanding districts first."""
    table = reporting.by_district(dataset, period)
    title = _("Đã báo cáo đến {date}: {words}", date=text.date(period), words=dataset.coverage(period).words())
    with st.expander(title, icon=":material/assignment_turned_in:"):
        blocks.reading_table(
            listing.reporting_rows(table), listing.reporting_columns(), _("Chưa báo cáo đủ đứng trước")
        )


def upload(dataset: Dataset, asked: Asked) -> tuple[bytes, Reading] | None:
    """Draw the field for a file; return it read, or None where there is none yet or it is refused."""
    file = st.file_uploader(
        _("Tệp số liệu (.xlsx, .ods, .xls, .csv)"), type=KINDS, key=f"file {st.session_state.get(UPLOADS, 0)}"
    )
    if file is None:
        return None
    content = file.getvalue()
    try:
        found = sheets.read(content)
        layouts = reading.layouts_of(found, asked, dataset.reference)
        corrected = _corrected(found, layouts, asked, dataset, hashlib.sha256(content).hexdigest()[:12])
        return content, reading.read(found, asked, dataset.reference, corrected)
    except Refused as refusal:
        st.error(str(refusal), icon=":material/block:")
        return None


def _corrected(
    found: list[sheets.Sheet], layouts: dict[int, Layout], asked: Asked, dataset: Dataset, key: str
) -> dict[int, Layout]:
    """Show how each sheet was understood, and let the person correct the columns."""
    criteria = dataset.reference.criteria_of(reading.criteria_set_of(found, asked, dataset.reference))
    roles = ["", "code", "name", "district", *FORMS[asked.form]]
    roles += [f"{CRITERION}{number}" for number in criteria.index] if asked.form == "assessments" else []
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


def understood(dataset: Dataset, found: Reading, asked: Asked) -> None:
    """Say what was found in the file, and where it names another set or period than was chosen."""
    blocks.small(
        _(
            "Đọc được {count} số liệu ở {sheets} sheet.",
            count=text.number(len(found.rows)),
            sheets=text.number(len(found.layouts)),
        )
        + (" " + _("Không đọc: {sheets}.", sheets=", ".join(found.unread)) if found.unread else "")
    )
    if asked.form == "assessments" and found.asked.criteria_set != asked.criteria_set:
        named = either(dataset.reference.criteria_sets.loc[found.asked.criteria_set], "name")
        st.warning(_("Tệp ghi bộ tiêu chí khác: {named}; dùng bộ ấy.", named=named), icon=":material/checklist:")
    told = {layout.period for layout in found.layouts.values() if layout.period}
    if asked.form in ("assessments", "villages") and told - {asked.period}:
        st.warning(
            _("Tệp ghi kỳ {told}; dùng kỳ ghi trong tệp.", told=", ".join(map(text.date, sorted(told)))),
            icon=":material/event:",
        )


def faults(content: bytes, found: Reading) -> bool:
    """Draw every fault of a file and offer it with the cells marked; return whether there is any."""
    if found.faults.empty:
        return False
    st.error(_("{count} lỗi; không lưu gì.", count=len(found.faults)), icon=":material/error:")
    columns = {
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Giá trị")),
        "rule": Column(_("Điều phải đúng")),
        "suggestion": Column(_("Nên là")),
    }
    blocks.table(found.faults, columns)
    blocks.download(
        _("Tải tệp có đánh dấu các ô lỗi"),
        partial(marked.make, content, found),
        _("Tệp đã đánh dấu lỗi") + ".xlsx",
        exports.XLSX_TYPE,
    )
    return True


def effects(dataset: Dataset, found: Reading, wanted: Wanted) -> Preview:
    """Draw what publishing would change."""
    seen = preview.make(dataset, wanted.facts(found))
    st.header(_("Nếu công bố"), anchor=False)
    for place, (name, words) in zip(
        st.columns(3),
        (("new", _("Ô mới")), ("changed", _("Ô thay đổi")), ("same", _("Ô như cũ"))),
        strict=True,
    ):
        place.metric(words, text.number(seen.cells[name]))
    if seen.opens:
        st.warning(
            _(
                "Đây là số liệu chính thức đầu tiên. Khi công bố, bảng điều khiển chuyển sang số liệu của tỉnh ở mọi "
                "trang và mọi kỳ; phần chưa nhập hiện là không có số liệu, không tính là chưa đạt. Số liệu minh họa "
                "chỉ còn xem được khi chọn, để tập huấn."
            ),
            icon=":material/swap_horiz:",
        )
    _targets(dataset, seen)
    _moves(seen)
    _reported(dataset, seen)
    return seen


def _targets(dataset: Dataset, seen: Preview) -> None:
    plan = dataset.reference.plan
    targets = [plan.target(name) for name in seen.now.index]
    rows = pd.DataFrame({"target": [either(target, "name") for target in targets]})
    for when, table in (("before", seen.now), ("after", seen.then)):
        figures = zip(targets, table.iterrows(), strict=True)
        rows[when] = [narrative.standing(target, row) for target, (_id, row) in figures]
        rows[f"status_{when}"] = [labels.status(status) for status in table["status"]]
    columns = {
        "target": Column(_("Mục tiêu")),
        "before": Column(_("Nay")),
        "after": Column(_("Sau khi công bố")),
        "status_before": Column(_("Trạng thái nay")),
        "status_after": Column(_("Trạng thái sau")),
    }
    st.subheader(_("Các mục tiêu, kỳ {date}", date=text.date(seen.period)), anchor=False)
    blocks.reading_table(rows, columns, _("Tính thử; chưa lưu gì"))


def _moves(seen: Preview) -> None:
    known = seen.moves.dropna(subset=["met_before", "met_after"]) if len(seen.moves) else seen.moves
    gain = known[known["met_after"] > known["met_before"]] if len(known) else known
    loss = known[known["met_after"] < known["met_before"]] if len(known) else known
    st.subheader(
        _(
            "{gain} xã thêm tiêu chí, {loss} xã mất, {unknown} xã chuyển giữa có và không có số liệu",
            gain=text.number(len(gain)),
            loss=text.number(len(loss)),
            unknown=text.number(len(seen.moves) - len(known)),
        ),
        anchor=False,
    )
    if len(seen.moves):
        columns = {
            "period": Column(_("Kỳ"), text.date),
            "label": Column(_("Xã")),
            "district": Column(_("Huyện")),
            "met_before": Column(_("Nay đạt"), text.number),
            "met_after": Column(_("Sau đạt"), text.number),
        }
        blocks.table(seen.moves, columns)


def _reported(dataset: Dataset, seen: Preview) -> None:
    """Draw how much of each district would be known: what is half filled in is incomplete, and not failed."""
    if not len(seen.reported.columns):
        return
    rows = seen.reported.assign(district=dataset.reference.districts["label"])
    columns = {"district": Column(_("Huyện"))}
    columns |= {period: Column(text.date(period), text.percent) for period in seen.reported.columns}
    st.subheader(_("Mức đầy đủ sau khi công bố"), anchor=False)
    blocks.table(rows, columns)


def publish(dataset: Dataset, found: Reading, wanted: Wanted, seen: Preview, person: Person) -> None:
    """Draw the note and the button that publishes; say what happened. Who has looked at older data is told first."""
    base = st.session_state.setdefault(SEEN, seen.base)
    if base != seen.base:
        _say_stale(dataset, Stale(base, seen.base))
        return
    note = st.text_input(_("Ghi chú (bắt buộc): số văn bản, lý do"), key="note", max_chars=300)
    pressed = st.button(_("Công bố"), icon=":material/publish:", disabled=not person.may_change, key="publish")
    if not pressed:
        return
    if not note.strip():
        st.error(_("Hãy ghi chú số văn bản hoặc lý do, rồi công bố."), icon=":material/edit:")
        return
    form = found.asked.form
    change = Change(person, note.strip(), PUBLISHED_AS[form], wanted.facts(found), base=base)
    try:
        revision = data.publish(change)
    except Stale as stale:
        _say_stale(dataset, stale)
        return
    except (Denied, Faults) as refusal:
        st.error(str(refusal), icon=":material/block:")
        return
    st.session_state[DONE] = _(
        "Đã công bố phiên bản {revision}: {count} số liệu.", revision=revision, count=len(found.rows)
    )
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1  # an empty field for the next file
    forget_preview()
    st.rerun()


def _say_stale(dataset: Dataset, stale: Stale) -> None:
    st.warning(str(stale), icon=":material/sync_problem:")
    _difference(dataset, stale.base, stale.latest)
    st.button(_("Xem lại với số liệu mới"), on_click=forget_preview, key="look again")


def forget_preview() -> None:
    """Begin to look anew: the next preview is of the data as it is then."""
    st.session_state.pop(SEEN, None)


def revisions(dataset: Dataset, person: Person) -> None:
    """Draw the revisions; let two be compared, and one be taken back by who may."""
    words = {
        row.id: f"{row.id} · {text.moment(row.created_at)} · {labels.author(row.author)} · {labels.note(row.note)}"
        for row in dataset.revisions.itertuples()
    }
    numbers = list(words)
    if not numbers:
        st.info(_("Chưa có số liệu nào trong cơ sở dữ liệu."), icon=":material/info:")
        return
    earlier, later = st.columns(2)
    before = earlier.selectbox(
        _("So phiên bản"),
        [0, *numbers],
        format_func=lambda number: words.get(number, _("0 · chưa có gì")),
        index=min(2, len(numbers)),
        key="earlier revision",
    )
    after = later.selectbox(_("với phiên bản"), numbers, format_func=words.__getitem__, key="later revision")
    _difference(dataset, before, after)
    if person.may_change:
        _undo(words, dataset)


def _undo(words: dict[int, str], dataset: Dataset) -> None:
    in_effect = dataset.revisions.loc[dataset.revisions["in_effect"], "id"].tolist()
    st.subheader(_("Hoàn tác một phiên bản"), anchor=False)
    chosen = st.selectbox(_("Phiên bản"), in_effect, format_func=words.__getitem__, key="undone revision")
    note = st.text_input(_("Lý do hoàn tác (bắt buộc)"), key="undo note", max_chars=300)
    if st.button(_("Hoàn tác"), icon=":material/undo:", disabled=not note.strip(), key="undo"):
        try:
            added = data.undo(chosen, account.current(), note.strip())
        except (Denied, ValueError) as refusal:
            st.error(str(refusal), icon=":material/block:")
            return
        done = _("Đã hoàn tác phiên bản {undone} bằng phiên bản {revision}.", undone=chosen, revision=added)
        st.session_state[DONE] = done
        st.rerun()


def _difference(dataset: Dataset, before: int, after: int) -> None:
    changed = {name: frame for name, frame in data.differences(before, after).items() if len(frame)}
    if not changed:
        blocks.small(_("Không có khác biệt."))
    for name, frame in changed.items():
        differing = _("{count} ô khác nhau", count=text.number(len(frame)))
        st.markdown(f"**{_(NAMES[name])}**: {differing}")
        st.dataframe(changes.words(frame.head(SHOWN_DIFFERENCES), dataset.reference), hide_index=True)


def history(dataset: Dataset) -> None:
    """Draw everything that was written of a unit, or of one cell of it: value, who, when, why."""
    units = dataset.reference.units["label"].to_dict()
    with st.container(horizontal=True):
        code = st.selectbox(_("Đơn vị"), list(units), format_func=units.__getitem__, key="history unit")
        facts = st.selectbox(_("Loại số liệu"), list(NAMES), format_func=lambda name: _(NAMES[name]), key="history of")
    written = data.history(facts, code)
    with st.container(horizontal=True):
        for column in ("period", "criteria_set", "criterion"):
            written = _narrowed(written, column, dataset)
    if written.empty:
        blocks.small(_("Chưa có gì được ghi về đơn vị này."))
        return
    st.dataframe(changes.words(written, dataset.reference), hide_index=True)


def _narrowed(written: pd.DataFrame, column: str, dataset: Dataset) -> pd.DataFrame:
    """Let the reader choose one value of a column, where it has several."""
    if column not in written or written[column].nunique() <= 1:
        return written
    heading = labels.column(column)
    words = changes.words(written[[column]].drop_duplicates(), dataset.reference)[heading]
    options = dict(zip(written[column].drop_duplicates(), words, strict=True))
    chosen = st.selectbox(
        heading, [None, *sorted(options)], format_func=lambda value: options.get(value, _("Tất cả")), key=f"of {column}"
    )
    return written if chosen is None else written[written[column] == chosen]


def log(person: Person) -> None:
    """Draw who did what, latest first; for those who may change something: it names people's addresses."""
    if not person.may_change:
        blocks.small(_("Nhật ký dành cho người được cập nhật số liệu."))
        return
    blocks.table(changes.log(data.log()), changes.log_columns())
