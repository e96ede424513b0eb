"""The commune page's pieces: headline, criteria by group, what is missing, history, recognition, facts."""

import pandas as pd
import streamlit as st

from ntm import coverage, labels, listing, metrics, narrative, provenance, succession, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.markdown import plain
from ntm.text import _, either, plural
from ntm.timeline import day_before
from ntm.ui import blocks, data, views


def _answers(dataset: Dataset, code: str, period: str, criteria_set: str) -> pd.Series:
    assessed = dataset.assessments_at(period, criteria_set)
    return assessed[assessed["unit_code"] == code].set_index("criterion")["met"]


def headline(dataset: Dataset, row: pd.Series) -> None:
    """Draw the commune's figures: criteria met, tier, recognised."""
    total = len(dataset.reference.criteria_of(dataset.reference.commune_set))
    met, tier, recognised = st.columns([1, 1, 2])
    change = row["change"]
    met.metric(
        _("Tiêu chí đạt"),
        listing.of_total(row, total),
        narrative.pace(change, 0) if pd.notna(change) and change else None,
    )
    tier.metric(_("Nhóm"), labels.bounds(dataset.reference.tiers, row["tier"]))
    recognised.metric(_("Công nhận"), listing.recognition(row.to_dict()))


def missing(dataset: Dataset, code: str, period: str) -> None:
    """Say in a sentence which criteria are missing, and how many to the next tier."""
    reference = dataset.reference
    criteria = dataset.reference.criteria_of(reference.commune_set)
    answers = _answers(dataset, code, period, reference.commune_set)
    if answers.empty:
        st.info(
            plain(_("Không có số liệu của xã này ở kỳ {period}.", period=text.date(period))), icon=":material/info:"
        )
        return
    lacks = dataset.lacking_at(period)[code]
    if not lacks.is_whole:
        words = _(
            "Mới có số liệu của {known}/{total} tiêu chí; các tiêu chí khác chưa rõ, không tính là chưa đạt.",
            known=len(answers),
            total=len(criteria),
        )
        st.info(plain(words), icon=":material/info:")
    count = text.number(len(lacks.criteria))
    if not lacks.is_whole:
        count = coverage.count(len(lacks.criteria), len(lacks.criteria) + len(lacks.unknown), len(answers))
    st.markdown(
        _(
            "**Còn thiếu: {count} tiêu chí.** {criteria}.",
            count=plain(count),
            criteria=plain(narrative.missing(criteria, lacks)),
        )
    )
    better = [tier for tier in reference.tiers if tier.lower > answers.sum()]
    if better and len(answers) == len(criteria):
        following = better[-1]
        st.markdown(
            plain(
                _(
                    "Thêm {count} tiêu chí để lên nhóm {tier}.",
                    count=following.lower - int(answers.sum()),
                    tier=labels.tier(reference.tiers, following.id),
                )
            )
        )


def criteria(dataset: Dataset, code: str, period: str) -> None:
    """Draw the criteria by group with met / not met, and what has changed since the baseline."""
    reference = dataset.reference
    every = dataset.reference.criteria_of(reference.commune_set)
    answers = _answers(dataset, code, period, reference.commune_set)
    start = _answers(dataset, code, reference.baseline_period, reference.commune_set)
    both = answers.index.intersection(start.index)
    since = {number: _("mới đạt") for number in both if answers[number] and not start[number]}
    since |= {number: _("mất so với mốc") for number in both if start[number] and not answers[number]}
    for _group, group in every.groupby("group_id", sort=False):
        mine = answers.reindex(group.index)
        met = coverage.count(mine.eq(True).sum(), mine.eq(True).sum() + mine.isna().sum(), mine.notna().sum())
        name = either(group.iloc[0], "group_name") or _("Các tiêu chí")
        st.markdown(f"**{plain(name)}** · {plain(met)}/{len(group)}")
        views.criteria_list(group, answers, since)


def recognition(dataset: Dataset, code: str, period: str) -> None:
    """Say whether the commune is recognised, on which decision and evidence; or what the plan says of it."""
    decisions = dataset.recognitions[dataset.recognitions["unit_code"] == code]
    decisions = decisions[decisions["recognised_by"] <= period]
    st.markdown(_("**Công nhận đạt chuẩn**"))
    for _position, row in decisions.iterrows():
        words = _(
            "Đã công nhận, không muộn hơn {date}. Quyết định: {decision}. Căn cứ: {evidence} ({kind}). {source}",
            date=text.date(row["recognised_by"]),
            decision=row["decision"] or _("chưa có số quyết định"),
            evidence=labels.evidence(row["evidence"]),
            kind=labels.kind(row["kind"]),
            source=row["source"],
        )
        st.markdown(plain(words))
    if decisions.empty:
        st.markdown(plain(f"{listing.recognition(dataset.communes_at(period).loc[code].to_dict())}."))
    plan = dataset.reference.plan
    for target in dataset.reference.targets:
        if plan and code in target.communes:
            st.markdown(
                _(
                    "{plan} nêu tên xã này: *{wording}*",
                    plan=plain(either(plan, "title")),
                    wording=plain(either(target, "wording")),
                )
            )


