"""The files, opened again: by their own library, and by LibreOffice."""

import datetime as dt
import io
import re
import zipfile

import pytest

from ntm import text
from ntm.reports import files

PERIOD = "2024-12-31"
TODAY = dt.date(2025, 1, 6)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx"])
def test_an_office_file_names_the_office_and_nobody_else(data, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(files.make(kind, data, data.periods[-1], None))) as archive:
        said = "".join(archive.read(f"docProps/{part}.xml").decode() for part in ("core", "app"))
    assert "Lai Châu" in said or "LAI CHÂU" in said
    assert not re.search("Canny|Macintosh|python-|openpyxl|2013", said)


@pytest.mark.parametrize("period", ["2024-12-31", "2026-06-30"])
def test_a_file_of_a_group_bears_its_name_also_where_groups_are_no_units(data, period: str) -> None:
    seen = data.at(period)
    group = seen.reference.groups.index[0]
    scope = text.plain(seen.reference.groups.at[group, "label"]).replace(" ", "-")
    assert files.name("pptx", seen, period, group) == f"bao-cao-{scope}-{period}-minh-hoa.pptx"
