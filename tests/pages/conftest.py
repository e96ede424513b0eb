"""Pages by AppTest: the whole app runs, at a page and with choices in the URL."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime import pages_manager
from streamlit.testing.v1 import AppTest

from ntm.paths import ROOT
from tests.seen import seen

ALIAS = "district"  # an address of older links, which runs the page of a group
PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py") if file.stem != ALIAS)


class PathWithoutPages(type(Path())):
    """A path below which nothing is there."""

    def exists(self, **_options: object) -> bool:
        return False


@pytest.fixture(autouse=True)
def navigation_alone(monkeypatch) -> None:
    """Hide the folder pages/ from AppTest, which would take it for old-style pages at every run (see ntm/ui)."""
    monkeypatch.setattr(pages_manager, "Path", PathWithoutPages)


@pytest.fixture(autouse=True)
def no_cookies(monkeypatch) -> None:
    """A reader who comes for the first time; AppTest has no browser to bring cookies."""
    monkeypatch.setattr(type(st.context), "cookies", {})


@pytest.fixture
def open_page(engine, data) -> Callable[..., AppTest]:
    """Open a page with choices as the URL gives them; fails on any exception in it."""

    def opened(page: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
        app.run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    """Everything that a page says in words."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    html = [element.proto.body for element in app.get("html")]
    return "\n".join([*(seen(str(element.value)) for element in elements), *html])
