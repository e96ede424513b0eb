import io

import openpyxl
import pytest

from ntm import metrics
from ntm.reports import files
from tests.office import read_again
from tests.reports.conftest import PERIOD


def test_the_workbook_has_the_metrics_figures(data, tmp_path) -> None:
    made = files.make("xlsx", data, PERIOD)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Mục tiêu", "Huyện", "Xã và tiêu chí", "Tiêu chí", "Nguồn số liệu"]
    figures = metrics.summary(data.communes_at(PERIOD), "group")
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


@pytest.mark.parametrize("period", [PERIOD, "2026-06-30"])
def test_the_workbook_colours_the_answers_and_writes_shares_as_such_with_groups_and_without(data, period: str) -> None:
    seen = data.archive.at(period)
    book = openpyxl.load_workbook(io.BytesIO(files.make("xlsx", seen, period)))
    first = next(iter(seen.reference.criteria_of(seen.reference.commune_set)["name_vi"]))
    grid = book["Xã và tiêu chí"]
    ((coloured,),) = (area.sqref.ranges for area in grid.conditional_formatting)
    assert grid.cell(1, coloured.min_col).value == f"1. {first}"
    assert coloured.max_col == grid.max_column
    assert {book["Tiêu chí"].cell(row, 4).number_format for row in (2, 3)} == {"0%"}
