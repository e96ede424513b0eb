"""Reports: the map's shapes are published first; the province's letter."""

import datetime as dt

import pytest

from ntm.geo import boundaries
from ntm.reports import content, word

PERIOD = "2024-12-31"


TODAY = dt.date(2025, 1, 6)


@pytest.fixture(scope="module", autouse=True)
def published(data) -> None:
    boundaries.publish_all(data.reference)


@pytest.fixture(scope="module")
def letter(data) -> bytes:
    return word.write(content.build(data, PERIOD, today=TODAY))
