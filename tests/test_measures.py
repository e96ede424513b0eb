import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from ntm import measures
from ntm.coverage import Coverage

FLAGS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=30)
ANSWERS = st.lists(st.lists(st.sampled_from([True, False, None]), min_size=3, max_size=3), min_size=1, max_size=12)


def flags(values: list) -> pd.Series:
    return pd.Series(values, dtype="boolean")


def test_a_count_with_its_bounds() -> None:
    found = measures.count(flags([True, False, None, True]), frozenset({"official"}))
    assert (found.value, found.low, found.high) == (2, 2, 3)
    assert found.coverage == Coverage(3, 4)
    assert found.kinds == {"official"}


def test_of_nothing_known_there_is_no_figure() -> None:
    found = measures.count(flags([None, None]), frozenset({"official"}))
    assert found.value is None
    assert (found.low, found.high, found.known, found.kinds) == (0, 2, 0, frozenset())


@given(FLAGS, st.data())
def test_whatever_the_unknown_turns_out_to_be_lies_within_the_bounds(values: list, chance) -> None:
    found = measures.count(flags(values), frozenset())
    revealed = [chance.draw(st.booleans()) if value is None else value for value in values]
    assert found.low <= sum(revealed) <= found.high


def counts(answers: list[list]) -> pd.DataFrame:
    rows = [
        {
            "met": float(sum(row)) if None not in row else None,
            "met_low": sum(answer is True for answer in row),
            "met_high": sum(answer is not False for answer in row),
        }
        for row in answers
    ]
    return pd.DataFrame(rows).astype({"met": float})


@given(ANSWERS, st.data())
def test_an_average_lies_within_its_bounds_too(answers: list[list], chance) -> None:
    found = measures.mean(counts(answers), len(answers), 3, frozenset())
    bounded = measures.bounded(counts(answers), 2, 3, frozenset())
    revealed = [[chance.draw(st.booleans()) if one is None else one for one in row] for row in answers]
    average = sum(map(sum, revealed)) / len(answers)
    assert found.low - 1e-9 <= average <= found.high + 1e-9
    assert bounded.low <= sum(sum(row) >= 2 for row in revealed) <= bounded.high


def test_units_without_a_row_can_be_anything() -> None:
    found = measures.mean(counts([[True, True, True]]), 3, 3, frozenset())
    assert (found.value, found.low, found.high) == (3, 1, 3)
    assert found.coverage == Coverage(1, 3)


def test_kinds_of_columns() -> None:
    assert measures.kinds_of(["official", None], pd.Series(["published"])) == {"official", "published"}
