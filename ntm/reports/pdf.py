"""A report as PDF, A4, in letters that have every Vietnamese mark (DejaVu, which comes with Matplotlib)."""

import io
from pathlib import Path

import matplotlib
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from ntm import look, office_metadata, text
from ntm.reports.document import Picture, Report, Table
from ntm.text import _

FONT = "DejaVu Sans"
FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
TEXT, SMALL, TABLE, ANNEX = 11, 8.5, 9, 6.5  # points
LINE = 6  # millimetres
NARROWEST = {True: 4, False: 13}  # letters in a column, across and upright
WIDEST = 30
LETTERS = 1.6
PDF_TYPE = "application/pdf"


class Pages(FPDF):
    """Pages that carry the notice at their head and their number at their foot."""

    notice = ""

    def header(self) -> None:
        """Write the notice."""
        if self.notice:
            self.set_font(FONT, "B", SMALL)
            line(self, self.notice, align="C")

    def footer(self) -> None:
        """Write the page's number."""
        self.set_y(-12)
        self.set_font(FONT, "", SMALL)
        self.cell(0, LINE, f"{self.page_no()}/{{nb}}", align="C")


def write(report: Report) -> bytes:
    """Return the report as PDF."""
    with look.use(look.current().on_paper(LETTERS)):
        return _write(report)


def _write(report: Report) -> bytes:
    sheet = pages(report.subject, report.office)
    sheet.notice = report.notice
    sheet.set_margins(25, 15, 18)
    sheet.set_auto_page_break(True, 18)
    sheet.add_page()
    _head(sheet, report)
    numbers = {"table": 0, "picture": 0}
    for section in report.sections:
        if any(isinstance(block, Table) and block.wide for block in section.blocks):
            sheet.set_margins(12, 15, 12)
            sheet.add_page(orientation="landscape")
        sheet.set_font(FONT, "B", TEXT + 1)
        sheet.ln(2)
        sheet.start_section(section.heading)
        line(sheet, section.heading)
        for block in section.blocks:
            _block(sheet, block, numbers)
    sheet.ln(4)
    for fact, words in report.facts.items():
        sheet.set_font(FONT, "", SMALL)
        line(sheet, f"{fact}: {words}", height=4.5)
    return bytes(sheet.output())


def pages(title: str, office: str) -> Pages:
    """Return a document without pages, A4 upright, with its letters and with what it says of itself."""
    sheet = Pages(format="A4")
    for style, file in FILES.items():
        sheet.add_font(FONT, style, str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file))
    sheet.set_title(title)
    sheet.set_author(office)
    sheet.set_creator(office)
    sheet.set_producer(office_metadata.product_name())
    sheet.set_lang(text.language())
    return sheet


def _head(sheet: FPDF, report: Report) -> None:
    sheet.set_font(FONT, "B", TEXT - 1)
    for words in (report.office, _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), _("Độc lập - Tự do - Hạnh phúc")):
        line(sheet, words, align="C")
    sheet.set_font(FONT, "I", TEXT - 1)
    line(sheet, report.place_and_date(), align="C")
    sheet.ln(2)
    sheet.set_font(FONT, "B", TEXT + 2)
    line(sheet, _("BÁO CÁO"), align="C")
    sheet.set_font(FONT, "B", TEXT)
    line(sheet, report.subject, align="C")


def _block(sheet: FPDF, block: object, numbers: dict[str, int]) -> None:
    sheet.set_font(FONT, "", TEXT)
    if isinstance(block, str):
        line(sheet, block)
    elif isinstance(block, list):
        for point in block:
            line(sheet, f"• {point}")
    elif isinstance(block, Table):
        _table(sheet, block, numbers)
    elif isinstance(block, Picture):
        _picture(sheet, block, numbers)


def _table(sheet: FPDF, table: Table, numbers: dict[str, int]) -> None:
    numbers["table"] += 1
    sheet.set_font(FONT, "B", TABLE + 1)
    line(sheet, _("Bảng {number}. {caption}").format(number=numbers["table"], caption=table.caption))
    sheet.set_font(FONT, "", ANNEX if table.wide else TABLE)
    headings = table.headings
    aligns = ["CENTER" if key in table.numbers else "LEFT" for key in headings]
    widths = table.letters(NARROWEST[table.wide], WIDEST)
    with sheet.table(
        headings_style=FontFace(emphasis="BOLD"),
        col_widths=tuple(widths),
        text_align=tuple(aligns),
        line_height=(ANNEX if table.wide else TABLE) * 0.5,
    ) as grid:
        grid.row(list(headings.values()))
        for words in table.cells():
            grid.row(words)
    if table.note:
        sheet.set_font(FONT, "", SMALL)
        line(sheet, table.note, height=4.5)
    sheet.ln(2)


def _picture(sheet: FPDF, picture: Picture, numbers: dict[str, int]) -> None:
    numbers["picture"] += 1
    sheet.image(io.BytesIO(picture.make()), w=sheet.epw, alt_text=picture.alt)
    sheet.set_font(FONT, "B", TABLE + 1)
    line(sheet, _("Hình {number}. {caption}").format(number=numbers["picture"], caption=picture.caption))
    sheet.ln(2)


def line(sheet: FPDF, words: str, *, align: str = "L", height: float = LINE) -> None:
    """Write words over the whole width, in as many lines as they need. `height`: of a line, in millimetres."""
    sheet.multi_cell(0, height, words, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
