"""What is around every page: the shared choices in the sidebar, the style sheet, the footer."""

import streamlit as st

from ntm import groupings, look, palette, provenance, text
from ntm.dataset import Dataset
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, state, templates
from ntm.ui import data as data_module
from ntm.world import SAMPLE, World


def language_button() -> None:
    """Draw the button that speaks the other language, in that language."""
    other = next(language for language in text.LANGUAGES if language != text.language())
    st.sidebar.button(
        plain(text.LANGUAGES[other]),
        key="switch language",
        icon=":material/translate:",
        on_click=state.put,
        args=("lang", other),
    )


def sidebar(data: Dataset) -> None:
    """Draw the choices that all pages share: period, groups, and what to group by, where there is a choice."""
    asked = data_module.period()
    periods = {day: _period_words(data, day) for day in sorted({*data.all_periods, asked}, reverse=True)}
    groups = data.reference.groups
    with st.sidebar:
        st.selectbox(_("Kỳ số liệu"), list(periods), format_func=periods.__getitem__, **state.bound("period", asked))
        _grouping_picker(data)
        if groups.empty:  # what was chosen is kept, for when the reader goes back to a time with groups
            return
        state.allowed("groups", list(groups.index))
        st.multiselect(
            plain(data.reference.grouping.name if data.reference.grouping else ""),
            list(groups.index),
            format_func=groups["label"].to_dict().__getitem__,
            placeholder=_("Toàn tỉnh"),
            **state.bound("groups"),
        )


def _grouping_picker(data: Dataset) -> None:
    """Draw the choice of the grouping; nothing where there is one or none."""
    reference = data.reference
    state.allowed("grouping", ["", groupings.NONE, *(found.id for found in reference.timeline.all_groupings)])
    if len(reference.groupings) < 2:
        return
    names = {found.id: found.name for found in reference.groupings} | {groupings.NONE: _("Không chia nhóm")}
    default = reference.grouping.id if reference.grouping else groupings.NONE
    st.selectbox(_("Chia nhóm xã theo"), list(names), format_func=names.__getitem__, **state.bound("grouping", default))


def _period_words(data: Dataset, day: str) -> str:
    return text.date(day) if day in data.all_periods else _("{date} (không có số liệu)", date=text.date(day))


def style() -> None:
    """Send the style sheet of the pieces of HTML, and of the reader's size and contrast."""
    templates.show("style", theme=palette.theme(), fills=palette.SHEET, size=state.get("size"))
    if look.current().high:
        templates.show("high_contrast", theme=palette.theme())


def band(data: Dataset) -> None:
    """Draw the band over every page of the sample, which cannot be overlooked; with the way back, if there is one."""
    if not data.is_sample:
        return
    plan = data.reference.plan
    words = _("Số do phần mềm tạo, không phải số liệu của tỉnh.")
    if plan and plan.kind == SAMPLE:
        words = _("Kết quả, mốc và mục tiêu đều do phần mềm tạo, không phải của tỉnh.")
    elif plan:
        words = _("Số do phần mềm tạo, không phải số liệu của tỉnh; mục tiêu và mốc là số liệu công bố.")
    templates.show("band", heading=provenance.notice(data), words=words)
    if data_module.has_real():
        st.button(
            _("Trở về số liệu của tỉnh"),
            on_click=state.put,
            args=("data", ""),
            icon=":material/arrow_back:",
            key="real",
        )


def world_switch(data: Dataset) -> None:
    """Draw, in the sidebar, the way to the sample for training, once there is anything official."""
    if data_module.has_real() and not data.is_sample:
        st.sidebar.button(
            _("Xem số liệu minh họa (tập huấn)"),
            on_click=state.put,
            args=("data", World.SAMPLE.value),
            icon=":material/school:",
            key="sample",
        )


def footer(data: Dataset) -> None:
    """Say at the foot of every page what is shown: revision, world, the last change in effect."""
    st.divider()
    blocks.small(provenance.shown(data))
