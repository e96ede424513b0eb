import pytest

from ntm import text
from ntm.reports import deck, tasks

PERIOD = "2024-12-31"


@pytest.mark.parametrize("groups", [(), ("110",), ("105", "108")])
def test_every_slide_shows_something(data, groups) -> None:
    for slide in deck.names(data):
        made = deck.build(data, PERIOD, slide, groups)
        assert made.id == slide
        assert made.title
        shown = [made.table is not None, made.figure is not None, bool(made.points), made.map_of is not None]
        empty_by_data = slide in ("risk", "named", "targets")  # nobody at risk, nobody named, no targets of its own
        assert any(shown) or empty_by_data, slide


def test_slides_follow_the_filter(data) -> None:
    average = text.number(data.communes_of(PERIOD, ("110",))["met"].mean(), 1)
    assert average in deck.build(data, PERIOD, "map", ("110",)).title
    named = deck.build(data, PERIOD, "named", ("110",)).points
    assert [point.split(" (")[0] for point in named] == [
        data.reference.units.at[code, "label"]
        for code in data.reference.named_communes
        if data.reference.communes.at[code, "group_code"] == "110"
    ]


def test_the_slide_of_those_at_risk_counts_them(data) -> None:
    at_risk = int(data.communes_at(PERIOD)["at_risk"].sum())
    made = deck.build(data, PERIOD, "risk", ())
    assert made.title.startswith(f"{at_risk} xã")
    assert len(made.points) == at_risk


def test_an_unknown_slide_is_an_error(data) -> None:
    with pytest.raises(KeyError):
        deck.build(data, PERIOD, "nothing", ())


def test_a_chosen_group_brings_its_own_slide_only(data) -> None:
    every, chosen = deck.order(data, ()), deck.order(data, ("110",))
    assert every == list(deck.names(data))
    assert [slide for slide in chosen if slide.startswith("group-")] == ["group-110"]
    assert len(every) - len(chosen) == len(data.reference.groups) - 1


def test_a_long_list_says_how_much_more_there_is(data) -> None:
    points = deck.build(data, PERIOD, "tasks", ()).points
    every = tasks.points(data, PERIOD, None)
    assert len(points) == deck.POINTS_SHOWN
    assert str(len(every) - deck.POINTS_SHOWN + 1) in points[-1]
