"""The page of updates, the file: what it leaves open is asked, how its columns are understood is shown."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pandas as pd
import streamlit as st

from ntm.dataset import Dataset
from ntm.facts import FORMS
from ntm.intake import forms, reading, sheets
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.layout import Layout
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Refused
from ntm.intake.undecided import QUESTIONS, Undecided
from ntm.markdown import plain
from ntm.text import _
from ntm.ui import blocks, outcomes, quirks

SHOWN_CELLS = 40  # of a sheet's headings
UPLOADS = "uploads published"


@dataclass(frozen=True)
class Upload:
    """A file that somebody has uploaded: its name, what is in it, and how it was read."""

    name: str
    content: bytes
    found: Reading

    @property
    def digest(self) -> str:
        """What the file is known by."""
        return _digest(self.content)


def upload(dataset: Dataset, asked: Asked) -> Upload | None:
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
            read = outcomes.reading_of(found, digest, asked, dataset.reference, {})
        else:
            read = _read(found, digest, asked, dataset)
        return Upload(file.name, content, read)
    except Undecided as open_question:
        st.info(plain(_("Chọn một câu trả lời ở trên để đọc tệp: {words}", words=open_question.words)))
        return None
    except Refused as refusal:
        st.error(plain(str(refusal)), icon=":material/block:")
        return None


def _read(found: list[sheets.Sheet], digest: str, asked: Asked, dataset: Dataset) -> Reading:
    """Read a file's sheets, as the person has answered and corrected. Raises Refused, or Undecided."""
    asked = _decided(found, digest, asked, dataset)
    layouts = outcomes.layouts_of(found, digest, asked, dataset.reference)
    corrected = _corrected(found, layouts, asked, dataset, digest[:12])
    return outcomes.reading_of(found, digest, asked, dataset.reference, corrected)


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
    """An answer to an open question, in words and as the command line takes it."""
    return plain(f"{words[value]} ({value})")


def _corrected(
    found: list[sheets.Sheet], layouts: dict[int, Layout], asked: Asked, dataset: Dataset, key: str
) -> dict[int, Layout]:
    """Show how each sheet was understood, and let the person correct the columns."""
    criteria = dataset.reference.criteria_of(reading.criteria_set_of(found, asked, dataset.reference))
    roles = ["", ORDINAL, TOTAL, "code", "name", "district", *FORMS[asked.form].names]
    roles += [f"{CRITERION}{number}" for number in criteria.index] if FORMS[asked.form].by_criterion else []
    words = {reading.role_words(role, criteria): role for role in dict.fromkeys(roles)}
    said = {role: name for name, role in words.items()}
    corrected = {}
    with st.expander(_("Cách hiểu các cột: kiểm tra, sửa nếu sai")):
        for number, layout in layouts.items():
            if len(layouts) > 1:
                blocks.small(_("Sheet {name}", name=found[number].name))
            shown = pd.DataFrame(
                {
                    _("Cột"): [sheets.address(layout.heading_row, place) for place in range(len(layout.roles))],
                    _("Tiêu đề trong tệp"): [heading[:SHOWN_CELLS] for heading in layout.headings],
                    _("Được hiểu là"): [said.get(role, said[""]) for role in layout.roles],
                }
            )
            choice = st.column_config.SelectboxColumn(options=list(words), required=True)
            edited = st.data_editor(
                shown,
                hide_index=True,
                disabled=[_("Cột"), _("Tiêu đề trong tệp")],
                column_config={_("Được hiểu là"): choice},
                key=f"layout {key} {asked.form} {number}",
            )
            meant = [words[role] for role in edited[_("Được hiểu là")]]
            corrected[number] = layout.corrected(dict(enumerate(meant)))
    return corrected


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _translator() -> Callable[..., object]:
    script = (Path(__file__).parent / "js" / "uploader.js").read_text("utf-8")
    return st.components.v2.component("uploader", js=script)


def empty() -> None:
    """Give the person an empty field for the next file."""
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
