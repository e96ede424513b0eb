"""Which format an address or an Accept header asks for."""

import pytest

from ntm.api import formats
from ntm.api.problems import Problem


@pytest.mark.parametrize(
    ("extension", "accept", "name"),
    [
        ("csv", "application/json", "csv"),
        ("", "", "json"),
        ("", "*/*", "json"),
        ("", "text/csv", "csv"),
        ("", "text/*", "csv"),
        ("", "application/vnd.apache.parquet", "parquet"),
        ("", "application/json;q=0.5, text/csv", "csv"),
        ("", "text/csv;q=0, */*", "json"),
        ("", "text/csv;q=x, application/json", "json"),
        ("", "image/png, application/xml, */*;q=0.1", "json"),
        ("", "text/html,application/xhtml+xml", "json"),
    ],
)
def test_what_is_asked_for(extension: str, accept: str, name: str) -> None:
    assert formats.chosen(extension, accept) == name


@pytest.mark.parametrize(("extension", "accept"), [("docx", "*/*"), ("", "image/png"), ("", "text/csv;q=0")])
def test_what_there_is_not(extension: str, accept: str) -> None:
    with pytest.raises(Problem) as told:
        formats.chosen(extension, accept)
    assert told.value.status == 406
    assert ".parquet" in told.value.detail
