import pandas as pd
import pytest

from ntm.facts import published
from ntm.facts.rules import Faults

GOOD = {
    "unit_code": "12",
    "date": "2024-12-31",
    "indicator": "average_criteria",
    "period": "2024-12-31",
    "value": "15.3",
    "evidence": "official",
    "source": "Báo cáo 1",
}


def test_the_projects_own_figures_hold(facts) -> None:
    assert len(published.check(facts.timeline.published, facts)) == len(facts.timeline.published)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"date": "last year"}, "bắt đầu bằng năm"),
        ({"period": "2024-12"}, "cuối tháng"),
        ({"indicator": "happiness"}, "chỉ tiêu phải là"),
        ({"value": "13,6"}, "số từ 0"),
        ({"source": ""}, "phải ghi nguồn"),
    ],
)
def test_each_rule(facts, change: dict, rule: str) -> None:
    with pytest.raises(Faults) as faults:
        published.check(pd.DataFrame([GOOD | change]), facts)
    assert faults.value.table["rule"].str.contains(rule).any()
