from dataclasses import replace

import pytest

from ntm import layers, palette

PERIOD = "2024-12-31"


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_every_commune_has_a_class_and_a_figure(data, layer: str) -> None:
    built = layers.build(data, layer, PERIOD, 10)
    assert list(built.classes.index) == list(data.reference.communes.index)
    assert set(built.classes) <= {step.id for step in built.steps} | {"unknown"}
    assert (built.figures != "").all()


@pytest.mark.parametrize("layer", sorted(layers.LAYERS.keys() - {"recognition", "reported", "way"}))
def test_a_period_without_data_is_unknown(data, layer: str) -> None:
    assert set(layers.build(data, layer, "2024-05-31", 10).classes) == {"unknown"}


def test_a_decision_is_known_without_a_count(data) -> None:
    classes = layers.build(data, "recognition", "2024-05-31", 10).classes
    assert (classes == "recognised").sum() == 39
    assert set(classes) == {"recognised", "not"}
    assert set(layers.build(data, "reported", "2024-05-31", 10).classes) == {"none"}


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_the_key_has_no_colour_twice_and_figures_are_readable_on_it(data, layer: str) -> None:
    colours = list(layers.build(data, layer, PERIOD, 10).colours.values())
    assert len(set(colours)) == len(colours)
    assert all(palette.contrast(palette.text_on(colour), colour) >= 4.5 for colour in colours)


def test_the_tier_layer_is_the_table(data) -> None:
    built = layers.build(data, "tier", PERIOD, 1)
    communes = data.communes_at(PERIOD)
    assert built.classes.tolist() == communes["tier"].tolist()
    assert built.figures["03628"] == "17"


def test_counts_are_binned_with_their_bounds(data) -> None:
    built = layers.build(data, "criteria", PERIOD, 1)
    words = {step.id: step.words for step in built.steps}
    for code, met in data.communes_at(PERIOD)["met"].items():
        low, _dash, high = words[built.classes[code]].partition("–")
        assert int(low) <= met <= int(high or low)


def test_change_since_the_baseline(data) -> None:
    built = layers.build(data, "change", PERIOD, 1)
    assert built.figures["03628"] == "+4"
    assert {step.id: step.words for step in built.steps}[built.classes["03628"]] == "thêm từ 3"


def test_change_since_the_period_before(data) -> None:
    built = layers.build(data, "recent", PERIOD, 1)
    met = {day: data.communes_at(day)["met"] for day in data.periods}
    change = (met["2024-12-31"] - met["2024-09-30"]).astype(int)
    assert change.abs().sum() > 0
    assert {code: int(figure) for code, figure in built.figures.items()} == change.to_dict()
    assert set(layers.build(data, "recent", data.periods[0], 1).classes) == {"unknown"}


def test_one_criterion(data) -> None:
    built = layers.build(data, "criterion", PERIOD, 10)
    assert built.classes["03628"] == "not-met"
    assert built.figures["03628"] == "✕"
    assert layers.build(data, "criterion", PERIOD, 1).classes["03628"] == "met"


def test_recognised_newly_and_at_risk_are_told_apart(data) -> None:
    classes = layers.build(data, "recognition", PERIOD, 1).classes
    communes = data.communes_at(PERIOD)
    assert classes["03643"] == "newly"
    assert classes["03634"] == "meets-all"
    assert classes["03628"] == "not"
    assert set(communes.index[classes == "at-risk"]) == set(communes.index[communes["at_risk"]])


def test_advanced_criteria_are_unknown_where_none_are_assessed(data) -> None:
    classes = layers.build(data, "advanced", PERIOD, 1).classes
    assert classes["03628"] == "unknown"
    assert classes["03409"] != "unknown"


def test_a_group_without_a_target_of_its_own_is_unknown_on_the_way(data) -> None:
    built = layers.build(data, "way", PERIOD, 1)
    groups = data.reference.communes["group_code"]
    assert set(built.classes[groups == "108"]) == {"unknown"}
    assert built.figures[groups == "107"].unique().tolist() == ["60%"]  # 3 of 5 villages


def test_an_unassessed_criterion_is_unknown_and_not_failed(data) -> None:
    rows = data.assessments
    gone = (rows["unit_code"] == "03628") & (rows["criterion"] == 10) & (rows["period"] == PERIOD)
    changed = replace(data, tables=data.tables | {"assessments": rows[~gone]})
    assert layers.build(changed, "criterion", PERIOD, 10).classes["03628"] == "unknown"
    assert layers.build(changed, "criteria", PERIOD, 10).figures["03628"] == "?"
