"""The dataset as the pages get it: loaded once per revision and world, shared by all sessions and languages."""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

import pandas as pd
import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ntm import dataset, layers, progress, reference, store, text
from ntm import remembered as remembered_columns
from ntm.chain import Chain
from ntm.database import Newer
from ntm.dataset import Archive, Dataset
from ntm.facts import TYPES
from ntm.geo import boundaries
from ntm.geo.boundaries import PublishedLayer
from ntm.intake.table_shape import Shape
from ntm.layers import Layer
from ntm.markdown import plain
from ntm.people import Person
from ntm.remembered import Remembered
from ntm.store import Change
from ntm.text import _
from ntm.ui import state
from ntm.ui.archives import Archives
from ntm.world import World

logger = logging.getLogger(__name__)
_REVISION = "revision of this run"
_WAITS = "the next run waits for the latest revision"  # a session's first one, and after it has published
CHAIN_SECONDS = 600


@st.cache_resource(show_spinner=False)
def _engine() -> Engine:
    engine = store.connect()
    dataset.build(engine)
    boundaries.publish_all(reference.load())
    return engine


@st.cache_resource(show_spinner=False)
def _archives() -> Archives:
    return Archives(_engine)


def _load(revision: int, world: World) -> Archive:
    return _archives().of(revision, world)


def preload() -> None:
    """Load the latest revision before anybody asks for it. With the database away, go on: the pages will say so."""
    try:
        _archives().settle(store.latest(_engine()), wait=True)
    except (SQLAlchemyError, Newer):
        logger.exception("The data could not be loaded at the start.")


def archive(asked: World | None = None) -> Archive:
    """Return a world at the latest revision, the one that opens if none is asked for: for others than a page's run.

    Raises SQLAlchemyError where the database is away, Newer where it is of a newer version.
    """
    revision = store.latest(_engine())
    return _load(revision, asked or _archives().default_world(revision))


def open_latest() -> Dataset:
    """Settle on a revision for this run of the script and return its dataset.

    It is the latest one; for who is looking at pages while it comes, the one before, until it is loaded. With the
    database away, says so to the reader and the reason to the log; goes on with what was loaded last, or stops where
    nothing was.
    """
    try:
        wait = st.session_state.get(_WAITS, True)
        st.session_state[_REVISION] = _archives().settle(store.latest(_engine()), wait=wait)
        st.session_state[_WAITS] = False
        return _seen(_load(st.session_state[_REVISION], _world()))
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        return _without_database()
    except Newer as newer:
        logger.exception("The database is newer than the software.")
        st.error(plain(newer), icon=":material/update:")
        st.stop()


def _without_database() -> Dataset:
    revision = _archives().newest
    if not revision:
        _stop_without_database()
    st.session_state[_REVISION] = revision
    st.warning(
        plain(_("Tạm mất cơ sở dữ liệu; đang xem phiên bản {revision} đã nạp. Sẽ tự nối lại.", revision=revision)),
        icon=":material/cloud_off:",
    )
    return current()


def _stop_without_database() -> NoReturn:
    st.error(
        _("Không mở được cơ sở dữ liệu. Thử tải lại trang sau ít phút; nếu vẫn lỗi, báo người quản trị."),
        icon=":material/cloud_off:",
    )
    st.stop()


def _loaded(world: World) -> Archive:
    """A world at this run's revision; the page stops in a sentence where it was not loaded before the database went."""
    try:
        return _load(st.session_state[_REVISION], world)
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        _stop_without_database()


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
    """Return the dataset of this run's revision (see open_latest), of the chosen world, seen from the chosen period."""
    return _seen(_loaded(_world()))


def period() -> str:
    """Return the period to show: the chosen one, else the latest with data; see Archive.default_period."""
    return _period(_loaded(_world()))


def _seen(loaded: Archive) -> Dataset:
    """A world as seen from the chosen period, by the chosen grouping."""
    return loaded.at(_period(loaded), state.get("grouping"))


def _period(loaded: Archive) -> str:
    chosen = state.get("period")
    try:
        return dt.date.fromisoformat(chosen).isoformat()
    except ValueError:  # nothing chosen, or a mistyped link
        state.put("period", state.DEFAULTS["period"])
    return loaded.default_period


