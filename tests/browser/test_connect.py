"""Other programs in a running server: the address of a table, the page for people, health and metrics."""

import csv
import io
import json

from playwright.sync_api import expect

from ntm.server import quirks
from tests.browser.conftest import settle


def test_the_address_of_a_table_gives_its_rows(visit, address) -> None:
    page = visit(f"{address}/explore?period=2024-12-31&groups=110&lacking=17")
    page.get_by_role("button", name="Kết nối Excel").click()
    copied = page.locator("[data-testid=stPopoverBody] code").inner_text()
    settle(page)
    assert copied.startswith(f"{address}/api/v1/lookup.csv?")
    answer = page.request.get(copied)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    expect(page.get_by_role("heading", name=f"{len(rows)} xã")).to_be_visible()
    assert {row["criterion_17"] for row in rows} == {"False"}
    tag = answer.headers["etag"]
    assert page.request.get(copied, headers={"If-None-Match": tag}).status == 304


def test_the_page_for_people_is_drawn_under_the_servers_policy(visit, address) -> None:
    page = visit(f"{address}/data")
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{address}/api/v1/?lang=en")
        expect(page.get_by_role("heading", level=1)).to_have_text("Data for other programs")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert page.evaluate("getComputedStyle(document.body).maxWidth") == "960px"  # its style is let in


def test_a_running_server_says_how_it_is(visit, address) -> None:
    page = visit(address)
    assert page.request.get(f"{address}/healthz").json() == {"status": "alive"}
    assert page.request.get(f"{address}/readyz").json()["status"] == "ready"
    told = dict(line.rsplit(" ", 1) for line in page.request.get(f"{address}/metrics").text().splitlines())
    assert float(told["ntm_sessions"]) >= 1
    assert float(told['ntm_rerun_seconds_count{page="overview"}']) >= 1
    assert float(told["ntm_revision"]) >= 2
    assert float(told["process_resident_memory_bytes"]) > 1e7
    for hidden in quirks.HIDDEN:
        assert page.request.get(f"{address}{hidden}").status == 404
    assert json.loads(page.request.get(f"{address}/api/v1/openapi.json").text())["openapi"].startswith("3.")
