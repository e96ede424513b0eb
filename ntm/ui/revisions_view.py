"""The page of updates, once revisions exist: the list, what differs between two, undo, a unit's history, the log."""

import pandas as pd
import streamlit as st

from ntm import changes, labels, text
from ntm.dataset import Dataset
from ntm.facts import TYPES
from ntm.markdown import plain
from ntm.people import Denied, Person
from ntm.text import _, plural
from ntm.ui import account, blocks, data

SHOWN_DIFFERENCES = 1000
DONE = "what was published"


def finish(message: str) -> None:
    """Run the page again, with the new revision; `announce` then shows the message."""
    st.session_state[DONE] = message
    st.rerun()


def announce() -> None:
    """Show what has just been published, opened or undone, once."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(plain(done), icon=":material/check_circle:")


def revisions(dataset: Dataset, person: Person) -> None:
    """Draw the revisions; let two be compared, and one be taken back by who may."""
    words = {
        row.id: f"{row.id} · {text.moment(row.created_at)} · {labels.author(row.author)} · {labels.note(row.note)}"
        for row in dataset.revisions.itertuples()
    }
    numbers = list(words)
    if not numbers:
        st.info(_("Chưa có số liệu nào trong cơ sở dữ liệu."), icon=":material/info:")
        return
    earlier, later = st.columns(2)
    before = earlier.selectbox(
        _("So phiên bản"),
        [0, *numbers],
        format_func=lambda number: words.get(number, _("0 · chưa có gì")),
        index=min(2, len(numbers)),
        key="earlier revision",
    )
    after = later.selectbox(_("với phiên bản"), numbers, format_func=words.__getitem__, key="later revision")
    difference(dataset, before, after)
    if person.may_change:
        _undo(words, dataset)


def _undo(words: dict[int, str], dataset: Dataset) -> None:
    in_effect = dataset.revisions.loc[dataset.revisions["in_effect"], "id"].tolist()
    st.subheader(_("Hoàn tác một phiên bản"), anchor=False)
    chosen = st.selectbox(_("Phiên bản"), in_effect, format_func=words.__getitem__, key="undone revision")
    note = st.text_input(_("Lý do hoàn tác (bắt buộc)"), key="undo note", max_chars=300)
    if st.button(_("Hoàn tác"), icon=":material/undo:", disabled=not note.strip(), key="undo"):
        try:
            added = data.undo(chosen, account.acting(), note.strip())
        except (Denied, ValueError) as refusal:
            st.error(plain(str(refusal)), icon=":material/block:")
            return
        done = _("Đã hoàn tác phiên bản {undone} bằng phiên bản {revision}.", undone=chosen, revision=added)
        finish(done)


def difference(dataset: Dataset, before: int, after: int) -> None:
    """Draw what differs between two revisions, a table for each kind of facts."""
    changed = {name: frame for name, frame in data.differences(before, after).items() if len(frame)}
    if not changed:
        blocks.small(_("Không có khác biệt."))
    for name, frame in changed.items():
        differing = plural("{count} ô khác nhau", len(frame))
        st.markdown(f"**{plain(_(TYPES[name].title))}**: {plain(differing)}")
        st.dataframe(changes.words(frame.head(SHOWN_DIFFERENCES), dataset.reference), hide_index=True)


def history(dataset: Dataset) -> None:
    """Draw everything that was written of a unit, or of one cell of it: value, who, when, why."""
    units = dataset.reference.units["label"].to_dict()
    with st.container(horizontal=True):
        code = st.selectbox(_("Đơn vị"), list(units), format_func=units.__getitem__, key="history unit")
        facts = st.selectbox(
            _("Loại số liệu"), list(TYPES), format_func=lambda name: _(TYPES[name].title), key="history of"
        )
    written = data.history(facts, code)
    with st.container(horizontal=True):
        for column in ("period", "criteria_set", "criterion", "plan", "part"):
            written = _narrowed(written, column, dataset)
    if written.empty:
        blocks.small(_("Chưa có gì được ghi về đơn vị này."))
        return
    st.dataframe(changes.words(written, dataset.reference), hide_index=True)


def _narrowed(written: pd.DataFrame, column: str, dataset: Dataset) -> pd.DataFrame:
    """Let the reader choose one value of a column, where it has several."""
    if column not in written or written[column].nunique() <= 1:
        return written
    heading = labels.column(column)
    words = changes.words(written[[column]].drop_duplicates(), dataset.reference)[heading]
    options = dict(zip(written[column].drop_duplicates(), words, strict=True))
    chosen = st.selectbox(
        plain(heading),
        [None, *sorted(options)],
        format_func=lambda value: options.get(value, _("Tất cả")),
        key=f"of {column}",
    )
    return written if chosen is None else written[written[column] == chosen]


def log(person: Person) -> None:
    """Draw who did what, latest first; for those who may change something: it names people's addresses."""
    if not person.may_change:
        blocks.small(_("Nhật ký dành cho người được cập nhật số liệu."))
        return
    blocks.table(changes.log(data.log()), changes.log_columns())
