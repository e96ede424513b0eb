"""Fixtures: a database for each process of the run, the built dataset, and Vietnamese at the start of each test."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest
from sqlalchemy import Engine

_FOLDER = tempfile.TemporaryDirectory(prefix="ntm-tests-", ignore_cleanup_errors=True)
os.environ["NTM_DATABASE_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'ntm.sqlite'}"
os.environ["NTM_BOUNDARIES"] = str(Path(_FOLDER.name) / "boundaries")

# How long an example takes says how busy the machine is, and nothing of the code.
hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("busy")

os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"  # a failing page says why

from ntm import boundaries, dataset, reference, store, text  # noqa: E402  the environment comes first
from tests import postgres  # noqa: E402


@pytest.fixture(scope="session")
def engine() -> Engine:
    engine = store.connect()
    dataset.build(engine)
    return engine


@pytest.fixture(scope="session")
def data(engine: Engine) -> dataset.Dataset:
    loaded = dataset.load(engine)
    boundaries.publish(loaded.reference)
    return loaded


@pytest.fixture(scope="session")
def facts() -> reference.Reference:
    """The reference data alone."""
    return reference.load()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    with postgres.running() as server:
        yield server.address


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of the test's own, with nothing in it; every test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return new_database(request.getfixturevalue("postgresql"))


def new_database(server: str) -> str:
    """Make an empty database on a PostgreSQL server; return its address."""
    name = f"ntm_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """A database of the test's own, with tables and nothing in them."""
    engine = store.connect(empty_url)
    yield engine
    engine.dispose()


def pytest_runtest_call(item: pytest.Item) -> None:
    text.use("vi")  # here and not in a fixture: fixtures run in a context of their own
