"""Files to take away: CSV, XLSX and GeoJSON with their provenance. Text that a spreadsheet could run is neutralised."""

import datetime as dt
import io
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ntm import office_metadata
from ntm.spreadsheets import neutralise
from ntm.text import _

WIDEST = 60
CSV_TYPE = "text/csv"
GEOJSON_TYPE = "application/geo+json"
PICTURE_TYPES = {"png": "image/png", "svg": "image/svg+xml"}
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv(table: pd.DataFrame, provenance: Mapping[str, str]) -> bytes:
    """Return a table as CSV that Excel opens right (UTF-8 with a mark).

    Every row carries the provenance in columns of its own after the table's, so that no row travels without it.
    """
    labelled = table.assign(**{_("Nguồn: {fact}", fact=fact): words for fact, words in provenance.items()})
    return _csv(labelled, "\r\n").encode("utf-8-sig")


def plain_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV for programs, neutralised like every other; its rows name their kind themselves.

    With a mark (UTF-8): without one, Excel on Windows takes its letters for those of another code page.
    """
    return _csv(table, "\n").encode("utf-8-sig")


def _csv(table: pd.DataFrame, line_end: str) -> str:
    return table.rename(columns=neutralise).map(neutralise).to_csv(index=False, lineterminator=line_end)


def xlsx(sheets: Mapping[str, pd.DataFrame], provenance: Mapping[str, str]) -> bytes:
    """Return a workbook (see workbook) as XLSX."""
    file = io.BytesIO()
    workbook(sheets, provenance).save(file)
    return office_metadata.stamped(file.getvalue(), next(iter(sheets), ""))


def workbook(sheets: Mapping[str, pd.DataFrame], provenance: Mapping[str, str]) -> Workbook:
    """Return a workbook: a sheet per table with headings, widths, frozen panes and filters, then one of provenance.

    `provenance`: none for tables that are no figures.
    """
    book = Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        _write(book.create_sheet(name[:31]), table)
    if provenance:
        _write(book.create_sheet(_("Nguồn số liệu")), fact_table(provenance))
    return book


def fact_table(facts: Mapping[str, str]) -> pd.DataFrame:
    """Return facts, each with its words, as a table."""
    return pd.DataFrame(list(facts.items()), columns=[_("Mục"), _("Nội dung")])


def geojson(table: pd.DataFrame, geometries: Mapping[str, dict[str, Any]], provenance: Mapping[str, str]) -> bytes:
    """Return a table (indexed by code) as GeoJSON: a feature per row, and the provenance next to the features.

    `geometries`: code → GeoJSON geometry, in degrees (WGS 84). Unknown values are null.
    """
    features = [
        {
            "type": "Feature",
            "id": str(code),
            "properties": {"code": str(code)} | {name: _json_value(value) for name, value in row.items()},
            "geometry": geometries[str(code)],
        }
        for code, row in table.to_dict("index").items()
    ]
    content = {"type": "FeatureCollection", "provenance": dict(provenance), "features": features}
    return json.dumps(content, ensure_ascii=False).encode()


def _json_value(value: object) -> object:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _write(sheet: Worksheet, table: pd.DataFrame) -> None:
    sheet.append([neutralise(str(column)) for column in table.columns])
    for row in table.itertuples(index=False):
        sheet.append([_plain(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(table.columns, start=1):
        longest = max([len(str(column)), *(len(str(value)) for value in table[column])])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _plain(value: object) -> object:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, (str, bool, int, float, dt.date)):
        return neutralise(value)
    return value.item() if hasattr(value, "item") else str(value)
