"""An invented province in a browser: every page and slide opens with its own units, criteria, tiers and shapes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import invented
from tests.browser.conftest import serving_province, settle
from tests.pages.conftest import PAGES

NAME = "Nông thôn mới Thử Nghiệm"
SLIDES = 8  # title, targets, map, tiers, averages, criteria, risk, tasks


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("elsewhere")
    with serving_province(invented.province(place / "data"), place) as address:
        yield address


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens(elsewhere, visit, page: str) -> None:
    shown = visit(f"{elsewhere}/{'' if page == 'overview' else page}")
    said = shown.locator("[data-testid=stMain]").inner_text()
    assert "Lai Châu" not in said
    assert shown.get_by_test_id("stException").count() == 0
    assert "MINH HỌA" not in said  # there is no sample: what is shown is the province's own


def test_the_overview_measures_its_own_plan(elsewhere, visit) -> None:
    page = visit(elsewhere)
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page).to_have_title(NAME)
    expect(page.get_by_text("Xã đạt đủ").first).to_be_visible()
    expect(page.get_by_text("3,2 tiêu chí").first).to_be_visible()
    assert page.get_by_text("Huyện", exact=True).count() == 0


def test_the_map_draws_its_shapes(elsewhere, visit) -> None:
    page = visit(f"{elsewhere}/map")
    frame = page.frame_locator("iframe").first
    expect(frame.locator("path.leaflet-interactive")).to_have_count(len(invented.CODES))
    expect(frame.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("slide", range(1, SLIDES + 1))
def test_each_slide_opens(elsewhere, visit, slide: int) -> None:
    page = visit(f"{elsewhere}/present?slide={slide}")
    expect(page.get_by_text(f"{slide}/{SLIDES}", exact=True)).to_be_visible()
    settle(page)
    assert page.get_by_test_id("stException").count() == 0
    assert "Lai Châu" not in page.locator("[data-testid=stMain]").inner_text()
