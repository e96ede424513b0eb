"""The group page's pieces: headline, its own targets apart from its contributions, trend, its nine criteria."""

import pandas as pd
import streamlit as st

from ntm import coverage, labels, listing, metrics, narrative, progress, reporting, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.figures import villages as villages_figures
from ntm.markdown import Markdown, plain
from ntm.text import _, either, plural
from ntm.ui import blocks, scoreboard, views


def no_groups(dataset: Dataset) -> str:
    """Say that there are no groups at this period, and until when there were, if ever."""
    if dataset.reference.groupings:
        return _("Đang xem không chia nhóm; chọn cách chia nhóm ở thanh bên để xem từng nhóm.")
    words = _("Ở kỳ này không có nhóm xã nào; hãy xem từng xã.")
    last = dataset.reference.timeline.districts["valid_to"].max()
    if not isinstance(last, str) or not last:
        return words
    until = _("Cấp huyện có đến {date}.", date=text.date(last))
    return f"{words} {until}"


def headline(communes: pd.DataFrame, criteria: int) -> None:
    """Draw four figures of the group's communes, after who has reported. `criteria`: how many there are to meet."""
    figures = metrics.summary(communes, "group_code").iloc[0]
    covered = views.say_reported(communes)
    recognised, average, complete, risk = st.columns(4)
    of_all = f"/{text.number(figures['communes'])}" if pd.notna(figures["recognised"]) else ""
    recognised.metric(_("Xã đã được công nhận"), narrative.certain(figures, "recognised") + of_all)
    change = figures["change"]
    label, value = views.average(covered, figures)
    average.metric(plain(label), value, narrative.pace(change) if pd.notna(change) else None)
    complete.metric(plain(plural("Đủ {count} tiêu chí", criteria)), narrative.certain(figures, "meets_all"))
    risk.metric(_("Đã công nhận, nay thiếu tiêu chí"), narrative.certain(figures, "at_risk"))


def reported(dataset: Dataset, code: str, period: str) -> None:
    """Say what the group has reported, when and by whom, and which communes are outstanding; not for the sample."""
    if dataset.is_sample:
        return
    row = listing.reporting_rows(reporting.by_group(dataset, period)).loc[code]
    communes = dataset.communes_of(period, (code,))
    missing = communes.loc[communes["met"].isna(), "label"]
    parts = [
        _("Đã báo cáo đủ: {communes} xã, {cells} kết quả", communes=row["communes_words"], cells=row["cells_words"]),
        _("cập nhật {day}, {author}", day=row["day"], author=row["author_name"]) if row["day"] else "",
        _("chưa đủ: {names}", names=narrative.names(missing)) if len(missing) else "",
    ]
    blocks.small("; ".join(filter(None, parts)) + ".")


def targets(dataset: Dataset, table: pd.DataFrame, period: str) -> None:
    """Draw the targets that the plan sets for the group, then what it contributes to the province's others.

    `table`: progress.progress of the group. A target that names other groups or communes asks nothing of it.
    """
    own = progress.own_targets(table)
    elsewhere = [target.id for target in dataset.reference.targets if target.communes or target.districts]
    others = table.drop(own.index).drop(elsewhere, errors="ignore")
    if own.empty:
        st.markdown(
            _("Kế hoạch **không đặt mục tiêu riêng** cho đơn vị này; dưới đây là phần đóng góp vào mục tiêu của tỉnh.")
        )
    else:
        scoreboard.show(dataset, own, period, _("Mục tiêu mà kế hoạch đặt riêng cho đơn vị này"))
    with st.expander(_("Đóng góp vào các mục tiêu khác của tỉnh"), expanded=own.empty):
        caption = _("Số của riêng đơn vị này. Kế hoạch không đặt mục tiêu riêng cho đơn vị ở các dòng này.")
        scoreboard.show(dataset, others, period, caption, judged=False)


