"""The dataset as the pages get it: loaded once per revision and world, shared by all sessions and languages."""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pandas as pd
import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ntm import boundaries, dataset, layers, progress, reference, schema, store, text
from ntm.boundaries import PublishedLayer
from ntm.dataset import Dataset
from ntm.layers import Layer
from ntm.people import Person
from ntm.store import Change
from ntm.text import _
from ntm.ui import state
from ntm.world import World

logger = logging.getLogger(__name__)
_REVISION = "revision of this run"
DATASETS_KEPT = 4  # two revisions of two worlds


@st.cache_resource(show_spinner=False)
def _engine() -> Engine:
    engine = store.connect()
    dataset.build(engine)
    boundaries.publish(reference.load())
    return engine


@st.cache_resource(show_spinner=False, max_entries=DATASETS_KEPT)
def _load(revision: int, world: World) -> Dataset:
    loaded = dataset.load(_engine(), revision, world)
    loaded.communes_at(loaded.periods[-1] if loaded.periods else "")  # computed here, once, and not in a reader's page
    _spare_the_collector()
    return loaded


@st.cache_resource(show_spinner=False, max_entries=DATASETS_KEPT)
def _default_world(revision: int) -> World:
    return dataset.default_world(_engine(), revision, reference.load())


@cache
def _spare_the_collector() -> None:
    """Exempt what is loaded with the first dataset from garbage collection, once per process.

    Streamlit runs a full collection after every script run; over pandas, altair and the dataset it costs more than
    most pages. What is frozen here (modules and the first dataset) lives as long as the process anyway.
    """
    import ntm.charts
    import ntm.maps  # noqa: F401  imported now, so that the first reader does not wait and they are frozen too

    gc.collect()
    gc.freeze()


def open_latest() -> Dataset:
    """Settle on the latest revision for this run of the script and return its dataset.

    Where the database is away, says so to the reader and the reason to the log; goes on with what was loaded last, or
    stops where nothing was.
    """
    try:
        st.session_state[_REVISION] = store.latest(_engine())
        opened = current()
        _last_seen()["revision"] = opened.revision
        return opened
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        return _without_database()


@st.cache_resource(show_spinner=False)
def _last_seen() -> dict[str, int]:
    """The latest revision that this process has loaded, for when the database is away."""
    return {}


def _without_database() -> Dataset:
    revision = _last_seen().get("revision")
    if revision is None:
        st.error(
            _("Không mở được cơ sở dữ liệu. Thử tải lại trang sau ít phút; nếu vẫn lỗi, báo người quản trị."),
            icon=":material/cloud_off:",
        )
        st.stop()
    st.session_state[_REVISION] = revision
    st.warning(
        _("Tạm mất cơ sở dữ liệu; đang xem phiên bản {revision} đã nạp. Sẽ tự nối lại.", revision=revision),
        icon=":material/cloud_off:",
    )
    return current()


def latest_revision() -> int:
    """Return the latest revision's number, also one published since this run began; this run's while it is away."""
    try:
        return store.latest(_engine())
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        return st.session_state[_REVISION]


@contextmanager
def reachable() -> Iterator[None]:
    """Say so to the reader, and the reason to the log, where the database fails in the middle of a page."""
    try:
        yield
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        st.error(
            _("Lúc này không đọc hoặc không ghi được cơ sở dữ liệu; chưa lưu gì. Thử lại sau hoặc báo người quản trị."),
            icon=":material/cloud_off:",
        )


def current() -> Dataset:
    """Return the dataset of this run's revision (see open_latest), of the world that the reader has chosen."""
    return _load(st.session_state[_REVISION], _world())


def real() -> Dataset:
    """Return the real world at this run's revision: the one that an office changes."""
    return _load(st.session_state[_REVISION], World.REAL)


def has_real() -> bool:
    """Return whether there is anything official, so that the sample is shown only if somebody asks for it."""
    return _default_world(st.session_state[_REVISION]) is World.REAL


def _world() -> World:
    return World.SAMPLE if state.get("data") == World.SAMPLE else _default_world(st.session_state[_REVISION])


@st.cache_data(show_spinner=False, max_entries=400)
def _progress(revision: int, world: World, period: str, district: str | None) -> pd.DataFrame:
    return progress.progress(_load(revision, world), period, district)


def targets(period: str, district: str | None = None) -> pd.DataFrame:
    """Return progress.progress of this run's revision; computed once per revision, period and district."""
    return _progress(st.session_state[_REVISION], _world(), period, district)


@st.cache_data(show_spinner=False, max_entries=100)
def _map_layer(revision: int, world: World, language: str, layer: str, period: str, criterion: int) -> Layer:
    return layers.build(_load(revision, world), layer, period, criterion)  # its key is in the reader's language


def map_layer(layer: str, period: str, criterion: int) -> Layer:
    """Return layers.build of this run's revision; computed once per revision, layer, period and criterion."""
    return _map_layer(st.session_state[_REVISION], _world(), text.language(), layer, period, criterion)


@st.cache_data(show_spinner=False, max_entries=4)
def _neighbours(file: str) -> dict[str, list[str]]:
    return boundaries.neighbours(boundaries.PUBLISHED / file)


def neighbours() -> dict[str, list[str]]:
    """Return which units share a border on the map in use; nothing where there is no map."""
    drawn = shapes()
    return _neighbours(drawn.file) if drawn else {}


def shapes() -> PublishedLayer | None:
    """Return the layer of shapes in use; None where its file is missing."""
    return boundaries.published()


def publish(change: Change) -> int | None:
    """Publish a change; see store.publish."""
    return store.publish(_engine(), change, current().reference)


def undo(revision: int, person: Person, note: str) -> int:
    """Take a revision back; see store.undo."""
    return store.undo(_engine(), revision, person, note, current().reference)


@st.cache_data(show_spinner=False, max_entries=20)
def differences(earlier: int, later: int) -> dict[str, pd.DataFrame]:
    """Return store.diff of every table of facts."""
    return {name: store.diff(_engine(), name, earlier, later) for name in schema.FACTS}


def history(facts: str, unit: str) -> pd.DataFrame:
    """Return store.history of a unit."""
    return store.history(_engine(), facts, {"unit_code": unit})


def log() -> pd.DataFrame:
    """Return store.log."""
    return store.log(_engine())
