import pandas as pd

from ntm import text
from ntm.figure import Column
from ntm.reports.document import Table

ROWS = pd.DataFrame({"name": ["Pha Mu", "Ủ"], "group": ["", ""], "then": [1.0, 2.0], "now": [3.0, None], "code": "x"})
COLUMNS = {
    "name": Column("Xã"),
    "group": Column("Huyện", optional=True),
    "then": Column("Tiêu chí", text.number),
    "now": Column("Tiêu chí", text.number),
}
TABLE = Table("Các xã", ROWS, COLUMNS, numbers=["then", "now"])


def test_columns_are_told_by_their_keys_also_under_one_heading() -> None:
    assert TABLE.headings == {"name": "Xã", "then": "Tiêu chí", "now": "Tiêu chí"}
    assert TABLE.cells() == [["Pha Mu", "1", "3"], ["Ủ", "2", "không có số liệu"]]
    assert TABLE.words["now"].tolist() == ["3", "không có số liệu"]


def test_a_column_is_as_wide_as_its_longest_cell_within_bounds() -> None:
    assert TABLE.letters(4, 10) == [6, 4, 10]
