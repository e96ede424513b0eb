"""The report's figures as an Excel workbook: targets, districts, communes × criteria, criteria, provenance."""

import io

import pandas as pd
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ntm import exports, labels, listing, metrics, narrative, palette, progress, provenance, text
from ntm.dataset import Dataset
from ntm.figure import as_read
from ntm.reports.content import ask_for_data
from ntm.text import _


def write(data: Dataset, period: str, district: str | None = None) -> bytes:
    """Return the workbook of the province, or of one district, at a period, as XLSX. ValueError: see ask_for_data."""
    ask_for_data(data, period)
    chosen = (district,) if district else ()
    communes = data.communes_of(period, chosen)
    grid, first = _grid(data, communes, period)
    sheets = {
        _("Mục tiêu"): _targets(data, progress.asked(data, period, district), period),
        _("Huyện"): _districts(data, communes),
        _("Xã và tiêu chí"): grid,
        _("Tiêu chí"): _criteria(data, communes, period),
    }
    facts = provenance.facts(data, period, labels.scope(data.reference.districts, chosen))
    book = exports.workbook(sheets, facts)
    for page in book:
        _write_shares(page)
    sheet = book[_("Xã và tiêu chí")]
    cells = f"{get_column_letter(first)}2:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    answers = labels.answers()
    for answer, colour in (("met", palette.MET_CELL), ("not_met", palette.RATES[3][1]), ("unknown", palette.UNKNOWN)):
        fill = PatternFill(bgColor=colour.removeprefix("#"), fill_type="solid")
        sheet.conditional_formatting.add(cells, CellIsRule("equal", [f'"{answers[answer]}"'], fill=fill))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_shares(sheet: Worksheet) -> None:
    """Shares are numbers that Excel shows as percentages."""
    for heading in sheet[1]:
        if heading.value in (_("Quãng đường đã đi"), _("Tỷ lệ đạt")):
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, heading.column).number_format = "0%"


def _targets(data: Dataset, table: pd.DataFrame, period: str) -> pd.DataFrame:
    plan = data.reference.plan
    targets = [plan.target(target_id) for target_id in table.index]
    return pd.DataFrame(
        {
            _("Mục tiêu"): [
                narrative.target(target, figures)
                for target, (_id, figures) in zip(targets, table.iterrows(), strict=True)
            ],
            _("Mốc {date}", date=text.date(plan.baseline_date)): table["literal_baseline"].to_numpy(),
            _("Thực hiện {date}", date=text.date(period)): table["literal_actual"].to_numpy(),
            _("Mục tiêu năm"): table["literal_target"].to_numpy(),
            _("Quãng đường đã đi"): table["share"].to_numpy(),
            _("Trạng thái"): [labels.status(status) for status in table["status"]],
        }
    )


def _districts(data: Dataset, communes: pd.DataFrame) -> pd.DataFrame:
    figures = metrics.summary(communes, "district_code")
    names = {
        "communes": _("Số xã"),
        "known": _("Số xã có số liệu"),
        "average": _("Bình quân tiêu chí"),
        "change": _("So với mốc"),
        "recognised": _("Đã công nhận"),
        "newly_recognised": _("Mới công nhận"),
        "kept": _("Giữ chuẩn"),
        "at_risk": _("Đã công nhận, nay thiếu tiêu chí"),
        "meets_all": _("Đạt đủ tiêu chí"),
    }
    shown = figures[list(names)].rename(columns=names)
    shown.insert(0, _("Huyện"), data.reference.districts["label"].reindex(figures.index))
    return shown


def _grid(data: Dataset, communes: pd.DataFrame, period: str) -> tuple[pd.DataFrame, int]:
    """Return a row per commune, and the number of the first column that holds a criterion."""
    names = labels.criteria(data.reference.criteria_of(data.reference.plan.commune_set))
    answers = labels.answers()
    wide = data.answers_at(period).loc[communes.index].replace({1.0: answers["met"], 0.0: answers["not_met"]})
    standing = as_read(listing.rows(data, communes), listing.columns())
    standing.insert(0, _("Mã"), communes.index)
    return standing.join(wide.fillna(answers["unknown"]).rename(columns=names)), standing.shape[1] + 1


def _criteria(data: Dataset, communes: pd.DataFrame, period: str) -> pd.DataFrame:
    names = labels.criteria(data.reference.criteria_of(data.reference.plan.commune_set))
    assessed = data.assessments_at(period, data.reference.plan.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], list(names))
    return pd.DataFrame(
        {
            _("Tiêu chí"): rates["criterion"].map(names),
            _("Số xã đạt"): rates["met"],
            _("Số xã có số liệu"): rates["assessed"],
            _("Tỷ lệ đạt"): rates["rate"],
        }
    )
