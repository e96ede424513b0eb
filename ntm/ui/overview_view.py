"""The overview's pieces: the communes that the plan names, the districts' own targets, who lags, what changed."""

import pandas as pd
import streamlit as st

from ntm import listing, metrics, narrative, progress, provenance, reporting, text
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.text import _, either
from ntm.ui import blocks, data, scoreboard, views

NOT_REACHED = (progress.BEHIND, progress.MISSED, progress.ON_TRACK)


def reporting_state(dataset: Dataset, period: str) -> None:
    """Say who has reported, the outstanding districts first; nothing for the sample, which nobody has reported."""
    if dataset.is_sample:
        return
    covered = dataset.coverage(period)
    table = reporting.by_district(dataset, period)
    done = int((table["whole"] == table["communes"]).sum())
    title = _("Đã báo cáo: {done}/{count} huyện, {communes}", done=done, count=len(table), communes=covered.words())
    waiting = table.loc[table["cells"] == 0, "label"]
    if len(waiting):
        title += ". " + _("Chưa báo cáo: {names}", names=", ".join(waiting))
    with st.expander(title, icon=":material/assignment_turned_in:"):
        blocks.reading_table(
            listing.reporting_rows(table), listing.reporting_columns(), provenance.line(dataset, period, ("commune",))
        )
        blocks.go("pages/map.py", _("Xem trên bản đồ"), layer="reported")


def named_communes(dataset: Dataset, period: str) -> None:
    """Draw the communes that the plan names for recognition: where each stands and what it still misses."""
    plan = dataset.reference.plan
    codes = plan.named_communes
    if not codes:
        return
    communes = dataset.communes_at(period).loc[codes]
    criteria = dataset.reference.criteria_of(plan.commune_set)
    lacking = dataset.lacking_at(period)
    rows = communes.assign(
        figure=[listing.of_total(row, len(criteria)) for row in communes.to_dict("records")],
        recognition=[listing.recognition(row) for row in communes.to_dict("records")],
        lacking=[narrative.missing(criteria, lacking[code]) for code in codes],
    )
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "figure": Column(_("Tiêu chí đạt")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Còn thiếu")),
    }
    st.header(narrative.named(communes["recognised"]), anchor=False)
    blocks.reading_table(rows, columns, provenance.line(dataset, period))


def district_targets(dataset: Dataset, period: str) -> None:
    """Draw the targets that the plan sets for single districts, of the chosen districts; none is invented."""
    own = {code: progress.own_targets(data.targets(period, code)) for code in views.shown_districts(dataset)}
    st.header(_("Mục tiêu riêng của từng huyện"), anchor=False)
    without = [dataset.reference.districts.at[code, "label"] for code, table in own.items() if table.empty]
    if len(without) < len(own):
        scoreboard.show_districts(dataset, own, period)
    furthest = _furthest_behind(dataset, own)
    if furthest:
        st.markdown(furthest)
    if without:
        st.caption(_("Kế hoạch không đặt mục tiêu riêng cho: {names}.", names=", ".join(without)))


def _furthest_behind(dataset: Dataset, own: dict[str, pd.DataFrame]) -> str:
    """Say which district has come the least part of the way to a target of its own that it does not meet."""
    rows = pd.concat([table.assign(district=code) for code, table in own.items()])
    if (rows["status"] == progress.NO_DATA).any():  # whoever has not reported may be further behind
        return ""
    behind = rows[rows["status"].isin(NOT_REACHED)].dropna(subset="share")
    if behind.empty:
        return ""
    row = behind.loc[behind["share"] == behind["share"].min()].iloc[0]
    return _(
        "Còn xa mục tiêu riêng nhất: **{district}**, {target} mới đi được {share} quãng đường.",
        district=dataset.reference.districts.at[row["district"], "label"],
        target=either(dataset.reference.plan.target(row.name), "name"),
        share=text.percent(row["share"]),
    )


def changes(dataset: Dataset, period: str) -> None:
    """Say what changed since the period before, in words and commune by commune; nothing at the first period."""
    before = dataset.period_before(period)
    if before is None:
        return
    earlier, later = views.chosen_communes(dataset, before), views.chosen_communes(dataset, period)
    moved = metrics.moves(earlier, later)
    compared = Coverage(int((earlier["met"].notna() & later["met"].notna()).sum()), len(later))
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met_earlier": Column(_("Kỳ trước"), text.number),
        "met_later": Column(_("Kỳ này"), text.number),
        "change": Column(_("Thay đổi"), lambda value: text.number(value, signed=True)),
    }
    st.header(_("Thay đổi từ {date}", date=text.date(before)), anchor=False)
    st.markdown(narrative.changes(moved, compared))
    if moved.empty:
        return
    with st.expander(_("Từng xã thay đổi ({count})", count=len(moved))):
        blocks.table(moved, columns)
        facts = provenance.facts(dataset, period, views.filter_words(dataset))
        blocks.downloads(moved, columns, facts, _("Thay đổi giữa hai kỳ"))
