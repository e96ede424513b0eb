import io

import docx
import pytest

from ntm import look, text
from ntm.look import Look
from ntm.reports import content, word
from tests.office import read_again
from tests.reports.conftest import PERIOD, TODAY


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
    with look.use(Look("en")):
        document = docx.Document(io.BytesIO(word.write(content.build(data, PERIOD, "110", today=TODAY))))
        said = "\n".join([part.text for part in document.paragraphs] + [c.text for c in document.tables[0]._cells])
        assert "SOCIALIST REPUBLIC OF VIET NAM" in said
        assert "II. Results by commune" in said
        assert "Nhiệm vụ" not in said
