"""Marks: what the cells of one criterion say together, in one column or in a pair "Đạt | Chưa đạt".

In a pair each cell says whether its heading holds: "0", "Không", a dash or an empty box only say that it does not.
Alone under "Chưa đạt" such a word denies a denial, which can be read either way: it is a fault.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ntm.intake import answers
from ntm.text import mark

BOTH = mark("đánh dấu cả Đạt và Chưa đạt của cùng một tiêu chí")
TURNED = mark("chữ trong ô trái với tiêu đề cột “chưa đạt”")
TWICE = mark("phủ định dưới cột “chưa đạt”, hiểu được hai cách; hãy ghi Đạt hoặc Chưa đạt")
NEITHER = mark("không đánh dấu Đạt, cũng không đánh dấu Chưa đạt")


@dataclass(frozen=True)
class Mark:
    """What a criterion's cells say: in which column, met ("1", "0", or a word that is neither), and what is wrong."""

    column: int
    met: str
    fault: str = ""


def read(words: Mapping[int, str], turned: Collection[int]) -> Mark | None:
    """Return what the filled cells of one criterion say; None if a pair denies both, so that nothing is known.

    `words`: column → word; `turned`: columns under "Chưa đạt".
    """
    said = {column: word for column, word in words.items() if len(words) == 1 or not answers.is_denial(word)}
    if not said:
        return None
    column = max(said)
    if len(said) > 1:
        return Mark(column, "", BOTH)
    return _turned(column, said[column]) if column in turned else Mark(column, answers.met(said[column]))


def _turned(column: int, word: str) -> Mark:
    if answers.is_denial(word):
        return Mark(column, "0", TWICE)
    is_unmet = answers.is_tick(word) or answers.met(word) == "0"
    return Mark(column, "0", "" if is_unmet else TURNED)
