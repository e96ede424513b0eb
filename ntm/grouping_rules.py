"""Grouping rules: whether the groups that a province's data names hold together. Every fault says file and line."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from ntm.facts.rules import is_day
from ntm.groupings import NONE, RESERVED
from ntm.text import _
from ntm.timeline import LAST_DAY, Timeline

GROUPINGS, GROUPS = "groupings.csv", "groups.csv"
FIRST_LINE = 2  # of a table's rows; the first is its head


def faults(known: Timeline) -> list[str]:
    """Return what is wrong with groupings and groups, a sentence each."""
    dates = [*_dates(GROUPINGS, known.groupings), *_dates(GROUPS, known.groups)]
    return dates or [*_groupings(known), *_members(known), *_twice(known.groups), *_codes(known)]


def _said(file: str, line: int, wrong: str) -> str:
    return _("{file}, dòng {line}: {wrong}", file=file, line=line + FIRST_LINE, wrong=wrong)


def _dates(file: str, rows: pd.DataFrame) -> Iterator[str]:
    for line, row in rows.iterrows():
        bad = [row[name] for name in ("valid_from", "valid_to") if row[name] and not is_day(row[name])]
        if bad:
            yield _said(file, line, _("ngày {day} phải có dạng 2024-12-31.", day=bad[0]))
        elif (row["valid_to"] or LAST_DAY) < row["valid_from"]:
            yield _said(file, line, _("valid_to trước valid_from."))


def _groupings(known: Timeline) -> Iterator[str]:
    for line, row in known.groupings.iterrows():
        name = row["grouping"]
        if name in RESERVED or not name:
            yield _said(GROUPINGS, line, _("tên “{name}” đã có nghĩa riêng; hãy đặt tên khác.", name=name or NONE))
        if (known.groupings["grouping"][:line] == name).any():
            yield _said(GROUPINGS, line, _("cách chia nhóm {name} đã có ở một dòng khác.", name=name))
        if not (row["name_vi"] and row["noun_vi"]):
            yield _said(GROUPINGS, line, _("cần name_vi và noun_vi: tên của cách chia, và gọi một nhóm là gì."))
        if name not in set(known.groups["grouping"]):
            yield _said(GROUPINGS, line, _("{name} không có nhóm nào trong groups.csv.", name=name))


def _members(known: Timeline) -> Iterator[str]:
    bounds = known.groupings.drop_duplicates("grouping").set_index("grouping")
    for line, row in known.groups.iterrows():
        if row["grouping"] not in bounds.index:
            allowed = ", ".join(bounds.index)
            wrong = _("không có cách chia nhóm {found}; có: {allowed}.", found=row["grouping"], allowed=allowed)
            yield _said(GROUPS, line, wrong)
            continue
        start, end = _days(row)
        first, last = _days(bounds.loc[row["grouping"]])
        if start < first or end > last:
            yield _said(GROUPS, line, _("ngoài thời gian của cách chia nhóm {name}.", name=row["grouping"]))
        if not row["unit_code"]:
            yield _said(GROUPS, line, _("nhóm {group} không có đơn vị nào.", group=row["group_code"]))
        elif not _exists(known, row["unit_code"], start, end):
            wrong = _("không có đơn vị {code} suốt thời gian của dòng này.", code=row["unit_code"])
            yield _said(GROUPS, line, wrong)


def _days(row: pd.Series) -> tuple[str, str]:
    return row["valid_from"], row["valid_to"] or LAST_DAY


def _exists(known: Timeline, code: str, start: str, end: str) -> bool:
    """Whether one commune-level unit with this code is there on all of these days."""
    mine = known.all_units[(known.all_units["code"] == code) & (known.all_units["level"] == "commune")]
    return bool(((mine["valid_from"] <= start) & (mine["valid_to"].replace("", LAST_DAY) >= end)).any())


def _overlap(one: pd.Series, other: pd.Series) -> bool:
    return one["valid_from"] <= _days(other)[1] and other["valid_from"] <= _days(one)[1]


def _twice(groups: pd.DataFrame) -> Iterator[str]:
    """A unit in two groups of one grouping on one day; two rows that say the same are too many as well."""
    for (_grouping, code), rows in groups.groupby(["grouping", "unit_code"]):
        for (first, one), (second, other) in combinations(rows.iterrows(), 2):
            if code and _overlap(one, other):
                wrong = _(
                    "đơn vị {code} đã thuộc nhóm {group} cùng ngày (dòng {line}).",
                    code=code,
                    group=one["group_code"],
                    line=first + FIRST_LINE,
                )
                yield _said(GROUPS, second, wrong)


def _codes(known: Timeline) -> Iterator[str]:
    """A code has one name in a grouping, and means one group on one day: links and rights name groups by code."""
    districts = known.districts
    for code, rows in known.groups.groupby("group_code"):
        first = rows.iloc[0]
        for line, row in rows.iloc[1:].iterrows():
            if row["grouping"] == first["grouping"] and row["name_vi"] != first["name_vi"]:
                yield _said(GROUPS, line, _("nhóm {group} có hai tên.", group=code))
            if row["grouping"] != first["grouping"] and _overlap(row, first):
                yield _said(GROUPS, line, _("mã {group} là nhóm của hai cách chia cùng ngày.", group=code))
        if code in districts.index:
            clash = [line for line, row in rows.iterrows() if _overlap(row, districts.loc[code])]
            if clash:
                yield _said(GROUPS, clash[0], _("mã {group} là mã của một huyện cùng ngày.", group=code))
