import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from matplotlib.image import imread
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import serving, settle


def the_map(page: Page) -> FrameLocator:
    frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']")
    expect(frame.locator("path.leaflet-interactive")).to_have_count(106)
    return frame


def click_label(page: Page, frame: FrameLocator, label: str) -> None:
    frame.locator("span.commune-label", has_text=label).first.scroll_into_view_if_needed()
    box = frame.locator("span.commune-label", has_text=label).first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_shows_the_communes_details(visit, address) -> None:
    page = visit(f"{address}/map")
    click_label(page, the_map(page), "★ 17")
    expect(page.locator("h2", has_text="Pha Mu (Than Uyên)")).to_be_visible()
    expect(page.get_by_text("10. Thu nhập; 17. Môi trường và an toàn thực phẩm", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile("unit=03628"))
    page.get_by_role("link", name="Xem xã").click()
    expect(page.locator("h1")).to_have_text("Xã")
    expect(page).to_have_url(re.compile("unit=03628"))


def test_a_row_of_the_table_is_selected_on_the_map(visit, address) -> None:
    page = visit(f"{address}/map", 1366, 1600)
    frame = the_map(page)
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 18)  # the box before the first row
    expect(page.locator("h2", has_text="Bản Bo (Tam Đường)")).to_be_visible()
    expect(frame.locator("path[stroke-width='5']")).to_have_count(1)
    expect(page).to_have_url(re.compile("unit=03424"))


def test_the_same_commune_can_be_clicked_again(visit, address) -> None:
    page = visit(f"{address}/map", 1366, 1600)
    frame = the_map(page)
    click_label(page, frame, "★ 17")
    expect(page.locator("h2", has_text="Pha Mu (Than Uyên)")).to_be_visible()
    settle(page)
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 35 + 18)
    expect(page.locator("h2", has_text="Bản Bo (Tam Đường)")).to_be_visible()
    settle(page)
    click_label(page, frame, "★ 17")
    expect(page.locator("h2", has_text="Pha Mu (Than Uyên)")).to_be_visible()


def test_a_filter_zooms_without_a_new_map(visit, address) -> None:
    page = visit(f"{address}/map")
    the_map(page)
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.evaluate("window.map.kept = true")
    before = frame.evaluate("window.map.getZoom()")
    page.locator("[data-testid=stSidebar] [data-testid=stMultiSelect] input").click()
    page.keyboard.type("Than")
    page.keyboard.press("Enter")
    frame.wait_for_function(f"window.map.getZoom() > {before}")
    assert frame.evaluate("window.map.kept")
    expect(the_map(page).locator("span.commune-label", has_text="Pha Mu")).to_be_visible()


def test_a_layer_changes_without_a_new_map(visit, address) -> None:
    page = visit(f"{address}/map")
    frame = the_map(page)
    inside = next(inner for inner in page.frames if "streamlit_folium" in inner.url)
    inside.evaluate("window.map.kept = true")
    page.locator("[data-testid=stMain] [data-testid=stSelectbox]").first.click()
    page.get_by_role("option", name="Một tiêu chí: đạt hay chưa").click()
    expect(frame.locator("span.commune-label", has_text="✓").first).to_be_visible()
    expect(page).to_have_url(re.compile("layer=criterion"))
    settle(page)
    assert inside.evaluate("window.map.kept")


def test_classes_filter_the_map_and_the_table(visit, address) -> None:
    page = visit(f"{address}/map?layer=recognition&classes=at-risk")
    frame = the_map(page)
    faded = frame.locator("path.leaflet-interactive[fill-opacity='0.15']")
    expect(faded).to_have_count(103)
    expect(page.get_by_role("tab", name="Các xã trên bản đồ (3)")).to_be_visible()


def test_reset_goes_back_to_the_whole_province(visit, address) -> None:
    whole = "window.map.getBounds().contains([[21.69, 102.32], [22.82, 103.99]])"
    page = visit(f"{address}/map")
    frame = the_map(page)
    inside = next(inner for inner in page.frames if "streamlit_folium" in inner.url)
    inside.wait_for_function(whole)
    frame.get_by_title("Phóng to").click()
    inside.wait_for_function(f"!{whole}")
    frame.get_by_role("button", name="Về khung nhìn ban đầu").click()
    inside.wait_for_function(whole)


