"""Rules of plans: whether a plan fits the units, the criteria sets and the other plans of its time.

Each rule looks at one part of a plan and yields its faults; `faults` asks all of them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from ntm import text, units
from ntm.plan import INDICATORS, JUDGEMENTS, UNITS_OF_MEASURE, Fault, Plan, Target, Tier
from ntm.text import _, plural
from ntm.timeline import ADVANCED, COMMUNE, DISTRICT, Timeline
from ntm.world import SAMPLE

ROLE_OF = {"advanced_average": ADVANCED, "district_average": DISTRICT}  # indicator → the set that it counts in
ONE_DAY = dt.timedelta(days=1)
OF_DISTRICTS = ("district_average", "villages")  # indicators that are measured in the districts that a target names


def faults(plan: Plan, timeline: Timeline, left_out: Collection[str] = ()) -> list[Fault]:
    """Return everything that is wrong with a plan at its time.

    `left_out`: ids of targets that it also has, but that could not be read; they may be named all the same.
    """
    found = [
        *_times(plan, timeline),
        *_sets(plan, timeline),
        *_items(plan),
        *_tiers(plan, timeline, left_out),
    ]
    for target in plan.targets:
        found += [*_target(plan, target), *_judged(plan, target, timeline), *_places(plan, target, timeline)]
    return found


def _times(plan: Plan, timeline: Timeline) -> Iterator[Fault]:
    if plan.province != timeline.province:
        yield _head("province", plan.province, _("phải là mã của tỉnh"), timeline.province)
    for field, day in (("baseline_date", plan.baseline_date), ("due_date", plan.due_date)):
        if day.month == (day + ONE_DAY).month:
            yield _head(field, str(day), _("phải là ngày cuối tháng, như các kỳ số liệu"))
    if plan.due_date <= plan.baseline_date:
        yield _head("due_date", str(plan.due_date), _("phải sau mốc {date}", date=text.date(plan.baseline_date)))
    if plan.kind != SAMPLE and plan.evidence == SAMPLE:
        yield _head("evidence", plan.evidence, _("kế hoạch minh họa không phải kế hoạch của tỉnh"))
    for other in timeline.plans:
        if _overlap(plan, other):
            rule = _(
                "trùng thời gian với {plan} ({baseline}–{due})",
                plan=text.either(other, "short"),
                baseline=text.date(other.baseline_date),
                due=text.date(other.due_date),
            )
            yield _head("baseline_date", str(plan.baseline_date), rule)


def _head(field: str, value: str, rule: str, suggestion: str = "") -> Fault:
    return Fault("plan", "", field, value, rule, suggestion)


def _overlap(plan: Plan, other: Plan) -> bool:
    """Whether another plan is in force at the same time. The sample's illustration gives way to any plan."""
    if plan.id == other.id or SAMPLE in (plan.kind, other.kind):
        return False
    return max(plan.baseline_date, other.baseline_date) < min(plan.due_date, other.due_date)


def _sets(plan: Plan, timeline: Timeline) -> Iterator[Fault]:
    known = timeline.criteria_sets
    for role, name in plan.sets.items():
        of_role = known.index[known["role"] == role].tolist()
        if name not in of_role:
            yield Fault("sets", role, "value", name, _("không có bộ tiêu chí này; có: {names}", names=_list(of_role)))
            continue
        first, last = known.at[name, "valid_from"], known.at[name, "valid_to"]
        if not first <= str(plan.due_date) or (last and last <= str(plan.baseline_date)):
            yield Fault("sets", role, "value", name, _("bộ tiêu chí này không có hiệu lực trong thời gian kế hoạch"))
    if COMMUNE not in plan.sets:
        yield Fault("sets", COMMUNE, "value", "", _("thiếu bộ tiêu chí của xã"))


def _items(plan: Plan) -> Iterator[Fault]:
    parts: dict[str, Iterable[str]] = {
        "tiers": [tier.id for tier in plan.tiers],
        "targets": [target.id for target in plan.targets],
        "solutions": [solution.id for solution in plan.solutions],
    }
    if not plan.targets:
        yield Fault("targets", "", "", "", _("kế hoạch phải có ít nhất một mục tiêu"))
    for part, ids in parts.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield Fault(part, name, "id", name, plural("mã này có ở {count} dòng", count))


def _tiers(plan: Plan, timeline: Timeline, left_out: Collection[str]) -> Iterator[Fault]:
    targets = [*(target.id for target in plan.targets), *left_out]
    for tier in plan.tiers:
        if tier.target and tier.target not in targets:
            yield Fault("tiers", tier.id, "target", tier.target, *_unknown(_("không có mục tiêu này"), tier, targets))
    if plan.sets.get(COMMUNE) in timeline.criteria_sets.index:
        yield from bounds(plan.tiers, len(timeline.criteria_of(plan.sets[COMMUNE])))


