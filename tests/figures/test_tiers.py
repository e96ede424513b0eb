from ntm.figures import tiers

PERIOD, BASELINE = "2024-12-31", "2023-12-31"


def test_every_commune_is_in_one_tier_of_its_group(data) -> None:
    rows = tiers.by_group(data, PERIOD, (), False).frame
    assert rows["communes"].sum() == 94
    assert set(rows["row"]) == set(data.reference.districts["label"])


def test_those_that_moved_and_those_that_stayed_are_all_communes(data) -> None:
    assert tiers.flow(data, PERIOD, (), BASELINE).frame["communes"].sum() == 94
