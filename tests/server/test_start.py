"""A server that has just started: it is ready when it says so, and many first visitors at once get whole pages."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest

from benchmarks import crowd, soak
from tests.browser.conftest import serving

FIRST = 8


@pytest.fixture
def address(data, tmp_path):
    with serving(NTM_DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}") as address:
        yield address


def test_many_first_visitors_at_once_get_whole_pages(address) -> None:
    with ThreadPoolExecutor(1) as aside:  # a thread of its own: a browser's tests leave a loop in this one
        visit = aside.submit(asyncio.run, crowd.crowd([address], "map", ["data=sample"], FIRST))
        pages = visit.result()  # raises where a page fails
    assert len(pages) == FIRST


def test_the_map_is_there_before_a_page_has_drawn_it(address) -> None:
    assert httpx.get(f"{address}/component/streamlit_folium.st_folium/index.html").status_code == 200


def test_memory_does_not_grow_with_the_number_of_runs(address) -> None:
    server = next(child for child in psutil.Process().children() if "serve.py" in child.cmdline())
    with ThreadPoolExecutor(1) as aside:
        first, _second, third, last = aside.submit(list, soak.measured(address, server, [100] * 4)).result()
    assert last < first * 1.15
    assert last < third * 1.05
