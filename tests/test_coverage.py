import math

import pytest

from ntm import coverage, look
from ntm.coverage import Coverage
from ntm.look import Look


def test_whole_and_empty() -> None:
    assert Coverage(94, 94).is_whole
    assert not Coverage(93, 94).is_whole
    assert not Coverage(0, 0).is_whole  # of nobody nothing can be said
    assert Coverage(0, 94).is_empty


def test_the_coverage_comes_first() -> None:
    assert coverage.headed(Coverage(94, 94), "whole", "part") == "whole"
    assert coverage.headed(Coverage(11, 94), "whole", "part") == "11/94 xã đã báo cáo đủ. part"
    assert coverage.headed(Coverage(0, 94), "whole", "part", subject="of what") == "0/94 xã đã báo cáo đủ. of what"


@pytest.mark.parametrize(
    ("low", "high", "known", "words"),
    [
        (41, 41, 94, "41"),
        (0, 0, 94, "0"),
        (10, 94, 10, "ít nhất 10"),
        (0, 12, 82, "nhiều nhất 12"),
        (0, 94, 0, "không có số liệu"),
        (0, math.inf, 1, "không có số liệu"),
    ],
)
def test_a_number_is_said_as_far_as_it_is_certain(low: float, high: float, known: int, words: str) -> None:
    assert coverage.count(low, high, known) == words


def test_an_average_is_said_as_far_as_it_is_certain() -> None:
    assert coverage.mean(15.33, 15.33, 94) == "15,3"
    assert coverage.mean(2.2, 19, 11) == "từ 2,2 đến 19,0"
    assert coverage.mean(0, 19, 0) == "không có số liệu"
    assert coverage.of_reported(19, 11) == "19,0 ở 11 xã đã báo cáo"


def test_in_english() -> None:
    with look.use(Look("en")):
        assert Coverage(11, 94).words() == "11/94 communes have reported in full"
        assert coverage.count(10, 94, 10) == "at least 10"
