import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ntm.paths import ROOT
from tests.browser.conftest import serving, settle

PATHS = sorted("" if file.stem == "overview" else file.stem for file in (ROOT / "pages").glob("*.py"))
CHARTS = {"": 3, "tiers": 4, "group": 3, "commune": 1, "criteria": 5, "keeping": 1, "advanced": 2, "villages": 3}
CHARTS["district"] = CHARTS["group"]  # the address of older links


def drawn_charts(page: Page) -> Locator:
    return page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas")


def wider_than_the_window(page: Page) -> bool:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_each_page_is_drawn_without_an_error_or_a_request_outside(visit, address, path: str, language: str) -> None:
    page = visit(f"{address}/{path}?lang={language}")
    expect(drawn_charts(page)).to_have_count(CHARTS.get(path, 0))
    assert page.locator("[data-testid=stException]").count() == 0
    expect(page.get_by_text("Tiếng Việt" if language == "en" else "English", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_no_page_is_wider_than_its_window(visit, address, path: str, width: int, height: int) -> None:
    page = visit(f"{address}/{path}", width, height)
    assert not wider_than_the_window(page)


def test_the_first_visitor_of_a_fresh_server_may_come_by_a_link(visit, data) -> None:
    with serving() as fresh:
        page = visit(f"{fresh}/commune?unit=03628&lang=en")
        expect(page.locator("h1")).to_have_text("Commune")
        expect(page.get_by_text("Pha Mu (Than Uyên)", exact=False).first).to_be_visible()
        expect(page.get_by_text("Tiếng Việt")).to_be_visible()


def test_choices_follow_from_page_to_page(visit, address) -> None:
    page = visit(f"{address}/?period=2024-09-30&groups=110")
    page.locator("[data-testid=stSidebarNav]").get_by_text("Nhóm tiêu chí").click()
    expect(page.locator("h1")).to_have_text("Nhóm tiêu chí")
    expect(page).to_have_url(re.compile("period=2024-09-30"))
    expect(page).to_have_url(re.compile("groups=110"))
    expect(page.get_by_text("Than Uyên, 30/09/2024", exact=False).first).to_be_visible()


def test_the_other_language_is_one_click_away(visit, address) -> None:
    page = visit(f"{address}/district?district=106")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text("District")
    expect(page).to_have_url(re.compile("lang=en"))
    expect(page.locator("h2").first).to_have_text("Tam Đường, 31 Dec 2024")


@pytest.mark.parametrize("typed", ["muong te", "Mường Tè"])
def test_a_commune_is_found_with_and_without_marks(visit, address, typed: str) -> None:
    page = visit(f"{address}/commune")
    page.locator("[data-testid=stMain] [data-testid=stSelectbox] input").fill(typed)
    expect(page.get_by_role("option", name="Mường Tè (Mường Tè)")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h2").first).to_have_text("Mường Tè (Mường Tè), 31/12/2024")


def test_downloads_carry_their_kind(visit, address) -> None:
    page = visit(f"{address}/map?groups=105", 1366, 1400)
    page.get_by_role("button", name="Tải về").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Tải CSV").click()
    content = caught.value.path().read_text(encoding="utf-8-sig")
    assert "số liệu minh họa" in content
    assert "San Thàng" in content
    assert len(content.splitlines()) == 3


def test_no_picture_of_a_chart_goes_without_its_source(visit, address) -> None:
    page = visit(f"{address}/criteria?groups=108")
    chart = page.locator("[data-testid=stElementContainer]:has([data-testid=stVegaLiteChart])").first
    chart.hover()
    shown = chart.locator("[data-testid=stElementToolbar] button:visible")
    expect(shown.first).to_be_visible()
    settle(page)
    labels = [button.get_attribute("aria-label") for button in shown.all()]
    assert labels
    assert all(label.startswith("Fullscreen") for label in labels)
    page.get_by_role("tab", name="Bảng và tải về").first.click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Ảnh SVG").first.click()
    picture = caught.value.path().read_text(encoding="utf-8")
    assert "số liệu minh họa" in picture
    assert "Tỷ lệ đạt thấp nhất" in picture


def test_a_click_on_a_bar_shows_that_criterion(visit, address) -> None:
    page = visit(f"{address}/criteria?groups=108", 1366, 1400)
    expect(drawn_charts(page)).to_have_count(CHARTS["criteria"])
    settle(page)
    box = drawn_charts(page).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + 36)  # the second bar
    expect(page).to_have_url(re.compile("criterion=11"))
    expect(page.get_by_text("7 xã đạt, 14 xã chưa đạt")).to_be_visible()


def test_a_click_on_a_districts_bar_filters_the_page(visit, address) -> None:
    page = visit(f"{address}/tiers", 1366, 2000)
    expect(drawn_charts(page)).to_have_count(CHARTS["tiers"])
    settle(page)
    box = drawn_charts(page).nth(1).bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4)
    expect(page).to_have_url(re.compile("groups=112"))
    expect(page.get_by_text("Toàn tỉnh, 31/12/2024", exact=False)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("keeping", "3 xã đã công nhận nay không đủ tiêu chí"),
        ("keeping", "11. Nghèo đa chiều (từ 30/09/2024)"),
        ("", "Còn xa mục tiêu riêng nhất"),
        ("criteria", "Nếu mọi xã đạt 10. Thu nhập, 14 xã lên nhóm trên, 4 xã đạt 19 tiêu chí"),
        ("commune?unit=03638", "Còn thiếu: 0 tiêu chí"),
        ("explore?groups=108&tiers=5-9,0-4", "Sìn Hồ; nhóm: 5–9 tiêu chí, dưới 5 tiêu chí, 31/12/2024: 5 xã"),
        ("explore?groups=108&tiers=5-9,0-4&by=criterion", "Số xã"),
    ],
)
def test_an_analysts_questions_are_answered_in_words(visit, address, path: str, answer: str) -> None:
    expect(visit(f"{address}/{path}").get_by_text(answer, exact=False).first).to_be_visible()
