"""Reading for everyone: axe-core on every page, the reader's size and contrast, the language of the document."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.test_pages import PATHS, drawn_charts, wider_than_the_window

GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}


def grave(page: Page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}" for fault in found if fault["impact"] in GRAVE for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("contrast", ["", "high"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_grave(visit, address, path: str, contrast: str, scheme: str) -> None:
    language = "vi" if scheme == "light" else "en"
    page = visit(f"{address}/{path}?lang={language}&contrast={contrast}", scheme=scheme)
    assert grave(page) == []
    page.wait_for_function(f"document.documentElement.lang === '{language}'")


@pytest.mark.parametrize("size", [90, 160])
def test_everything_follows_the_readers_size(visit, address, size: int) -> None:
    def sizes(url: str) -> tuple[float, float, float]:
        page = visit(url)
        words = page.locator(".scoreboard tbody th").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        return words, drawn_charts(page).first.bounding_box()["height"], page.evaluate("devicePixelRatio")

    plain, scaled = sizes(address), sizes(f"{address}/?size={size}")
    assert scaled[0] / plain[0] == pytest.approx(size / 100, rel=0.02)
    assert scaled[1] / plain[1] == pytest.approx(size / 100, rel=0.1)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_largest_letters_fit_the_window(visit, address, path: str, width: int) -> None:
    assert not wider_than_the_window(visit(f"{address}/{path}?size=160", width, 740))


def test_size_and_contrast_are_kept_for_the_reader(visit, address) -> None:
    page = visit(address)
    chosen = re.compile("size=115.*contrast=high")
    page.get_by_role("button", name="A+").click()
    expect(page).to_have_url(re.compile("size=115"))
    page.get_by_role("button", name="Tương phản cao").click()
    expect(page).to_have_url(chosen)
    page.wait_for_function("/115.*high/.test(document.cookie)")
    page.goto(f"{address}/tiers")
    expect(page).to_have_url(chosen)


def test_a_link_says_more_than_what_was_kept(visit, address) -> None:
    page = visit(f"{address}/?size=160")
    page.wait_for_function("/160/.test(document.cookie)")
    page.goto(f"{address}/?size=90")
    page.wait_for_selector("[data-testid=stMain] h1")
    settle(page)
    assert "size=90" in page.url


def test_the_letters_on_the_map_follow(visit, address) -> None:
    page = visit(f"{address}/map?size=160")
    label = page.frame_locator("iframe").locator(".group-label").first
    assert label.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == pytest.approx(13 * 1.6, rel=0.02)
