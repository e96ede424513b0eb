"""The page of updates, before a file comes: who may change what, what is to be updated, its template, its period."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ntm import clock, exports, labels, listing, people, reporting, text
from ntm.dataset import Dataset
from ntm.facts import FORMS, TYPES, complete_lists, openings
from ntm.intake import forms, prefilled
from ntm.intake.prefilled import Known
from ntm.intake.reading import Asked, Reading
from ntm.markdown import plain
from ntm.people import Denied, Person
from ntm.store import Change
from ntm.text import _, either
from ntm.ui import account, blocks, data, revisions_view
from ntm.world import OFFICIAL

MONTHS = 24  # back from today, that a period can be chosen from


def who(dataset: Dataset) -> Person:
    """Say who is signed in and what they may do; return them."""
    person = account.current()
    if person.may_change:
        places = labels.office(person, dataset.reference)
        blocks.small(_("{name}: được cập nhật số liệu của {places}.", name=labels.author(person.name), places=places))
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
    if account.can_sign_in():
        return _(
            "Muốn tải tệp lên, hãy đăng nhập (ở thanh bên). {how} Tệp mẫu ai cũng tải về được.",
            how=account.how_to_sign_in(),
        )
    return _(
        "Máy chủ này chưa mở đăng nhập nên chưa nhận tệp trên trang. Hãy tải tệp mẫu, điền rồi gửi cho người quản trị; "
        "cách mở đăng nhập có trong tài liệu cài đặt."
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
        partial(forms.make, dataset.reference, asked, picked, known=_filling(dataset, asked, picked)),
        _("Mẫu {form} {period}", form=_(TYPES[form].title), period=period) + ".xlsx",
        exports.XLSX_TYPE,
    )
    return Wanted(asked, _listed(dataset, period, picked) if FORMS[form].may_be_complete else ())


def _filling(dataset: Dataset, asked: Asked, picked: list[str]) -> Known | None:
    """Draw the choice of an empty template or a filled one; return what it is filled with."""
    known = prefilled.of(dataset, asked, picked)
    if known is None:
        blocks.small(_("Chưa có số liệu của tỉnh để điền sẵn: tệp mẫu là mẫu trống."))
        return None
    day, revision = text.date(known.period or asked.period), dataset.revision
    filled = _("Điền sẵn số liệu kỳ {date}, phiên bản {revision}", date=day, revision=revision)
    if not known.period:
        filled = _("Điền sẵn số liệu đến {date}, phiên bản {revision}", date=day, revision=revision)
    words = {"empty": _("Mẫu trống"), "filled": filled}
    chosen = st.radio(
        _("Trong tệp mẫu"),
        list(words),
        format_func=lambda name: plain(words[name]),
        key="template filled",
        horizontal=True,
    )
    return known if chosen == "filled" else None


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
                data.publish(Change(account.acting(), note, OFFICIAL, facts))
            except (Denied, ValueError) as refusal:
                st.error(plain(str(refusal)), icon=":material/block:")
                return
            revisions_view.finish(_("Đã mở kỳ {date}.", date=day))
