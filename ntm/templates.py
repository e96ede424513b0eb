"""Templates of HTML with automatic escaping: text from data stays text. Pages and the server have a folder each."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ntm.text import _


@cache
def _environment(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(folder: Path, template: str, **values: object) -> str:
    """Return <folder>/<template>.html filled with these values; `_` translates inside it."""
    return _environment(folder).get_template(f"{template}.html").render(_=_, **values)
