"""Every sort of plan that does not fit its time is refused with its place; all faults at once."""

from dataclasses import replace

import pytest

from ntm import plan as plan_module
from ntm import plan_rules
from ntm.plan import INDICATORS, JUDGEMENTS, Plan, Tier


@pytest.fixture(scope="module")
def plan() -> Plan:
    return next(plan for plan in plan_module.load_all() if plan.id == "1050-kh-ubnd-2024")


def found(plan: Plan, timeline) -> set[tuple[str, str, str]]:
    return {(fault.part, fault.item, fault.field) for fault in plan_rules.faults(plan, timeline)}


def with_target(plan: Plan, name: str, **changes) -> Plan:
    return replace(plan, targets=tuple(replace(one, **changes) if one.id == name else one for one in plan.targets))


def with_tier(plan: Plan, name: str, **changes) -> Plan:
    return replace(plan, tiers=tuple(replace(one, **changes) if one.id == name else one for one in plan.tiers))


def date(words: str):
    return plan_module.dt.date.fromisoformat(words)


def test_the_plans_of_the_folder_fit_their_time(facts) -> None:
    assert [plan_rules.faults(plan, facts.timeline) for plan in facts.timeline.plans] == [[], []]


CHANGES = {
    "another province": (lambda plan: replace(plan, province="99"), ("plan", "", "province")),
    "due before the baseline": (lambda plan: replace(plan, due_date=date("2023-06-30")), ("plan", "", "due_date")),
    "due on the baseline": (lambda plan: replace(plan, due_date=plan.baseline_date), ("plan", "", "due_date")),
    "a baseline within a month": (
        lambda plan: replace(plan, baseline_date=date("2023-12-30")),
        ("plan", "", "baseline_date"),
    ),
    "certain as the sample": (lambda plan: replace(plan, evidence="sample"), ("plan", "", "evidence")),
    "an unknown set": (lambda plan: replace(plan, sets={"commune": "x"}), ("sets", "commune", "value")),
    "a set of another role": (
        lambda plan: replace(plan, sets=plan.sets | {"advanced": "commune-2021-2025"}),
        ("sets", "advanced", "value"),
    ),
    "a set of another time": (
        lambda plan: replace(plan, sets=plan.sets | {"commune": "commune-2026-2030"}),
        ("sets", "commune", "value"),
    ),
    "no set of communes": (lambda plan: replace(plan, sets={}), ("sets", "commune", "value")),
    "no set that a target needs": (
        lambda plan: replace(plan, sets={"commune": plan.sets["commune"]}),
        ("sets", "district", "value"),
    ),
    "overlapping tiers": (lambda plan: with_tier(plan, "15-18", lower=14), ("tiers", "10-14", "lower")),
    "tiers with a gap": (lambda plan: with_tier(plan, "15-18", lower=16), ("tiers", "", "")),
    "a tier upside down": (lambda plan: with_tier(plan, "15-18", upper=14), ("tiers", "15-18", "upper")),
    "a tier beyond the set": (lambda plan: with_tier(plan, "19", upper=20), ("tiers", "19", "upper")),
    "a tier of an unknown target": (lambda plan: with_tier(plan, "19", target="x"), ("tiers", "19", "target")),
    "a tier twice": (lambda plan: replace(plan, tiers=(*plan.tiers, plan.tiers[0])), ("tiers", "19", "id")),
    "an unknown indicator": (
        lambda plan: with_target(plan, "average", indicator="averge"),
        ("targets", "average", "indicator"),
    ),
    "a judgement as a target": (
        lambda plan: with_target(plan, "average", indicator="at_least"),
        ("targets", "average", "indicator"),
    ),
    "an unknown unit of measure": (
        lambda plan: with_target(plan, "average", unit="km"),
        ("targets", "average", "unit"),
    ),
    "a target of an unknown tier": (
        lambda plan: with_target(plan, "tier_5_9", tier="x"),
        ("targets", "tier_5_9", "tier"),
    ),
    "a judgement by an unknown indicator": (
        lambda plan: with_target(plan, "tier_5_9", judged=replace(plan.target("tier_5_9").judged, indicator="x")),
        ("judged", "tier_5_9", "indicator"),
    ),
    "a judgement of more criteria than there are": (
        lambda plan: with_target(plan, "tier_5_9", judged=replace(plan.target("tier_5_9").judged, criteria=20)),
        ("judged", "tier_5_9", "criteria"),
    ),
    "an unknown commune": (
        lambda plan: with_target(plan, "recognise", communes=("00000",)),
        ("target_communes", "recognise/00000", "listed"),
    ),
    "a town, which is no commune of the programme": (
        lambda plan: with_target(plan, "recognise", communes=("03434",)),
        ("target_communes", "recognise/03434", "listed"),
    ),
    "an unknown district": (
        lambda plan: with_target(plan, "villages", districts={"999": 1}),
        ("target_districts", "villages/999", "code"),
    ),
    "no commune where some must be named": (
        lambda plan: with_target(plan, "recognise", communes=()),
        ("targets", "recognise", "indicator"),
    ),
    "no district where some must be named": (
        lambda plan: with_target(plan, "villages", districts={}),
        ("targets", "villages", "indicator"),
    ),
    "a second plan of the same time": (lambda plan: replace(plan, id="other"), ("plan", "", "baseline_date")),
}


@pytest.mark.parametrize(("change", "place"), CHANGES.values(), ids=CHANGES)
def test_a_fault_is_found_at_its_place(plan, facts, change, place) -> None:
    assert place in found(change(plan), facts.timeline)


def test_a_plan_for_districts_on_a_day_without_them_is_refused(plan, facts) -> None:
    later = replace(plan, id="2026", baseline_date=date("2025-12-31"), due_date=date("2026-12-31"))
    assert {("target_districts", "villages/106", "code"), ("sets", "commune", "value")} <= found(later, facts.timeline)


def test_a_plan_may_begin_on_the_day_that_ends_another_and_beside_the_sample(plan, facts) -> None:
    illustrative = next(plan for plan in facts.timeline.plans if plan.kind == "sample")
    own = replace(illustrative, id="own", kind="published", evidence="official")
    assert plan_rules.faults(own, facts.timeline) == []
    before = replace(plan, id="2023", baseline_date=date("2022-12-31"), due_date=plan.baseline_date)
    assert ("plan", "", "baseline_date") not in found(before, facts.timeline)


def test_a_fault_says_what_is_allowed_and_what_may_have_been_meant(plan, facts) -> None:
    changed = with_target(plan, "average", indicator="averge")
    (fault,) = plan_rules.faults(changed, facts.timeline)
    assert (fault.value, fault.suggestion) == ("averge", "average")
    assert all(indicator in fault.rule for indicator in INDICATORS)


def test_a_target_that_could_not_be_read_may_be_named_all_the_same(plan, facts) -> None:
    without = replace(plan, targets=tuple(one for one in plan.targets if one.id != "tier_5_9"))
    assert found(without, facts.timeline) == {("tiers", "5-9", "target")}
    assert plan_rules.faults(without, facts.timeline, left_out=["tier_5_9"]) == []


def test_bounds_of_tiers_are_asked_of_sets_too() -> None:
    assert [fault.sentence() for fault in plan_rules.bounds([Tier("all", 1, 3)], 3)] == [
        "tiers: không nhóm nào có 0 tiêu chí"
    ]


def test_no_indicator_is_both_a_target_and_a_judgement() -> None:
    assert not INDICATORS.keys() & JUDGEMENTS.keys()
