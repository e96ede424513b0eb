"""The Streamlit pieces that pages are wired from. The only part of ntm that imports Streamlit."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Until app.py has called st.navigation once, Streamlit takes pages/ for old-style pages and would run the file behind
# the first visitor's link alone, without app.py. There is no public setting against it; a browser test watches this.
if PagesManager.uses_pages_directory:
    PagesManager.uses_pages_directory = False
    st.rerun()
