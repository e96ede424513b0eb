"""Fixtures: a database for each process of the run, and the built dataset."""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hypothesis
import pandas as pd
import psycopg
import pytest
from sqlalchemy import Engine

_FOLDER = tempfile.TemporaryDirectory(prefix="ntm-tests-", ignore_cleanup_errors=True)
os.environ["NTM_DATABASE_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'ntm.sqlite'}"
os.environ["NTM_BOUNDARIES"] = str(Path(_FOLDER.name) / "boundaries")
os.environ["NTM_ENDED_SESSIONS"] = str(Path(_FOLDER.name) / "ended-sessions.json")
os.environ["NTM_TOKENS"] = str(Path(_FOLDER.name) / "tokens.json")
os.environ["NTM_SEAL"] = str(Path(_FOLDER.name) / "seal.key")

# How long an example takes says how busy the machine is, and nothing of the code. The same examples every time: no run
# fails by chance (make fuzz draws others).
hypothesis.settings.register_profile(
    "busy", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")

os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"  # a failing page says why

from streamlit import config  # noqa: E402  the environment comes first

from ntm import dataset, people, reference, store  # noqa: E402
from ntm.geo import boundaries  # noqa: E402
from tests import postgres  # noqa: E402


@pytest.fixture(scope="session")
def engine() -> Engine:
    engine = store.connect()
    dataset.build(engine)
    return engine


@pytest.fixture(scope="session")
def data(engine: Engine) -> dataset.Dataset:
    """The sample, as it is seen at the end of the plan's year."""
    loaded = dataset.load(engine, day="2024-12-31")
    boundaries.publish_all(loaded.reference)
    return loaded


@pytest.fixture(scope="session")
def facts() -> reference.Reference:
    """What is in force at the end of the plan's year."""
    return reference.load("2024-12-31")


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


@pytest.fixture
def option() -> Iterator[Callable[[str, object], None]]:
    """Set an option of Streamlit's for a test."""
    before: dict[str, object] = {}

    def set_option(name: str, value: object) -> None:
        before.setdefault(name, config.get_option(name))
        config._set_option(name, value, "a test")

    yield set_option
    for name, value in before.items():
        config._set_option(name, value, "a test")


@pytest.fixture
def evening(data: dataset.Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages see revisions of an evening, one by the machine's owner and one by an older build."""
    from ntm.ui import data as ui_data

    evening = pd.Timestamp(2024, 12, 31, 20, 30)  # UTC
    monkeypatch.delenv("NTM_TIMEZONE", raising=False)
    signed = [f"{people.OWNER} <root>", "python -m ntm build"]
    revisions = data.revisions.head(2).assign(created_at=evening, author=signed)
    log = pd.DataFrame(
        {
            "at": evening,
            "person": signed,
            "action": ["publish refused", "publish"],
            "revision": pd.array([None, 3], dtype="Int64"),
            "words": ["", "1/BC"],
        }
    )
    seen = replace(data.archive, revisions=revisions)
    monkeypatch.setattr(ui_data, "_load", lambda revision, world: seen)
    monkeypatch.setattr(ui_data, "log", lambda: log)
    monkeypatch.setattr(ui_data, "differences", lambda earlier, later: {})