def real() -> Dataset:
    """Return the real world at this run's revision: the one that an office changes."""
    return _seen(_loaded(World.REAL))


def has_real() -> bool:
    """Return whether there is anything official, so that the sample is shown only if somebody asks for it."""
    return _archives().default_world(st.session_state[_REVISION]) is World.REAL


def _world() -> World:
    return World.SAMPLE if state.get("data") == World.SAMPLE else _archives().default_world(st.session_state[_REVISION])


@st.cache_data(show_spinner=False, max_entries=400)
def _progress(revision: int, world: World, period: str, grouping: str, group: str | None) -> pd.DataFrame:
    return progress.progress(_load(revision, world).at(period, grouping), period, group)


def targets(period: str, group: str | None = None) -> pd.DataFrame:
    """Return progress.progress of this run's revision; computed once per revision, period, grouping and group."""
    return _progress(st.session_state[_REVISION], _world(), period, state.get("grouping"), group)


@st.cache_data(show_spinner=False, max_entries=100)
def _map_layer(
    revision: int, world: World, language: str, layer: str, period: str, grouping: str, criterion: int
) -> Layer:
    return layers.build(
        _load(revision, world).at(period, grouping), layer, period, criterion
    )  # its key is in the reader's language


def map_layer(layer: str, period: str, criterion: int) -> Layer:
    """Return layers.build of this run's revision; computed once per revision, layer, period and criterion."""
    grouping = state.get("grouping")
    return _map_layer(st.session_state[_REVISION], _world(), text.language(), layer, period, grouping, criterion)


@st.cache_data(show_spinner=False, max_entries=4)
def _neighbours(file: str) -> dict[str, list[str]]:
    return boundaries.neighbours(boundaries.PUBLISHED / file)


def neighbours() -> dict[str, list[str]]:
    """Return which units share a border on the map in use; nothing where there is no map."""
    drawn = shapes()
    return _neighbours(drawn.file) if drawn else {}


def shapes() -> PublishedLayer | None:
    """Return the layer of shapes in use at the period shown; None if there is none."""
    return boundaries.published(current().reference)


def publish(change: Change) -> int | None:
    """Publish a change; see store.publish. This reader's next run waits for it."""
    st.session_state[_WAITS] = True
    return store.publish(_engine(), change, current().reference)


def forbidden(change: Change) -> str:
    """Return why a change may not be published by its author; see store.forbidden."""
    return store.forbidden(_engine(), change, current().reference)


def remembered(person: Person, shape: Shape) -> Remembered | None:
    """Return what somebody's office remembers of the columns of a shape; see remembered.find."""
    return remembered_columns.find(_engine(), person, shape)


def keep_columns(person: Person, shape: Shape, roles: Mapping[int, str], words: str) -> None:
    """Remember or forget the columns of a shape; see remembered.keep."""
    remembered_columns.keep(_engine(), person, shape, roles, words)


def undo(revision: int, person: Person, note: str) -> int:
    """Take a revision back; see store.undo. This reader's next run waits for it."""
    st.session_state[_WAITS] = True
    return store.undo(_engine(), revision, person, note, current().reference)


@st.cache_data(show_spinner=False, max_entries=20)
def differences(earlier: int, later: int) -> dict[str, pd.DataFrame]:
    """Return store.diff of every table of facts."""
    return {name: store.diff(_engine(), name, earlier, later) for name in TYPES}


def history(facts: str, unit: str) -> pd.DataFrame:
    """Return store.history of a unit."""
    return store.history(_engine(), facts, {"unit_code": unit})


@st.cache_data(show_spinner=False, max_entries=2, ttl=CHAIN_SECONDS)
def _chain(revision: int) -> Chain:
    return store.follow(_engine())


def chain() -> Chain | None:
    """Return the chain over all that is written, followed every ten minutes at most; None with the database away."""
    try:
        return _chain(st.session_state[_REVISION])
    except SQLAlchemyError:
        logger.exception("The database cannot be used.")
        return None


def log() -> pd.DataFrame:
    """Return store.log."""
    return store.log(_engine())
