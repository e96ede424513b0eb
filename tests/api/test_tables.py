"""Whatever is asked of any table leaves the rows of the export that have it, on every page and in every format."""

import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm import exports, resources
from ntm.api import asked, formats, tables

COLUMNS = {"period": "period", "unit": "unit_code", "criterion": "criterion", "set": "criteria_set", "tier": "tier"}
NAMES = list(resources.resources())


@pytest.fixture(scope="module")
def exported(data) -> dict[str, pd.DataFrame]:
    """Every table of an export."""
    return {name: resource.make(data) for name, resource in resources.resources().items()}


@given(drawn=st.data())
@settings(max_examples=40)
def test_any_filters_of_any_table_leave_what_they_say(data, exported, drawn) -> None:
    """Told from the columns alone: several filters with several values each, and a page of what they leave."""
    name = drawn.draw(st.sampled_from(NAMES))
    expected = exported[name]
    keys = sorted(key for key, column in COLUMNS.items() if column in expected)
    chosen = drawn.draw(st.lists(st.sampled_from(keys), unique=True, max_size=3)) if keys else []
    filters = {}
    for key in chosen:
        there = sorted(set(expected[COLUMNS[key]].astype(str)) - {""})
        if there:
            filters[key] = tuple(drawn.draw(st.lists(st.sampled_from(there), unique=True, min_size=1, max_size=3)))
            expected = expected[expected[COLUMNS[key]].astype(str).isin(filters[key])]
    limit, offset = drawn.draw(st.integers(1, 300)), drawn.draw(st.integers(0, 300))
    wanted = asked.Asked(limit=limit, offset=offset, filters=filters)
    rows = tables.table(data.archive, name).rows(data.archive, wanted)
    pd.testing.assert_frame_equal(rows, expected)
    page, about = tables.bounded(rows, wanted), {"resource": name}
    assert formats.write(page, about, "csv") == exports.plain_csv(expected.iloc[offset : offset + limit])
    assert json.loads(formats.write(page, about, "json"))["rows"] == json.loads(
        page.to_json(orient="records", double_precision=formats.DIGITS)
    )
    assert len(pd.read_parquet(io.BytesIO(formats.write(page, about, "parquet")))) == len(page)


def test_the_tables_made_are_let_go_with_their_revision(data) -> None:
    tables.table(data.archive, "villages")
    assert data.archive in tables._known
    assert all(key[1] in ("vi", "en") for key in tables._known[data.archive])
