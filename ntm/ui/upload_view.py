"""The page of updates, the file: it is uploaded, and what it leaves open is asked."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import streamlit as st

from ntm.dataset import Dataset
from ntm.intake import forms, sheets
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.intake.undecided import QUESTIONS, Undecided
from ntm.markdown import plain
from ntm.people import Person
from ntm.text import _
from ntm.ui import columns_view, outcomes, quirks
from ntm.ui.columns_view import Columns

UPLOADS = "uploads published"


@dataclass(frozen=True)
class Upload:
    """A file that somebody has uploaded: its name, what is in it, and how it was read.

    `columns`: how its columns are read; None for a workbook with a reader of its own.
    """

    name: str
    content: bytes
    found: Reading
    columns: Columns | None = None

    @property
    def digest(self) -> str:
        """What the file is known by."""
        return _digest(self.content)


def upload(dataset: Dataset, asked: Asked, person: Person) -> Upload | None:
    """Draw the field for a file; return it read, or None where there is none yet or it is refused."""
    file = st.file_uploader(
        _("Tệp số liệu (.xlsx, .ods, .xls, .csv)"), key=f"file {st.session_state.get(UPLOADS, 0)}"
    )  # of any kind: who chooses another one reads what it is and the way out, and not Streamlit's refusal
    _translator()(key="words of the uploader", data={"words": quirks.uploader_words()})
    if file is None:
        return None
    content = file.getvalue()
    digest = _digest(content)
    try:
        found = outcomes.sheets_of(content, digest)
        if forms.has_workbook(asked.form):
            return Upload(file.name, content, outcomes.reading_of(found, digest, asked, dataset.reference, {}))
        return Upload(file.name, content, *_read(found, digest, asked, dataset, person))
    except Undecided as open_question:
        st.info(plain(_("Chọn một câu trả lời ở trên để đọc tệp: {words}", words=open_question.words)))
        return None
    except Refused as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
        return None


def _read(
    found: list[sheets.Sheet], digest: str, asked: Asked, dataset: Dataset, person: Person
) -> tuple[Reading, Columns]:
    """Read a file's sheets, as the person has answered and corrected. Raises Refused, or Undecided."""
    asked = _decided(found, digest, asked, dataset)
    layouts = outcomes.layouts_of(found, digest, asked, dataset.reference)
    columns = columns_view.ask(layouts, asked, dataset, person, digest[:12])
    return outcomes.reading_of(found, digest, asked, dataset.reference, columns.layouts), columns


def _decided(found: list[sheets.Sheet], digest: str, asked: Asked, dataset: Dataset) -> Asked:
    """Ask the person what the file leaves open; return it with the answers. Raises Undecided if one is missing."""
    for _question in QUESTIONS:
        try:
            layouts = outcomes.layouts_of(found, digest, asked, dataset.reference)
            outcomes.reading_of(found, digest, asked, dataset.reference, layouts)
        except Undecided as open_question:
            answer = st.radio(
                plain(open_question.words),
                list(open_question.choices),
                format_func=partial(_choice, open_question.choices),
                index=None,
                key=f"decide {open_question.question} {digest[:12]}",
            )
            if answer is None:
                raise
            asked = asked.deciding(open_question.question, answer)
        except Refused:
            break  # it is refused again once its columns are shown, which the person may correct
    return asked


def _choice(words: Mapping[str, str], value: str) -> str:
    return plain(words[value])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _translator() -> Callable[..., object]:
    script = (Path(__file__).parent / "js" / "uploader.js").read_text("utf-8")
    return st.components.v2.component("uploader", js=script)


def empty() -> None:
    """Give the person an empty field for the next file."""
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
