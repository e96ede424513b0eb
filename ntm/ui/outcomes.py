"""Outcomes of files that were uploaded, kept by their digest: a rerun, another tab or a download pays nothing again."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import astuple
from typing import Any

import pandas as pd
import streamlit as st

from ntm import preview, text
from ntm.apart import Refused
from ntm.dataset import Dataset
from ntm.intake import forms, marked, reading, sheets
from ntm.intake.layout import Layout
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Sheet
from ntm.intake.understood import Understood
from ntm.markdown import plain
from ntm.preview import Preview
from ntm.reference import Reference
from ntm.text import plural
from ntm.ui import turns

# What is made of a reading is kept under its id, together with the reading, so that no other gets the same id.
KEPT = 6  # files, and as many readings and marked workbooks: a few megabytes each


class _Outcomes:
    """The latest results, or refusals, of some work, shared by all sessions."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, work: Callable[[], Any]) -> Any:
        """Return what is kept under a key, or do the work. Raises the Refused that the work has raised."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return _result(self._kept[key])
        try:
            found = work()
        except Refused as refusal:
            found = refusal
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return _result(found)


def _result(found: Any) -> Any:
    if isinstance(found, Refused):
        raise copy.copy(found)
    return found


@st.cache_resource(show_spinner=False)
def _outcomes(work: str) -> _Outcomes:
    return _Outcomes()


def sheets_of(content: bytes, digest: str) -> list[Sheet]:
    """Return sheets.read of a file, with its progress in sight; what the person does next ends it. Raises Refused."""

    def read() -> list[Sheet]:
        shown = st.empty()

        def told(passed: float) -> None:
            shown.info(
                plain(plural("Đang đọc tệp… {count} giây. Bấm ✕ cạnh tên tệp để hủy.", round(passed))),
                icon=":material/hourglass_top:",
            )

        try:
            with turns.left():  # another process reads
                return sheets.read(content, told)
        finally:
            shown.empty()

    return _outcomes("sheets").of((digest, text.language()), read)


def layouts_of(found: list[Sheet], digest: str, asked: Asked, reference: Reference) -> dict[int, Layout]:
    """Return reading.layouts_of a file's sheets. Raises Refused, or Undecided."""
    key = (digest, astuple(asked), text.language(), reference.timeline)
    return _outcomes("layouts").of(key, lambda: reading.layouts_of(found, asked, reference))


def reading_of(
    found: list[Sheet], digest: str, asked: Asked, reference: Reference, layouts: Mapping[int, Layout]
) -> Reading:
    """Return forms.read of a file's sheets. Raises Refused."""
    key = (digest, astuple(asked), tuple(sorted(layouts.items())), text.language(), reference.timeline)
    return _outcomes("readings").of(key, lambda: forms.read(found, asked, reference, layouts))


def preview_of(dataset: Dataset, found: Reading, listed: tuple[str, ...], facts: Mapping[str, pd.DataFrame]) -> Preview:
    """Return preview.make of a reading's facts, at a revision. `listed`: whose list is said to be complete."""
    key = (id(found), listed, dataset.revision, text.language())
    _reading, made = _outcomes("previews").of(key, lambda: (found, preview.make(dataset, facts)))
    return made


def understood_of(found: Reading, number: int, reference: Reference) -> Understood:
    """Return a sheet of a reading (its number) as it was understood."""
    key = (id(found), number, text.language())
    _reading, made = _outcomes("understood").of(key, lambda: (found, Understood(found, number, reference)))
    return made


def marked_of(content: bytes, found: Reading) -> bytes:
    """Return marked.make of a file and what was read of it. Raises Refused."""

    def make() -> tuple[Reading, bytes]:
        with turns.left():  # another process writes
            return found, marked.make(content, found)

    _reading, made = _outcomes("marked").of(id(found), make)
    return made
