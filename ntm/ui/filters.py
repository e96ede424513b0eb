"""The filters that leave some communes: groups (in the sidebar), tier, recognition, criteria met or not, a name.

They live in the URL and hold on every page that draws them: the map, and where everything is looked up.
"""

import pandas as pd
import streamlit as st

from ntm import labels, selection
from ntm.dataset import Dataset
from ntm.markdown import plain
from ntm.selection import Selection
from ntm.text import _
from ntm.ui import state, views

LISTS = ("tiers", "recognition", "lacking", "meeting")


def picker(dataset: Dataset, period: str) -> None:
    """Draw the filters as a menu; its label says how many are set."""
    count = sum(bool(state.get(name)) for name in (*LISTS, "name"))
    title = _("Lọc xã ({count})", count=count) if count else _("Lọc xã")
    _check(dataset, period)
    with st.popover(plain(title), icon=":material/filter_alt:", key="filters"):
        for name in LISTS:
            _list(dataset, period, name)
        _name()


def fields(dataset: Dataset, period: str) -> None:
    """Draw the filters side by side."""
    _check(dataset, period)
    for names in (LISTS[:2], LISTS[2:]):
        for place, name in zip(st.columns(len(names)), names, strict=True):
            with place:
                _list(dataset, period, name)
    _name()


def _check(dataset: Dataset, period: str) -> None:
    for name in LISTS:
        state.allowed(name, _choices(dataset, period, name))


def _list(dataset: Dataset, period: str, name: str) -> None:
    labels = {
        "tiers": _("Nhóm tiêu chí"),
        "recognition": _("Công nhận"),
        "lacking": _("Còn thiếu mọi tiêu chí này"),
        "meeting": _("Đạt mọi tiêu chí này"),
    }
    options = _choices(dataset, period, name)
    st.multiselect(
        plain(labels[name]),
        list(options),
        format_func=options.__getitem__,
        placeholder=_("Tất cả"),
        **state.bound(name),
    )


def _name() -> None:
    st.text_input(_("Tên xã có"), placeholder=_("không dấu cũng được"), **state.bound("name", ""))


def _choices(dataset: Dataset, period: str, name: str) -> dict[str, str]:
    if name == "tiers":
        return labels.tiers(dataset.reference.tiers)
    if name in ("lacking", "meeting"):
        return views.criteria_names(dataset)
    return selection.recognition_classes(dataset, period)


def chosen(dataset: Dataset, period: str) -> pd.DataFrame:
    """Return the communes that all filters leave, at a period."""
    return selection.communes(dataset, period, asked(dataset))


def asked(dataset: Dataset) -> Selection:
    """Return what is chosen in the filters and the sidebar."""
    return Selection(groups=tuple(views.chosen(dataset)), name=state.get("name"), **{n: state.get(n) for n in LISTS})


def ask_for_facts() -> bool:
    """Return whether a filter is set that a commune without data cannot be asked."""
    return any(state.get(name) for name in LISTS)


def words(dataset: Dataset, period: str) -> str:
    """Say all filters in words: "Than Uyên; nhóm: 15–18 tiêu chí; thiếu: 10. Thu nhập"."""
    words_of = {"tiers": _("nhóm"), "recognition": _("công nhận"), "lacking": _("thiếu"), "meeting": _("đạt")}
    parts = [views.filter_words(dataset)]
    for name, word in words_of.items():
        options = _choices(dataset, period, name)
        names = [options[option] for option in state.get(name) if option in options]
        if names:
            parts.append(f"{word}: {', '.join(names)}")
    if state.get("name"):
        parts.append(_("tên có “{name}”", name=state.get("name")))
    return "; ".join(parts)
