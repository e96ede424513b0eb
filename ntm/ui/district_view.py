"""The district page's pieces: headline, its own targets apart from its contributions, trend, its nine criteria."""

import pandas as pd
import streamlit as st

from ntm import metrics, narrative, progress, text
from ntm.dataset import Dataset
from ntm.figure import Column
from ntm.figures import villages as villages_figures
from ntm.text import _, either
from ntm.ui import blocks, scoreboard, views


def headline(communes: pd.DataFrame, criteria: int) -> None:
    """Draw four figures of the district's communes. `criteria`: how many there are to meet."""
    figures = metrics.summary(communes, "district_code").iloc[0]
    recognised, average, complete, risk = st.columns(4)
    recognised.metric(_("Xã đạt chuẩn"), f"{text.number(figures['recognised'])}/{text.number(figures['communes'])}")
    change = figures["change"]
    average.metric(
        _("Bình quân tiêu chí"),
        text.number(figures["average"], 1),
        narrative.pace(change) if pd.notna(change) else None,
    )
    complete.metric(_("Đủ {count} tiêu chí", count=criteria), text.number(figures["meets_all"]))
    risk.metric(_("Đã công nhận, nay thiếu tiêu chí"), text.number(figures["at_risk"]))


def targets(dataset: Dataset, table: pd.DataFrame, period: str) -> None:
    """Draw the targets that the plan sets for the district, then what it contributes to the province's others.

    `table`: progress.progress of the district. A target that names other districts or communes asks nothing of it.
    """
    own = progress.own_targets(table)
    elsewhere = [target.id for target in dataset.reference.plan.targets if target.communes or target.districts]
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
    """Draw the district beside the others and the province: averages, recognised, at risk; its rank in words."""
    districts = dataset.reference.districts
    communes = dataset.communes_at(period)
    figures = metrics.summary(communes, "district_code").reindex(districts.index)
    whole = metrics.summary(communes.assign(everything=""), "everything")
    rows = pd.concat([figures, whole]).assign(
        place=[*districts["label"], _("Toàn tỉnh")],
        mark=["▶" if district == code else "" for district in [*districts.index, ""]],
    )
    place = (
        int(figures["average"].rank(ascending=False, method="min")[code])
        if pd.notna(figures.at[code, "average"])
        else None
    )
    title = _("So với các huyện khác")
    if place:
        title = _("Đứng thứ {place} trên {count} về bình quân tiêu chí", place=place, count=len(districts))
    st.header(title, anchor=False)
    columns = {
        "mark": Column(_("Đang xem")),
        "place": Column(_("Đơn vị")),
        "communes": Column(_("Số xã"), text.number),
        "average": Column(_("Bình quân tiêu chí"), lambda value: text.number(value, 1)),
        "change": Column(_("So với mốc"), lambda value: text.number(value, 1, signed=True)),
        "recognised": Column(_("Đã công nhận"), text.number),
        "newly_recognised": Column(_("Mới công nhận"), text.number),
        "at_risk": Column(_("Đã công nhận, nay thiếu tiêu chí"), text.number),
    }
    blocks.table(rows, columns)


def recognition(dataset: Dataset, communes: pd.DataFrame) -> None:
    """Name the district's communes that are at risk, newly recognised, or due by the plan."""
    due = [code for code in dataset.reference.plan.named_communes if code in communes.index]
    waiting = [code for code in due if not communes.at[code, "recognised"]]
    lines = [
        (_("Mới công nhận"), communes.index[communes["newly_recognised"]]),
        (_("Kế hoạch nêu tên, chưa công nhận"), waiting),
        (_("Đã công nhận, nay thiếu tiêu chí"), communes.index[communes["at_risk"]]),
    ]
    said = [f"- **{words}**: {', '.join(communes.loc[list(codes), 'label'])}." for words, codes in lines if len(codes)]
    if said:
        st.markdown("\n".join(said))


def villages(dataset: Dataset, code: str, period: str) -> None:
    """Say how many villages are recognised, where the plan sets the district a target for them."""
    goal = dataset.reference.plan.target_of("villages")
    if goal is None or code not in goal.districts:
        return
    blocks.figure(dataset, villages_figures.course, period, code)


def lacking(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Name the criteria that hold most of the district's communes back."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.commune_set)
    assessed = dataset.assessments_at(period, plan.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], criteria.index)
    failing = (rates["assessed"] - rates["met"]).set_axis(rates["criterion"])
    most = failing[failing > 0].nlargest(5)
    if most.empty:
        st.markdown(_("Không xã nào thiếu tiêu chí."))
        return
    parts = [
        _("{number}. {name} ({count} xã)", number=number, name=either(criteria.loc[number], "name"), count=count)
        for number, count in most.items()
    ]
    st.markdown(_("Nhiều xã thiếu nhất: {criteria}.", criteria="; ".join(parts)))


def own_criteria(dataset: Dataset, code: str, period: str) -> None:
    """Draw the district's own criteria, or say that there is no data; and what else recognition takes."""
    plan = dataset.reference.plan
    criteria = dataset.reference.criteria_of(plan.district_set)
    st.header(_("{count} tiêu chí huyện nông thôn mới", count=len(criteria)), anchor=False)
    assessed = dataset.assessments_at(period, plan.district_set)
    answers = assessed[assessed["unit_code"] == code].set_index("criterion")["met"]
    if answers.empty:
        st.info(_("Không có số liệu tiêu chí huyện cho đơn vị này."), icon=":material/info:")
        return
    views.criteria_list(criteria, answers)
    communes = dataset.communes_at(period)
    mine = communes[communes["district_code"] == code]
    st.markdown(
        _(
            "Huyện được công nhận khi đạt đủ {count} tiêu chí và 100% số xã đã được công nhận: "
            "nay {met}/{count} tiêu chí, {recognised}/{communes} xã.",
            count=len(criteria),
            met=text.number(answers.sum()),
            recognised=text.number(mine["recognised"].sum()),
            communes=text.number(len(mine)),
        )
    )
