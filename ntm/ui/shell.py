"""What stands around every page: the shared choices in the sidebar, the style sheet, the footer."""

import datetime as dt

import streamlit as st

from ntm import labels, palette, text
from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import blocks, reading, state, templates


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


def footer(data: Dataset) -> None:
    """Say at the foot of every page which revision is shown, and of what kind."""
    st.divider()
    latest = data.revisions.iloc[0] if len(data.revisions) else None
    if latest is None:
        blocks.small(_("Chưa có số liệu nào trong cơ sở dữ liệu."))
        return
    blocks.small(
        _(
            "Phiên bản số liệu {number} ({kind}), ngày {day}, {author}: {note}.",
            number=latest["id"],
            kind=labels.kind(latest["kind"]),
            day=text.day(latest["created_at"]),
            author=labels.author(latest["author"]),
            note=labels.note(latest["note"]),
        )
    )
