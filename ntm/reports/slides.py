"""The presentation as PowerPoint slides: tables and charts that can be edited there, pictures for the rest."""

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Open
from pptx.slide import Slide
from pptx.util import Cm, Emu, Length, Pt

from ntm import look, narrative, office_metadata, palette, provenance
from ntm.dataset import Dataset
from ntm.reports import content, deck, pieces
from ntm.reports.bars import Bars
from ntm.reports.document import Picture, Table
from ntm.text import _

FONT = "Arial"
WIDTH, HEIGHT = Cm(33.867), Cm(19.05)
LEFT, TOP, INSIDE = Cm(1.6), Cm(3.4), Cm(30.6)
ROOM = Cm(13.4)  # from TOP to the foot
BESIDE, GAP = Cm(19), Cm(0.8)  # a map with words beside it
TITLE, WORDS, WORDS_BESIDE, TABLE, MANY, FOOT = Pt(28), Pt(22), Pt(18), Pt(14), Pt(11), Pt(11)  # MANY: of many bars
LETTERS = 1.8  # of the pictures of charts
MAP_LETTERS = 1.4  # what a slide shows small must still be read
ROWS_SHOWN = 11  # on one slide; the rest goes on the next
FEW_BARS = 12
PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def write(data: Dataset, period: str, groups: tuple[str, ...] = (), order: Sequence[str] = ()) -> bytes:
    """Return the presentation of some groups (codes; none means all) as PPTX.

    `order`: the slides (ids of deck.names), in their order; the usual ones where there are none. ValueError for a
    period without data, KeyError for another slide.
    """
    content.ask_for_data(data, period)
    with look.use(look.current().on_paper(LETTERS)):
        return _write(data, period, groups, order or deck.order(data, groups))


def _write(data: Dataset, period: str, groups: tuple[str, ...], order: Sequence[str]) -> bytes:
    show = Presentation()
    show.slide_width, show.slide_height = WIDTH, HEIGHT
    for name in order:
        _slide(show, data, period, deck.build(data, period, name, groups))
    file = io.BytesIO()
    show.save(file)
    return office_metadata.stamped(file.getvalue(), narrative.subject(data.reference))


def _slide(show: Open, data: Dataset, period: str, made: deck.Slide) -> None:
    slide = _titled(show, data, period, made)
    has_map = made.map_of is not None
    if made.map_of is not None:
        picture = pieces.map_picture(data, period, made.map_of, MAP_LETTERS)
        _picture(slide, picture, BESIDE if made.points else INSIDE)
    if made.points:
        left = Emu(LEFT + BESIDE + GAP) if has_map else LEFT
        _points(slide, made.points, left, WORDS_BESIDE if has_map else WORDS)
    if made.figure and made.figure.is_empty:
        _points(slide, [_("Chưa có số liệu để vẽ biểu đồ này.")], LEFT, WORDS)
    elif made.bars:
        _chart(slide, made.bars)
    elif made.figure:
        _picture(slide, pieces.figure_picture(made.figure), INSIDE)
    if made.table is not None:
        cells = made.table.cells()
        _table(slide, made.table, cells[:ROWS_SHOWN])
        for start in range(ROWS_SHOWN, len(cells), ROWS_SHOWN):
            _table(_titled(show, data, period, made), made.table, cells[start : start + ROWS_SHOWN])


def _titled(show: Open, data: Dataset, period: str, made: deck.Slide) -> Slide:
    slide = show.slides.add_slide(show.slide_layouts[5])  # a title alone
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = LEFT, Cm(0.7), INSIDE, Cm(2.5)
    heading.text_frame.text, heading.text_frame.word_wrap = made.title, True
    heading.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    heading.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _look(heading.text_frame.paragraphs[0], TITLE, palette.LIGHT.ink, bold=True)
    notice = provenance.notice(data)
    foot = slide.shapes.add_textbox(LEFT, HEIGHT - Cm(1.5), INSIDE, Cm(1)).text_frame
    foot.text = " · ".join(filter(None, [notice, provenance.line(data, period, made.sets)]))
    foot.word_wrap = True
    _look(foot.paragraphs[0], FOOT, palette.LIGHT.target if notice else palette.LIGHT.muted)
    return slide


def _points(slide: Slide, points: Sequence[str], left: Length, size: Pt) -> None:
    frame = slide.shapes.add_textbox(left, TOP, Emu(WIDTH - left - LEFT), ROOM).text_frame
    frame.word_wrap = True
    for position, words in enumerate(points):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.text = words
        paragraph.space_after = Pt(10)
        _look(paragraph, size, palette.LIGHT.ink)


def _table(slide: Slide, table: Table, cells: Sequence[Sequence[str]]) -> None:
    """Some rows of a table, below its headings."""
    headings, letters = list(table.headings.values()), table.letters(9, 40)
    grid = slide.shapes.add_table(len(cells) + 1, len(headings), LEFT, TOP, INSIDE, Cm(1)).table
    for position, width in enumerate(letters):
        grid.columns[position].width = Emu(INSIDE * width // sum(letters))
    for row, line in enumerate([headings, *cells]):
        for cell, words in zip(grid.rows[row].cells, line, strict=True):
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
    axis = chart.category_axis._element  # noqa: SLF001  python-pptx has no name for this property
    axis.find(qn("c:noMultiLvlLbl")).addprevious(every)
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


def _picture(slide: Slide, picture: Picture, room: int) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(picture.make()), LEFT, TOP, height=ROOM)
    if shape.width > room:
        shape.height, shape.width = Emu(shape.height * room // shape.width), Emu(room)
    shape.left = Emu(LEFT + (room - shape.width) // 2)
    element = shape._element  # noqa: SLF001  python-pptx has no name for a picture's description
    element.xpath("p:nvPicPr/p:cNvPr")[0].set("descr", picture.alt)


def _look(paragraph: Any, size: Pt, colour: str, *, bold: bool = False) -> None:
    font = paragraph.font
    font.name, font.size, font.bold, font.color.rgb = FONT, size, bold, _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
