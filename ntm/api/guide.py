"""The page at /api/v1/: which tables there are, how to ask for them, in Vietnamese or English. Without scripts."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ntm import labels, office_metadata, text
from ntm.api import formats, openapi, tables
from ntm.dataset import Archive
from ntm.text import _


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "html"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page(archive: Archive, root: str) -> str:
    """Return the page as HTML. `root`: the address below which the tables are."""
    every = [tables.table(archive, name) for name in tables.names()]
    other = next(language for language in text.LANGUAGES if language != text.language())
    return (
        _environment()
        .get_template("guide.html")
        .render(
            _=_,
            title=office_metadata.product_name(),
            language=text.language(),
            other=other,
            other_name=text.LANGUAGES[other],
            root=root,
            world=labels.world(archive.world),
            revision=archive.revision,
            period=archive.default_period,
            tables=every,
            common=openapi.COMMON,
            map_filters=tables.SELECTING,
            formats=list(formats.TYPES),
            problems=openapi.PROBLEMS,
        )
    )
