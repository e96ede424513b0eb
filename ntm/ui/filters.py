"""The filters that leave some communes: districts (in the sidebar), tier, recognition, criteria that they lack."""

import pandas as pd
import streamlit as st

from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import data, state, views


def picker(dataset: Dataset, period: str) -> None:
    """Draw the menu of the filters; its label says how many are set."""
    choices = {name: _choices(dataset, period, name) for name in ("tiers", "recognition", "lacking")}
    for name, options in choices.items():
        state.allowed(name, options)
    labels = {"tiers": _("Nhóm tiêu chí"), "recognition": _("Công nhận"), "lacking": _("Còn thiếu mọi tiêu chí này")}
    count = sum(bool(state.get(name)) for name in choices)
    title = _("Lọc xã ({count})", count=count) if count else _("Lọc xã")
    with st.popover(title, icon=":material/filter_alt:", key="filters"):
        for name, options in choices.items():
            st.multiselect(
                labels[name],
                list(options),
                format_func=options.__getitem__,
                placeholder=_("Tất cả"),
                **state.bound(name),
            )


def _choices(dataset: Dataset, period: str, name: str) -> dict[str, str]:
    if name == "tiers":
        return views.tier_words(dataset)
    if name == "lacking":
        return views.criteria_names(dataset)
    return {step.id: step.words for step in data.map_layer("recognition", period, 1).steps}


def chosen(dataset: Dataset, period: str) -> pd.DataFrame:
    """Return the communes that all filters leave, at a period."""
    communes = views.chosen_communes(dataset, period)
    if tiers := state.get("tiers"):
        communes = communes[communes["tier"].isin(tiers)]
    if recognition := state.get("recognition"):
        classes = data.map_layer("recognition", period, 1).classes
        communes = communes[classes.loc[communes.index].isin(recognition)]
    if wanted := {int(number) for number in state.get("lacking")}:
        lacking = views.lacking_criteria(dataset, communes)
        communes = communes[[wanted <= set(lacking.get(code, ())) for code in communes.index]]
    return communes


def words(dataset: Dataset, period: str) -> str:
    """Say all filters in words: "Than Uyên; nhóm: 15–18 tiêu chí; thiếu: 10. Thu nhập"."""
    parts = [views.filter_words(dataset)]
    for name, said in (("tiers", _("nhóm")), ("recognition", _("công nhận")), ("lacking", _("thiếu"))):
        options = _choices(dataset, period, name)
        names = [options[option] for option in state.get(name) if option in options]
        if names:
            parts.append(f"{said}: {', '.join(names)}")
    return "; ".join(parts)
