import pytest

from ntm import criteria


@pytest.mark.parametrize(
    ("criteria_set", "count"),
    [
        ("commune-2021-2025", 19),
        ("commune-advanced-2021-2025", 19),
        ("district-2021-2025", 9),
        ("commune-2026-2030", 10),
    ],
)
def test_sets_are_whole(criteria_set: str, count: int) -> None:
    numbers = criteria.of_set(criteria.load(), criteria_set).index
    assert numbers.tolist() == list(range(1, count + 1))
    assert criteria_set in criteria.load_sets().index


def test_every_criterion_has_its_certainty() -> None:
    assert set(criteria.load()["evidence"]) == {"two-sources", "one-source", "not-verified"}


def test_every_name_is_translated() -> None:
    every = criteria.load()
    assert (every["name_en"] != "").all()
    assert (every["name_en"] != every["name_vi"]).all()


@pytest.mark.parametrize(
    ("met", "answer"),
    [(True, "met"), (1.0, "met"), (False, "not_met"), (0.0, "not_met"), (None, "unknown"), (float("nan"), "unknown")],
)
def test_an_assessment_is_met_not_met_or_unknown(met: float | bool | None, answer: str) -> None:
    assert criteria.Answer.of(met) == answer
