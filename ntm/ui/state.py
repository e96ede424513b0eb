"""What the reader has chosen. It lives in the URL, so that a link shows the same thing, and follows from page to page.

The chosen values are kept under their own names in the session. A widget is given the chosen value before it is drawn
and hands a new one back when it changes; so a value outlives pages that do not draw its widget.
"""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from ntm.markdown import plain
from ntm.text import _

LISTS = ("groups", "criteria", "classes", "tiers", "recognition", "lacking", "meeting", "slides")
_DEFAULTS: dict[str, str | tuple[str, ...]] = {
    "lang": "vi",
    "size": "100",
    "contrast": "",
    "data": "",
    "period": "",
    "grouping": "",
    "groups": (),
    "group": "",
    "unit": "",
    "criteria": (),
    "layer": "tier",
    "criterion": "",
    "classes": (),
    "before": "",
    "tiers": (),
    "recognition": (),
    "lacking": (),
    "meeting": (),
    "name": "",
    "by": "",
    "since": "",
    "sort": "",
    "measure": "",
    "slide": "",
    "slides": (),
    "auto": "",
    "ground": "",
}
DEFAULTS: Mapping[str, Any] = MappingProxyType(_DEFAULTS)  # shared by all readers
RENAMED = {"districts": "groups", "district": "group"}  # parameters as older links call them
WAYS = {"district": "group", "tier": "tier", "criterion": "criterion"}  # in older links group= said how to group
LONGEST = 4000  # signs of a parameter that are read: all communes and criteria are half of that
SHOWN = 60  # signs of a parameter that is not understood
_WRITTEN = "written_query"
_CHANGED = "changed_since_written"


def read_url() -> None:
    """Take over what the URL says, when the reader (and not `write_url`) has changed it.

    After a widget's change the URL is not asked: a quick reader's next click still carries the URL of before.
    """
    query = st.query_params.to_dict()
    changed_by_widget = st.session_state.pop(_CHANGED, False)
    if query != st.session_state.get(_WRITTEN) and not changed_by_widget:
        named = _as_named_now(query)
        for name in DEFAULTS.keys() & named.keys():
            value = named[name][:LONGEST]
            put(name, value.split(",") if name in LISTS else value)
    for name, default in DEFAULTS.items():
        st.session_state.setdefault(_key(name), default)


def _as_named_now(query: Mapping[str, str]) -> dict[str, str]:
    """Return a link's parameters under the names that they have now: older links say districts."""
    by = WAYS.get(query.get("group", ""))
    kept = {name: value for name, value in query.items() if name != "group" or by is None}
    named = ({"by": by} if by else {}) | {RENAMED.get(name, name): value for name, value in kept.items()}
    return named | {name: re.sub(r"\bdistrict-", "group-", named[name]) for name in ("slides",) if name in named}


def write_url() -> None:
    """Say in the URL what is chosen; what is at its default stays out."""
    query = {name: link_value(name, get(name)) for name, default in DEFAULTS.items() if get(name) != default}
    st.session_state[_WRITTEN] = query
    st.session_state.pop(_CHANGED, None)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)


def link_value(name: str, value: Any) -> str:
    """Return a value as a URL writes it."""
    return ",".join(value) if name in LISTS else str(value)


def link(**changed: Any) -> dict[str, str]:
    """Return the URL's parameters for a link to a page with some values changed."""
    values = {name: changed.get(name, get(name)) for name in DEFAULTS}
    return {name: link_value(name, value) for name, value in values.items() if value != DEFAULTS[name]}


def get(name: str) -> Any:
    """Return a chosen value."""
    return st.session_state.get(_key(name), DEFAULTS[name])


def put(name: str, value: Any) -> None:
    """Choose a value."""
    st.session_state[_key(name)] = tuple(value) if name in LISTS else value
    st.session_state[_CHANGED] = True


def allowed(name: str, options: Collection[str]) -> Any:
    """Return the chosen value as far as it is among `options`, and forget the rest (a mistyped link, another plan)."""
    value = get(name)
    if name in LISTS:
        kept = tuple(item for item in value if item in options)
    else:
        kept = value if value in options else DEFAULTS[name]
    if kept != value:
        put(name, kept)
        st.info(
            plain(_("Bỏ qua “{value}” trong liên kết: không có trong danh sách.", value=_cut(link_value(name, value))))
        )
    return kept


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def bound(name: str, shown: Any = None) -> dict[str, Any]:
    """Return the arguments that tie a widget to a chosen value: st.selectbox(..., **bound("unit")).

    `shown`: what the widget shows where nothing is chosen yet; nothing, where it is None.
    """
    widget = f"widget {name}"
    st.session_state[widget] = list(get(name)) if name in LISTS else get(name) or shown
    return {"key": widget, "on_change": _take, "args": (name, widget)}


def _take(name: str, widget: str) -> None:
    value = st.session_state[widget]
    put(name, DEFAULTS[name] if value is None else value)


def _key(name: str) -> str:
    return f"chosen {name}"
