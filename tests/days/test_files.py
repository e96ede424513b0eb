"""The files say what the blocks say that they are written from: the day-one suite may therefore read the blocks."""

import io
import re
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
import pytest
from docx.table import Table as WordTable

from ntm import look
from ntm.dataset import Dataset
from ntm.look import Look
from ntm.reports import content, deck, pdf, slides, word, workbook
from ntm.reports.document import Report
from tests import office
from tests.days import surfaces
from tests.days.days import DAYS, DUE, SIN_HO, dawn

SCOPES = (None, SIN_HO)


@pytest.fixture(scope="module")
def seen(engine, data, tmp_path_factory) -> Dataset:
    """The day on which one group has reported."""
    file: Path = tmp_path_factory.mktemp("files") / "office.sqlite"
    return dawn(DAYS["one group with one blank cell"], engine, file, data.reference)[1]


def letters(words: str) -> str:
    """Words without spaces and line breaks, which a file's pages add."""
    return re.sub(r"\s+|•", "", unicodedata.normalize("NFC", words))


def paragraphs(report: Report) -> list[str]:
    """Every paragraph, point, caption, note and cell of a report."""
    lines = surfaces.report_lines(report, alternatives=False)
    return [part for line in lines for part in line.split(" | ") if part.strip()]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group", SCOPES)
def test_word_and_pdf_say_every_block(seen: Dataset, group: str | None, language: str) -> None:
    with look.use(Look(language)):
        report = content.build(seen, DUE, group, today=surfaces.TODAY)
        document = docx.Document(io.BytesIO(word.write(report)))
        parts = [WordTable(part, document) for part in document.element.body.iter() if part.tag.endswith("}tbl")]
        in_word = letters(
            "\n".join([part.text for part in document.paragraphs] + [c.text for t in parts for c in t._cells])
        )
        pages = pypdf.PdfReader(io.BytesIO(pdf.write(report))).pages
        in_pdf = letters("\n".join(page.extract_text() for page in pages))
        for line in paragraphs(report):
            assert letters(line) in in_word, line
            if len(line) < 30:  # a longer one may run over a page's foot
                assert letters(line) in in_pdf, line


@pytest.mark.parametrize("group", SCOPES)
def test_powerpoint_says_every_slide(seen: Dataset, group: str | None) -> None:
    chosen = (group,) if group else ()
    show = pptx.Presentation(io.BytesIO(slides.write(seen, DUE, chosen)))
    said = [letters("\n".join(_words(slide))) for slide in show.slides]
    for name in deck.order(seen, chosen):
        slide = deck.build(seen, DUE, name, chosen)
        cells = [] if slide.table is None else [cell for row in slide.table.cells() for cell in row]
        mine = "".join(page for page in said if letters(slide.title) in page)
        assert all(letters(line) in mine for line in [slide.title, *slide.points, *cells]), name


def _words(slide) -> list[str]:
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return words + [cell.text for table in tables for row in table.rows for cell in row.cells]


@pytest.mark.parametrize("group", SCOPES)
def test_excel_says_every_table(seen: Dataset, group: str | None) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(seen, DUE, group)))
    for sheet in workbook.sheets(seen, DUE, group):
        table = sheet.table()
        written = list(book[sheet.name].iter_rows(values_only=True))
        assert written[0] == tuple(table.columns)
        expected = table.astype(object).where(table.notna() & (table != ""), None).to_numpy().tolist()
        about = [[pytest.approx(cell) if isinstance(cell, float) else cell for cell in row] for row in expected]
        assert [list(row) for row in written[1:]] == about


def test_libreoffice_reads_the_same_letter(seen: Dataset, tmp_path) -> None:
    report = content.build(seen, DUE, SIN_HO, today=surfaces.TODAY)
    file = tmp_path / "report.docx"
    file.write_bytes(word.write(report))
    said = letters(office.words(file, "txt"))
    points = report.sections[3].blocks[0]
    assert all(letters(point) in said for point in points)
    assert "giữkếtquả" not in said
