import pytest

from ntm.figures import averages

PERIOD = "2024-12-31"


def test_a_row_per_group_with_the_average_of_its_communes(data) -> None:
    made = averages.by_group(data, PERIOD, ())
    communes = data.communes_at(PERIOD)
    rows = made.frame.set_index("row")["now"]
    for label, found in communes.groupby("group")["met"]:
        assert rows[label] == pytest.approx(found.mean()), label


def test_the_slide_of_many_communes_shows_those_with_the_fewest_criteria(data) -> None:
    made = averages.by_commune(data, PERIOD, shown=12)
    assert len(made.frame) == 12
    assert set(made.frame["value"]) <= set(data.communes_at(PERIOD)["met"].nsmallest(12))


def test_a_groups_course_ends_at_its_average(data) -> None:
    made = averages.course(data, PERIOD, "110")
    assert made.frame["value"].iloc[-1] == pytest.approx(data.communes_of(PERIOD, ("110",))["met"].mean())
