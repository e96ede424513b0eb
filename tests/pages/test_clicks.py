"""A click on a chart chooses what was clicked, by its code."""

from ntm.chart_parts import KEY
from ntm.figures import averages, criteria, tiers
from ntm.ui import criteria_view, state, views

PERIOD = "2024-12-31"


def test_the_charts_that_pages_listen_to_know_codes(data) -> None:
    reference = data.reference
    numbers = tuple(reference.criteria_of(reference.commune_set).index)
    rates = criteria.pass_rates(data, PERIOD, (), numbers).frame
    assert {*rates[KEY]} == {str(number) for number in numbers}
    for figure in (averages.by_group(data, PERIOD, ()), tiers.by_group(data, PERIOD, (), share=False)):
        assert {*figure.frame[KEY]} == {*reference.groups.index}


def test_a_click_shows_a_group_alone(monkeypatch) -> None:
    monkeypatch.setattr(state.st, "session_state", {})
    views.choose_group("108")
    assert state.get("groups") == ("108",)


def test_a_click_opens_a_criterion(monkeypatch) -> None:
    monkeypatch.setattr(state.st, "session_state", {})
    criteria_view.choose("10")
    assert state.get("criterion") == "10"
