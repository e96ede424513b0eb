"""The tiers page's pieces other than its figures: its choices, and who is nearest to the next tier."""

import pandas as pd
import streamlit as st

from ntm import coverage, labels, listing, metrics, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.markdown import Markdown, plain
from ntm.text import _, plural
from ntm.ui import blocks, state, views


def since(dataset: Dataset, period: str) -> str | None:
    """Draw the choice of the period to compare with; return it, or None where there is no earlier one."""
    earlier = [day for day in dataset.periods if day < period]
    if not earlier:
        return None
    state.allowed("since", earlier)
    chosen = state.get("since") or earlier[0]
    st.selectbox(_("So với kỳ"), earlier, format_func=text.date, **state.bound("since", chosen))
    return chosen


def measure() -> bool:
    """Draw the choice between numbers of communes and shares; return whether it is shares."""
    measures = {"": _("Số xã"), "share": _("Tỷ lệ")}
    state.allowed("measure", list(measures))
    st.segmented_control(
        _("Cách xem"), list(measures), format_func=measures.__getitem__, required=True, **state.bound("measure", "")
    )
    return state.get("measure") == "share"


def next_tier(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Say how many communes need how many criteria to the next tier, and list them, the nearest first."""
    reference = dataset.reference
    near = metrics.to_next_tier(communes, reference.tiers)
    st.header(_("Gần lên nhóm trên nhất"), anchor=False)
    if near.empty:
        covered = coverage.of(communes)
        best = _("Mọi xã đã ở nhóm cao nhất.")
        st.markdown(plain(coverage.headed(covered, best, _("Các xã đã báo cáo đủ đều ở nhóm cao nhất."))))
        return
    one = near[near["needed"] == 1]
    counts = one["next_tier"].value_counts()
    lines = [
        plural(
            "**{count} xã** chỉ cần thêm một tiêu chí để đạt {tier}: {names}.",
            counts[tier.id],
            tier=labels.tier(reference.tiers, tier.id),
            names=plain(", ".join(one.loc[one["next_tier"] == tier.id, "label"])),
        )
        for tier in reference.tiers
        if tier.id in counts
    ]
    st.markdown(plain(Markdown("\n".join(f"- {line}" for line in lines))))
    rows = listing.rows(dataset, near).assign(
        next_words=near["next_tier"].map(labels.tiers(reference.tiers)), needed=near["needed"]
    )
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "needed": Column(_("Cần thêm"), text.number),
        "next_words": Column(_("Để đạt nhóm")),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    views.commune_table(rows, columns, "next tier table", height=320)
    facts = provenance.facts(dataset, period, views.filter_words(dataset))
    blocks.downloads(rows, columns, facts, _("Gần lên nhóm trên"))
