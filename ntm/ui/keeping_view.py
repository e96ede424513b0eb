"""The page of keeping the standard: who of the recognised no longer meets all, since when, lacking what."""

import pandas as pd
import streamlit as st

from ntm import labels, listing, narrative, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.markdown import plain
from ntm.selection import Selection
from ntm.text import _, plural
from ntm.ui import blocks, connect, views


def recognised(dataset: Dataset, period: str) -> pd.DataFrame:
    """Return the chosen groups' communes that were recognised at the plan's baseline: those to be kept."""
    communes = views.chosen_communes(dataset, period)
    return communes[communes["recognised_at_baseline"].fillna(False)]


def nobody(dataset: Dataset, period: str) -> str:
    """Say that none of the chosen groups' communes was recognised at the baseline, or that it is not known."""
    if views.chosen_communes(dataset, period)["recognised_at_baseline"].isna().any():
        return _("Chưa rõ xã nào trong phạm vi đã chọn được công nhận đến mốc.")
    return _("Phạm vi đã chọn không có xã nào được công nhận đến mốc.")


def fallen(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw who no longer meets all criteria: which are missing, and since when."""
    missing = communes[communes["at_risk"].fillna(False)]
    since = dataset.lacking_since(period)
    criteria = dataset.reference.criteria_of(dataset.reference.commune_set)
    rows = missing.assign(
        figure=[listing.of_total(row, len(criteria)) for row in missing.to_dict("records")],
        lacking=[_lacking(since[since["unit_code"] == code], criteria) for code in missing.index],
    )
    st.header(plain(narrative.at_risk(communes)), anchor=False)
    unknown = _unknown(dataset, communes, period)
    if unknown:
        st.info(plain(unknown), icon=":material/pending:")
    if missing.empty:
        if not unknown:
            st.success(_("Mọi xã đã công nhận đều giữ đủ tiêu chí."), icon=":material/verified:")
        return
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "figure": Column(_("Tiêu chí đạt")),
        "lacking": Column(_("Thiếu tiêu chí nào, từ kỳ nào")),
    }
    blocks.reading_table(rows, columns, provenance.line(dataset, period))
    facts = provenance.facts(dataset, period, views.filter_words(dataset))
    live = connect.communes(dataset, period, Selection(groups=views.chosen(dataset), recognition=("at-risk",)))
    blocks.downloads(rows, columns, facts, _("Xã không giữ được chuẩn"), live)


def _unknown(dataset: Dataset, communes: pd.DataFrame, period: str) -> str:
    """Say of whom it is not known if they keep the standard, or if they were recognised at all; empty if of nobody."""
    unclear = views.chosen_communes(dataset, period)["recognised_at_baseline"].isna().sum()
    unknown = communes["kept"].isna().sum()
    if not unknown and not unclear:
        return ""
    parts = [
        _(
            "Chưa kết luận được: {unknown}/{total} xã đã biết là được công nhận đến mốc chưa báo cáo đủ",
            unknown=text.number(unknown),
            total=text.number(len(communes)),
        )
    ]
    if unclear:
        parts.append(plural("{count} xã chưa rõ đã được công nhận đến mốc hay chưa", unclear))
    return "; ".join(parts) + "."


def _lacking(since: pd.DataFrame, criteria: pd.DataFrame) -> str:
    parts = [
        _(
            "{criterion} (từ {date})",
            criterion=narrative.criteria_names(criteria, [row.criterion]),
            date=text.date(row.since),
        )
        if row.ever_met  # else it is not known since when
        else _(
            "{criterion} (từ {date} hoặc trước đó)",
            criterion=narrative.criteria_names(criteria, [row.criterion]),
            date=text.date(row.since),
        )
        for row in since.itertuples()
    ]
    return "; ".join(parts)


def wavering(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Name the recognised that meet all now but missed a criterion at an earlier period: the first to be watched."""
    reference = dataset.reference
    criteria = dataset.reference.criteria_of(reference.commune_set)
    steady = communes[communes["meets_all"].fillna(False)].index
    past = dataset.of_set(reference.commune_set)
    past = past[(past["period"] < period) & ~past["met"] & past["unit_code"].isin(steady)]
    st.header(_("Cần theo dõi: nay đủ, nhưng từng thiếu trong các kỳ trước"), anchor=False)
    if past.empty:
        whole = not communes["meets_all"].isna().any() and dataset.period_before(period) is not None
        st.markdown(_("Không có xã nào.") if whole else _("Chưa đủ số liệu các kỳ trước để kết luận."))
        return
    lines = []
    for code, missed in past.groupby("unit_code", sort=False):
        numbers = sorted(set(missed["criterion"]))
        days = ", ".join(map(text.date, sorted(set(missed["period"]))))
        row = communes.loc[code]
        lines.append((row["label"], row["group"], narrative.criteria_names(criteria, numbers), days))
    rows = pd.DataFrame(lines, columns=["label", "group", "lacking", "days"])
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "lacking": Column(_("Từng thiếu")),
        "days": Column(_("Ở kỳ")),
    }
    blocks.reading_table(rows, columns, provenance.line(dataset, period))
