"""Changes in words: the rows of store.diff and store.history as a reader understands them."""

from collections.abc import Callable

import pandas as pd

from ntm import clock, labels, text
from ntm.figure import Column
from ntm.reference import Reference
from ntm.text import _, either

BEFORE, AFTER = "_before", "_after"


def words(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Return rows of store.diff or store.history under headings in words, every value as it is read.

    The column unit_code becomes code and name; columns named `…_before` and `…_after` say so in their headings.
    """
    writers = _writers(reference)
    shown = {}
    for column in frame.columns:
        name = column.removesuffix(BEFORE).removesuffix(AFTER)
        heading = labels.column(name)
        if column.endswith(BEFORE):
            heading = _("{what}, trước", what=heading)
        elif column.endswith(AFTER):
            heading = _("{what}, sau", what=heading)
        write = writers.get(name, str)
        shown[heading] = [_("không có số liệu") if _is_none(value) else write(value) for value in frame[column]]
    return pd.DataFrame(shown)


def log(entries: pd.DataFrame) -> pd.DataFrame:
    """Return rows of store.log as they are read (see log_columns): `at` in the province's time, the others in words."""
    return entries.assign(
        at=clock.local_times(entries["at"]),
        person=entries["person"].map(labels.signature),
        action=entries["action"].map(labels.action),
        revision=["" if pd.isna(number) else str(number) for number in entries["revision"]],
        words=entries["words"].map(labels.note),
    )


def log_columns() -> dict[str, Column]:
    """Return the columns of the log in words."""
    return {
        "at": Column(labels.column("created_at"), text.time),
        "person": Column(_("Người")),
        "action": Column(_("Hành động")),
        "revision": Column(_("Phiên bản")),
        "words": Column(_("Ghi chú")),
    }


def _is_none(value: object) -> bool:
    return value is None or (not isinstance(value, str) and bool(pd.isna(value)))


def _writers(reference: Reference) -> dict[str, Callable]:
    names, sets = reference.units["label"], reference.criteria_sets
    return {
        "period": text.date,
        "unit_code": lambda code: f"{names.get(code, '')} {code}".strip(),
        "criteria_set": lambda code: either(sets.loc[code], "name") if code in sets.index else code,
        "met": lambda met: _("Đạt") if met else _("Chưa đạt"),
        "recognised_by": lambda day: text.date(day) if day else "",
        "revoked_on": lambda day: text.date(day) if day else "",
        "evidence": labels.evidence,
        "value": lambda value: text.number(value, 0 if float(value).is_integer() else 1),
        "kind": labels.kind,
        "author": labels.author,
        "note": labels.note,
        "created_at": text.moment,
        "in_effect": labels.in_effect,
    }
