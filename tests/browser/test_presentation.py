import re
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from ntm import palette, people, store
from ntm.store import Change
from tests.browser.conftest import serving
from tests.browser.test_accessibility import grave
from tests.days.days import DAYS, dawn

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
LARGEST_WORDS = """() => {
  const sizes = [...document.querySelectorAll(".plain td, .stage-points li, [data-testid=stVegaLiteChart] svg text")]
    .map((words) => parseFloat(getComputedStyle(words).fontSize) * (words.currentCSSZoom ?? 1));
  const onMap = [...document.querySelectorAll("iframe")]
    .flatMap((frame) => [...frame.contentDocument.querySelectorAll(".group-label")])
    .map((label) => parseFloat(getComputedStyle(label).fontSize));
  return Math.max(...sizes, ...onMap);
}"""
SMALLEST_WORDS = """() => Math.min(99, ...[...document.querySelectorAll(".plain td, .stage-points li")]
  .map((words) => parseFloat(getComputedStyle(words).fontSize) * (words.currentCSSZoom ?? 1)))"""
OVERFLOW = """() => {
  const stage = document.querySelector(".stMainBlockContainer");
  const foot = document.querySelector(".stage-foot").getBoundingClientRect().top;
  const parts = [...stage.querySelectorAll("h1, .plain, .stage-points, .key, iframe, [data-testid=stVegaLiteChart]")];
  return Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) - foot;
}"""


def opened(visit, address, query: str, width: int = 1920, height: int = 1080) -> Page:
    page = visit(f"{address}/present?{query}", width, height)
    drawn(page, re.search(r"slide=(\d+)", query)[1])
    return page


def drawn(page: Page, slide: int | str) -> None:
    """Wait until a slide is drawn and fitted; a chart or a map comes a moment after the words."""
    expect(page.locator("html")).to_have_attribute("data-stage", str(slide))


def overflow(page: Page) -> float:
    """How far the lowest thing on the slide runs over the foot, in pixels."""
    return page.evaluate(OVERFLOW)


@pytest.mark.parametrize("slide", SLIDES)
def test_every_slide_is_legible_from_the_back_and_fits(visit, address, slide: int) -> None:
    page = opened(visit, address, f"slide={slide}")
    expect(page.locator(".stage-number")).to_have_text(f"{slide}/{len(SLIDES)}")
    assert page.evaluate(SMALLEST) >= 24
    assert page.evaluate(CHARTS_SMALLEST) >= 24
    assert overflow(page) <= 0
    assert not page.locator("[data-testid=stSidebar], [data-testid=stHeader]").first.is_visible()


@pytest.mark.parametrize("slide", [2, 3, 5, 10, 14, 16])
def test_the_readers_size_enlarges_a_slide_as_far_as_it_fits(visit, address, slide: int) -> None:
    normal = opened(visit, address, f"slide={slide}").evaluate(LARGEST_WORDS)
    page = opened(visit, address, f"slide={slide}&size=160")
    assert overflow(page) <= 0
    assert page.evaluate(CHARTS_SMALLEST) >= 24
    assert page.evaluate(LARGEST_WORDS) > normal


@pytest.mark.parametrize("slide", [2, 3, 5, 10, 14])
def test_nothing_runs_over_on_an_old_projector(visit, address, slide: int) -> None:
    page = opened(visit, address, f"slide={slide}", 1366, 768)
    assert overflow(page) <= 0
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("main => main.scrollHeight <= innerHeight && main.scrollWidth <= innerWidth")


@pytest.mark.parametrize("slide", [2, 4, 5, 14, 15, 16, 17])
def test_nothing_runs_over_after_one_group_has_reported(visit, data, one_group, slide: int) -> None:
    for width, height in ((1920, 1080), (1366, 768)):
        page = opened(visit, one_group, f"slide={slide}", width, height)
        assert page.evaluate(SMALLEST_WORDS) >= 24 * width / 1920
        assert overflow(page) <= 0


@pytest.fixture(scope="module")
def one_group(engine, data, tmp_path_factory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("one") / "office.sqlite"
    url, _seen = dawn(DAYS["one group with one blank cell"], engine, file, data.reference)
    with serving(NTM_DATABASE_URL=url) as served:
        yield served


def test_the_letters_on_a_slides_map_are_legible(visit, address) -> None:
    page = opened(visit, address, "slide=3")
    labels = page.frame_locator("iframe").locator(".commune-label, .group-label, .leaflet-control-attribution")
    expect(labels.first).to_be_visible()
    assert min(labels.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")) >= 24


def test_keys_and_a_clicker_move(visit, address) -> None:
    page = opened(visit, address, "slide=1&groups=110")
    number = page.locator(".stage-number")
    for key, place in (
        ("ArrowRight", 2),
        ("Space", 3),
        ("PageDown", 4),
        ("PageUp", 3),
        ("ArrowLeft", 2),
        ("End", 10),
        ("ArrowRight", 10),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        drawn(page, place)
        expect(number).to_have_text(f"{place}/10")
    page.keyboard.type("07")
    page.keyboard.press("Enter")
    expect(number).to_have_text("7/10")
    expect(page).to_have_url(re.compile("slide=7"))
    assert "groups=110" in page.url
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
    expect(page.locator(".stage-number")).to_have_text("1/2")


def test_it_is_set_up_and_begun_on_its_page(visit, address) -> None:
    page = visit(f"{address}/present")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator(".stage-number")).to_have_text("1/17")
    expect(page).to_have_url(re.compile(r"slide=1\b"))


@pytest.mark.parametrize("query", ["", "&lang=en", "&contrast=high", "&contrast=high&ground=dark&lang=en"])
@pytest.mark.parametrize("slide", [1, 2, 3, 5, 10, 16])
def test_axe_finds_nothing_serious_on_slides(visit, address, slide: int, query: str) -> None:
    assert grave(opened(visit, address, f"slide={slide}{query}")) == []


def test_what_is_published_meanwhile_appears_by_itself(visit, data, tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'live.sqlite'}"
    lowest = data.communes_at("2024-12-31")["met"].idxmin()
    row = {"unit_code": lowest, "criteria_set": "commune-2021-2025", "period": "2024-12-31", "met": "1"}
    met = pd.DataFrame([row | {"criterion": number} for number in range(1, 20)])
    with serving(NTM_DATABASE_URL=url) as own:
        page = opened(visit, own, "slide=2")
        average = page.locator(".plain tbody tr").nth(6).locator("td")
        expect(average.nth(1)).to_have_text("15,3")
        expect(page.locator(".stage-band")).to_be_visible()
        store.publish(
            store.connect(url), Change(people.owner("tester"), "live", "official", {"assessments": met}), data.reference
        )
        expect(average.nth(1)).to_have_text("1/94 xã", timeout=30_000)  # one commune is reported; the sample is gone
        expect(page.locator(".stage-band")).to_have_count(0)
        expect(page.locator(".stage-number")).to_have_text("2/17")


@pytest.mark.parametrize("slide", range(1, 17))  # eight of them of the former districts
def test_every_slide_of_2026_fits(visit, address, slide: int) -> None:
    for width, height in ((1920, 1080), (1366, 768)):
        page = opened(visit, address, f"slide={slide}&period=2026-06-30", width, height)
        expect(page.locator(".stage-number")).to_have_text(f"{slide}/16")
        assert overflow(page) <= 0
