"""Reading comfort: the size of letters and the contrast. In the URL, and kept for this reader in a cookie."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from ntm import palette, text, typography
from ntm.text import _
from ntm.ui import state

SIZES = ("90", "100", "115", "130", "145", "160")  # percent
HIGH = "high"
COOKIE = "ntm_reading"  # "130.high"
KEPT_SECONDS = 365 * 24 * 3600
_RESTORED = "reading restored"


def apply() -> None:
    """Draw this run in the reader's size and contrast: those of the URL, else those kept from the last visit."""
    if not st.session_state.get(_RESTORED):
        st.session_state[_RESTORED] = True
        _restore(st.context.cookies.get(COOKIE, ""))
    if state.get("size") not in SIZES:
        state.put("size", state.DEFAULTS["size"])
    palette.use(st.context.theme.type, high=is_high())
    typography.use(int(state.get("size")) / 100)


def _restore(kept: str) -> None:
    size, _dot, contrast = kept.partition(".")
    if "size" not in st.query_params and size in SIZES:
        state.put("size", size)
    if "contrast" not in st.query_params and contrast == HIGH:
        state.put("contrast", HIGH)


def is_high() -> bool:
    """Return whether the reader asks for high contrast."""
    return state.get("contrast") == HIGH


def controls() -> None:
    """Draw the buttons A−, A, A+ and contrast in the sidebar, and keep what is chosen."""
    at = SIZES.index(state.get("size"))
    smaller, larger = SIZES[max(at - 1, 0)], SIZES[min(at + 1, len(SIZES) - 1)]
    default = state.DEFAULTS["size"]
    with st.sidebar.container(horizontal=True, gap="small"):
        _button("A−", _("Chữ nhỏ hơn"), "size", smaller, disabled=at == 0)
        _button("A", _("Cỡ chữ thường"), "size", default, disabled=state.get("size") == default)
        _button("A+", _("Chữ to hơn"), "size", larger, disabled=larger == state.get("size"))
        other = _("Tương phản thường") if is_high() else _("Tương phản cao")
        _button(other, other, "contrast", "" if is_high() else HIGH)
    kept = f"{COOKIE}={state.get('size')}.{state.get('contrast')}"
    cookie = f"{kept}; path=/; max-age={KEPT_SECONDS}; SameSite=Lax"
    _document()(key="document", data={"language": text.language(), "cookie": cookie})


def _button(label: str, said: str, name: str, value: str, *, disabled: bool = False) -> None:
    st.button(label, key=f"{name} {label}", help=said, on_click=state.put, args=(name, value), disabled=disabled)


@cache
def _document() -> Callable[..., object]:
    return st.components.v2.component("document", js=(Path(__file__).parent / "js" / "document.js").read_text("utf-8"))
