from ntm.figures import standards

PERIOD = "2024-12-31"


def test_the_advanced_criteria_are_those_of_the_recognised(data) -> None:
    made = standards.advanced(data, PERIOD, ())
    recognised = data.communes_at(PERIOD)["recognised"].sum()
    assert len(made.frame) == recognised
    assert len(standards.advanced_counts(data, PERIOD, ())) == recognised


def test_a_line_of_those_that_keep_the_standard_over_all_periods(data) -> None:
    made = standards.kept(data, PERIOD, ())
    assert made.frame["period"].tolist() == [day for day in data.periods if day <= PERIOD]
