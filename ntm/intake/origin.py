"""Origin: files that the dashboard itself has exported are known again by what they say of themselves.

Every file of the sample names its world (provenance.facts); such a file is never taken for the office's data.
"""

from collections.abc import Iterator, Sequence

from ntm import labels, text
from ntm.intake.sheets import Refused, Sheet, address
from ntm.text import _
from ntm.world import Kind, World

LONGEST_MARK = 200  # signs: what names a world is shorter, however it is spaced


def refuse_sample(sheets: Sequence[Sheet]) -> None:
    """Raise Refused if any cell says that the file was exported from the sample."""
    marks = set(_marks())
    for sheet in sheets:
        for row, cells in enumerate(sheet.cells):
            for column, cell in enumerate(cells):
                if len(cell) <= LONGEST_MARK and text.letters(cell) in marks:
                    raise Refused(_refusal(sheet, address(row, column), cell))


def _marks() -> Iterator[str]:
    """How files of the sample name themselves, in every language, as letters alone; to programs by the world's code."""
    yield World.SAMPLE
    for words in (labels.WORLD[World.SAMPLE], labels.KIND[Kind.SAMPLE]):
        for language in text.LANGUAGES:
            yield text.letters(text.translated(words, language))


def _refusal(sheet: Sheet, cell: str, words: str) -> str:
    return _(
        "Tệp này do bảng điều khiển xuất từ số liệu minh họa (ô {cell} của sheet “{sheet}” ghi: “{words}”); không nhập "
        "làm số liệu của tỉnh. Hãy tải tệp mẫu và điền số liệu thật. Chưa lưu gì.",
        cell=cell,
        sheet=sheet.name,
        words=words,
    )
