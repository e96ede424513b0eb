"""The dashboard's entry: page settings, the choices in the URL, navigation, the page, the footer."""

import time
from typing import Literal

import streamlit as st

from ntm import labels, look, office_metadata
from ntm.server import watch
from ntm.text import _, either
from ntm.ui import account, comfort, data, present_view, settings, shell, state, turns, views


def page(name: str, title: str, icon: str, applies: object = True) -> st.Page:
    """A page of the navigation. One that does not apply to the period is left out; a link to it still opens."""
    shown: Literal["visible", "hidden"] = "visible" if applies else "hidden"
    return st.Page(f"pages/{name}.py", title=title, icon=f":material/{icon}:", url_path=name, visibility=shown)


start = time.perf_counter()
state.read_url()
with turns.one(), look.use(comfort.chosen()):
    st.set_page_config(page_title=office_metadata.product_name(), page_icon="🌾", layout="wide")
    settings.check()
    account.ask_to_read()
    state.allowed("data", ("", "sample"))
    dataset = data.open_latest()
    reference = dataset.reference

    plan_title = either(reference.plan, "short") if reference.plan else _("Kế hoạch")
    opened = st.navigation(
        [
            st.Page("pages/overview.py", title=_("Tổng quan"), icon=":material/dashboard:", default=True),
            page("map", _("Bản đồ"), "map"),
            page("explore", _("Tra cứu"), "search"),
            page("tiers", _("Nhóm tiêu chí"), "stacked_bar_chart"),
            page("group", labels.group_heading(reference), "location_city", len(reference.groups)),
            page("district", labels.group_heading(reference), "location_city", applies=False),  # older links
            page("commune", _("Xã"), "cottage"),
            page("criteria", _("Tiêu chí"), "checklist"),
            page("keeping", _("Giữ chuẩn"), "verified"),
            page("advanced", _("Nâng cao"), "trending_up", reference.advanced_set),
            page("villages", _("Thôn, bản"), "holiday_village", reference.target_of("villages")),
            page("present", _("Trình chiếu"), "slideshow"),
            page("report", _("Báo cáo"), "summarize"),
            page("plan", plan_title, "description"),
            page("update", _("Cập nhật số liệu"), "upload_file"),
            page("data", _("Dữ liệu"), "database"),
        ],
        expanded=True,
    )
    views.follow_unit(dataset)
    shell.style()
    shell.language_button()
    comfort.controls()
    shell.sidebar(dataset)
    shell.world_switch(dataset)
    with st.sidebar:
        account.sign_in_button()
    if not present_view.is_running(opened.url_path):
        shell.band(dataset)
    try:
        opened.run()
    finally:  # also where a page has stopped early, for want of data
        if not present_view.is_running(opened.url_path):
            shell.footer(dataset)
        state.write_url()
        watch.rerun(opened.url_path, start)
