"""Every parameter of a link with every odd value on every page: a sentence, and never an error page."""

import pytest
from sqlalchemy.exc import OperationalError

from ntm import store
from ntm.ui import data, state
from tests.pages.conftest import PAGES, words

ODD = {
    "empty": "",
    "long": "x" * 100_000,
    "markup": "<img src=x onerror=alert(1)>![x](http://evil.example/x)[bấm](http://evil.example):red[x]$x$",
    "nul": "a\0b",
    "negative": "-1",
    "huge": "9" * 5_000,
    "nan": "nan",
    "infinite": "1e999",
    "full width": "２",
    "other figures": "٣",
    "several": "bogus,110,bogus,,110",
    "quotes": "'\"; DROP TABLE log; --",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("odd", ODD)
def test_odd_values_end_in_a_sentence(open_page, page: str, odd: str) -> None:
    app = open_page(page, **dict.fromkeys(set(state.DEFAULTS) - {"lang", "auto"}, ODD[odd]))
    said = words(app)
    assert len(said) < 200_000
    assert "x" * 1_000 not in said
    drawn = [str(element.value) for element in (*app.info, *app.markdown, *app.warning)]
    assert not any("](http" in value.replace("\\]", "") or ":red[" in value for value in drawn)


@pytest.mark.parametrize(("name", "value"), [("slides", "bogus"), ("slides", "title,bogus"), ("slide", "9" * 5_000)])
def test_slides_that_are_none(open_page, name: str, value: str) -> None:
    open_page("present", **({"slide": "1"} | {name: value}))


@pytest.fixture
def away(monkeypatch, open_page):
    """The database goes after somebody has looked."""
    open_page("overview")

    def refused(*_arguments: object, **_options: object) -> None:
        raise OperationalError("select", {}, Exception("secret address"))

    for name in (
        "latest",
        "present",
        "advanced",
        "holds",
        "history",
        "diff",
        "log",
        "follow",
        "forbidden",
        "revisions",
        "publish",
    ):
        monkeypatch.setattr(store, name, refused)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_with_the_database_away_every_page_goes_on(open_page, away, page: str, language: str) -> None:
    app = open_page(page, lang=language)
    said = words(app)
    assert ("Tạm mất cơ sở dữ liệu" if language == "vi" else "database is away") in said, said[:500]
    assert "secret" not in said


def test_a_world_that_was_never_loaded_is_said(open_page, away) -> None:
    data._archives()._kept.clear()
    app = open_page("overview", data="sample")
    assert "Không mở được cơ sở dữ liệu" in app.error[0].value
