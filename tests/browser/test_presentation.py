import re

import pytest
from playwright.sync_api import Page, expect

from ntm import palette
from tests.browser.conftest import settle

SLIDES = range(1, 18)
SMALLEST = """() => {
  const stage = document.querySelector("[data-testid=stMain]");
  const zoom = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--stage-zoom"));
  const words = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (words.nextNode()) {
    const parent = words.currentNode.parentElement;
    const hidden = ["STYLE", "SCRIPT"].includes(parent.tagName) || !parent.checkVisibility();
    if (hidden || !words.currentNode.textContent.trim()) continue;
    sizes.push(parseFloat(getComputedStyle(parent).fontSize) * zoom);
  }
  return Math.min(...sizes);
}"""
CHARTS_SMALLEST = """() => Math.min(99, ...[...document.querySelectorAll("[data-testid=stVegaLiteChart] svg text")]
  .filter((label) => label.textContent.trim())
  .map((label) => parseFloat(getComputedStyle(label).fontSize)))"""
OVERFLOW = """() => {
  const stage = document.querySelector(".stMainBlockContainer");
  const foot = document.querySelector(".stage-foot").getBoundingClientRect().top;
  const parts = [...stage.querySelectorAll("h1, .plain, .stage-points, .key, iframe, [data-testid=stVegaLiteChart]")];
  return Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) - foot;
}"""


def opened(visit, address, query: str, width: int = 1920, height: int = 1080) -> Page:
    page = visit(f"{address}/present?{query}", width, height)
    expect(page.locator(".stage-number")).to_be_visible()
    return page


@pytest.mark.parametrize("slide", SLIDES)
def test_every_slide_is_legible_from_the_back_and_fits(visit, address, slide: int) -> None:
    page = opened(visit, address, f"slide={slide}")
    expect(page.locator(".stage-number")).to_have_text(f"{slide}/{len(SLIDES)}")
    assert page.evaluate(SMALLEST) >= 24
    assert page.evaluate(CHARTS_SMALLEST) >= 24
    assert page.evaluate(OVERFLOW) <= 0
    assert not page.locator("[data-testid=stSidebar], [data-testid=stHeader]").first.is_visible()


@pytest.mark.parametrize("slide", [2, 3, 5, 10, 14])
def test_nothing_runs_over_on_an_old_projector(visit, address, slide: int) -> None:
    page = opened(visit, address, f"slide={slide}", 1366, 768)
    assert page.evaluate(OVERFLOW) <= 0
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollHeight <= innerHeight && main.scrollWidth <= innerWidth")


def test_the_letters_on_a_slides_map_are_legible(visit, address) -> None:
    page = opened(visit, address, "slide=3")
    labels = page.frame_locator("iframe").locator(".commune-label, .district-label, .leaflet-control-attribution")
    expect(labels.first).to_be_visible()
    assert min(labels.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")) >= 24


def test_keys_and_a_clicker_move(visit, address) -> None:
    page = opened(visit, address, "slide=1&districts=110")
    number = page.locator(".stage-number")
    for key, place in (
        ("ArrowRight", 2),
        ("Space", 3),
        ("PageDown", 4),
        ("PageUp", 3),
        ("ArrowLeft", 2),
        ("End", 17),
        ("ArrowRight", 17),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        expect(number).to_have_text(f"{place}/17")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(number).to_have_text("12/17")
    expect(page).to_have_url(re.compile("slide=12"))
    assert "districts=110" in page.url
    page.keyboard.press("?")
    expect(page.locator(".stage-keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Trình chiếu")


@pytest.mark.parametrize(
    ("query", "ground"),
    [
        ("ground=light", "rgb(255, 255, 255)"),
        ("ground=dark", "rgb(20, 27, 34)"),
        ("ground=dark&contrast=high", "rgb(0, 0, 0)"),
    ],
)
def test_a_link_opens_a_slide_on_its_ground(visit, address, query: str, ground: str) -> None:
    page = opened(visit, address, f"slide=5&{query}")
    found = page.locator("[data-testid=stMain]").evaluate("main => getComputedStyle(main).backgroundColor")
    assert found == ground
    heading = page.locator("h1").evaluate("heading => getComputedStyle(heading).color")
    numbers = [[int(part) for part in re.findall(r"\d+", colour)[:3]] for colour in (heading, ground)]
    assert palette.contrast(*("#{:02x}{:02x}{:02x}".format(*parts) for parts in numbers)) >= 7


def test_the_ground_and_the_contrast_change_by_a_key(visit, address) -> None:
    page = opened(visit, address, "slide=2")
    page.keyboard.press("d")
    expect(page).to_have_url(re.compile("ground=dark"))
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("contrast=high"))
    expect(page.locator(".stage-number")).to_have_text("2/17")


def test_chosen_slides_advance_by_themselves_and_begin_again(visit, address) -> None:
    page = opened(visit, address, "slide=2&slides=title,named&auto=10")
    expect(page.locator("h1")).to_contain_text("5 xã kế hoạch nêu tên")
    expect(page.locator(".stage-number")).to_have_text("1/2", timeout=15_000)


def test_it_is_set_up_and_begun_on_its_page(visit, address) -> None:
    page = visit(f"{address}/present")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator(".stage-number")).to_have_text("1/17")
    settle(page)
    assert "slide=1" in page.url
