import pandas as pd
import pytest

from ntm.facts import villages
from ntm.facts.rules import Faults

GOOD = {"period": "2024-12-31", "unit_code": "106", "recognised": "19"}


def test_numbers_are_whole(facts) -> None:
    assert villages.check(pd.DataFrame([GOOD]), facts)["recognised"].tolist() == [19]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"recognised": "-1"}, "số nguyên"),
        ({"recognised": "2.5"}, "số nguyên"),
        ({"recognised": "nan"}, "số nguyên"),
        ({"recognised": "inf"}, "số nguyên"),
        ({"recognised": ""}, "số nguyên"),
        ({"unit_code": "03628"}, "theo huyện"),
        ({"unit_code": "99"}, "mã đơn vị"),
        ({"period": "2024-12-30"}, "cuối tháng"),
    ],
)
def test_each_rule(facts, change: dict, rule: str) -> None:
    with pytest.raises(Faults) as faults:
        villages.check(pd.DataFrame([GOOD | change]), facts)
    assert faults.value.table["rule"].str.contains(rule).any()
