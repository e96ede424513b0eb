import io
import re

import pypdf

from ntm.reports import files
from tests.reports.conftest import PERIOD


def test_the_pdf_can_be_read_and_searched(data) -> None:
    document = pypdf.PdfReader(io.BytesIO(files.make("pdf", data, PERIOD, "110")))
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))
    assert "Độc lập - Tự do - Hạnh phúc" in said
    assert "Số xã đã được công nhận đạt chuẩn: 9 trong 11 xã" in said
    assert all("SỐ LIỆU MINH HỌA" in page.extract_text() for page in document.pages)
    for label in data.communes_of(PERIOD, ("110",))["label"]:
        assert label in said
    assert sum(len(page.images) for page in document.pages) == 4
