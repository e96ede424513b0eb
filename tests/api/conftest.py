"""A server with a province that has sample, published and official facts, and clients that ask it."""

from collections.abc import Callable, Iterator

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ntm import dataset, people, store
from ntm.api import access, routes
from ntm.facts import assessments
from ntm.geo import boundaries
from ntm.server import guards
from ntm.ui import data as ui_data

PERIOD, PHA_MU = "2024-12-31", "03628"
ADDRESS = "http://localhost:8501"
FORMULA = "=HYPERLINK(1)"  # a note that a spreadsheet would run


def publish(engine: Engine, facts, note: str, *, met: bool) -> None:
    """One official result of one commune, as a revision."""
    rows = pd.DataFrame([(PERIOD, PHA_MU, facts.commune_set, 10, met)], columns=assessments.COLUMNS)
    store.publish(engine, store.Change(people.owner("An"), note, "official", {"assessments": rows}), facts)


@pytest.fixture(scope="module")
def office(tmp_path_factory, facts) -> Engine:
    """The database of an office that has reported one result."""
    engine = store.connect(f"sqlite:///{tmp_path_factory.mktemp('office') / 'ntm.sqlite'}")
    dataset.build(engine)
    boundaries.publish_all(facts)
    publish(engine, facts, FORMULA, met=True)
    return engine


@pytest.fixture
def opened(office, monkeypatch) -> Iterator[Callable[..., TestClient]]:
    """Make a client, of any address."""
    st.cache_resource.clear()
    monkeypatch.setattr(ui_data, "_engine", lambda: office)
    access.forget()
    app = Starlette(routes=routes.routes(), middleware=guards.all_of_them())

    def made(address: str = "127.0.0.1", base: str = ADDRESS) -> TestClient:
        return TestClient(app, base_url=base, client=(address, 50_000))

    yield made
    st.cache_resource.clear()


@pytest.fixture
def client(opened) -> TestClient:
    return opened()
