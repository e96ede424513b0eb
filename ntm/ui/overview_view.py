"""The overview's pieces: the communes that the plan names, the groups' own targets, who lags, what changed."""

import pandas as pd
import streamlit as st

from ntm import labels, listing, metrics, narrative, progress, provenance, reporting, text
from ntm.coverage import Coverage
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.groupings import DISTRICTS
from ntm.markdown import Markdown, plain
from ntm.reports import content
from ntm.text import _, either
from ntm.ui import blocks, data, scoreboard, views

NOT_REACHED = (progress.BEHIND, progress.MISSED, progress.ON_TRACK)


def headline(dataset: Dataset, period: str) -> None:
    """Say how far the province has come towards the plan's targets; without a plan, its results."""
    plan = dataset.reference.plan
    if plan is None:
        st.markdown(f"## {plain(text.sentence(content.results(dataset, period, views.chosen(dataset))))}")
        st.info(plain(narrative.without_plan()), icon=":material/info:")
        return
    parts = narrative.headline(plan, data.targets(period), dataset.coverage(period))
    st.markdown(f"## {plain(text.sentence(parts))}")


def targets(dataset: Dataset, period: str) -> None:
    """Draw the province's targets as the scoreboard; nothing without a plan."""
    if dataset.reference.plan is None:
        return
    caption = _(
        "Mục tiêu toàn tỉnh của {plan}. Vạch đứng trên thanh: mức phải đến vào ngày này nếu tăng đều từ mốc.",
        plan=provenance.plan(dataset),
    )
    scoreboard.show(dataset, data.targets(period), period, caption)
    blocks.go("pages/plan.py", _("Xem nguyên văn mục tiêu và cách tính"))


def reporting_state(dataset: Dataset, period: str) -> None:
    """Say who has reported, the outstanding groups first; nothing for the sample, which nobody has reported."""
    if dataset.is_sample:
        return
    covered = dataset.coverage(period)
    table = reporting.by_group(dataset, period)
    done = int((table["whole"] == table["communes"]).sum())
    title = covered.words()
    waiting = table.loc[table["cells"] == 0, "label"]
    if len(dataset.reference.groups):
        title = _(
            "Đã báo cáo: {done}/{total} {nouns}, {communes}",
            done=done,
            total=text.number(len(table)),
            communes=title,
            nouns=labels.nouns(dataset.reference),
        )
    if len(waiting) and len(dataset.reference.groups):
        title += ". " + _("Chưa báo cáo: {names}", names=", ".join(waiting))
    with st.expander(plain(title), icon=":material/assignment_turned_in:"):
        blocks.reading_table(
            listing.reporting_rows(table), listing.reporting_columns(), provenance.line(dataset, period, ("commune",))
        )
        blocks.go("pages/map.py", _("Xem trên bản đồ"), layer="reported")


def named_communes(dataset: Dataset, period: str) -> None:
    """Draw the communes that the plan names for recognition: the result of each and what it still lacks."""
    reference = dataset.reference
    codes = reference.named_communes
    if not codes:
        return
    communes = dataset.communes_at(period).loc[codes]
    criteria = dataset.reference.criteria_of(reference.commune_set)
    lacking = dataset.lacking_at(period)
    rows = communes.assign(
        figure=[listing.of_total(row, len(criteria)) for row in communes.to_dict("records")],
        recognition=[listing.recognition(row) for row in communes.to_dict("records")],
        lacking=[narrative.missing(criteria, lacking[code]) for code in codes],
    )
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "figure": Column(_("Tiêu chí đạt")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Còn thiếu")),
    }
    st.header(plain(narrative.named(communes["recognised"])), anchor=False)
    blocks.reading_table(rows, columns, provenance.line(dataset, period))


def group_targets(dataset: Dataset, period: str) -> None:
    """Draw the targets that the plan sets for single districts, of the chosen ones; none is invented.

    Of other groups a plan says nothing.
    """
    if dataset.reference.grouping != DISTRICTS:
        return
    own = {code: progress.own_targets(data.targets(period, code)) for code in views.shown_groups(dataset)}
    st.header(plain(_("Mục tiêu riêng của từng {noun}", noun=labels.noun(dataset.reference))), anchor=False)
    without = [dataset.reference.groups.at[code, "label"] for code, table in own.items() if table.empty]
    if len(without) < len(own):
        scoreboard.show_groups(dataset, own, period)
    furthest = _furthest_behind(dataset, own)
    if furthest:
        st.markdown(plain(furthest))
    if without:
        st.caption(plain(_("Kế hoạch không đặt mục tiêu riêng cho: {names}.", names=", ".join(without))))


def _furthest_behind(dataset: Dataset, own: dict[str, pd.DataFrame]) -> Markdown:
    """Say which group has come the least part of the way to a target of its own that it does not meet."""
    rows = pd.concat([table.assign(group=code) for code, table in own.items()])
    if (rows["status"] == progress.NO_DATA).any():  # a group that has not reported may be further behind
        return Markdown("")
    behind = rows[rows["status"].isin(NOT_REACHED)].dropna(subset="share")
    if behind.empty:
        return Markdown("")
    row = behind.loc[behind["share"] == behind["share"].min()].iloc[0]
    words = _(
        "Còn xa mục tiêu riêng nhất: **{group}**, {target} mới đi được {share} quãng đường.",
        group=plain(dataset.reference.groups.at[row["group"], "label"]),
        target=plain(either(dataset.reference.target(row.name), "name")),
        share=text.percent(row["share"]),
    )
    return Markdown(words)


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
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "met_earlier": Column(_("Kỳ trước"), text.number),
        "met_later": Column(_("Kỳ này"), text.number),
        "change": Column(_("Thay đổi"), lambda value: text.number(value, signed=True)),
    }
    st.header(plain(_("Thay đổi từ {date}", date=text.date(before))), anchor=False)
    lines = narrative.changes(moved, compared)
    st.markdown(plain(Markdown("\n".join(f"- {line}" for line in lines))))
    if moved.empty:
        return
    with st.expander(plain(_("Từng xã thay đổi ({count})", count=len(moved)))):
        blocks.table(moved, columns)
        facts = provenance.facts(dataset, period, views.filter_words(dataset))
        blocks.downloads(moved, columns, facts, _("Thay đổi giữa hai kỳ"))
