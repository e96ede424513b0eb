import pandas as pd
import pytest

from ntm import recognitions
from ntm.checks import Faults

GOOD = {
    "unit_code": "03628",
    "standard": "ntm",
    "recognised_by": "2024-11-01",
    "decision": "1234/QĐ-UBND",
    "evidence": "official",
    "source": "",
}


def test_what_holds_has_no_day_of_revocation(facts) -> None:
    (row,) = recognitions.check(pd.DataFrame([GOOD]), facts).to_dict("records")
    assert row == GOOD | {"revoked_on": ""}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"unit_code": "99999"}, "mã đơn vị"),
        ({"standard": "gold"}, "chuẩn phải là"),
        ({"recognised_by": "1/11/2024"}, "dạng 2024-12-31"),
        ({"recognised_by": "2999-01-01"}, "tương lai"),
        ({"revoked_on": "soon"}, "dạng 2024-12-31"),
        ({"revoked_on": "2024-10-01"}, "sau ngày công nhận"),
    ],
)
def test_each_rule(facts, change: dict, rule: str) -> None:
    with pytest.raises(Faults) as faults:
        recognitions.check(pd.DataFrame([{"revoked_on": ""} | GOOD | change]), facts)
    assert faults.value.table["rule"].str.contains(rule).any()


def test_one_unit_twice(facts) -> None:
    with pytest.raises(Faults):
        recognitions.check(pd.DataFrame([GOOD, GOOD]), facts)
