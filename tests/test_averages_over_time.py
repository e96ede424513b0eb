"""Averages over the reform of 1/7/2025 and over a change of criteria: what may stand in one chart, and joined."""

from dataclasses import replace

import pandas as pd
import pytest

from ntm.dataset import Archive
from ntm.figures import averages

LATE = "2025-12-31"  # 38 units, 36 of them counted, and still 19 criteria


@pytest.fixture(scope="module")
def archive(data) -> Archive:
    """The sample, and facts of the end of 2025: the n-th unit meets n mod 20 of the 19 criteria."""
    reference = data.archive.at(LATE).reference
    criteria = reference.criteria_of(reference.commune_set).index
    rows = [
        (LATE, code, reference.commune_set, number, number <= place % 20)
        for place, code in enumerate(reference.shaped_units.index)
        for number in criteria
    ]
    more = pd.DataFrame(rows, columns=["period", "unit_code", "criteria_set", "criterion", "met"])
    assert len(more) == 38 * 19
    known = pd.concat([data.archive.tables["assessments"], more.assign(kind="sample", revision=2)], ignore_index=True)
    return replace(data.archive, tables=data.archive.tables | {"assessments": known})


def test_the_ends_of_2024_and_2025_stand_in_one_chart_and_are_not_joined(archive) -> None:
    for day in ("2024-12-31", LATE):
        figure = averages.province(archive.at(day), day)
        rows = figure.frame.set_index("period")
        assert {"2023-12-31", "2024-12-31", LATE} <= set(rows.index)
        assert rows.at["2024-12-31", "segment"] != rows.at[LATE, "segment"]
        assert rows.at["2023-12-31", "segment"] == rows.at["2024-12-31", "segment"]
        assert (rows.at["2024-12-31", "total"], rows.at[LATE, "total"]) == (94, 36)
        assert rows.at[LATE, "value"] == archive.at(LATE).communes_at(LATE)["met"].mean()
        drawn = figure.draw().to_dict()
        assert any(layer.get("encoding", {}).get("detail", {}).get("field") == "segment" for layer in drawn["layer"])
        assert "Đường đứt đoạn ở 01/07/2025: từ ngày này 36 xã thay cho 94 xã" in figure.note


def test_nineteen_and_ten_criteria_are_never_in_one_chart(archive) -> None:
    before, after = (averages.province(archive.at(day), day) for day in (LATE, "2026-06-30"))
    assert not any(period >= "2026" for period in before.frame["period"])
    assert before.note.endswith("Không vẽ các kỳ theo bộ 10 tiêu chí: không so sánh được với bộ 19 tiêu chí.")
    assert after.frame["period"].tolist() == ["2026-03-31", "2026-06-30", "2026-09-30"]
    assert after.note == "Không vẽ các kỳ theo bộ 19 tiêu chí: không so sánh được với bộ 10 tiêu chí."


def test_a_period_that_is_not_fully_reported_has_no_average_of_the_province(archive) -> None:
    known = archive.tables["assessments"]
    lacking = known[(known["period"] != LATE) | (known["unit_code"] != "03637")]
    less = replace(archive, tables=archive.tables | {"assessments": lacking})
    figure = averages.province(less.at(LATE), LATE)
    rows = figure.frame.set_index("period")
    assert pd.isna(rows.at[LATE, "value"])
    assert rows.at[LATE, "reported"] == "35/36"
    assert figure.title.startswith("35/36 xã đã báo cáo đủ")
