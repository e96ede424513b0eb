"""The page to look everything up: all communes with all criteria, filtered, grouped, with totals that follow."""

import pandas as pd
import streamlit as st

from ntm import coverage, labels, listing, metrics, narrative, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column, as_read
from ntm.markdown import plain
from ntm.text import _, plural
from ntm.ui import blocks, connect, filters, state, views


def _unknown(dataset: Dataset, period: str) -> int:
    """How many communes may match the filters too, once they have reported."""
    covered = dataset.coverage(period, views.chosen(dataset))
    return covered.total - covered.known if filters.ask_for_facts() else 0


def matching(dataset: Dataset, communes: pd.DataFrame, period: str) -> str:
    """Say how many communes match the filters, as far as it is certain."""
    found, unknown = len(communes), _unknown(dataset, period)
    return coverage.count(found, found + unknown, found) if found else text.number(found)


def nobody(dataset: Dataset, period: str) -> str:
    """Say that no commune matches every filter, or that it is not known of some."""
    unknown = _unknown(dataset, period)
    if not unknown:
        return _("Không có xã nào khớp mọi bộ lọc. Bỏ bớt một bộ lọc.")
    return plural("Chưa biết xã nào khớp mọi bộ lọc; {count} xã chưa báo cáo đủ.", unknown)


def totals(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw what the filter leaves in four figures, after who has reported of those that it is applied to."""
    covered = views.say_reported(views.chosen_communes(dataset, period))
    figures = metrics.summary(communes.assign(everything=""), "everything").iloc[0]
    count, average, recognised, risk = st.columns(4)
    count.metric(_("Số xã"), matching(dataset, communes, period))
    label, value = views.average(covered, figures)
    average.metric(plain(label), value)
    recognised.metric(_("Đã công nhận"), narrative.certain(figures, "recognised"))
    risk.metric(_("Đã công nhận, nay thiếu tiêu chí"), narrative.certain(figures, "at_risk"))


def ways(dataset: Dataset) -> dict[str, str]:
    """Return the ways to group: key → words."""
    groups = {"group": labels.group_heading(dataset.reference)} if len(dataset.reference.groups) else {}
    return {"": _("Không nhóm"), **groups, "tier": _("Nhóm tiêu chí"), "criterion": _("Tiêu chí")}


def way_picker(dataset: Dataset) -> str:
    """Draw the choice of how to group; return its key."""
    options = ways(dataset)
    state.allowed("by", list(options))
    st.segmented_control(
        _("Nhóm theo"), list(options), format_func=options.__getitem__, required=True, **state.bound("by", "")
    )
    return state.get("by")


def grouped(dataset: Dataset, communes: pd.DataFrame, period: str, by: str, scope: str) -> None:
    """Draw counts and averages by group or tier, or the pass rates by criterion."""
    rows, columns = _by_criterion(dataset, communes, period) if by == "criterion" else _by_column(dataset, communes, by)
    blocks.table(rows, columns)
    blocks.downloads(rows, columns, provenance.facts(dataset, period, scope), _("Tra cứu theo nhóm"))


def _by_column(dataset: Dataset, communes: pd.DataFrame, by: str) -> tuple[pd.DataFrame, dict[str, Column]]:
    words = labels.tiers(dataset.reference.tiers) if by == "tier" else dataset.reference.groups["label"].to_dict()
    figures = metrics.summary(communes, "tier" if by == "tier" else "group_code")
    figures = figures.reindex([key for key in words if key in figures.index])
    columns = {
        "row": Column(ways(dataset)[by]),
        "communes": Column(_("Số xã"), text.number),
        "known": Column(_("Xã đã báo cáo đủ"), text.number),
        "average": Column(_("Bình quân tiêu chí"), lambda value: text.number(value, 1)),
        "recognised": listing.counted(figures, "recognised", _("Đã công nhận")),
        "at_risk": listing.counted(figures, "at_risk", _("Đã công nhận, nay thiếu tiêu chí")),
    }
    return figures.assign(row=[words[key] for key in figures.index]), columns


def _by_criterion(dataset: Dataset, communes: pd.DataFrame, period: str) -> tuple[pd.DataFrame, dict[str, Column]]:
    names = views.criteria_names(dataset)
    assessed = dataset.assessments_at(period, dataset.reference.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], [int(number) for number in names])
    columns = {
        "row": Column(_("Tiêu chí")),
        "met": Column(_("Số xã đạt"), text.number),
        "lacking": Column(_("Số xã chưa đạt"), text.number),
        "unknown": Column(_("Số xã chưa có số liệu"), text.number),
        "rate": Column(_("Tỷ lệ đạt trên số xã có số liệu"), text.percent),
    }
    lacking, unknown = rates["assessed"] - rates["met"], len(communes) - rates["assessed"]
    return rates.assign(row=list(names.values()), lacking=lacking, unknown=unknown), columns


def everything(dataset: Dataset, communes: pd.DataFrame, period: str, scope: str) -> None:
    """Draw a row per commune: its results, and a tick for each criterion that it meets. `scope`: in words."""
    reference = dataset.reference
    criteria = dataset.reference.criteria_of(reference.commune_set)
    wide = dataset.answers_at(period).loc[communes.index]
    answers = {1.0: _("Đạt"), 0.0: _("Chưa đạt")}
    ticks = wide.replace({1.0: True, 0.0: False}).astype(object).where(wide.notna(), None)
    rows = listing.rows(dataset, communes)
    columns = listing.columns(dataset.reference)
    numbered = {str(number): name for number, name in labels.criteria(criteria).items()}
    shown = as_read(rows, columns).join(ticks.rename(columns=str))
    config = {
        columns["met"].heading: st.column_config.ProgressColumn(max_value=len(criteria), min_value=0, format="%d"),
        **{number: st.column_config.CheckboxColumn(number, help=name, width=34) for number, name in numbered.items()},
    }
    st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        height=520,
        placeholder=_("không có số liệu"),
        **views.selecting(list(rows.index), "everything"),
    )
    views.offer_commune(rows)
    in_words = wide.astype(object).replace(answers).where(wide.notna(), _("không có số liệu"))
    answered = rows.join(in_words.rename(columns=str))
    every = columns | {number: Column(name) for number, name in numbered.items()}
    live = connect.communes(dataset, period, filters.asked(dataset))
    blocks.downloads(answered, every, provenance.facts(dataset, period, scope), _("Tra cứu các xã"), live)
