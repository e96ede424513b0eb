"""A report as a file of some kind, for pages and the command line."""

from collections.abc import Callable

from ntm import clock, exports, text
from ntm.dataset import Dataset
from ntm.reports import content, pdf, slides, word, workbook
from ntm.reports.document import Report
from ntm.text import _

Maker = Callable[[Dataset, str, str | None], bytes]


def _of_report(write: Callable[[Report], bytes]) -> Maker:
    """Make a file of what the report says."""
    return lambda data, period, group: write(content.build(data, period, group, today=clock.today()))


def _slides(data: Dataset, period: str, group: str | None) -> bytes:
    return slides.write(data, period, (group,) if group else ())


KINDS: dict[str, tuple[str, Maker]] = {  # kind → media type, maker
    "docx": (word.DOCX_TYPE, _of_report(word.write)),
    "pptx": (slides.PPTX_TYPE, _slides),
    "pdf": (pdf.PDF_TYPE, _of_report(pdf.write)),
    "xlsx": (exports.XLSX_TYPE, workbook.write),
}


def make(kind: str, data: Dataset, period: str, group: str | None = None) -> bytes:
    """Return the report of the province, or of one group, at a period. ValueError for a period without data."""
    return KINDS[kind][1](data, period, group)


def name(kind: str, data: Dataset, period: str, group: str | None = None) -> str:
    """Return the file's name, without marks and spaces: "bao-cao-than-uyen-2024-12-31.docx".

    The name of a file of the sample says so.
    """
    reference = data.reference
    scope = reference.groups.at[group, "label"] if group else reference.units.at[reference.province_code, "label"]
    words = _("Báo cáo {unit} {period}", unit=scope, period=period)
    words += " " + _("minh họa") if data.is_sample else ""
    return f"{text.plain(words).replace(' ', '-')}.{kind}"