def _unknown(rule: str, tier: Tier, allowed: list[str]) -> tuple[str, str]:
    near = get_close_matches(tier.target, allowed, n=1)
    return _("{rule}; có: {names}", rule=rule, names=_list(allowed)), "".join(near)


def bounds(tiers: Collection[Tier], criteria: int) -> Iterator[Fault]:
    """Return what is wrong with the bounds of tiers, which share all counts from 0 to a number of criteria."""
    above: dict[int, Tier] = {}  # count → the tier that has it already
    for tier in tiers:
        if tier.upper < tier.lower:
            yield Fault("tiers", tier.id, "upper", str(tier.upper), _("phải từ {lower} trở lên", lower=tier.lower))
        if tier.upper > criteria:
            yield Fault("tiers", tier.id, "upper", str(tier.upper), plural("bộ chỉ có {count} tiêu chí", criteria))
        counts = range(tier.lower, tier.upper + 1)
        shared = [count for count in counts if count in above]
        if shared:
            others = _list(sorted({above[count].id for count in shared}))
            rule = _("chồng nhóm {others} ở {counts} tiêu chí", others=others, counts=_list(shared))
            yield Fault("tiers", tier.id, "lower", str(tier.lower), rule)
        above |= dict.fromkeys(counts, tier)
    lacking = sorted(set(range(criteria + 1)) - above.keys())
    if lacking:
        yield Fault("tiers", "", "", "", _("không nhóm nào có {counts} tiêu chí", counts=_list(lacking)))


def _target(plan: Plan, target: Target) -> Iterator[Fault]:
    def fault(field: str, value: str, rule: str) -> Fault:
        near = get_close_matches(value, INDICATORS if field == "indicator" else UNITS_OF_MEASURE, n=1)
        return Fault("targets", target.id, field, value, rule, "".join(near))

    if target.indicator not in INDICATORS:
        rule = _("không có chỉ tiêu này; có: {allowed}", allowed=_list(INDICATORS))
        yield fault("indicator", target.indicator, rule)
    if target.unit not in UNITS_OF_MEASURE:
        yield fault("unit", target.unit, _("phải là một trong: {allowed}", allowed=_list(UNITS_OF_MEASURE)))
    role = ROLE_OF.get(target.indicator)
    if role and role not in plan.sets:
        yield Fault("sets", role, "value", "", _("mục tiêu {target} cần bộ tiêu chí này", target=target.id))
    tiers = [tier.id for tier in plan.tiers]
    if target.indicator == "tier_count" and target.tier not in tiers:
        rule = _("không có nhóm này; có: {allowed}", allowed=_list(tiers))
        yield Fault("targets", target.id, "tier", target.tier, rule)


def _judged(plan: Plan, target: Target, timeline: Timeline) -> Iterator[Fault]:
    if target.judged is None:
        return
    if target.judged.indicator not in JUDGEMENTS:
        rule = _("phải là một trong: {allowed}", allowed=_list(JUDGEMENTS))
        yield Fault("judged", target.id, "indicator", target.judged.indicator, rule)
    count = len(timeline.criteria_of(plan.sets.get(COMMUNE, "")))
    if count and not 1 <= target.judged.criteria <= count:
        rule = _("phải từ 1 đến {count}, số tiêu chí của bộ", count=count)
        yield Fault("judged", target.id, "criteria", str(target.judged.criteria), rule)


def _places(plan: Plan, target: Target, timeline: Timeline) -> Iterator[Fault]:
    """Ask of the communes and districts that a target names whether they exist on the day that it is due."""
    there = units.at(timeline.all_units, str(plan.due_date))
    day = text.date(plan.due_date)
    if plan.sets.get(COMMUNE) in timeline.criteria_sets.index:
        counted = there.index[there["kind"] == timeline.criteria_sets.at[plan.sets[COMMUNE], "unit_kind"]]
        rule = _("không phải xã thuộc Chương trình ở ngày {date}", date=day)
        yield from _outside(target, "target_communes", target.communes, set(counted), rule)
    districts = set(there.index[there["level"] == "district"])
    rule = _("không có huyện này ở ngày {date}", date=day)
    yield from _outside(target, "target_districts", target.districts, districts, rule)
    if target.indicator == "named_recognised" and not target.communes:
        yield Fault("targets", target.id, "indicator", target.indicator, _("phải nêu tên ít nhất một xã"))
    if target.indicator in OF_DISTRICTS and not target.districts:
        yield Fault("targets", target.id, "indicator", target.indicator, _("phải nêu tên ít nhất một huyện"))


def _outside(target: Target, part: str, codes: Iterable[str], known: Collection[str], rule: str) -> Iterator[Fault]:
    field = "listed" if part == "target_communes" else "code"
    for code in codes:
        if code not in known:
            yield Fault(part, f"{target.id}/{code}", field, code, rule)


def _list(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))
