"""The files, opened again: by their own library, and by LibreOffice."""

import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ntm import boundaries, deck, metrics, text
from ntm.cli import main
from ntm.reports import content, files, slides, word
from tests import office

PERIOD = "2024-12-31"
TODAY = dt.date(2025, 1, 6)


@pytest.fixture(scope="module", autouse=True)
def published(data) -> None:
    boundaries.publish(data.reference)


@pytest.fixture(scope="module")
def letter(data) -> bytes:
    text.use("vi")  # whatever the test before spoke
    return word.write(content.build(data, PERIOD, today=TODAY))


def read_again(folder: Path, name: str, file: bytes, kind: str) -> str:
    """What LibreOffice reads in a file."""
    path = folder / name
    path.write_bytes(file)
    return re.sub(r"\s+", " ", office.words(path, kind))


def test_libreoffice_reads_the_letter(letter, data, tmp_path) -> None:
    said = read_again(tmp_path, "report.docx", letter, "txt")
    communes = data.communes_at(PERIOD)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "Lai Châu, ngày 06 tháng 01 năm 2025" in said
    assert f"{communes['recognised'].sum()}/44 xã đã được công nhận đạt chuẩn" in said
    assert f"bình quân {text.number(communes['met'].mean(), 1)} tiêu chí mỗi xã" in said
    assert "SỐ LIỆU MINH HỌA" in said
    for label in communes["label"]:
        assert label in said, label


def test_the_letter_is_in_official_form(letter) -> None:
    document = docx.Document(io.BytesIO(letter))
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert 13 <= document.styles["Normal"].font.size.pt <= 14
    assert document.sections[0].left_margin.cm == pytest.approx(3, abs=0.01)
    headings = [part.text for part in document.paragraphs if part.style.name == "Heading 1"]
    assert [heading.split(".")[0] for heading in headings] == ["I", "II", "III", "IV", "Phụ lục"]
    captions = [part.text for part in document.paragraphs if part.style.name == "Caption"]
    assert [caption.split(".")[0] for caption in captions if caption.startswith("Bảng")] == [
        "Bảng 1",
        "Bảng 2",
        "Bảng 3",
    ]
    assert len(document.inline_shapes) == sum(caption.startswith("Hình") for caption in captions) == 4
    assert document.sections[0].header.paragraphs[0].text.startswith("SỐ LIỆU MINH HỌA")
    for shape in document.inline_shapes:
        assert shape._inline.docPr.get("descr")


def test_the_letter_in_english(data) -> None:
    text.use("en")
    document = docx.Document(io.BytesIO(word.write(content.build(data, PERIOD, "110", today=TODAY))))
    said = "\n".join([part.text for part in document.paragraphs] + [c.text for c in document.tables[0]._cells])
    assert "SOCIALIST REPUBLIC OF VIET NAM" in said
    assert "II. Results by commune" in said
    assert "Nhiệm vụ" not in said


def test_the_workbook_has_the_metrics_figures(data, tmp_path) -> None:
    made = files.make("xlsx", data, PERIOD)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Mục tiêu", "Huyện", "Xã và tiêu chí", "Tiêu chí", "Nguồn số liệu"]
    figures = metrics.summary(data.communes_at(PERIOD), "district")
    head, *rows = book["Huyện"].iter_rows(values_only=True)
    averages = {row[0]: row[head.index("Bình quân tiêu chí")] for row in rows}
    assert averages == pytest.approx(figures["average"].to_dict())
    grid = book["Xã và tiêu chí"]
    cells = [cell for row in grid.iter_rows(min_row=2, values_only=True) for cell in row]
    assert cells.count("Chưa đạt") == (data.answers_at(PERIOD) == 0).sum().sum()
    assert len(grid.conditional_formatting) == 1
    (rules,) = (area.rules for area in grid.conditional_formatting)
    assert len(rules) == 3
    facts = dict(book["Nguồn số liệu"].iter_rows(values_only=True))
    assert facts["Bộ số liệu"] == "số liệu minh họa, không phải số liệu của tỉnh"
    assert facts["Loại số liệu"].endswith("công nhận: số liệu công bố và số liệu minh họa")
    assert '"Tổng số xã đạt chuẩn (xã)",39,41,"đủ số liệu",44' in read_again(tmp_path, "report.xlsx", made, "csv")


def test_the_slides_have_tables_and_charts_that_can_be_edited(data) -> None:
    show = pptx.Presentation(io.BytesIO(files.make("pptx", data, PERIOD)))
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert len(charts) == 3
    tiers = {series.name: list(series.values) for series in charts[0].plots[0].series}
    counts = metrics.tier_counts(data.communes_at(PERIOD), data.reference.plan.tiers).set_index("tier")["communes"]
    assert tiers["19 tiêu chí"] == [39, counts["19"], 44]
    averages = metrics.summary(data.communes_at(PERIOD), "district")["average"]
    now = dict(zip(charts[1].plots[0].categories, list(charts[1].plots[0].series)[1].values, strict=True))
    assert now == pytest.approx(averages.to_dict())
    assert sum(shape.has_table for shape in shapes) == 1
    maps = [shape for shape in shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(maps) == 1 + len(data.reference.districts)
    assert all("19 tiêu chí: " in shape._element.xpath("p:nvPicPr/p:cNvPr")[0].get("descr") for shape in maps)
    for slide in show.slides:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "SỐ LIỆU MINH HỌA" in said
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width


def test_libreoffice_shows_the_slides_of_the_presentation(data, tmp_path) -> None:
    file = tmp_path / "slides.pptx"
    file.write_bytes(files.make("pptx", data, PERIOD, "110"))
    pages = [Counter(page.extract_text()) for page in pypdf.PdfReader(office.convert(file, "pdf")).pages]
    order = deck.order(data, ("110",))
    assert len(pages) == len(order)
    for letters, slide in zip(pages, order, strict=True):
        title = deck.build(data, PERIOD, slide, ("110",)).title
        assert Counter(title.replace(" ", "")) <= letters  # marked letters may come from another font, out of order


def test_the_chosen_slides_in_the_chosen_order(data) -> None:
    made = pptx.Presentation(io.BytesIO(slides.write(data, PERIOD, (), ["tasks", "district-108"])))
    assert [slide.shapes.title.text for slide in made.slides] == ["Việc đến ngày 31/12/2024", "Sìn Hồ"]
    with pytest.raises(ValueError, match="2024-12-31"):
        slides.write(data, "1999-12-31")


def test_the_pdf_can_be_read_and_searched(data) -> None:
    document = pypdf.PdfReader(io.BytesIO(files.make("pdf", data, PERIOD, "110")))
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))
    assert "Độc lập - Tự do - Hạnh phúc" in said
    assert "số xã đã được công nhận đạt chuẩn: 9 trong 11 xã" in said
    assert all("SỐ LIỆU MINH HỌA" in page.extract_text() for page in document.pages)
    for label in data.communes_of(PERIOD, ("110",))["label"]:
        assert label in said
    assert sum(len(page.images) for page in document.pages) == 4


def test_the_command_line_writes_a_districts_report(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite'}")
    assert main(["report", "--kind", "xlsx", "--district", "110", "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "bao-cao-than-uyen-2024-12-31-minh-hoa.xlsx").exists()
    assert main(["report", "--kind", "xlsx", "--all-districts", "-o", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").iterdir())) == 8
    capsys.readouterr()
    assert main(["report", "--district", "999"]) == 2
    assert "110 Than Uyên" in capsys.readouterr().err
    assert main(["report", "--period", "2020-01-01"]) == 2
    assert "2024-12-31" in capsys.readouterr().err
