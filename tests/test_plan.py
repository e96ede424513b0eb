import pytest

from ntm import plan as plan_module
from ntm import progress


@pytest.fixture(scope="module")
def plan():
    return plan_module.load()


def test_the_ten_targets(plan) -> None:
    values = {target.id: (target.baseline, target.value) for target in plan.targets}
    assert values == {
        "keep": (39, 39),
        "recognise": (0, 5),
        "recognised_total": (39, 44),
        "advanced": (None, 17),
        "district": (None, 7),
        "villages": (0, 45),
        "average": (13.6, 15.5),
        "tier_15_18": (2, 10),
        "tier_10_14": (27, 40),
        "tier_5_9": (26, 0),
    }


def test_cumulative_readings_follow_from_the_literal_ones(plan) -> None:
    figures = plan.tier_targets()
    for target in plan.targets:
        if not target.judged:
            continue
        reading = target.judged
        inside = [tier for tier in plan.tiers if (tier.lower >= reading.criteria) == (reading.indicator == "at_least")]
        assert reading.baseline == sum(figures[tier.id][0] or 0 for tier in inside)
        assert reading.value == sum(figures[tier.id][1] or 0 for tier in inside)


def test_tier_targets_make_up_all_communes(plan, facts) -> None:
    baselines, targets = zip(*plan.tier_targets().values(), strict=True)
    assert sum(filter(None, baselines)) == len(facts.communes)
    assert sum(filter(None, targets)) == len(facts.communes)


def test_villages_by_district_make_up_the_target(plan) -> None:
    villages = plan.target("villages")
    assert sum(villages.districts.values()) == villages.value


def test_five_groups_of_solutions_and_their_documents(plan) -> None:
    assert len(plan.solutions) == 5
    assert sum(len(solution.documents) for solution in plan.solutions) == 3


def test_every_indicator_is_one_that_can_be_measured(plan) -> None:
    assert {target.indicator for target in plan.targets} <= progress.INDICATORS.keys()


def test_tiers_cover_every_count_once(plan) -> None:
    counts = [count for tier in plan.tiers for count in range(tier.lower, tier.upper + 1)]
    assert sorted(counts) == list(range(20))


def test_tier_labels(plan) -> None:
    assert [tier.label for tier in plan.tiers] == ["19", "15–18", "10–14", "5–9", "dưới 5"]


def test_an_unknown_plan_is_named_with_the_known_ones() -> None:
    with pytest.raises(FileNotFoundError, match="1050-kh-ubnd-2024"):
        plan_module.load("nowhere")
