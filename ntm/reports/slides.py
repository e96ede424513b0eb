"""A report as PowerPoint slides: tables and charts that can be edited there, pictures for what it cannot draw."""

import io
from contextvars import copy_context
from typing import Any

from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Open
from pptx.slide import Slide
from pptx.util import Cm, Emu, Pt

from ntm import palette, text, typography
from ntm.reports.content import Bars, Picture, Report, Section, Table

FONT = "Arial"
WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
LEFT, TOP, INSIDE = Cm(1.6), Cm(3.4), Cm(30.6)
ROOM = Cm(13.4)  # from TOP to the foot
TITLE, WORDS, TABLE, MANY, FOOT = Pt(28), Pt(22), Pt(14), Pt(11), Pt(11)  # MANY: the labels of many bars
LETTERS = 1.8  # of the pictures of charts
POINTS_SHOWN, ROWS_SHOWN = 7, 11  # on one slide; the rest goes on the next
FEW_BARS = 12
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write(report: Report) -> bytes:
    """Return the report as PPTX. Tables that need a page of their own stay in the Word report."""
    return copy_context().run(_write, report)


def _write(report: Report) -> bytes:
    palette.use("light")
    typography.use(LETTERS)
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title, deck.core_properties.language = report.subject, text.language()
    _opening(deck, report)
    for section in report.sections:
        _section(deck, report, section)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _opening(deck: Open, report: Report) -> None:
    slide = _slide(deck, report, report.subject)
    facts = [f"{fact}: {words}" for fact, words in report.facts.items()]
    _points(slide, [report.office, text.date(report.date), *facts])


def _section(deck: Open, report: Report, section: Section) -> None:
    said: list[str] = []
    titles = [f"{block.caption}." for block in section.blocks if isinstance(block, Picture)]
    for block in section.blocks:
        if isinstance(block, str):
            said += [] if block in titles else [block]  # the slide of the picture says it
        elif isinstance(block, list):
            said += block
        elif not (isinstance(block, Table) and block.wide):
            _say(deck, report, section, said)
            said = []
            _drawn(deck, report, block)
    _say(deck, report, section, said)


def _say(deck: Open, report: Report, section: Section, said: list[str]) -> None:
    for start in range(0, len(said), POINTS_SHOWN):
        _points(_slide(deck, report, section.heading), said[start : start + POINTS_SHOWN])


def _drawn(deck: Open, report: Report, block: Table | Picture) -> None:
    if isinstance(block, Table):
        for start in range(0, len(block.rows), ROWS_SHOWN):
            _table(_slide(deck, report, block.caption), block, start)
        return
    slide = _slide(deck, report, block.caption)
    if block.bars:
        _chart(slide, block.bars)
    else:
        _picture(slide, block)


def _slide(deck: Open, report: Report, title: str) -> Slide:
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # a title alone
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = LEFT, Cm(0.7), INSIDE, Cm(2.5)
    heading.text_frame.text, heading.text_frame.word_wrap = title, True
    heading.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _look(heading.text_frame.paragraphs[0], TITLE, palette.LIGHT.ink, bold=True)
    foot = slide.shapes.add_textbox(LEFT, HEIGHT - Cm(1.5), INSIDE, Cm(1)).text_frame
    foot.text = " · ".join([*([report.notice] if report.notice else []), *report.facts.values()])
    foot.word_wrap = True
    _look(foot.paragraphs[0], FOOT, palette.LIGHT.target if report.notice else palette.LIGHT.muted)
    return slide


def _points(slide: Slide, said: list[str]) -> None:
    frame = slide.shapes.add_textbox(LEFT, TOP, INSIDE, ROOM).text_frame
    frame.word_wrap = True
    for position, words in enumerate(said):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.text = words
        paragraph.space_after = Pt(10)
        _look(paragraph, WORDS, palette.LIGHT.ink)


def _table(slide: Slide, table: Table, start: int) -> None:
    rows = table.rows.iloc[start : start + ROWS_SHOWN]
    grid = slide.shapes.add_table(len(rows) + 1, len(rows.columns), LEFT, TOP, INSIDE, Cm(1)).table
    letters = table.letters(9, 40)
    for position, heading in enumerate(rows.columns):
        grid.columns[position].width = Emu(INSIDE * letters[position] // sum(letters))
        for row, words in enumerate([heading, *rows[heading]]):
            cell = grid.cell(row, position)
            cell.text = words
            colour = "#ffffff" if row == 0 else palette.LIGHT.ink  # the table's own style has a dark heading
            _look(cell.text_frame.paragraphs[0], TABLE, colour, bold=row == 0)


def _chart(slide: Slide, bars: Bars) -> None:
    data = ChartData(number_format="0%" if bars.share else "General")
    data.categories = bars.rows
    for name, (_colour, values) in bars.series.items():
        data.add_series(name, values)
    kind = XL_CHART_TYPE.BAR_STACKED if bars.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame: Any = slide.shapes.add_chart(kind, LEFT, TOP, INSIDE, ROOM, data)
    chart = frame.chart
    chart.font.size, chart.font.name = TABLE if len(bars.rows) <= FEW_BARS else MANY, FONT
    chart.has_title = False
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.category_axis.reverse_order = True  # the first row on top
    every = OxmlElement("c:tickLblSkip")  # name every bar; PowerPoint leaves some out where they are many
    every.set("val", "1")
    chart.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    chart.value_axis.has_major_gridlines = chart.value_axis.visible = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    plot.data_labels.number_format = "0%;;" if bars.share else "#,##0.#;;"  # nothing is written where there is none
    plot.data_labels.number_format_is_linked = False
    for series, (colour, _values) in zip(plot.series, bars.series.values(), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _rgb(colour)
        if bars.stacked:
            series.data_labels.show_value = True
            series.data_labels.font.size, series.data_labels.font.bold = TABLE, True
            series.data_labels.font.color.rgb = _rgb(palette.text_on(colour))
            series.data_labels.number_format = plot.data_labels.number_format
            series.data_labels.number_format_is_linked = False


def _picture(slide: Slide, picture: Picture) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(picture.make()), LEFT, TOP, height=ROOM)
    if shape.width > INSIDE:
        shape.height, shape.width = Emu(shape.height * INSIDE // shape.width), INSIDE
    shape.left = Emu((WIDTH - shape.width) // 2)
    shape._element.xpath("p:nvPicPr/p:cNvPr")[0].set("descr", picture.alt)


def _look(paragraph: Any, size: Pt, colour: str, *, bold: bool = False) -> None:
    font = paragraph.font
    font.name, font.size, font.bold, font.color.rgb = FONT, size, bold, _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
