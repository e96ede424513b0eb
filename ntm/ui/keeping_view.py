"""The page of keeping the standard: who of the recognised no longer meets all, since when, lacking what."""

import pandas as pd
import streamlit as st

from ntm import listing, narrative, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.text import _, either
from ntm.ui import blocks, views


def recognised(dataset: Dataset, period: str) -> pd.DataFrame:
    """Return the chosen districts' communes that were recognised at the plan's baseline: those to be kept."""
    communes = views.chosen_communes(dataset, period)
    return communes[communes["recognised_at_baseline"]]


def fallen(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw who no longer meets all criteria: which are missing, and since when."""
    missing = communes[communes["at_risk"]]
    since = dataset.lacking_since(period)
    criteria = dataset.reference.criteria_of(dataset.reference.plan.commune_set)
    rows = missing.assign(
        figure=[listing.of_total(met, len(criteria)) for met in missing["met"]],
        lacking=[_lacking(since[since["unit_code"] == code], criteria) for code in missing.index],
    )
    st.header(
        _("{count} xã đã công nhận nay không đủ tiêu chí", count=len(missing)),
        anchor=False,
    )
    if missing.empty:
        st.success(_("Mọi xã đã công nhận có số liệu đều giữ đủ tiêu chí."), icon=":material/verified:")
        return
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "figure": Column(_("Tiêu chí đạt")),
        "lacking": Column(_("Thiếu tiêu chí nào, từ kỳ nào")),
    }
    blocks.reading_table(rows, columns, provenance.line(dataset, period))
    facts = provenance.facts(dataset, period, views.filter_words(dataset))
    blocks.downloads(rows, columns, facts, _("Xã không giữ được chuẩn"))


def _lacking(since: pd.DataFrame, criteria: pd.DataFrame) -> str:
    parts = [
        _(
            "{number}. {name} (từ {date})",
            number=row.criterion,
            name=either(criteria.loc[row.criterion], "name"),
            date=text.date(row.since),
        )
        for row in since.itertuples()
    ]
    return "; ".join(parts)


def wavering(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Name the recognised that meet all now but missed a criterion at an earlier period: the first to be watched."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.commune_set)
    steady = communes[communes["meets_all"]].index
    past = dataset.of_set(plan.commune_set)
    past = past[(past["period"] < period) & ~past["met"] & past["unit_code"].isin(steady)]
    st.header(_("Cần theo dõi: nay đủ, nhưng từng thiếu trong các kỳ trước"), anchor=False)
    if past.empty:
        st.markdown(_("Không có xã nào."))
        return
    lines = []
    for code, missed in past.groupby("unit_code", sort=False):
        numbers = sorted(set(missed["criterion"]))
        days = ", ".join(map(text.date, sorted(set(missed["period"]))))
        row = communes.loc[code]
        lines.append((row["label"], row["district"], narrative.missing(criteria, numbers), days))
    rows = pd.DataFrame(lines, columns=["label", "district", "lacking", "days"])
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "lacking": Column(_("Từng thiếu")),
        "days": Column(_("Ở kỳ")),
    }
    blocks.reading_table(rows, columns, provenance.line(dataset, period))
