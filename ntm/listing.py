"""Communes, and groups that report, as rows to read. Shared by pages, files, slides and reports."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ntm import coverage, labels, metrics, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.metrics import Lacking
from ntm.reference import Reference
from ntm.text import _


def recognition(row: Mapping[str, Any]) -> str:
    """Say of a commune whether it is recognised, and whether it still meets all: two facts, each may be unknown."""
    if metrics.is_true(row["at_risk"]):
        return _("Đã công nhận, nay thiếu tiêu chí")
    if metrics.is_true(row["newly_recognised"]):
        return _("Mới công nhận")
    if metrics.is_true(row["recognised"]):
        return _("Đã công nhận")
    meets_all = metrics.is_true(row["meets_all"])
    if metrics.is_false(row["recognised"]):
        return _("Đạt đủ tiêu chí, chưa công nhận") if meets_all else _("Chưa công nhận")
    return _("Đạt đủ tiêu chí, chưa rõ đã công nhận hay chưa") if meets_all else _("Chưa rõ đã công nhận hay chưa")


def of_total(row: Mapping[str, Any], total: int) -> str:
    """Say how many criteria a commune meets of how many: "17/19", "ít nhất 11/19"; unknown in words."""
    if not row["assessed"]:
        return text.number(None)
    return f"{coverage.count(row['met_low'], row['met_high'], row['assessed'])}/{total}"


def rows(data: Dataset, communes: pd.DataFrame) -> pd.DataFrame:
    """Return communes of one period as rows to read.

    Columns: those of metrics.commune_table; tier_words, recognition (in words), lacking (numbers of criteria, in text;
    "?" is written for those that are not known).
    """
    words = labels.tiers(data.reference.tiers)
    lacking = data.lacking_at(communes["period"].iloc[0]) if len(communes) else {}
    return communes.assign(
        tier_words=communes["tier"].map(words),
        recognition=[recognition(row) for row in communes.to_dict("records")],
        lacking=[_numbers(lacking[code]) for code in communes.index],
    )


def _numbers(lacks: Lacking) -> str:
    """The numbers of the criteria that a commune lacks; "?" is written for those that are not known."""
    return ", ".join([*map(str, lacks.criteria), *(["?"] if lacks.unknown else [])])


def columns(reference: Reference, *, group: bool = True) -> dict[str, Column]:
    """Return the columns of a table of communes (see rows); `group`: whether with the group of each."""
    every = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(reference), optional=True),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "change": Column(_("So với mốc"), lambda value: text.number(value, signed=True)),
        "tier_words": Column(_("Nhóm")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    return every if group else {name: column for name, column in every.items() if name != "group"}


def counted(rows: pd.DataFrame, flag: str, heading: str) -> Column:
    """Return the column of a number of communes in metrics.summary; where it is a lower bound, its heading says so."""
    certain = not rows[f"{flag}_unknown"].any()

    def write(count: float) -> str:
        return text.number(count if count or certain else None)  # "at least none" says nothing

    return Column(labels.at_least(heading, certain=certain), write)


def reporting_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return reporting.by_group in words, for the columns of reporting_columns."""
    return table.assign(
        communes_words=[f"{text.number(row.whole)}/{text.number(row.communes)}" for row in table.itertuples()],
        cells_words=[f"{text.number(row.cells)}/{text.number(row.cells_total)}" for row in table.itertuples()],
        day=["" if pd.isna(moment) else text.day(moment) for moment in table["created_at"]],
        author_name=["" if pd.isna(author) else labels.author(author) for author in table["author"]],
    )


def reporting_columns() -> dict[str, Column]:
    """Return the columns of a table of who has reported."""
    return {
        "label": Column(_("Đơn vị")),
        "communes_words": Column(_("Xã đã báo cáo đủ")),
        "cells_words": Column(_("Kết quả đã có")),
        "share": Column(_("Mức đầy đủ"), text.percent),
        "day": Column(_("Ngày cập nhật")),
        "author_name": Column(_("Người cập nhật")),
    }
