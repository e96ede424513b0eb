"""The criteria page's pieces: one criterion alone, and the order of the grid."""

import pandas as pd
import streamlit as st

from ntm import labels, metrics, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.figures import criteria
from ntm.markdown import plain
from ntm.reference import Reference
from ntm.selection import Selection
from ntm.text import _
from ntm.ui import blocks, connect, state, views


def one(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw one criterion alone: who does not meet it, since when, and where that is on the map."""
    names = views.criteria_names(dataset)
    state.allowed("criterion", names)
    assessed = dataset.assessments_at(period, dataset.reference.commune_set)
    chosen = state.get("criterion") or _hardest(assessed[assessed["unit_code"].isin(communes.index)], names)
    st.header(_("Một tiêu chí"), anchor=False)
    bound = state.bound("criterion", chosen)
    st.selectbox(_("Tiêu chí"), list(names), format_func=names.__getitem__, **bound)
    answers = assessed[assessed["criterion"] == int(chosen)].set_index("unit_code")["met"].reindex(communes.index)
    since = dataset.lacking_since(period)
    since = since[since["criterion"] == int(chosen)].set_index("unit_code")
    failing = communes[answers.eq(False)].join(since[["since", "ever_met"]])
    st.markdown(
        _(
            "**{met} xã đạt, {failing} xã chưa đạt**, {unknown} xã không có số liệu.",
            met=plain(text.number(answers.eq(True).sum())),
            failing=plain(text.number(len(failing))),
            unknown=plain(text.number(answers.isna().sum())),
        )
    )
    rows = failing.assign(
        since=[
            text.date(row.since) if row.ever_met else _("{date} hoặc trước đó", date=text.date(row.since))
            for row in failing.itertuples()
        ],
        lost=[_("từng đạt") if ever else _("chưa từng đạt ở các kỳ có số liệu") for ever in failing["ever_met"]],
    )
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "since": Column(_("Chưa đạt từ kỳ")),
        "lost": Column(_("Trước đó")),
    }
    rows = rows.sort_values("met", ascending=False, kind="stable")
    views.commune_table(rows, columns, "criterion table", height=320)
    facts = provenance.facts(dataset, period, f"{views.filter_words(dataset)}; {names[chosen]}")
    live = connect.communes(dataset, period, Selection(groups=views.chosen(dataset), lacking=(chosen,)))
    blocks.downloads(rows, columns, facts, _("Xã chưa đạt một tiêu chí"), live)
    blocks.go("pages/map.py", _("Xem tiêu chí này trên bản đồ"), layer="criterion", criterion=chosen)


def _hardest(assessed: pd.DataFrame, names: dict[str, str]) -> str:
    rates = metrics.pass_rates(assessed, [int(number) for number in names])
    return str(rates.sort_values("rate", kind="stable")["criterion"].iloc[0])


def choose(number: str) -> None:
    """Open one criterion, as a click on it in a chart asks."""
    state.put("criterion", number)


def order(reference: Reference) -> str:
    """Draw the choice of the grid's order; return it (see figures.criteria.orders)."""
    options = criteria.orders(reference)
    state.allowed("sort", list(options))
    st.segmented_control(
        _("Xếp các xã theo"), list(options), format_func=options.__getitem__, required=True, **state.bound("sort", "")
    )
    return state.get("sort")
