"""Changes in words: the rows of store.diff and store.history as a reader understands them."""

from collections.abc import Callable

import pandas as pd

from ntm import labels, text
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
        "created_at": lambda moment: f"{text.date(moment.date())} {moment:%H:%M}",
        "in_effect": labels.in_effect,
    }
