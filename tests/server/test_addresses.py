"""Where a table is that another program reads: on the server that has served a page."""

import pytest
from streamlit import config

from ntm.server import addresses


@pytest.mark.parametrize(
    ("page", "base", "address"),
    [
        ("http://localhost:8501/explore", "", "http://localhost:8501/api/v1/lookup.csv?group=110,111&name=Pha+%26"),
        ("https://ntm.example/a?x=1#y", "/a/", "https://ntm.example/a/api/v1/lookup.csv?group=110,111&name=Pha+%26"),
    ],
)
def test_a_tables_address(monkeypatch, page: str, base: str, address: str) -> None:
    known = config.get_option
    monkeypatch.setattr(addresses, "get_option", lambda name: base if name == "server.baseUrlPath" else known(name))
    assert addresses.table(page, "lookup.csv", {"group": "110,111", "name": "Pha &"}) == address
