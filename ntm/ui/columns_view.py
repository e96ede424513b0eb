"""The page of updates, the columns of a file: what each was taken for, corrected by hand, remembered for its shape."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ntm import labels, text
from ntm.dataset import Dataset
from ntm.facts import FORMS
from ntm.intake import reading, sheets, table_shape
from ntm.intake.headings import CRITERION, ORDINAL, TOTAL
from ntm.intake.layout import Layout
from ntm.intake.reading import Asked
from ntm.intake.table_shape import Shape
from ntm.markdown import plain
from ntm.people import Person
from ntm.remembered import Remembered
from ntm.text import _
from ntm.ui import blocks, data

SHOWN_SIGNS = 40  # of a heading


@dataclass(frozen=True)
class Columns:
    """How a file's columns are read. `layouts`: table number → layout, as corrected; `corrected`: shape → column → role
    of what differs from the program's own reading; `criteria`: by set.

    Tables of one shape that were corrected in different ways are not in `corrected`: none of them is the right one.
    """

    layouts: Mapping[int, Layout]
    corrected: Mapping[Shape, Mapping[int, str]]
    criteria: Mapping[str, pd.DataFrame]


def ask(layouts: Mapping[int, Layout], asked: Asked, dataset: Dataset, person: Person, key: str) -> Columns:
    """Show how each table was understood, by the remembered columns if there are any; let the person correct it."""
    sets = {layout.criteria_set for layout in layouts.values()}
    criteria = {code: dataset.reference.criteria_of(code) for code in sets}
    of = {number: table_shape.of(layout, layout.criteria_set) for number, layout in layouts.items()}
    known = {shape: kept for shape in of.values() if (kept := data.remembered(person, shape)) is not None}
    for shape, kept in known.items():
        _tell(shape, kept, criteria[shape.criteria_set], person)
    begun = {
        number: layout.corrected(known[of[number]].roles) if of[number] in known else layout
        for number, layout in layouts.items()
    }
    with st.expander(_("Cách hiểu các cột: kiểm tra, sửa nếu sai")):
        corrected = _edited(begun, asked, criteria, key)
        columns = Columns(corrected, _by_shape(layouts, corrected, of), criteria)
        _offer_to_remember(columns, set(of.values()), known, person)
    return columns


def remember(columns: Columns, person: Person) -> None:
    """Remember the columns that were corrected by hand, for the office's next file of the same shape."""
    for shape, roles in columns.corrected.items():
        data.keep_columns(person, shape, roles, table_shape.words(roles, columns.criteria[shape.criteria_set]))


def _tell(shape: Shape, kept: Remembered, criteria: pd.DataFrame, person: Person) -> None:
    """Say which remembered columns are used, since when and by whom; let the person drop them."""
    words = table_shape.words(kept.roles, criteria)
    said = _(
        "Đã dùng cách đọc cột của lần trước (ngày {date}, {person}): {columns}.",
        date=text.moment(kept.at),
        person=labels.author(kept.person),
        columns=words,
    )
    st.info(plain(said), icon=":material/history:")
    if st.button(
        _("Bỏ cách đọc này, đọc theo tiêu đề"), icon=":material/undo:", key=f"forget {shape.fingerprint[:12]}"
    ):
        data.keep_columns(person, shape, {}, words)
        st.rerun()


def _edited(
    layouts: Mapping[int, Layout], asked: Asked, criteria: Mapping[str, pd.DataFrame], key: str
) -> dict[int, Layout]:
    corrected = {}
    for number, layout in layouts.items():
        if len(layouts) > 1:
            blocks.small(_("Bảng {name}", name=layout.name))
        words = _role_words(layout.form, criteria[layout.criteria_set])
        said = {role: name for name, role in words.items()}
        shown = pd.DataFrame(
            {
                _("Cột"): [sheets.address(layout.heading_row, place) for place in range(len(layout.roles))],
                _("Tiêu đề trong tệp"): [heading[:SHOWN_SIGNS] for heading in layout.headings],
                _("Được hiểu là"): [said.get(role, said[""]) for role in layout.roles],
            }
        )
        edited = st.data_editor(
            shown,
            hide_index=True,
            disabled=[_("Cột"), _("Tiêu đề trong tệp")],
            column_config={_("Được hiểu là"): st.column_config.SelectboxColumn(options=list(words), required=True)},
            key=f"layout {key} {asked.form} {number} {'.'.join(layout.roles)}",  # what was edited is of these roles
        )
        meant = [words[role] for role in edited[_("Được hiểu là")]]
        corrected[number] = layout.corrected(dict(enumerate(meant)))
    return corrected


def _role_words(form: str, criteria: pd.DataFrame) -> dict[str, str]:
    """What a column of a form can mean: in words → role."""
    roles = ["", ORDINAL, TOTAL, "code", "name", "district", *FORMS[form].names]
    roles += [f"{CRITERION}{number}" for number in criteria.index] if FORMS[form].by_criterion else []
    return {reading.role_words(role, criteria): role for role in dict.fromkeys(roles)}


def _by_shape(
    layouts: Mapping[int, Layout], corrected: Mapping[int, Layout], of: Mapping[int, Shape]
) -> dict[Shape, dict[int, str]]:
    ways: dict[Shape, list[dict[int, str]]] = {}
    for number, layout in layouts.items():
        way, known = table_shape.corrections(layout, corrected[number]), ways.setdefault(of[number], [])
        known += [] if way in known else [way]
    return {shape: found[0] for shape, found in ways.items() if len(found) == 1}


def _offer_to_remember(
    columns: Columns, all_shapes: set[Shape], known: Mapping[Shape, Remembered], person: Person
) -> None:
    """Say what will be remembered, and let the person have it done now."""
    if all_shapes - columns.corrected.keys():
        blocks.small(_("Các bảng cùng mẫu được sửa khác nhau, nên cách đọc của mẫu này không được nhớ."))
    kept = {shape: dict(known[shape].roles) if shape in known else {} for shape in columns.corrected}
    if all(dict(roles) == kept[shape] for shape, roles in columns.corrected.items()):
        return
    blocks.small(_("Khi công bố, cách đọc cột đã sửa được nhớ cho các tệp sau cùng mẫu của đơn vị."))
    if st.button(_("Nhớ cách đọc này ngay"), icon=":material/bookmark_add:", key="remember columns"):
        remember(columns, person)
        st.rerun()
