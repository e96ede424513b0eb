"""The dashboard's entry: page settings, the choices in the URL, navigation, the page, the footer."""

import streamlit as st

from ntm import text
from ntm.text import _, either
from ntm.ui import account, data, present_view, reading, settings, shell, state

st.set_page_config(page_title="Nông thôn mới Lai Châu", page_icon="🌾", layout="wide")
settings.check()
state.read_url()
text.use(state.get("lang"))
reading.apply()
account.ask_to_read()
state.allowed("data", ("", "sample"))
dataset = data.open_latest()
plan = dataset.reference.plan

page = st.navigation(
    [
        st.Page("pages/overview.py", title=_("Tổng quan"), icon=":material/dashboard:", default=True),
        st.Page("pages/map.py", title=_("Bản đồ"), icon=":material/map:", url_path="map"),
        st.Page("pages/explore.py", title=_("Tra cứu"), icon=":material/search:", url_path="explore"),
        st.Page("pages/tiers.py", title=_("Nhóm tiêu chí"), icon=":material/stacked_bar_chart:", url_path="tiers"),
        st.Page("pages/district.py", title=_("Huyện"), icon=":material/location_city:", url_path="district"),
        st.Page("pages/commune.py", title=_("Xã"), icon=":material/cottage:", url_path="commune"),
        st.Page("pages/criteria.py", title=_("Tiêu chí"), icon=":material/checklist:", url_path="criteria"),
        st.Page("pages/keeping.py", title=_("Giữ chuẩn"), icon=":material/verified:", url_path="keeping"),
        st.Page("pages/advanced.py", title=_("Nâng cao"), icon=":material/trending_up:", url_path="advanced"),
        st.Page("pages/villages.py", title=_("Thôn, bản"), icon=":material/holiday_village:", url_path="villages"),
        st.Page("pages/present.py", title=_("Trình chiếu"), icon=":material/slideshow:", url_path="present"),
        st.Page("pages/report.py", title=_("Báo cáo"), icon=":material/summarize:", url_path="report"),
        st.Page("pages/plan.py", title=either(plan, "short"), icon=":material/description:", url_path="plan"),
        st.Page("pages/update.py", title=_("Cập nhật số liệu"), icon=":material/upload_file:", url_path="update"),
        st.Page("pages/data.py", title=_("Dữ liệu"), icon=":material/database:", url_path="data"),
    ],
    expanded=True,
)
shell.style()
shell.language_button()
reading.controls()
shell.sidebar(dataset)
shell.world_switch(dataset)
with st.sidebar:
    account.sign_in_button()
if not present_view.is_running(page.url_path):
    shell.band(dataset)
try:
    page.run()
finally:  # also where a page has stopped early, for want of data
    if not present_view.is_running(page.url_path):
        shell.footer(dataset)
    state.write_url()
