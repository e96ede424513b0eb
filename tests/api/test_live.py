"""A spreadsheet asks a running server: LibreOffice opens the addresses, and reads the figures of the metrics."""

import csv
import io
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from ntm import dataset
from ntm.api import access, routes
from ntm.server import guards
from ntm.ui import data as ui_data
from ntm.world import World
from tests import office as libreoffice
from tests.api.conftest import PERIOD
from tests.running import running

UTF8_WITH_CODES_AS_TEXT = "CSV:44,34,76,1,1/2"  # comma, quote, UTF-8, first line; the first column is text


@pytest.fixture
def served(office, monkeypatch) -> Iterator[str]:
    """The address of a server on a port of its own."""
    monkeypatch.setattr(ui_data, "_engine", lambda: office)
    access.forget()
    app = Starlette(routes=routes.routes(), middleware=guards.all_of_them())
    with running(app) as address:
        yield address


@pytest.mark.parametrize(("form", "reading"), [("csv", UTF8_WITH_CODES_AS_TEXT), ("xlsx", "")])
def test_libreoffice_reads_what_is_answered(served, office, tmp_path, form: str, reading: str) -> None:
    address = f"{served}/api/v1/lookup.{form}?world=sample&period={PERIOD}&group=110"
    found = list(csv.DictReader(io.StringIO(libreoffice.fetch(tmp_path, address, reading).lstrip("\ufeff"))))
    seen = dataset.load(office, world=World.SAMPLE, day=PERIOD)
    communes = seen.communes_of(PERIOD, ["110"])
    assert [row["unit_code"] for row in found] == list(communes.index)
    assert [row["label"] for row in found] == list(communes["label"])
    assert [float(row["met"]) for row in found] == list(communes["met"])
    assert {row["world"] for row in found} == {"sample"}
