"""Internals and undocumented behaviour of Streamlit and streamlit-folium that the pages rely on, with the reasons.

They may change without notice when a version does: tests/ui/test_quirks.py has a test for each that it still holds.
Those of Altair and folium are in ntm/quirks.py, those of the server in ntm/server/quirks.py.
"""

import gc
from collections.abc import Callable
from functools import cache

import folium
import streamlit as st
import streamlit_folium
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit_folium import st_folium

from ntm import text
from ntm.text import _

# Parts of Streamlit's page that our style sheets (ntm/ui/html) and scripts (ntm/ui/js) select, and what for. Streamlit
# promises neither test ids nor classes; where a theme key of .streamlit/config.toml does, it is used instead.
SELECTED_TEST_IDS = {
    "stAlertContainer": "a border in high contrast",
    "stCaptionContainer": "captions in a colour with enough contrast",
    "stDataFrame": "not cut in two by a page break; when it has its width on paper",
    "stElementContainer": "the band of the sample stays in view; wide charts are moved below the finger",
    "stElementToolbar": "no picture and data of a chart without their source",
    "stExpandSidebarButton": "not on paper, not on slides",
    "stExpander": "a border in high contrast",
    "stFileUploader": "its words are put into the reader's language",
    "stHeader": "not on paper, not on slides; its ground in high contrast",
    "stHorizontalBlock": "map and key below each other on paper",
    "stHtml": "tables turn into cards when they have little room",
    "stIconMaterial": "keeps its colour in high contrast",
    "stMain": "the page without its sidebar",
    "stMetricValue": "long figures wrap",
    "stPageLink-NavLink": "a link that looks like a button is not underlined",
    "stSidebar": "not on paper, not on slides; its ground in high contrast",
    "stSidebarContent": "its ground in high contrast",
    "stSidebarNavLink": "a link that looks like an entry of a menu is not underlined",
    "stTabs": "their heads are not on paper",
    "stTooltipContent": "as stFileUploader",
    "stTooltipErrorContent": "as stFileUploader: why a file is not taken",
    "stVegaLiteChart": "not cut in two by a page break; no wider than a slide",
}
SELECTED_CLASSES = {
    "stApp": "the ground, and more weight than Streamlit's own rules",
    "stMainBlockContainer": "the width of the page on paper and on slides",
} | dict.fromkeys(
    (
        "stButton",
        "stButtonGroup",
        "stCheckbox",
        "stDownloadButton",
        "stMultiSelect",
        "stPageLink",
        "stPopover",
        "stSelectbox",
        "stTextInput",
    ),
    "controls are not on paper",
)
SELECTED_LABELS = {  # of buttons that are hidden, see stElementToolbar
    "Download as PNG": "a chart's picture without its source",
    "Copy Vega": "a chart's specification",
    "Show data": "a chart's data without their source",
}
SELECTED_ATTRIBUTES = {
    "data-rac": "fields of a form (React Aria) have a border in high contrast",
    "data-stale": "what is left of an earlier run is no part of a slide",
}


def uploader_words() -> list[tuple[str, str]]:
    """Return Streamlit's words of the field for files, which are English alone → in the reader's language.

    The first of each is a regular expression over one piece of text or one label, and is never found in the second.
    """
    if text.language() == "en":
        return []
    return [
        ("Upload", _("Chọn tệp")),
        ("file upload", _("Tệp số liệu")),
        ("Add files", _("Chọn tệp khác")),
        ("Drag and drop a file here", _("Thả tệp vào đây")),
        (r"(\S+) per file", _("nhận tệp đến $1; cũng có thể kéo thả vào đây")),
        ("Remove (.*)", _("Bỏ tệp $1")),
        ("Cancel upload of (.*)", _("Ngừng gửi tệp $1")),
        ("Error: ", _("Lỗi: ")),
        (r"File must be (.*) or smaller\.", _("Tệp phải nhỏ hơn $1. Hãy xóa hình ảnh và các sheet không dùng.")),
        (r"Only one file is allowed\.", _("Mỗi lần chỉ nhận một tệp.")),
    ]


def ignore_pages_folder() -> None:
    """Keep Streamlit from taking pages/ for old-style pages.

    It does until app.py has called st.navigation once, and would run the file behind a first visitor's link alone,
    without app.py, and list the files' names. There is no public setting against it; a browser test watches the first
    visit. serve.py imports this before there is a visitor; with `streamlit run app.py` the first one's run starts anew.
    """
    taken, PagesManager.uses_pages_directory = PagesManager.uses_pages_directory, False
    if taken:
        st.rerun()


def register_map_component() -> None:
    """Make the map's files known to the server: streamlit-folium does so itself only while a page runs.

    Until then their address is not found, and the first visitor's map stays empty.
    """
    get_instance().component_registry.register_component(streamlit_folium._component_func)  # noqa: SLF001


def go_to(address: str) -> None:
    """Send the reader's browser to an address of this server that is no page of Streamlit's, in the same tab.

    Streamlit's own links open another tab. This is the message by which st.login and st.logout do it.
    """
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = address
        context.enqueue(message)


@cache
def spare_the_collector() -> None:
    """Exempt everything loaded so far from garbage collection, once per process.

    What is frozen here (modules and the first dataset) lives as long as the process anyway. That Streamlit collects
    everything after every run of a script is off (runner.postScriptGC): it cost more than most pages.
    """
    gc.collect()
    gc.freeze()


def draw_map(
    base: folium.Map,
    picture: folium.FeatureGroup,
    key: str,
    height: int,
    on_click: Callable[[str], None] | None = None,
) -> None:
    """Draw a map with a picture on it; `on_click` is called with the id of a shape that is clicked.

    - streamlit-folium knows a map by its script and `key`, the script without endings like "_ab12" (folium's random
      names): maps that differ in nothing else need keys of their own.
    - Of all that it can return, "last_active_drawing" alone is empty on both sides before a click: anything else makes
      the page run again as soon as the map has loaded.
    - It returns the last click at every run, and calls back for a new one alone, with the click under `key`.
    """

    def take() -> None:
        clicked = (st.session_state.get(key) or {}).get("last_active_drawing")
        if clicked and on_click:
            on_click(clicked["id"])

    st_folium(
        base,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"] if on_click else [],
        feature_group_to_add=picture,
        on_change=take if on_click else None,
    )
