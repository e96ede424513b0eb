"""A report as a Word document in the form of an official letter (Decree 30/2020/NĐ-CP): Times New Roman, A4.

What only the office knows (the number, who signs, who receives) is left to be filled in.
"""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Open
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from ntm import look, office_metadata
from ntm.reports.document import Picture, Report, Table
from ntm.text import _

FONT = "Times New Roman"
TEXT_SIZE, TABLE_SIZE, ANNEX_SIZE = 14, 12, 9  # points
TEXT_WIDTH, ACROSS_WIDTH = 16.0, 26.7  # centimetres between the margins of a page upright and across
# Letters: a column is as wide as its longest cell within these bounds, and a bit more.
NARROWEST = {True: 4, False: 10}  # on a page across, upright
WIDEST, MORE = 26, 2
LETTERS = 1.6  # charts are shrunk to the text's width; their letters must still be read
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(report: Report) -> bytes:
    """Return the report as DOCX."""
    with look.use(look.current().on_paper(LETTERS)):
        return _write(report)


def _write(report: Report) -> bytes:
    document = Document()
    _styles(document)
    _page(document)
    _letterhead(document, report)
    numbers = {"table": 0, "picture": 0}
    for section in report.sections:
        if any(isinstance(block, Table) and block.wide for block in section.blocks):
            _signature(document)  # what follows is the annex
            _across(document)
        document.add_heading(section.heading, level=1)
        for block in section.blocks:
            _block(document, block, numbers)
    _provenance(document, report)
    _header(document, report)
    file = io.BytesIO()
    document.save(file)
    return office_metadata.stamped(file.getvalue(), report.subject, report.office)


def _styles(document: Open) -> None:
    looks = {"Normal": (TEXT_SIZE, False), "Heading 1": (TEXT_SIZE, True), "Caption": (TABLE_SIZE, True)}
    for name, (size, bold) in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.color.rgb, style.font.italic = RGBColor(0, 0, 0), False
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)
    fonts = document.styles["Heading 1"].element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size = Pt(11)


def _page(document: Open) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _across(document: Open) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)


def _letterhead(document: Open, report: Report) -> None:
    table = document.add_table(rows=2, cols=2)
    _widths(table, [6, 10])
    left, right = table.rows[0].cells
    _centred(left.paragraphs[0], report.office, bold=True)
    _centred(left.add_paragraph(), "———")
    _centred(right.paragraphs[0], _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), bold=True, size=12)
    _centred(right.add_paragraph(), _("Độc lập - Tự do - Hạnh phúc"), bold=True)
    _centred(right.add_paragraph(), "———————")
    left, right = table.rows[1].cells
    _centred(left.paragraphs[0], _("Số: ……/BC-……"), size=13)
    _centred(right.paragraphs[0], report.place_and_date(), italic=True, size=13)
    _centred(document.add_paragraph(), _("BÁO CÁO"), bold=True)
    _centred(document.add_paragraph(), report.subject, bold=True)
    if report.notice:
        _centred(document.add_paragraph(), report.notice, bold=True, size=13)


def _centred(paragraph: Paragraph, words: str, *, bold: bool = False, italic: bool = False, size: int = 0) -> None:
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)


def _block(document: Open, block: object, numbers: dict[str, int]) -> None:
    if isinstance(block, str):
        paragraph = document.add_paragraph(block)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)
    elif isinstance(block, list):
        for point in block:
            document.add_paragraph(point, style="List Bullet")
    elif isinstance(block, Table):
        _table(document, block, numbers)
    elif isinstance(block, Picture):
        _picture(document, block, numbers)


def _table(document: Open, table: Table, numbers: dict[str, int]) -> None:
    _caption(document, _("Bảng {number}. {caption}"), table.caption, "table", numbers)
    size = ANNEX_SIZE if table.wide else TABLE_SIZE
    headings = table.headings
    grid = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    _row(grid, list(headings.values()), size, bold=True)
    _mark(grid, 0, "w:tblHeader")  # the heading comes again on every page that the table runs over
    middle = [key in table.numbers for key in headings]
    for words in table.cells():
        grid.add_row()
        _row(grid, words, size, middle=middle)
        _mark(grid, -1, "w:cantSplit")
    _widths(grid, _shares(table))
    if table.note:
        document.add_paragraph(table.note, style="Small")


def _shares(table: Table) -> list[float]:
    """Share the page's width out by what stands in the columns."""
    letters = [count + MORE for count in table.letters(NARROWEST[table.wide], WIDEST)]
    width = ACROSS_WIDTH if table.wide else TEXT_WIDTH
    return [width * count / sum(letters) for count in letters]


def _widths(grid: WordTable, centimetres: Sequence[float]) -> None:
    grid.autofit = False
    for column, width in zip(grid.columns, centimetres, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
    for row in grid.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)


def _row(grid: WordTable, words: list[str], size: int, *, bold: bool = False, middle: list[bool] | None = None) -> None:
    for position, (cell, value) in enumerate(zip(grid.rows[-1].cells, words, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(value)
        run.bold, run.font.size = bold, Pt(size)
        paragraph.paragraph_format.space_after = Pt(0)
        if bold or (middle and middle[position]):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(grid: WordTable, row: int, property_name: str) -> None:
    """Set a row's property that python-docx has no name for."""
    mark = OxmlElement(property_name)
    mark.set(qn("w:val"), "true")
    element = grid.rows[row]._tr  # noqa: SLF001  see above
    element.get_or_add_trPr().append(mark)


def _picture(document: Open, picture: Picture, numbers: dict[str, int]) -> None:
    shape = document.add_picture(io.BytesIO(picture.make()), width=Cm(TEXT_WIDTH))
    inline = shape._inline  # noqa: SLF001  python-docx has no name for a picture's description
    inline.docPr.set("descr", picture.alt)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _caption(document, _("Hình {number}. {caption}"), picture.caption, "picture", numbers)


def _caption(document: Open, pattern: str, caption: str, kind: str, numbers: dict[str, int]) -> None:
    numbers[kind] += 1
    paragraph = document.add_paragraph(pattern.format(number=numbers[kind], caption=caption), style="Caption")
    paragraph.paragraph_format.keep_with_next = kind == "table"


def _signature(document: Open) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run(_("Nơi nhận:")).bold = True
    left.add_paragraph("- ……;", style="Small")
    left.add_paragraph(_("- Lưu: VT, ……."), style="Small")
    _centred(right.paragraphs[0], _("NGƯỜI KÝ"), bold=True)


def _provenance(document: Open, report: Report) -> None:
    document.add_paragraph()
    for fact, words in report.facts.items():
        paragraph = document.add_paragraph(style="Small")
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{fact}: ").bold = True
        paragraph.add_run(words)


def _header(document: Open, report: Report) -> None:
    """On every page: that the figures are a sample, where they are."""
    if report.notice:
        _centred(document.sections[0].header.paragraphs[0], report.notice, bold=True, size=10)
