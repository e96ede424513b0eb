"""The scoreboard: a plan's targets as rows from baseline over actual to target, for the province or one group."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ntm import labels, narrative, progress, provenance, text
from ntm.dataset import Dataset
from ntm.plan import Target
from ntm.text import _, either
from ntm.ui import templates
from ntm.world import SAMPLE


def show(data: Dataset, table: pd.DataFrame, period: str, caption: str, *, judged: bool = True) -> None:
    """Draw progress.progress as the scoreboard; without targets, way and status where nothing is `judged`."""
    rows = [_row(data.reference.target(target_id), figures) for target_id, figures in table.iterrows()]
    _draw(data, rows, table["kinds"], period, caption, judged=judged)


def show_groups(data: Dataset, tables: Mapping[str, pd.DataFrame], period: str) -> None:
    """Draw several groups' targets (code → progress.progress of the group) as one scoreboard."""
    reference, names = (
        data.reference,
        data.reference.groups["label"].to_dict() | data.reference.units["label"].to_dict(),
    )
    rows = []
    for code, table in tables.items():
        for target_id, figures in table.iterrows():
            row = _row(reference.target(target_id), figures)
            rows.append(row | {"name": f"{names[code]}: {row['name']}"})
    kinds = pd.concat([table["kinds"] for table in tables.values()])
    _draw(data, rows, kinds, period, _("Theo {plan}", plan=provenance.plan(data)))


def _draw(data: Dataset, rows: list[Any], kinds: pd.Series, period: str, caption: str, *, judged: bool = True) -> None:
    used = frozenset().union(*kinds)
    alike = all(kind in (used, frozenset()) for kind in kinds)  # else each row says what kind its figure is of
    if not alike:
        rows = [row | {"kind": labels.kinds(kind)} for row, kind in zip(rows, kinds, strict=True)]
    templates.show(
        "scoreboard",
        rows=rows,
        caption=caption,
        judged=judged,
        date=text.date(period),
        baseline_date=text.date(data.reference.baseline_date),
        kind=labels.kinds(used) if alike else "",
    )


def _row(target: Target, figures: pd.Series) -> dict[str, object]:
    def number(value: float) -> str:
        return text.number(value, target.decimals)

    own = figures["status"] != progress.NO_OWN_TARGET
    share, expected = figures["share"], share_expected(figures)
    return {
        "name": either(target, "name"),
        "note": narrative.reading(target, figures) if own else _contribution(target, figures),
        "baseline": number(figures["literal_baseline"]),
        "baseline_kind": labels.kind(figures["baseline_kind"]) if figures["baseline_kind"] == SAMPLE else "",
        "actual": narrative.actual(target, figures),
        "certain": figures["literal_low"] == figures["literal_high"],
        "coverage": narrative.reported(target, figures),
        "of_reported": narrative.of_reported(target, figures),
        "kind": "",
        "target": number(figures["literal_target"]) if own else "–",
        "share_words": text.percent(share) if own and pd.notna(share) else "",
        "width": min(max(share, 0), 1) * 100 if pd.notna(share) else 0,
        "expected": expected,
        "status": figures["status"],
        "status_words": labels.status(figures["status"]),
    }


def share_expected(figures: pd.Series) -> float | None:
    """Return where on the way a straight line would be by now, in percent; None where there is no way to go."""
    share = progress.share_of_way(figures["baseline"], figures["expected"], figures["target"])
    return None if share is None or math.isnan(share) else share * 100


def _contribution(target: Target, figures: pd.Series) -> str:
    if pd.isna(figures["province_actual"]):
        return _("số của tỉnh: chưa đủ số liệu")
    return _(
        "đóng góp vào số của tỉnh: {province} {unit}",
        province=text.number(figures["province_actual"], target.decimals),
        unit=labels.unit_of_measure(target.unit),
    )
