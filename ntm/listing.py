"""Communes as rows to read: where each stands, in words. Shared by pages, files, slides and reports."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ntm import labels, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.text import _


def recognition(row: Mapping[str, Any]) -> str:
    """Say of a commune whether it is recognised, and whether it still meets all: two facts."""
    if row["at_risk"]:
        return _("Đã công nhận, nay thiếu tiêu chí")
    if row["newly_recognised"]:
        return _("Mới công nhận")
    if row["recognised"]:
        return _("Đã công nhận")
    return _("Đạt đủ tiêu chí, chưa công nhận") if row["meets_all"] else _("Chưa công nhận")


def of_total(met: float, total: int) -> str:
    """Say how many criteria are met of how many: "17/19"; unknown in words."""
    return f"{text.number(met)}/{total}" if pd.notna(met) else text.number(None)


def rows(data: Dataset, communes: pd.DataFrame) -> pd.DataFrame:
    """Return communes of one period as rows to read.

    Columns: those of metrics.commune_table; tier_words, recognition (in words), lacking (numbers of criteria, in text).
    """
    words = labels.tiers(data.reference.plan)
    lacking = data.lacking_at(communes["period"].iloc[0]) if len(communes) else {}
    return communes.assign(
        tier_words=communes["tier"].map(words),
        recognition=[recognition(row) for row in communes.to_dict("records")],
        lacking=[", ".join(map(str, lacking.get(code, []))) for code in communes.index],
    )


def columns(*, district: bool = True) -> dict[str, Column]:
    """Return the columns of a table of communes (see rows)."""
    every = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "change": Column(_("So với mốc"), lambda value: text.number(value, signed=True)),
        "tier_words": Column(_("Nhóm")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    return every if district else {name: column for name, column in every.items() if name != "district"}
