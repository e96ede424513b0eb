"""The comfort of reading: the size of letters and the contrast. In the URL, and kept for this reader in a cookie."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from ntm import text
from ntm.look import SOURCE_LANGUAGE, Look
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import state

SIZES = ("90", "100", "115", "130", "145", "160")  # percent
HIGH = "high"
COOKIE = "ntm_comfort"  # "130.high"
KEPT_SECONDS = 365 * 24 * 3600
_RESTORED = "comfort restored"


def chosen() -> Look:
    """Return the reader's look for this run: size and contrast of the URL, else those kept from the last visit.

    Light or dark is as the reader's browser has it.
    """
    if not st.session_state.get(_RESTORED):
        st.session_state[_RESTORED] = True
        _restore(st.context.cookies.get(COOKIE, ""))
    if state.get("size") not in SIZES:
        state.put("size", state.DEFAULTS["size"])
    language = state.get("lang")
    return Look(
        language=language if language in text.LANGUAGES else SOURCE_LANGUAGE,
        dark=st.context.theme.type == "dark",
        high=state.get("contrast") == HIGH,
        scale=int(state.get("size")) / 100,
    )


def _restore(kept: str) -> None:
    size, _dot, contrast = kept.partition(".")
    if "size" not in st.query_params and size in SIZES:
        state.put("size", size)
    if "contrast" not in st.query_params and contrast == HIGH:
        state.put("contrast", HIGH)


def switch_contrast() -> None:
    """Ask for high contrast, or no longer."""
    state.put("contrast", "" if state.get("contrast") == HIGH else HIGH)


def controls() -> None:
    """Draw the buttons A−, A, A+ and contrast in the sidebar, and keep what is chosen."""
    size, usual = state.get("size"), state.DEFAULTS["size"]
    at = SIZES.index(size)
    smaller, larger = SIZES[max(at - 1, 0)], SIZES[min(at + 1, len(SIZES) - 1)]
    with st.sidebar.container(horizontal=True, gap="small"):
        _size_button("smaller", "A−", _("Chữ nhỏ hơn"), smaller)
        _size_button("usual", "A", _("Cỡ chữ thường"), usual)
        _size_button("larger", "A+", _("Chữ to hơn"), larger)
        other = _("Tương phản thường") if state.get("contrast") == HIGH else _("Tương phản cao")
        st.button(plain(other), key="contrast", help=plain(other), on_click=switch_contrast)
    kept = f"{COOKIE}={size}.{state.get('contrast')}"
    cookie = f"{kept}; path=/; max-age={KEPT_SECONDS}; SameSite=Lax"
    _document()(key="document", data={"language": text.language(), "cookie": cookie})


def _size_button(key: str, label: str, meaning: str, size: str) -> None:
    st.button(
        plain(label),
        key=f"letters {key}",
        help=plain(meaning),
        on_click=state.put,
        args=("size", size),
        disabled=size == state.get("size"),
    )


@cache
def _document() -> Callable[..., object]:
    return st.components.v2.component("document", js=(Path(__file__).parent / "js" / "document.js").read_text("utf-8"))
