"""The report's figures as an Excel workbook: targets, districts, communes × criteria, criteria, provenance."""

import io

import pandas as pd
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ntm import exports, labels, listing, metrics, narrative, palette, progress, provenance, text
from ntm.dataset import Dataset
from ntm.figure import Column, as_read
from ntm.reports.content import ask_for_data
from ntm.text import _

FIRST_CRITERION = len(listing.columns()) + 2  # the column of the sheet of communes, after the code and what they say


def write(data: Dataset, period: str, district: str | None = None) -> bytes:
    """Return the workbook of the province, or of one district, at a period, as XLSX. ValueError: see ask_for_data."""
    ask_for_data(data, period)
    chosen = (district,) if district else ()
    scope = labels.scope(data.reference.districts, chosen)
    facts = provenance.facts(data, period, scope, tuple(provenance.SETS))
    book = exports.workbook(sheets(data, period, district), facts)
    for page in book:
        _write_shares(page)
    sheet = book[_("Xã và tiêu chí")]
    cells = f"{get_column_letter(FIRST_CRITERION)}2:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    answers = labels.answers()
    for answer, colour in (("met", palette.MET_CELL), ("not_met", palette.RATES[3][1]), ("unknown", palette.UNKNOWN)):
        fill = PatternFill(bgColor=colour.removeprefix("#"), fill_type="solid")
        sheet.conditional_formatting.add(cells, CellIsRule("equal", [f'"{answers[answer]}"'], fill=fill))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheets(data: Dataset, period: str, district: str | None = None) -> dict[str, pd.DataFrame]:
    """Return the workbook's tables: name of a sheet → table."""
    communes = data.communes_of(period, (district,) if district else ())
    return {
        _("Mục tiêu"): _targets(data, progress.asked(data, period, district), period),
        _("Huyện"): _districts(data, communes),
        _("Xã và tiêu chí"): _grid(data, communes, period),
        _("Tiêu chí"): _criteria(data, communes, period),
    }


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
            _("Thực hiện {date}", date=text.date(period)): [
                row["literal_actual"] if row["literal_low"] == row["literal_high"] else narrative.actual(target, row)
                for target, (_id, row) in zip(targets, table.iterrows(), strict=True)
            ],
            _("Mức chắc chắn của số thực hiện"): [
                narrative.standing(target, row) if narrative.reported(target, row) else _("đủ số liệu")
                for target, (_id, row) in zip(targets, table.iterrows(), strict=True)
            ],
            _("Mục tiêu năm"): table["literal_target"].to_numpy(),
            _("Quãng đường đã đi"): table["share"].to_numpy(),
            _("Trạng thái"): [labels.status(status) for status in table["status"]],
        }
    )


def _districts(data: Dataset, communes: pd.DataFrame) -> pd.DataFrame:
    figures = metrics.summary(communes, "district_code")
    columns = {
        "communes": Column(_("Số xã")),
        "known": Column(_("Số xã đã báo cáo đủ")),
        "average": Column(_("Bình quân tiêu chí")),
        "average_reported": Column(_("Bình quân của các xã đã báo cáo")),
        "change": Column(_("So với mốc")),
        "recognised": listing.counted(figures, "recognised", _("Đã công nhận")),
        "newly_recognised": listing.counted(figures, "newly_recognised", _("Mới công nhận")),
        "kept": listing.counted(figures, "kept", _("Giữ chuẩn")),
        "at_risk": listing.counted(figures, "at_risk", _("Đã công nhận, nay thiếu tiêu chí")),
        "meets_all": listing.counted(figures, "meets_all", _("Đạt đủ tiêu chí")),
    }
    if figures["known"].eq(figures["communes"]).all():
        columns.pop("average_reported")
    shown = as_read(figures, columns)
    shown.insert(0, _("Huyện"), data.reference.districts["label"].reindex(figures.index))
    return shown


def _grid(data: Dataset, communes: pd.DataFrame, period: str) -> pd.DataFrame:
    """A row per commune; its criteria begin at FIRST_CRITERION."""
    names = labels.criteria(data.reference.criteria_of(data.reference.plan.commune_set))
    answers = labels.answers()
    wide = data.answers_at(period).loc[communes.index].replace({1.0: answers["met"], 0.0: answers["not_met"]})
    standing = as_read(listing.rows(data, communes), listing.columns())
    standing.insert(0, _("Mã"), communes.index)
    return standing.join(wide.fillna(answers["unknown"]).rename(columns=names))


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
