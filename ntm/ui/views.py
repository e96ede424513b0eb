"""Pieces that several pages show: tier bars, communes as a table, a commune's criteria."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ntm import charts, labels, metrics, narrative, palette, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, state, templates
from ntm.ui.blocks import Column


def chosen_districts(data: Dataset) -> list[str]:
    """Return the codes of the districts that the sidebar filters by; all of them where nothing is chosen."""
    return state.get("districts") or list(data.reference.districts.index)


def filter_words(data: Dataset) -> str:
    """Say the districts' filter in words: "Toàn tỉnh", or the districts' names."""
    chosen = state.get("districts")
    return ", ".join(data.reference.districts.loc[chosen, "label"]) if chosen else _("Toàn tỉnh")


def commune_names(data: Dataset) -> dict[str, str]:
    """Return the communes as choices: code → "Mường Tè (Mường Tè) · muong te".

    The name without marks is there because the search in a selectbox finds only what stands in the words.
    """
    communes = data.reference.communes
    return {
        code: f"{row['label']} ({row['district']}) · {text.plain(row['label'])}"
        for code, row in communes.to_dict("index").items()
    }


def criteria_names(data: Dataset) -> dict[str, str]:
    """Return the communes' criteria as choices: number (as text) → "10. Thu nhập"."""
    criteria = data.reference.criteria_of(data.reference.plan.commune_set)
    return {str(number): f"{number}. {either(row, 'name')}" for number, row in criteria.to_dict("index").items()}


def chosen_criterion(data: Dataset) -> str:
    """Return the number (as text) of the criterion that the map shows alone; the first where none is chosen."""
    return state.get("criterion") or next(iter(criteria_names(data)))


def chosen_communes(data: Dataset, period: str) -> pd.DataFrame:
    """Return the communes of the chosen districts at a period."""
    communes = data.communes_at(period)
    return communes[communes["district_code"].isin(chosen_districts(data))]


def tier_words(data: Dataset) -> dict[str, str]:
    """Return tier id → words, best first, "unknown" last."""
    plan = data.reference.plan
    return {tier.id: labels.tier(plan, tier.id) for tier in plan.tiers} | {metrics.UNKNOWN: _("Không có số liệu")}


def tier_columns(data: Dataset, first: str) -> dict[str, Column]:
    """Return the columns of a long table of tier counts."""
    words = tier_words(data)
    return {
        "row": Column(first),
        "tier": Column(_("Nhóm"), words.__getitem__),
        "communes": Column(_("Số xã"), text.number),
        "share": Column(_("Tỷ lệ"), text.percent),
    }


def plan_tiers(data: Dataset, period: str) -> pd.DataFrame:
    """Return the province's tiers at the baseline, at a period, and as planned: row, tier, communes, share."""
    plan = data.reference.plan
    figures = plan.tier_targets()
    rows = [
        _tier_row(_("Mốc {date} (công bố)", date=text.date(plan.baseline_date)), {k: v[0] for k, v in figures.items()}),
        metrics.tier_counts(data.communes_at(period), plan.tiers).assign(
            row=_("Thực hiện {date}", date=text.date(period))
        ),
        _tier_row(_("Mục tiêu {date}", date=text.date(plan.due_date)), {k: v[1] for k, v in figures.items()}),
    ]
    return pd.concat(rows, ignore_index=True)


def _tier_row(row: str, counts: dict[str, float | None]) -> pd.DataFrame:
    communes = pd.Series({tier: count or 0 for tier, count in counts.items()}, dtype=float)
    return pd.DataFrame(
        {"row": row, "tier": communes.index, "communes": communes.to_numpy(), "share": communes / communes.sum()}
    )


def tier_figure(
    data: Dataset,
    rows: pd.DataFrame,
    title: str,
    *,
    name: str,
    period: str,
    note: str = "",
    share=False,
    scope: str = "",
):
    """Draw stacked tiers with their table and downloads. `scope`: what they cover, where it is not the filter."""
    words, colours = tier_words(data), palette.tier_colours(data.reference.plan.tiers)
    blocks.figure(
        title,
        lambda: charts.stacked_tiers(rows, words, colours, share=share),
        rows[rows["communes"] > 0],
        tier_columns(data, _("Hàng")),
        data=data,
        period=period,
        scope=scope or filter_words(data),
        name=name,
        note=note,
    )


