"""What stands around every page: the shared choices in the sidebar, the style sheet, the footer."""

import datetime as dt

import streamlit as st

from ntm import palette, provenance, text
from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import blocks, reading, state, templates
from ntm.ui import data as data_module
from ntm.world import World


def language_button() -> None:
    """Draw the button that speaks the other language, in that language."""
    other = next(language for language in text.LANGUAGES if language != text.language())
    st.sidebar.button(
        text.LANGUAGES[other],
        key="switch language",
        icon=":material/translate:",
        on_click=state.put,
        args=("lang", other),
    )


def sidebar(data: Dataset) -> None:
    """Draw the choices that all pages share: period and districts."""
    asked = period(data)
    periods = {day: _period_words(data, day) for day in sorted({*data.periods, asked}, reverse=True)}
    districts = data.reference.districts
    with st.sidebar:
        state.allowed("districts", list(districts.index))
        st.selectbox(_("Kỳ số liệu"), list(periods), format_func=periods.__getitem__, **state.bound("period", asked))
        st.multiselect(
            _("Huyện, thành phố"),
            list(districts.index),
            format_func=districts["label"].to_dict().__getitem__,
            placeholder=_("Toàn tỉnh"),
            **state.bound("districts"),
        )


def _period_words(data: Dataset, day: str) -> str:
    return text.date(day) if day in data.periods else _("{date} (không có số liệu)", date=text.date(day))


def period(data: Dataset) -> str:
    """Return the period to show: the chosen one, else the latest with data, else the plan's due date."""
    chosen = state.get("period")
    try:
        return dt.date.fromisoformat(chosen).isoformat()
    except ValueError:  # nothing chosen, or a mistyped link
        state.put("period", state.DEFAULTS["period"])
    return data.periods[-1] if data.periods else data.reference.plan.due_date.isoformat()


def style() -> None:
    """Send the style sheet of the pieces of HTML, and of the reader's size and contrast."""
    templates.show("style", theme=palette.theme(), not_met=palette.NOT_MET, size=state.get("size"))
    if reading.is_high():
        templates.show("high_contrast", theme=palette.theme())


def band(data: Dataset) -> None:
    """Draw the band over every page of the sample, which cannot be overlooked; with the way back, if there is one."""
    if not data.is_sample:
        return
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
