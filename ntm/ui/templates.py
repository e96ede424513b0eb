"""The few pieces of HTML on the pages, from the templates in ntm/ui/html."""

from pathlib import Path

import streamlit as st

from ntm import templates

FOLDER = Path(__file__).parent / "html"


def render(template: str, **values: object) -> str:
    """Return ntm/ui/html/<template>.html filled with these values; `_` translates inside it."""
    return templates.render(FOLDER, template, **values)


def show(template: str, **values: object) -> None:
    """Draw a template filled with these values."""
    st.html(render(template, **values))