def test_a_shared_link_selects(visit, address) -> None:
    page = visit(f"{address}/map?unit=03409&lang=en")
    the_map(page)
    expect(page.locator("h2", has_text="San Thàng (Lai Châu city)")).to_be_visible()


def test_a_hover_names_the_commune(visit, address) -> None:
    page = visit(f"{address}/map")
    frame = the_map(page)
    label = frame.locator("span.commune-label", has_text="★ 17").first
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(frame.locator(".leaflet-tooltip")).to_contain_text("Pha Mu, Than Uyên")
    expect(frame.locator(".leaflet-tooltip")).to_contain_text("Thiếu: 10, 17")


def test_the_map_can_be_taken_away(visit, address) -> None:
    page = visit(f"{address}/map?groups=110&layer=recognition&classes=not&unit=03628", 1366, 1600)
    page.get_by_role("button", name="Tải về").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Ảnh bản đồ để in (PNG)").click()
    picture = caught.value
    assert picture.suggested_filename == "ban-do.png"
    assert imread(picture.path()).shape[:2] == (1654, 2338)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Tải GeoJSON (có hình)").click()
    content = json.loads(caught.value.path().read_text(encoding="utf-8"))
    assert [feature["properties"]["label"] for feature in content["features"]] == ["Pha Mu"]
    assert content["provenance"]["Bộ số liệu"] == "số liệu minh họa, không phải số liệu của tỉnh"
    assert "chỉ: Chưa công nhận" in content["provenance"]["Phạm vi"]


def test_small_maps_show_each_period(visit, address) -> None:
    page = visit(f"{address}/map")
    page.get_by_role("tab", name="Qua các kỳ").click()
    charts = page.locator("[data-testid=stVegaLiteChart]")
    expect(charts).to_have_count(5)
    drawn = "node => node.querySelector('canvas, svg') !== null"
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator("canvas, svg").first).to_be_visible()
        assert chart.evaluate(drawn)
    expect(page.get_by_text("19 tiêu chí: 39; 15–18 tiêu chí: 2; 10–14 tiêu chí: 27; 5–9 tiêu chí: 26")).to_be_visible()


def test_an_offices_own_base_map(visit, data) -> None:
    with tile_server() as tiles, serving(NTM_TILES=tiles + "/{z}/{x}/{y}.png", NTM_TILES_WORDS="Sở <b>X</b>") as own:
        frame = the_map(visit(f"{own}/map"))
        expect(frame.locator("img.leaflet-tile-loaded").first).to_be_attached()
        expect(frame.locator(".leaflet-control-attribution")).to_contain_text("Sở <b>X</b>")
        assert frame.locator("path.leaflet-interactive[fill-opacity='0.65']").count() == 106


@contextmanager
def tile_server() -> Iterator[str]:
    """Serve one grey pixel for every tile."""

    class Tile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "image/gif")
            self.end_headers()
            self.wfile.write(
                b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xcc\xcc\xcc\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
            )

        def log_message(self, *_arguments: object) -> None:
            """Nothing: the tests' output is theirs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tile)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "missing", ["**/static/boundaries/*", "**/vendor/leaflet/leaflet.js"], ids=["geometry", "scripts"]
)
def test_a_map_that_cannot_be_drawn_says_so(visit, address, missing: str) -> None:
    page = visit(f"{address}/plan")
    page.route(missing, lambda route: route.abort())
    page.goto(f"{address}/map")
    notice = page.frame_locator("iframe[title='streamlit_folium.st_folium']").get_by_role("alert")
    expect(notice).to_contain_text("Không vẽ được bản đồ")
    visit.faults.clear()  # the refused request is logged as an error, as it should be


def test_the_units_of_2025_are_drawn_with_the_borders_of_before(address, visit) -> None:
    page = visit(f"{address}/map?period=2026-06-30&unit=03637")
    frame = page.frame_locator("iframe").first
    expect(frame.locator("path.leaflet-interactive")).to_have_count(38)
    expect(frame.locator(".group-label")).to_have_count(7)  # the former districts that have communes
    expect(frame.locator("path.before")).to_have_count(0)
    page.get_by_text("Vẽ thêm ranh giới các xã trước 01/07/2025").click()
    expect(frame.locator("path.before")).to_have_count(1)
    expect(page).to_have_url(re.compile("before=1"))
    expect(page.locator("h2", has_text="Mường Kim")).to_be_visible()
