"""The few pieces of HTML, from templates with automatic escaping: text from data stays text."""

from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader

from ntm.text import _


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "html"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def show(template: str, **values: object) -> None:
    """Draw ntm/ui/html/<template>.html with these values; `_` translates inside it."""
    st.html(_environment().get_template(f"{template}.html").render(_=_, **values))
