"""Overview: where the province stands against the plan's targets, which districts lag, what changed."""

import streamlit as st

from ntm import charts, metrics, narrative, text
from ntm.text import _, either
from ntm.ui import blocks, data, scoreboard, shell, views
from ntm.ui.blocks import Column

dataset = data.current()
plan, districts = dataset.reference.plan, dataset.reference.districts
period = shell.period(dataset)

blocks.heading(_("Nông thôn mới {province}", province=dataset.reference.province["name"]), either(plan, "subject"))
if blocks.no_data(dataset, period):
    st.stop()
blocks.kind_notice(dataset, period)
table = data.targets(period)
st.markdown(f"#### {narrative.headline(plan, table)}")

scoreboard.show(
    dataset,
    table,
    period,
    _(
        "Mục tiêu toàn tỉnh của {plan}. Vạch đứng trên thanh: mức phải đến vào ngày này nếu tăng đều từ mốc.",
        plan=either(plan, "title"),
    ),
)
blocks.go("pages/plan.py", _("Xem nguyên văn mục tiêu và cách tính"))

views.tier_figure(
    dataset,
    views.plan_tiers(dataset, period),
    _("Số xã theo nhóm tiêu chí: mốc, thực hiện, mục tiêu (toàn tỉnh)"),
    name=_("Nhóm tiêu chí toàn tỉnh"),
    period=period,
)

summary = metrics.summary(dataset.communes_at(period), "district_code").reindex(districts.index)
start = metrics.summary(dataset.communes_at(plan.baseline_period), "district_code").reindex(districts.index)
ranked = summary.assign(row=districts["label"], baseline=start["average"], now=summary["average"]).sort_values("now")
ranked = ranked[ranked.index.isin(views.chosen_districts(dataset))]
average = plan.target_of("average")
blocks.figure(
    _("Bình quân tiêu chí thấp nhất: {names}", names=narrative.lagging(ranked, districts["label"])),
    charts.baseline_to_now(
        ranked,
        title=_("bình quân tiêu chí mỗi xã"),
        baseline=text.date(plan.baseline_date),
        now=text.date(period),
        target=average.value if average else None,
    ),
    ranked,
    {
        "row": Column(_("Huyện")),
        "communes": Column(_("Số xã"), text.number),
        "recognised": Column(_("Xã đạt chuẩn"), text.number),
        "at_risk": Column(_("Trong đó nay thiếu tiêu chí"), text.number),
        "baseline": Column(_("Bình quân tại mốc"), lambda value: text.number(value, 1)),
        "now": Column(_("Bình quân nay"), lambda value: text.number(value, 1)),
    },
    facts=blocks.provenance(dataset, period, views.filter_words(dataset)),
    source=blocks.source_line(dataset, period),
    name=_("Bình quân theo huyện"),
    note=_("Chấm xám: mốc; chấm xanh: nay. Mục tiêu là của toàn tỉnh, không phải của từng huyện."),
)

earlier = [day for day in dataset.periods if day < period]
if earlier:
    moved = metrics.moves(views.chosen_communes(dataset, earlier[-1]), views.chosen_communes(dataset, period))
    st.subheader(_("Thay đổi từ {date}", date=text.date(earlier[-1])), anchor=False)
    st.markdown(narrative.changes(moved))
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met_earlier": Column(_("Kỳ trước"), text.number),
        "met_later": Column(_("Kỳ này"), text.number),
        "change": Column(_("Thay đổi"), lambda value: text.number(value, signed=True)),
    }
    with st.expander(_("Từng xã thay đổi ({count})", count=len(moved))):
        blocks.table(moved, columns)
        facts = blocks.provenance(dataset, period, views.filter_words(dataset))
        blocks.downloads(moved, columns, facts, _("Thay đổi giữa hai kỳ"))