def pass_rates(
    data: Dataset,
    communes: pd.DataFrame,
    criteria_set: str,
    criteria: list[int],
    period: str,
    *,
    name: str,
    note: str = "",
    on_select: Callable[[str], None] | None = None,
) -> None:
    """Draw how many of the communes meet each of some criteria of a set, now and at the baseline, hardest first."""
    plan, every = data.reference.plan, data.reference.criteria_of(criteria_set)

    def rates(day: str) -> pd.DataFrame:
        assessed = data.assessments_at(day, criteria_set)
        return metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], criteria)

    rows = rates(period).assign(
        baseline_rate=rates(plan.baseline_period)["rate"],
        row=[f"{number}. {either(every.loc[number], 'name')}" for number in criteria],
    )
    rows = rows.sort_values("rate", kind="stable")
    said = _("Thanh: nay; vạch: mốc {date}.", date=text.date(plan.baseline_date))
    blocks.figure(
        _("Khó nhất: {criteria}", criteria=narrative.names(rows.dropna(subset="rate").head(3)["row"])),
        lambda: charts.pass_rates(rows, baseline=text.date(plan.baseline_date), now=text.date(period)),
        rows,
        {
            "row": Column(_("Tiêu chí")),
            "met": Column(_("Số xã đạt"), text.number),
            "assessed": Column(_("Số xã có số liệu"), text.number),
            "rate": Column(_("Tỷ lệ đạt"), text.percent),
            "baseline_rate": Column(_("Tại mốc"), text.percent),
        },
        data=data,
        period=period,
        scope=filter_words(data),
        name=name,
        note=f"{said} {note}".strip(),
        on_select=on_select,
    )


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


def commune_rows(data: Dataset, communes: pd.DataFrame) -> pd.DataFrame:
    """Return communes as rows to read: metrics.commune_table plus tier_words, recognition (in words), lacking."""
    words = tier_words(data)
    lacking = lacking_criteria(data, communes)
    return communes.assign(
        tier_words=communes["tier"].map(words),
        recognition=[recognition(row) for row in communes.to_dict("records")],
        lacking=[", ".join(map(str, lacking.get(code, []))) for code in communes.index],
    )


def lacking_criteria(data: Dataset, communes: pd.DataFrame) -> dict[str, list[int]]:
    """Return the numbers of the criteria that each commune does not meet, at the period of these communes."""
    return data.lacking_at(communes["period"].iloc[0]) if len(communes) else {}


def commune_columns(*, district: bool = True) -> dict[str, Column]:
    """Return the columns of a table of communes (see commune_rows)."""
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "change": Column(_("So với mốc"), lambda value: text.number(value, signed=True)),
        "tier_words": Column(_("Nhóm")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    return columns if district else {name: column for name, column in columns.items() if name != "district"}


def criteria_list(criteria: pd.DataFrame, answers: pd.Series, since: dict[int, str] | None = None) -> None:
    """Draw criteria (indexed by number) with their answers: number → True (met) or False; others are unknown."""
    words = {"met": ("✓", _("Đạt")), "not_met": ("✕", _("Chưa đạt")), "unknown": ("?", _("Chưa rõ"))}
    items = []
    for number, criterion in criteria.to_dict("index").items():
        answer = "unknown" if number not in answers.index else "met" if answers[number] else "not_met"
        sign, word = words[answer]
        items.append(
            {
                "number": number,
                "name": either(criterion, "name"),
                "answer": answer,
                "sign": sign,
                "words": word,
                "since": (since or {}).get(number, ""),
            }
        )
    templates.show("criteria", items=items)


def unit_picker(label: str, name: str, options: Iterable[str], words: dict[str, str], shown: str) -> str:
    """Draw a selectbox of units bound to the URL; return the chosen code, or `shown` where none is chosen."""
    options = list(options)
    state.allowed(name, options)
    st.selectbox(label, options, format_func=words.__getitem__, **state.bound(name, shown))
    return state.get(name) or shown
