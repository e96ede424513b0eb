"""The Streamlit pieces that pages are wired from. The only part of ntm that imports Streamlit."""

from ntm.ui import quirks

quirks.ignore_pages_folder()
