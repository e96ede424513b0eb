"""Ctrl+P: everything is drawn at the paper's width first; nothing is cut off, and no button is printed."""

import io
import re

import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser.test_pages import drawn_charts

PAPER = 700  # pixels
WIDEST = """() => Math.max(...[...document.querySelectorAll(
  "[data-testid=stVegaLiteChart] svg, [data-testid=stDataFrame], iframe, .scoreboard, [data-testid=stAlert]")]
  .filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().width))"""


def printed(page: Page) -> tuple[float, pypdf.PdfReader]:
    """The widest thing on the page when it is printed, in pixels, and the paper."""
    page.wait_for_function("document.documentElement.lang === 'vi'")  # which the script that prints has set
    page.evaluate("() => { window.print = () => { window.asked = true } }")
    page.keyboard.press("Control+p")
    page.wait_for_function("window.asked")
    widest = page.evaluate(WIDEST)
    return widest, pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))  # which ends the printing


@pytest.mark.parametrize("path", ["", "map", "group", "criteria"])
def test_a_page_prints_clean_on_a4(visit, address, path: str) -> None:
    page = visit(f"{address}/{path}")
    if path != "map":
        drawn_charts(page)
    widest, paper = printed(page)
    assert widest <= PAPER + 1
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in paper.pages} == {(595, 842)}
    said = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in paper.pages))
    assert page.locator("h1").inner_text() in said
    assert "SỐ LIỆU MINH HỌA" in said
    assert "Tải Excel" not in said
    assert "A+" not in said
    page.wait_for_function("!document.documentElement.classList.contains('printing')")
