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


def render(template: str, **values: object) -> str:
    """Return ntm/ui/html/<template>.html filled with these values; `_` translates inside it."""
    return _environment().get_template(f"{template}.html").render(_=_, **values)


def show(template: str, **values: object) -> None:
    """Draw a template filled with these values."""
    st.html(render(template, **values))