def advanced(dataset: Dataset, code: str, period: str) -> None:
    """Say how many advanced criteria a recognised commune meets; nothing where none are assessed."""
    reference = dataset.reference
    answers = _answers(dataset, code, period, reference.advanced_set)
    if answers.empty:
        return
    criteria_of_set = dataset.reference.criteria_of(reference.advanced_set)
    st.markdown(
        _(
            "**Tiêu chí nâng cao**: {met}/{total} ({kind})",
            met=plain(coverage.count(answers.sum(), answers.sum() + len(criteria_of_set) - len(answers), len(answers))),
            total=len(criteria_of_set),
            kind=plain(provenance.kinds(dataset, period, ("advanced",))),
        )
    )
    with st.expander(_("Từng tiêu chí nâng cao")):
        views.criteria_list(criteria_of_set, answers)


def facts(dataset: Dataset, code: str) -> None:
    """Say the commune's code, area, people, and what succeeds it."""
    reference = dataset.reference
    unit = reference.units.loc[code]
    people = _("{people} người (tổng điều tra 2019)", people=text.number(unit["population_2019"]))
    parts = [
        _("Mã {code}", code=code),
        _("khoảng {area} km² (gần đúng)", area=text.number(unit["area_km2"])),
        people if pd.notna(unit["population_2019"]) else "",
    ]
    st.markdown(_("**Về xã**"))
    st.markdown(plain("; ".join(filter(None, parts)) + "."))
    later = succession.successor(reference.timeline, code, reference.day)
    if later is not None:
        st.markdown(
            plain(
                _(
                    "Từ {date}: thuộc {kind} {name} (mã {code}).",
                    date=text.date(later["valid_from"]),
                    kind=text.unit_kind(later["kind"]),
                    name=later["name"],
                    code=later.name,
                )
            )
        )


def before(dataset: Dataset, code: str) -> None:
    """Draw the units that the commune was made of, each with its last result: a history, never summed into its own."""
    timeline = dataset.reference.timeline
    start = dataset.reference.units.at[code, "valid_from"]
    parts = succession.predecessors(timeline, code, dataset.reference.day)
    if parts.empty:
        return
    earlier = dataset.at(day_before(start))
    last = max((day for day in earlier.periods), default=None)
    earlier = dataset.at(last) if last else earlier  # under the plan of that time
    st.header(plain(plural("Trước {date}: {count} đơn vị", len(parts), date=text.date(start))), anchor=False)
    rows = parts.assign(
        name=[text.unit_label(kind, name) for kind, name in zip(parts["kind"], parts["name"], strict=True)],
        group=parts["parent_code"].map(timeline.labels()),
        figure=[_last_result(earlier, last, unit) for unit in parts.index],
        recognition=[_last_recognition(earlier, last, unit) for unit in parts.index],
    )
    columns = {
        "name": Column(_("Đơn vị cũ")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "figure": Column(_("Tiêu chí đạt")),
        "recognition": Column(_("Công nhận")),
    }
    caption = _("Kết quả cuối cùng trước khi sắp xếp. Đơn vị mới được đánh giá lại từ đầu; không cộng các kết quả cũ.")
    if last:
        caption = f"{caption} {provenance.line(earlier, last)}"
    blocks.reading_table(rows, columns, caption)


def _last_result(earlier: Dataset, period: str | None, code: str) -> str:
    communes = earlier.communes_at(period) if period else pd.DataFrame()
    if code not in communes.index:
        return text.number(None) if code in earlier.reference.communes.index else _("không xét tiêu chí xã")
    total = len(earlier.reference.criteria_of(earlier.reference.commune_set))
    return listing.of_total(communes.loc[code].to_dict(), total)


def _last_recognition(earlier: Dataset, period: str | None, code: str) -> str:
    communes = earlier.communes_at(period) if period else pd.DataFrame()
    return listing.recognition(communes.loc[code].to_dict()) if code in communes.index else "–"


def alike(dataset: Dataset, code: str, period: str) -> None:
    """Draw the neighbours on the map, and the communes with the most like answers, to compare with."""
    communes, wide = dataset.communes_at(period), dataset.answers_at(period)
    same = metrics.similar(wide, code)
    near = [other for other in data.neighbours().get(code, []) if other in communes.index]
    columns = {
        "label": Column(_("Xã")),
        "group": Column(labels.group_heading(dataset.reference), optional=True),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "same": Column(_("Tiêu chí cùng kết quả"), text.number),
        "lacking": Column(_("Tiêu chí còn thiếu (số)")),
    }
    agree = metrics.similar(wide, code, count=len(wide))
    rows = listing.rows(dataset, communes).assign(same=agree)
    st.header(_("So với xã liền kề và xã tương tự"), anchor=False)
    if near:
        blocks.reading_table(rows.loc[near], columns, _("Xã liền kề trên bản đồ"))
    if len(same):
        blocks.reading_table(rows.loc[same.index], columns, _("Xã có kết quả giống nhất"))
