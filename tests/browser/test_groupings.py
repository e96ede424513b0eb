"""Groupings in a browser: an invented province whose communes are in clusters, and that never had districts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests import invented
from tests.browser.conftest import serving_province


@pytest.fixture(scope="module")
def clustered(tmp_path_factory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("clustered")
    with serving_province(invented.clusters(invented.province(place / "data")), place) as address:
        yield address


def test_pages_use_the_words_of_the_grouping(clustered, visit) -> None:
    page = visit(f"{clustered}/group?period=2024-12-31&group=C2")
    expect(page.locator("h1")).to_have_text("Cụm")
    expect(page.locator("h2").first).to_have_text("Cụm 2, 31/12/2024")
    assert page.get_by_text("Chia nhóm xã theo").count() == 0  # there is one grouping on that day
    assert page.get_by_text("huyện", exact=False).count() == 0
