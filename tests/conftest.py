"""Fixtures: a database of its own for the whole run, the built dataset, and Vietnamese at the start of each test."""

import os
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

_FOLDER = tempfile.TemporaryDirectory(prefix="ntm-tests-", ignore_cleanup_errors=True)
os.environ["NTM_DATABASE_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'ntm.sqlite'}"
os.environ["NTM_BOUNDARIES"] = str(Path(_FOLDER.name) / "boundaries")

os.environ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"] = "full"  # a failing page says why

from ntm import boundaries, dataset, reference, store, text  # noqa: E402  the environment comes first


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


@pytest.fixture
def empty_engine(tmp_path: Path) -> Engine:
    """A database of the test's own, with tables and nothing in them."""
    return store.connect(f"sqlite:///{tmp_path / 'empty.sqlite'}")


def pytest_runtest_call(item: pytest.Item) -> None:
    text.use("vi")  # here and not in a fixture: fixtures run in a context of their own
