"""What was found in a file, as a list to forward: its faults, and what was left out of it; XLSX, or PDF of one page."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from fpdf.fonts import FontFace

from ntm import exports, signs, text
from ntm.facts import FORMS, TYPES
from ntm.figure import Column, as_words
from ntm.intake.reading import Reading
from ntm.reports import pdf
from ntm.text import _, plural

LONGEST_WORD = 120  # signs of a cell that are printed
MOST_ROWS = 40  # that could ever fit one page
SMALL, TABLE = 9, 8  # points
WIDTHS = (4, 6, 4, 11, 20, 9)  # of the columns, relative


@dataclass(frozen=True)
class Findings:
    """What was found in a file. `file`: its name; `office`: of whom it is, in words; `day`: of the list."""

    file: str
    office: str
    day: dt.date
    reading: Reading

    def facts(self) -> dict[str, str]:
        """Return what the list says of the file, fact → words."""
        periods = sorted({*self.reading.rows.get("period", ()), self.reading.asked.period} - {""})
        form = self.reading.asked.form
        return {
            _("Tệp"): signs.shown(self.file)[:LONGEST_WORD],
            _("Loại số liệu"): _(TYPES[form].title),
            **({_("Kỳ"): ", ".join(map(text.date, periods))} if FORMS[form].of_period and periods else {}),
            _("Đơn vị"): self.office,
            _("Ngày lập"): text.date(self.day.isoformat()),
            _("Số liệu đọc được"): text.number(len(self.reading.rows)),
            _("Số lỗi"): text.number(len(self.reading.faults)),
            _("Số chỗ không đọc hoặc cần biết"): text.number(len(self.reading.left_out)),
        }

    def rows(self) -> pd.DataFrame:
        """Return the faults, then what was left out. Columns: kind, sheet, cell, value, words, suggestion."""
        faults = self.reading.faults.rename(columns={"rule": "words"}).assign(kind=_("Lỗi"))
        rest = self.reading.left_out.rename(columns={"reason": "words"}).assign(kind=_("Không đọc"), suggestion="")
        return pd.concat([faults, rest], ignore_index=True)[list(columns())]

    @property
    def title(self) -> str:
        """The list's title."""
        return _("Các chỗ cần xem lại trong tệp số liệu")


def columns() -> dict[str, Column]:
    """Return the columns of the list in words."""
    return {
        "kind": Column(_("Loại")),
        "sheet": Column(_("Sheet")),
        "cell": Column(_("Ô")),
        "value": Column(_("Nội dung")),
        "words": Column(_("Điều phải đúng, hoặc vì sao không đọc")),
        "suggestion": Column(_("Nên là")),
    }


def xlsx(found: Findings) -> bytes:
    """Return the list as XLSX: all of it, and what it is of."""
    tables = {_("Tóm tắt"): exports.fact_table(found.facts()), _("Danh sách"): as_words(found.rows(), columns())}
    return exports.xlsx(tables, {})


def one_page(found: Findings) -> bytes:
    """Return the list as PDF of one page; it says how many rows do not fit, and that the XLSX has them."""
    rows = as_words(found.rows(), columns()).map(lambda word: signs.shown(word)[:LONGEST_WORD])
    fits, too_many = 0, min(len(rows), MOST_ROWS) + 1
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if _pages(found, rows, tried).pages_count == 1:
            fits = tried
        else:
            too_many = tried
    return bytes(_pages(found, rows, fits).output())


WRITERS: Mapping[str, Callable[[Findings], bytes]] = {".xlsx": xlsx, ".pdf": one_page}  # the end of a file's name → it


def _pages(found: Findings, rows: pd.DataFrame, count: int) -> pdf.Pages:
    """The PDF with the first rows of the list, on as many pages as they need."""
    sheet = pdf.pages(found.title, found.office)
    sheet.set_margins(12, 12, 12)
    sheet.set_auto_page_break(True, 14)
    sheet.add_page(orientation="landscape")
    sheet.set_font(pdf.FONT, "B", pdf.TEXT + 2)
    pdf.line(sheet, found.title)
    sheet.set_font(pdf.FONT, "", SMALL)
    pdf.line(sheet, " · ".join(f"{fact}: {words}" for fact, words in found.facts().items()), height=5)
    sheet.ln(2)
    sheet.set_font(pdf.FONT, "", TABLE)
    if count:
        bold = FontFace(emphasis="BOLD")
        with sheet.table(headings_style=bold, col_widths=WIDTHS, text_align="LEFT", line_height=TABLE * 0.5) as grid:
            grid.row(list(rows.columns))
            for words in rows.head(count).to_numpy().tolist():
                grid.row(words)
    sheet.set_font(pdf.FONT, "B", SMALL)
    more = len(rows) - count
    if more:
        pdf.line(sheet, plural("Còn {count} dòng không vừa trang này; danh sách Excel có đủ.", more), height=5)
    elif rows.empty:
        pdf.line(sheet, _("Không có lỗi, không có chỗ nào bị bỏ qua."), height=5)
    return sheet
