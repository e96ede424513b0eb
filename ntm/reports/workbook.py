"""The report's figures as an Excel workbook: targets, groups, communes × criteria, criteria, provenance."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ntm import exports, labels, listing, metrics, narrative, office_metadata, palette, progress, provenance, text
from ntm.criteria import Answer
from ntm.dataset import Dataset
from ntm.figure import Column, as_read, present
from ntm.plan import Target
from ntm.reports.content import ask_for_data
from ntm.text import _

LONGEST_NAME = 31  # letters of a sheet's name in Excel


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook: numbers as they are. `rows` and `columns` by key, as figure.Column says.

    `shares`: the keys of the columns that Excel shows as percentages; `answers`: of those whose answers are coloured.
    """

    name: str
    rows: pd.DataFrame
    columns: Mapping[str, Column]
    shares: Sequence[str] = ()
    answers: Sequence[str] = ()

    def table(self) -> pd.DataFrame:
        """Return the rows under the columns' headings."""
        return as_read(self.rows, self.columns)

    def positions(self, keys: Sequence[str]) -> list[int]:
        """Return which of the sheet's columns these are; the first is 1."""
        return [position for position, key in enumerate(present(self.rows, self.columns), start=1) if key in keys]


def write(data: Dataset, period: str, group: str | None = None) -> bytes:
    """Return the workbook of the province, or of one group, at a period, as XLSX. ValueError: see ask_for_data."""
    ask_for_data(data, period)
    chosen = (group,) if group else ()
    scope = labels.scope(data.reference.groups, chosen)
    facts = provenance.facts(data, period, scope, tuple(provenance.SETS))
    found = sheets(data, period, group)
    book = exports.workbook({sheet.name: sheet.table() for sheet in found}, facts)
    for sheet, page in zip(found, book.worksheets, strict=False):  # the sheet of provenance is the last
        _write_shares(page, sheet)
        _colour_answers(page, sheet)
    file = io.BytesIO()
    book.save(file)
    return office_metadata.stamped(file.getvalue(), narrative.subject(data.reference))


def sheets(data: Dataset, period: str, group: str | None = None) -> list[Sheet]:
    """Return the workbook's sheets, in their order; without the one of provenance."""
    communes = data.communes_of(period, (group,) if group else ())
    found = [_grid(data, communes, period), _criteria(data, communes, period)]
    if len(data.reference.groups):
        found.insert(0, _groups(data, communes))
    if data.reference.plan:
        found.insert(0, _targets(data, progress.asked(data, period, group), period))
    return found


def _sheet_name(heading: str) -> str:
    """What may be the name of a sheet: no signs that Excel keeps for itself, and no more than it takes."""
    return re.sub(r"[\[\]:*?/\\]", " ", heading)[:LONGEST_NAME]


def _write_shares(page: Worksheet, sheet: Sheet) -> None:
    for position in sheet.positions(sheet.shares):
        for row in range(2, page.max_row + 1):
            page.cell(row, position).number_format = "0%"


def _colour_answers(page: Worksheet, sheet: Sheet) -> None:
    positions = sheet.positions(sheet.answers)
    if not positions:
        return
    first, last = get_column_letter(positions[0]), get_column_letter(positions[-1])
    answers = labels.answers()
    for answer, colour in zip(Answer, (palette.MET_CELL, palette.RATES[3][1], palette.UNKNOWN), strict=True):
        fill = PatternFill(bgColor=colour.removeprefix("#"), fill_type="solid")
        rule = CellIsRule("equal", [f'"{answers[answer]}"'], fill=fill)
        page.conditional_formatting.add(f"{first}2:{last}{page.max_row}", rule)


def _targets(data: Dataset, table: pd.DataFrame, period: str) -> Sheet:
    rows = [_target_row(data.reference.target(target_id), figures) for target_id, figures in table.iterrows()]
    columns = {
        "target": Column(_("Mục tiêu")),
        "baseline": Column(_("Mốc {date}", date=text.date(data.reference.baseline_date))),
        "actual": Column(_("Thực hiện {date}", date=text.date(period))),
        "certainty": Column(_("Mức chắc chắn của số thực hiện")),
        "goal": Column(_("Mục tiêu năm")),
        "share": Column(_("Quãng đường đã đi")),
        "status": Column(_("Trạng thái")),
    }
    return Sheet(_("Mục tiêu"), pd.DataFrame(rows, columns=list(columns)), columns, shares=["share"])


def _target_row(target: Target, figures: pd.Series) -> dict[str, object]:
    certain = figures["literal_low"] == figures["literal_high"]
    return {
        "target": narrative.target(target, figures),
        "baseline": figures["literal_baseline"],
        "actual": figures["literal_actual"] if certain else narrative.actual(target, figures),
        "certainty": narrative.standing(target, figures) if narrative.reported(target, figures) else _("đủ số liệu"),
        "goal": figures["literal_target"],
        "share": figures["share"],
        "status": labels.status(figures["status"]),
    }


def _groups(data: Dataset, communes: pd.DataFrame) -> Sheet:
    figures, heading = metrics.summary(communes, "group_code"), labels.group_heading(data.reference)
    columns = {
        "group": Column(heading),
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
    rows = figures.assign(group=data.reference.groups["label"].reindex(figures.index))
    return Sheet(_sheet_name(heading), rows, columns)


def _grid(data: Dataset, communes: pd.DataFrame, period: str) -> Sheet:
    """A row per commune: what stands in the lists of communes, then its answer to each criterion."""
    names = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    answers = labels.answers()
    wide = data.answers_at(period).loc[communes.index].map(lambda met: answers[Answer.of(met)]).rename(columns=str)
    rows = listing.rows(data, communes).join(wide).assign(code=communes.index)
    numbered = {str(number): Column(name) for number, name in names.items()}
    columns = {"code": Column(_("Mã")), **listing.columns(data.reference), **numbered}
    return Sheet(_("Xã và tiêu chí"), rows, columns, answers=list(numbered))


def _criteria(data: Dataset, communes: pd.DataFrame, period: str) -> Sheet:
    names = labels.criteria(data.reference.criteria_of(data.reference.commune_set))
    assessed = data.assessments_at(period, data.reference.commune_set)
    rates = metrics.pass_rates(assessed[assessed["unit_code"].isin(communes.index)], list(names))
    columns = {
        "name": Column(_("Tiêu chí")),
        "met": Column(_("Số xã đạt")),
        "assessed": Column(_("Số xã có số liệu")),
        "rate": Column(_("Tỷ lệ đạt")),
    }
    return Sheet(_("Tiêu chí"), rates.assign(name=rates["criterion"].map(names)), columns, shares=["rate"])
