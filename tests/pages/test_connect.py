"""The address that a page offers for Excel gives the very rows that the page shows."""

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ntm.api import access, routes
from tests.pages.conftest import PAGES
from tests.seen import seen

PERIOD = "2024-12-31"
SHOWN = [  # a page with choices, and the columns that are told apart: of the page's table, of the answer
    ("explore", {"period": PERIOD}),
    ("explore", {"groups": "110", "lacking": "10,17", "period": PERIOD}),
    ("explore", {"tiers": "15-18", "meeting": "1", "period": PERIOD}),
    ("explore", {"recognition": "at-risk,newly", "period": PERIOD}),
    ("explore", {"name": "pha", "period": PERIOD}),
    ("explore", {"period": "2026-06-30", "groups": "110"}),
    ("explore", {"period": "2026-06-30", "grouping": "none"}),
    ("tiers", {"groups": "110,111", "period": PERIOD}),
    ("group", {"group": "110", "period": PERIOD}),
    ("criteria", {"criterion": "10", "groups": "110", "period": PERIOD}),
    ("keeping", {"period": PERIOD}),
    ("map", {"layer": "recognition", "classes": "at-risk", "period": PERIOD}),
    ("map", {"layer": "criterion", "criterion": "10", "classes": "not-met", "groups": "110", "period": PERIOD}),
]


@pytest.fixture
def asked():
    access.forget()
    return TestClient(Starlette(routes=routes.routes()), base_url="http://localhost:8501")


def tables(app) -> list[set[str]]:
    """The names of communes in each table of a page."""
    found = [set(frame.value.iloc[:, 0].astype(str)) for frame in app.dataframe]
    html = [element.proto.body for element in app.get("html") if "<table" in element.proto.body]
    for body in html:
        rows = body.split('<th scope="row"')[1:]
        found.append({seen(row.partition(">")[2].partition("<")[0]).strip() for row in rows})
    return found


@pytest.mark.parametrize(("page", "query"), SHOWN)
def test_the_address_gives_what_is_shown(open_page, asked, page: str, query: dict[str, str]) -> None:
    app = open_page(page, **query)
    (address,) = {block.value for block in app.code}
    rows = asked.get(address.replace(".csv", ".json")).json()["rows"]
    assert rows
    assert {row["label"] for row in rows} in tables(app)
    assert {row["period"] for row in rows} == {query["period"]}
    assert {row["world"] for row in rows} == {"sample"}


def test_the_periods_assessments(open_page, asked, data) -> None:
    app = open_page("data", period=PERIOD)
    (block,) = app.code
    answer = asked.get(block.value)
    assert answer.headers["content-type"].startswith("text/csv")
    known = data.assessments[data.assessments["period"] == PERIOD]
    assert answer.headers["x-total-count"] == str(len(known))
    assert block.value.startswith("http://localhost:8501/api/v1/assessments.csv?world=sample&period=2024-12-31")


def test_words_are_in_the_language_of_the_page(open_page) -> None:
    assert open_page("explore", lang="en").code[0].value.endswith("&lang=en")


@pytest.mark.parametrize("page", sorted(set(PAGES) & {name for name, _query in SHOWN}))
def test_the_address_is_said_with_how_to_use_it(open_page, page: str) -> None:
    app = open_page(page, period=PERIOD)
    said = " ".join(seen(str(element.value)) for element in app.markdown)
    assert "Từ Web" in said
    assert "Làm mới" in said


def test_figures_are_those_of_the_metrics(asked, data) -> None:
    rows = pd.DataFrame(asked.get(f"/api/v1/lookup?world=sample&period={PERIOD}").json()["rows"]).set_index("unit_code")
    communes = data.communes_at(PERIOD)
    assert rows["met"].to_dict() == communes["met"].to_dict()
    assert rows["recognised"].sum() == communes["recognised"].sum()
    targets = asked.get(f"/api/v1/targets?world=sample&period={PERIOD}").json()["rows"]
    average = next(row for row in targets if row["target_id"].startswith("average"))
    assert average["actual"] == pytest.approx(communes["met"].mean())