def beside_others(dataset: Dataset, code: str, period: str) -> None:
    """Draw the group compared with the others and the province: averages, recognised, at risk; its rank in words."""
    groups = dataset.reference.groups
    communes = dataset.communes_at(period)
    figures = metrics.summary(communes, "group_code").reindex(groups.index)
    whole = metrics.summary(communes.assign(everything=""), "everything")
    rows = pd.concat([figures, whole]).assign(
        place=[*groups["label"], _("Toàn tỉnh")],
        mark=["▶" if group == code else "" for group in [*groups.index, ""]],
    )
    covered = dataset.coverage(period)
    title = _("So với các {nouns} khác", nouns=labels.nouns(dataset.reference))
    if covered.is_whole:
        place = int(figures["average"].rank(ascending=False, method="min")[code])
        title = _("Xếp thứ {place}/{count} về bình quân tiêu chí", place=place, count=len(groups))
    unranked = _("Chưa thể xếp hạng")
    st.header(plain(coverage.headed(covered, title, unranked, subject=unranked)), anchor=False)
    columns = {
        "mark": Column(_("Đang xem")),
        "place": Column(_("Đơn vị")),
        "communes": Column(_("Số xã"), text.number),
        "known": Column(_("Xã đã báo cáo đủ"), text.number),
        "average": Column(_("Bình quân tiêu chí"), lambda value: text.number(value, 1)),
        "change": Column(_("So với mốc"), lambda value: text.number(value, 1, signed=True)),
        "recognised": listing.counted(rows, "recognised", _("Đã công nhận")),
        "newly_recognised": listing.counted(rows, "newly_recognised", _("Mới công nhận")),
        "at_risk": listing.counted(rows, "at_risk", _("Đã công nhận, nay thiếu tiêu chí")),
    }
    blocks.table(rows, columns)


def recognition(dataset: Dataset, communes: pd.DataFrame) -> None:
    """Name the group's communes that are at risk, newly recognised, or due by the plan."""
    due = [code for code in dataset.reference.named_communes if code in communes.index]
    waiting = [code for code in due if metrics.is_false(communes.at[code, "recognised"])]
    unclear = [code for code in due if pd.isna(communes.at[code, "recognised"])]
    lines = [
        (_("Mới công nhận"), communes.index[communes["newly_recognised"].fillna(False)]),
        (_("Kế hoạch nêu tên, chưa công nhận"), waiting),
        (_("Kế hoạch nêu tên, chưa rõ đã công nhận hay chưa"), unclear),
        (_("Đã công nhận, nay thiếu tiêu chí"), communes.index[communes["at_risk"].fillna(False)]),
    ]
    said = [
        f"- **{words}**: {plain(', '.join(communes.loc[list(codes), 'label']))}."
        for words, codes in lines
        if len(codes)
    ]
    if said:
        st.markdown(plain(Markdown("\n".join(said))))


def villages(dataset: Dataset, code: str, period: str) -> None:
    """Say how many villages are recognised, where the plan sets the group a target for them."""
    goal = dataset.reference.target_of("villages")
    if goal is None or code not in goal.districts:
        return
    blocks.figure(dataset, villages_figures.course, period, code)


def lacking(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Name the criteria that hold most of the group's communes back."""
    reference = dataset.reference
    criteria = dataset.reference.criteria_of(reference.commune_set)
    assessed = dataset.assessments_at(period, reference.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], criteria.index)
    failing = (rates["assessed"] - rates["met"]).set_axis(rates["criterion"])
    most = failing[failing > 0].nlargest(5)
    covered = coverage.of(communes)
    if most.empty:
        none = _("Không xã nào thiếu tiêu chí.")
        st.markdown(plain(coverage.headed(covered, none, _("Các xã đã báo cáo không thiếu tiêu chí nào."))))
        return
    parts = [
        plural("{number}. {name} ({count} xã)", count, number=number, name=either(criteria.loc[number], "name"))
        for number, count in most.items()
    ]
    said = _("Nhiều xã thiếu nhất: {criteria}.", criteria="; ".join(parts))
    of_reported = _("Trong các xã đã báo cáo, nhiều xã thiếu nhất: {criteria}.", criteria="; ".join(parts))
    st.markdown(plain(coverage.headed(covered, said, of_reported)))


def own_criteria(dataset: Dataset, code: str, period: str) -> None:
    """Draw the group's own criteria, or say that there is no data; and what else recognition takes."""
    reference = dataset.reference
    criteria = dataset.reference.criteria_of(reference.district_set)
    st.header(plain(plural("{count} tiêu chí huyện nông thôn mới", len(criteria))), anchor=False)
    assessed = dataset.assessments_at(period, reference.district_set)
    answers = assessed[assessed["unit_code"] == code].set_index("criterion")["met"]
    if answers.empty:
        st.info(_("Không có số liệu tiêu chí huyện cho đơn vị này."), icon=":material/info:")
        return
    views.criteria_list(criteria, answers)
    figures = metrics.summary(dataset.communes_of(period, (code,)), "group_code").iloc[0]
    unknown = len(criteria) - len(answers)
    st.markdown(
        plain(
            _(
                "Huyện được công nhận khi đạt đủ {count} tiêu chí và 100% số xã đã được công nhận: "
                "nay đạt {met}/{count} tiêu chí; xã đã công nhận: {recognised} trong {communes} xã.",
                count=len(criteria),
                met=coverage.count(answers.sum(), answers.sum() + unknown, len(answers)),
                recognised=narrative.certain(figures, "recognised"),
                communes=text.number(figures["communes"]),
            )
        )
    )
