"""The criteria page's pieces: pass rates, what one criterion more would lift, pairs, and the grid of communes."""

import pandas as pd
import streamlit as st

from ntm import charts, labels, metrics, narrative, palette, provenance, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, state, views
from ntm.ui.blocks import Column

PAIRS_SHOWN = 10


def pass_rates(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> None:
    """Draw how many of the communes meet each criterion, hardest first; a click on one opens it below."""
    views.pass_rates(
        dataset,
        communes,
        dataset.reference.plan.commune_set,
        criteria,
        period,
        name=_("Tỷ lệ đạt theo tiêu chí"),
        note=_("Bấm vào một thanh để xem tiêu chí ấy."),
        on_select=lambda row: state.put("criterion", row.split(".")[0]),
    )


def one(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw one criterion alone: who does not meet it, since when, and where that is on the map."""
    names = views.criteria_names(dataset)
    state.allowed("criterion", names)
    assessed = dataset.assessments_at(period, dataset.reference.plan.commune_set)
    chosen = state.get("criterion") or _hardest(assessed[assessed["unit_code"].isin(communes.index)], names)
    st.header(_("Một tiêu chí"), anchor=False)
    bound = state.bound("criterion", chosen)
    st.selectbox(_("Tiêu chí"), list(names), format_func=names.__getitem__, **bound)
    answers = assessed[assessed["criterion"] == int(chosen)].set_index("unit_code")["met"].reindex(communes.index)
    since = dataset.lacking_since(period)
    since = since[since["criterion"] == int(chosen)].set_index("unit_code")
    failing = communes[answers.eq(False)].join(since[["since", "ever_met"]])
    st.markdown(
        _(
            "**{met} xã đạt, {failing} xã chưa đạt**, {unknown} xã không có số liệu.",
            met=text.number(answers.eq(True).sum()),
            failing=text.number(len(failing)),
            unknown=text.number(answers.isna().sum()),
        )
    )
    rows = failing.assign(lost=[_("từng đạt") if ever else _("chưa từng đạt") for ever in failing["ever_met"]])
    columns = {
        "label": Column(_("Xã")),
        "district": Column(_("Huyện")),
        "met": Column(_("Tiêu chí đạt"), text.number),
        "since": Column(_("Chưa đạt từ kỳ"), text.date),
        "lost": Column(_("Trước đó")),
    }
    blocks.table(rows.sort_values("met", ascending=False, kind="stable"), columns, height=320)
    facts = provenance.facts(dataset, period, f"{views.filter_words(dataset)}; {names[chosen]}")
    blocks.downloads(rows, columns, facts, _("Xã chưa đạt một tiêu chí"))
    blocks.go("pages/map.py", _("Xem tiêu chí này trên bản đồ"), layer="criterion", criterion=chosen)


def _hardest(assessed: pd.DataFrame, names: dict[str, str]) -> str:
    rates = metrics.pass_rates(assessed, [int(number) for number in names])
    return str(rates.sort_values("rate", kind="stable")["criterion"].iloc[0])


def lift(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw which criterion, met everywhere, would lift most communes a tier."""
    plan = dataset.reference.plan
    names = {int(number): name for number, name in views.criteria_names(dataset).items()}
    best = plan.tiers[0]
    lifted = metrics.lift(dataset.answers_at(period).loc[communes.index], plan.tiers)
    lifted = lifted[lifted["lacking"] > 0]
    rows = lifted.assign(
        row=lifted["criterion"].map(names),
        value=lifted["climbing"].astype(float),
        figure=[
            _(
                "{climbing} xã (trong đó {complete} xã đạt {best})",
                climbing=row.climbing,
                complete=row.complete,
                best=best.label,
            )
            for row in lifted.itertuples()
        ],
        colour=palette.MET,
        names=[narrative.names(communes.loc[codes, "label"]) for codes in lifted["codes"]],
    )
    if rows.empty:
        return
    first = rows.iloc[0]
    blocks.figure(
        _(
            "Nếu mọi xã đạt {criterion}, {climbing} xã lên nhóm trên, {complete} xã đạt {best} tiêu chí",
            criterion=first["row"],
            climbing=first["climbing"],
            complete=first["complete"],
            best=best.label,
        ),
        lambda: charts.bars(rows, title=_("số xã lên nhóm trên"), highest=max(float(rows["value"].max()), 1) * 1.7),
        rows,
        {
            "row": Column(_("Tiêu chí")),
            "lacking": Column(_("Số xã chưa đạt"), text.number),
            "climbing": Column(_("Số xã lên nhóm trên"), text.number),
            "complete": Column(_("Số xã đạt nhóm cao nhất"), text.number),
            "names": Column(_("Các xã lên nhóm trên")),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Tiêu chí giữ chân các xã"),
        note=_("Chỉ tính xã có đủ số liệu; mỗi hàng: nếu riêng tiêu chí này được mọi xã đạt."),
    )


def pairs(dataset: Dataset, communes: pd.DataFrame, period: str) -> None:
    """Draw the pairs of criteria that most communes lack together."""
    names = {int(number): name for number, name in views.criteria_names(dataset).items()}
    found = metrics.failing_pairs(dataset.answers_at(period).loc[communes.index]).head(PAIRS_SHOWN)
    if found.empty:
        return
    rows = found.assign(
        row=found["one"].map(names) + " + " + found["other"].map(names),
        value=found["communes"].astype(float),
        figure=[
            _("{both} xã ({share} số xã thiếu một trong hai)", both=row.communes, share=text.percent(row.share))
            for row in found.itertuples()
        ],
        colour=palette.NOT_MET_CELL,
    )
    blocks.figure(
        _("Thường thiếu cùng nhau: {pair}", pair=rows.iloc[0]["row"]),
        lambda: charts.bars(rows, title=_("số xã thiếu cả hai"), highest=float(rows["value"].max()) * 1.7),
        rows,
        {
            "row": Column(_("Hai tiêu chí")),
            "communes": Column(_("Số xã thiếu cả hai"), text.number),
            "either": Column(_("Số xã thiếu ít nhất một"), text.number),
            "share": Column(_("Tỷ lệ"), text.percent),
        },
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Cặp tiêu chí thiếu cùng nhau"),
    )


def by_district(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> None:
    """Draw each criterion's pass rate by district as a grid."""
    districts = dataset.reference.districts
    names = views.criteria_names(dataset)
    wide = dataset.answers_at(period).loc[communes.index][criteria]
    rates = wide.groupby(communes["district_code"], sort=False).mean()
    rates = rates.reindex([code for code in districts.index if code in rates.index])
    long = rates.stack(future_stack=True).rename("rate").reset_index()
    cells = long.assign(
        row=long["criterion"].map(lambda number: names[str(number)]),
        column=long["district_code"].map(districts["label"]),
    ).sort_values("criterion", kind="stable")
    table = rates.T.set_axis([names[str(number)] for number in rates.columns]).rename(columns=districts["label"])
    table = table.rename_axis("row").reset_index()
    blocks.figure(
        _("Tỷ lệ xã đạt từng tiêu chí theo huyện"),
        lambda: charts.rate_grid(cells, columns=_("Huyện"), rows=_("Tiêu chí")),
        table,
        {"row": Column(_("Tiêu chí"))} | {name: Column(name, text.percent) for name in table.columns[1:]},
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Tỷ lệ đạt theo huyện"),
    )


def orders() -> dict[str, str]:
    """Return the orders of the grid's rows: key → words."""
    return {"": _("Huyện"), "met": _("Số tiêu chí"), "label": _("Tên xã"), "alike": _("Giống nhau")}


def _ordered(communes: pd.DataFrame, wide: pd.DataFrame, order: str) -> pd.DataFrame:
    if order == "alike":
        return communes.loc[metrics.alike_order(wide)]
    if order == "label":
        return communes.sort_values("label", key=lambda names: names.map(text.collation_key), kind="stable")
    columns = ["met"] if order == "met" else ["district", "met"]
    return communes.sort_values(columns, ascending=[column != "met" for column in columns], kind="stable")


def matrix(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> None:
    """Draw the grid: a row per commune in the chosen order, a column per criterion."""
    every = dataset.reference.criteria_of(dataset.reference.plan.commune_set)
    options = orders()
    state.allowed("sort", list(options))
    st.segmented_control(
        _("Xếp các xã theo"), list(options), format_func=options.__getitem__, required=True, **state.bound("sort", "")
    )
    wide = dataset.answers_at(period).loc[communes.index][criteria]
    ordered = _ordered(communes, wide, state.get("sort"))
    wide = wide.loc[ordered.index]
    long = wide.stack(future_stack=True).rename("met").reset_index()
    names = {number: f"{number}. {either(every.loc[number], 'name')}" for number in criteria}
    answers = labels.answers()
    rows = ordered["label"] + " · " + ordered["district"]
    cells = pd.DataFrame(
        {
            "row": long["unit_code"].map(rows),
            "column": long["criterion"],
            "column_name": long["criterion"].map(names),
            "answer": long["met"].map({1.0: "met", 0.0: "not_met"}).fillna("unknown"),
        }
    )
    table = wide.rename(columns=names).replace({1.0: answers["met"], 0.0: answers["not_met"]})
    table = table.fillna(answers["unknown"]).reset_index(drop=True)
    table.insert(0, "commune", rows.to_numpy())
    blocks.figure(
        _("{communes} xã × {criteria} tiêu chí", communes=len(ordered), criteria=len(criteria)),
        lambda: charts.heat_map(cells, answers, columns=_("Tiêu chí (số)"), rows=_("Xã")),
        table,
        {"commune": Column(_("Xã")), **{name: Column(name) for name in names.values()}},
        data=dataset,
        period=period,
        scope=views.filter_words(dataset),
        name=_("Xã và tiêu chí"),
        note=_("✕ và màu cam: chưa đạt. Di chuột để xem tên tiêu chí."),
    )
