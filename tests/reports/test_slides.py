import io
from collections import Counter

import pptx
import pypdf
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ntm import metrics
from ntm.reports import deck, files, slides
from tests import office
from tests.reports.conftest import PERIOD


def test_the_slides_have_tables_and_charts_that_can_be_edited(data) -> None:
    show = pptx.Presentation(io.BytesIO(files.make("pptx", data, PERIOD)))
    shapes = [shape for slide in show.slides for shape in slide.shapes]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    assert len(charts) == 3
    tiers = {series.name: list(series.values) for series in charts[0].plots[0].series}
    counts = metrics.tier_counts(data.communes_at(PERIOD), data.reference.tiers).set_index("tier")["communes"]
    assert tiers["19 tiêu chí"] == [39, counts["19"], 44]
    averages = metrics.summary(data.communes_at(PERIOD), "group")["average"]
    now = dict(zip(charts[1].plots[0].categories, list(charts[1].plots[0].series)[1].values, strict=True))
    assert now == pytest.approx(averages.to_dict())
    assert sum(shape.has_table for shape in shapes) == 1
    maps = [shape for shape in shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(maps) == 1 + len(data.reference.groups)
    assert all("19 tiêu chí: " in shape._element.xpath("p:nvPicPr/p:cNvPr")[0].get("descr") for shape in maps)
    for slide in show.slides:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "SỐ LIỆU MINH HỌA" in said
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width


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
    made = pptx.Presentation(io.BytesIO(slides.write(data, PERIOD, (), ["tasks", "group-108"])))
    assert [slide.shapes.title.text for slide in made.slides] == ["Việc đến ngày 31/12/2024", "Sìn Hồ"]
    with pytest.raises(ValueError, match="2024-12-31"):
        slides.write(data, "1999-12-31")
