"""Groups of columns: of several columns with one fact the right one is read, or the person is asked."""

import pytest

from ntm.intake.undecided import Undecided
from tests.intake.tables import ASKED, GIANG, answers, left_out, read


def test_of_two_groups_the_chosen_one_is_read_and_the_other_told(facts) -> None:
    rows = (["Mã xã", "Nhóm A", None, "Nhóm B", None], [None, "1", "2", "1", "2"], [GIANG, 0, 0, "x", 0])
    merged = ["B1:C1", "D1:E1"]
    with pytest.raises(Undecided) as question:
        read(facts, *rows, merged=merged)
    assert list(question.value.choices) == ["Nhóm A", "Nhóm B"]
    found = read(facts, *rows, merged=merged, asked=ASKED.deciding("group", "Nhóm B"))
    assert answers(found) == {(GIANG, "1"): "1", (GIANG, "2"): "0"}
    assert list(left_out(found)) == ["B3", "C3"]
