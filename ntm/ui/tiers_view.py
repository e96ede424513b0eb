"""The tiers page's pieces beside the bars: who moved between tiers, and who is nearest to the next one."""

import pandas as pd
import streamlit as st

from ntm import charts, labels, metrics, narrative, palette, provenance, text
from ntm.dataset import Dataset
from ntm.text import _
from ntm.ui import blocks, state, views
from ntm.ui.blocks import Column


def courses(dataset: Dataset, period: str) -> None:
    """Draw each chosen district's tiers over the periods, side by side."""
    plan, districts = dataset.reference.plan, dataset.reference.districts
    chosen = views.chosen_districts(dataset)
    communes = dataset.communes[dataset.communes["district_code"].isin(chosen)]
    rows = metrics.tier_counts(communes, plan.tiers, by=["district_code", "period"])
    rank = {code: place for place, code in enumerate(districts.index)}
    rows = rows.assign(place=rows["district_code"].map(districts["label"]), rank=rows["district_code"].map(rank))
    rows = rows.sort_values(["rank", "period"], kind="stable")
    words, colours = views.tier_words(dataset), palette.tier_colours(plan.tiers)
    blocks.figure(
        _(
            "Nhóm tiêu chí của từng huyện qua {count} kỳ, {first} – {last}",
            count=len(dataset.periods),
            first=text.date(dataset.periods[0]),
            last=text.date(dataset.periods[-1]),
        ),
        lambda: charts.tier_courses(rows, words, colours),
        rows[rows["communes"] > 0],
        {
            "place": Column(_("Huyện")),
            "period": Column(_("Kỳ"), text.date),
            "tier": Column(_("Nhóm"), words.__getitem__),
            "communes": Column(_("Số xã"), text.number),
            "share": Column(_("Tỷ lệ"), text.percent),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Nhóm tiêu chí qua các kỳ"),
    )


def flow(dataset: Dataset, period: str) -> None:
    """Draw how many of the chosen districts' communes went from which tier to which since an earlier period."""
    earlier_periods = [day for day in dataset.periods if day < period]
    if not earlier_periods:
        return
    state.allowed("since", earlier_periods)
    since = state.get("since") or earlier_periods[0]
    st.selectbox(_("So với kỳ"), earlier_periods, format_func=text.date, **state.bound("since", since))
    plan, later = dataset.reference.plan, views.chosen_communes(dataset, period)
    earlier = dataset.communes_at(since).loc[later.index]
    moved = metrics.flow(earlier, later, plan.tiers)
    words = {tier: labels.tier(plan, tier) for tier in [tier.id for tier in plan.tiers] + [metrics.UNKNOWN]}
    rank = {tier: place for place, tier in enumerate(words)}
    rows = moved.assign(
        from_words=moved["tier_earlier"].map(words),
        to_words=moved["tier_later"].map(words),
        direction=[_direction(rank, row.tier_earlier, row.tier_later) for row in moved.itertuples()],
        names=[narrative.names(later.loc[codes, "label"]) for codes in moved["codes"]],
    )
    counts = rows.groupby("direction")["communes"].sum()
    order = [words[tier] for tier in words if tier in {*moved["tier_earlier"], *moved["tier_later"]}]
    colours = {"up": palette.BEST_TO_WORST[1], "same": palette.CALM, "down": palette.BEST_TO_WORST[4]}
    blocks.figure(
        _(
            "Từ {since}: {up} xã lên nhóm, {down} xã xuống nhóm, {same} xã giữ nhóm",
            since=text.date(since),
            up=text.number(counts.get("up", 0)),
            down=text.number(counts.get("down", 0)),
            same=text.number(counts.get("same", 0)),
        ),
        lambda: charts.flow(rows, order, colours, earlier=text.date(since), later=text.date(period)),
        rows,
        {
            "from_words": Column(_("Nhóm ngày {date}", date=text.date(since))),
            "to_words": Column(_("Nhóm ngày {date}", date=text.date(period))),
            "communes": Column(_("Số xã"), text.number),
            "names": Column(_("Xã")),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Chuyển nhóm"),
        note=_("Xanh: lên nhóm; nâu: xuống nhóm. Di chuột để xem tên xã."),
    )
    for direction, said in (("up", _("Lên nhóm")), ("down", _("Xuống nhóm"))):
        codes = [code for codes in rows.loc[rows["direction"] == direction, "codes"] for code in codes]
        if codes:
            st.markdown(f"**{said}:** {', '.join(later.loc[codes, 'label'])}.")


def _direction(rank: dict[str, int], earlier: str, later: str) -> str:
    if earlier == later or metrics.UNKNOWN in (earlier, later):
        return "same"
    return "up" if rank[later] < rank[earlier] else "down"


def next_tier(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Say how many communes need how many criteria to the next tier, and list them, the nearest first."""
    plan = dataset.reference.plan
    near = metrics.to_next_tier(communes, plan.tiers)
    st.header(_("Gần lên nhóm trên nhất"), anchor=False)
    if near.empty:
        st.markdown(_("Mọi xã có số liệu đã ở nhóm cao nhất."))
        return
    one = near[near["needed"] == 1]
    counts = one["next_tier"].value_counts()
    lines = [
        _(
            "**{count} xã** chỉ cần thêm một tiêu chí để đạt {tier}: {names}.",
            count=counts[tier.id],
            tier=labels.tier(plan, tier.id),
            names=", ".join(one.loc[one["next_tier"] == tier.id, "label"]),
        )
        for tier in plan.tiers
        if tier.id in counts
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    rows = views.commune_rows(dataset, near).assign(
        next_words=near["next_tier"].map(views.tier_words(dataset)), needed=near["needed"]
    )
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "needed": Column(_("Cần thêm"), text.number),
        "next_words": Column(_("Để đạt nhóm")),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    blocks.table(rows, columns, height=320)
    facts = provenance.facts(dataset, period, views.filter_words(dataset))
    blocks.downloads(rows, columns, facts, _("Gần lên nhóm trên"))
