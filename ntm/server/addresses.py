"""Addresses of the server beside the pages': below which path, and where a table is that another program reads."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from streamlit import get_option

API = "/api/v1"


def base_path() -> str:
    """Return what comes before every path of the server: "" or, for example, "/ntm" (server.baseUrlPath)."""
    base = str(get_option("server.baseUrlPath")).strip("/")
    return f"/{base}" if base else ""


def table(page: str, name: str, query: Mapping[str, str]) -> str:
    """Return the address of a table (with its format: "lookup.csv") on the server that has served a page.

    `page`: the page's address in the reader's browser; `query`: the filters.
    """
    asked = urlsplit(page)
    return f"{asked.scheme}://{asked.netloc}{base_path()}{API}/{name}?{urlencode(query, safe=',')}"
