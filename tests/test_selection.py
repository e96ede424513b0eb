"""A selection of communes, against the facts row by row."""

import pandas as pd
import pytest

from ntm import metrics, selection
from ntm.selection import Selection

PERIOD = "2024-12-31"


def test_nothing_asked_leaves_all(data) -> None:
    found = selection.communes(data, PERIOD, Selection())
    pd.testing.assert_frame_equal(found, data.communes_at(PERIOD))


@pytest.mark.parametrize(("filter_name", "answer"), [("lacking", False), ("meeting", True)])
def test_criteria_must_all_have_the_answer(data, filter_name: str, answer: bool) -> None:
    found = set(selection.communes(data, PERIOD, Selection(**{filter_name: ("10", "17")})).index)
    answers = data.answers_at(PERIOD)[[10, 17]]
    assert found == {code for code, row in answers.iterrows() if all(value == answer for value in row)}
    assert found


def test_filters_add_up_and_a_name_is_found_in_any_spelling(data) -> None:
    every = data.communes_at(PERIOD)
    found = selection.communes(data, PERIOD, Selection(groups=("110",), tiers=("15-18",), name="PHA"))
    assert list(found["label"]) == ["Pha Mu"]
    assert len(selection.communes(data, PERIOD, Selection(tiers=("15-18",)))) == every["tier"].eq("15-18").sum()


def test_who_is_recognised_is_asked_by_classes(data) -> None:
    classes = selection.recognition_classes(data, PERIOD)
    parts = [selection.communes(data, PERIOD, Selection(recognition=(one,))) for one in classes]
    assert sum(map(len, parts)) == len(data.communes_at(PERIOD))
    assert any(part["recognised"].map(metrics.is_true).all() for part in parts if len(part))
