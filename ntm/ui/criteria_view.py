"""The criteria page's pieces: pass rates now and at the baseline, and the grid of communes by criteria."""

import pandas as pd

from ntm import charts, labels, metrics, narrative, text
from ntm.dataset import Dataset
from ntm.text import _, either
from ntm.ui import blocks, views
from ntm.ui.blocks import Column


def pass_rates(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> None:
    """Draw how many of the communes meet each criterion, hardest first."""
    plan = dataset.reference.plan
    every = dataset.reference.criteria_of(plan.commune_set)
    now = _rates(dataset, communes, criteria, period)
    start = _rates(dataset, communes, criteria, plan.baseline_period)
    rows = now.assign(
        baseline_rate=start["rate"],
        row=[f"{number}. {either(every.loc[number], 'name')}" for number in now["criterion"]],
    ).sort_values("rate", kind="stable")
    hardest = rows.dropna(subset="rate").head(3)
    blocks.figure(
        _("Khó nhất: {criteria}", criteria=narrative.names(hardest["row"])),
        lambda: charts.pass_rates(rows, baseline=text.date(plan.baseline_date), now=text.date(period)),
        rows,
        {
            "row": Column(_("Tiêu chí")),
            "met": Column(_("Số xã đạt"), text.number),
            "assessed": Column(_("Số xã có số liệu"), text.number),
            "rate": Column(_("Tỷ lệ đạt"), text.percent),
            "baseline_rate": Column(_("Tại mốc"), text.percent),
        },
        facts=blocks.provenance(dataset, period, views.filter_words(dataset)),
        source=blocks.source_line(dataset, period),
        name=_("Tỷ lệ đạt theo tiêu chí"),
        note=_("Thanh: nay; vạch đen: mốc {date}.", date=text.date(plan.baseline_date)),
    )


def _rates(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> pd.DataFrame:
    assessed = dataset.assessments_at(period, dataset.reference.plan.commune_set)
    return metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], criteria)


def matrix(dataset: Dataset, communes: pd.DataFrame, criteria: list[int], period: str) -> None:
    """Draw the grid: a row per commune (by district, then most criteria first), a column per criterion."""
    every = dataset.reference.criteria_of(dataset.reference.plan.commune_set)
    assessed = dataset.assessments_at(period, dataset.reference.plan.commune_set)
    ordered = communes.sort_values(["district", "met"], ascending=[True, False], kind="stable")
    wide = metrics.matrix(assessed, criteria).reindex(ordered.index)
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
        facts=blocks.provenance(dataset, period, views.filter_words(dataset)),
        source=blocks.source_line(dataset, period),
        name=_("Xã và tiêu chí"),
        note=_("✕ và màu cam: chưa đạt. Di chuột để xem tên tiêu chí."),
    )
