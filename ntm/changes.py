"""Changes in words: the rows of store.diff and store.history as a reader understands them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from sqlalchemy import Date

from ntm import clock, labels, text
from ntm.facts import TYPES, rules
from ntm.figure import Column
from ntm.intake import plan_sheets
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


def _day(day: str) -> str:
    return text.date(day) if day else ""


def _value(value: float | str) -> str:
    """A figure as it is read; what a plan's cell holds may be words or a day."""
    if isinstance(value, str):
        return text.date(value) if rules.is_day(value) else value
    return text.number(value, 0 if float(value).is_integer() else 1)


def _writers(reference: Reference) -> dict[str, Callable[..., Any]]:
    names, sets = reference.timeline.labels(), reference.timeline.criteria_sets
    days = {name: _day for found in TYPES.values() for name in found.columns if found.is_of(name, Date)}
    writers: dict[str, Callable[..., Any]] = {
        "unit_code": lambda code: f"{names.get(code, '')} {code}".strip(),
        "criteria_set": lambda code: either(sets.loc[code], "name") if code in sets.index else code,
        "met": lambda met: _("Đạt") if met else _("Chưa đạt"),
        "evidence": labels.evidence,
        "value": _value,
        "part": lambda part: _(plan_sheets.PARTS[part]),
        "field": lambda field: _(plan_sheets.FIELDS[field]),
        "kind": labels.kind,
        "author": labels.author,
        "note": labels.note,
        "created_at": text.moment,
        "in_effect": labels.in_effect,
    }
    return days | writers
