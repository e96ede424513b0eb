"""The overview's pieces: the communes that the plan names, the districts' own targets, who lags, what changed."""

import pandas as pd
import streamlit as st

from ntm import charts, metrics, narrative, progress, provenance, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, data, scoreboard, views
from ntm.ui.blocks import Column


def named_communes(dataset: Dataset, period: str) -> None:
    """Draw the communes that the plan names for recognition: where each stands and what it still misses."""
    plan = dataset.reference.plan
    codes = plan.named_communes
    if not codes:
        return
    communes = dataset.communes_at(period).loc[codes]
    criteria = dataset.reference.criteria_of(plan.commune_set)
    lacking = views.lacking_criteria(dataset, communes)
    rows = communes.assign(
        figure=[views.of_total(met, len(criteria)) for met in communes["met"]],
        recognition=[views.recognition(row) for row in communes.to_dict("records")],
        lacking=[narrative.missing(criteria, lacking.get(code, [])) for code in codes],
    )
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "figure": Column(_("Tiêu chí đạt")),
        "recognition": Column(_("Công nhận")),
        "lacking": Column(_("Còn thiếu")),
    }
    recognised = int(communes["recognised"].sum())
    st.header(
        _("{count} xã kế hoạch nêu tên: {recognised} đã công nhận", count=len(codes), recognised=recognised),
        anchor=False,
    )
    blocks.reading_table(rows, columns, provenance.line(dataset, period))


def district_targets(dataset: Dataset, period: str) -> None:
    """Draw the targets that the plan sets for single districts, of the chosen districts; none is invented."""
    own = {code: progress.own_targets(data.targets(period, code)) for code in views.chosen_districts(dataset)}
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
    behind = rows[rows["status"].isin([progress.BEHIND, progress.ON_TRACK])].dropna(subset="share")
    if behind.empty:
        return ""
    row = behind.loc[behind["share"] == behind["share"].min()].iloc[0]
    return _(
        "Còn xa mục tiêu riêng nhất: **{district}**, {target} mới đi được {share} quãng đường.",
        district=dataset.reference.districts.at[row["district"], "label"],
        target=either(dataset.reference.plan.target(row.name), "name"),
        share=text.percent(row["share"]),
    )


def averages(dataset: Dataset, period: str) -> None:
    """Draw each chosen district's average from the baseline to now, the lowest first."""
    plan, districts = dataset.reference.plan, dataset.reference.districts
    now = metrics.summary(dataset.communes_at(period), "district_code")
    start = metrics.summary(dataset.communes_at(plan.baseline_period), "district_code")
    rows = now.assign(row=districts["label"], baseline=start["average"], now=now["average"])
    rows = rows[rows.index.isin(views.chosen_districts(dataset))].sort_values("now")
    average = plan.target_of("average")
    blocks.figure(
        _("Bình quân tiêu chí thấp nhất: {names}", names=narrative.lagging(rows, districts["label"])),
        lambda: charts.baseline_to_now(
            rows,
            title=_("bình quân tiêu chí mỗi xã"),
            baseline=text.date(plan.baseline_date),
            now=text.date(period),
            target=average.value if average else None,
        ),
        rows,
        {
            "row": Column(_("Huyện")),
            "communes": Column(_("Số xã"), text.number),
            "recognised": Column(_("Xã đạt chuẩn"), text.number),
            "at_risk": Column(_("Trong đó nay thiếu tiêu chí"), text.number),
            "baseline": Column(_("Bình quân tại mốc"), lambda value: text.number(value, 1)),
            "now": Column(_("Bình quân nay"), lambda value: text.number(value, 1)),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Bình quân theo huyện"),
        note=_("Chấm xám: mốc; chấm xanh: nay. Mục tiêu là của toàn tỉnh, không phải của từng huyện."),
    )


def changes(dataset: Dataset, period: str) -> None:
    """Say what changed since the period before, in words and commune by commune; nothing at the first period."""
    earlier = [day for day in dataset.periods if day < period]
    if not earlier:
        return
    moved = metrics.moves(views.chosen_communes(dataset, earlier[-1]), views.chosen_communes(dataset, period))
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met_earlier": Column(_("Kỳ trước"), text.number),
        "met_later": Column(_("Kỳ này"), text.number),
        "change": Column(_("Thay đổi"), lambda value: text.number(value, signed=True)),
    }
    st.header(_("Thay đổi từ {date}", date=text.date(earlier[-1])), anchor=False)
    st.markdown(narrative.changes(moved))
    with st.expander(_("Từng xã thay đổi ({count})", count=len(moved))):
        blocks.table(moved, columns)
        facts = provenance.facts(dataset, period, views.filter_words(dataset))
        blocks.downloads(moved, columns, facts, _("Thay đổi giữa hai kỳ"))
