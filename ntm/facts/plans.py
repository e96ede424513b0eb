"""Plans as facts: a row for each cell of a plan, so that what has changed between two revisions is told by cell.

| part | item | field |
|---|---|---|
| plan | "" | a field of plan.Plan |
| sets | role | value |
| tiers, targets, judged, solutions | id | a field of plan.Tier, Target …; place (its number, from 1) |
| target_communes | target/code | listed (its number) |
| target_districts | target/code | value |

What a plan does not say has no row. A revision states a plan as a whole: what an earlier one said of it counts no more.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pandas as pd
from sqlalchemy import Column, String

from ntm import plan as plan_module
from ntm import plan_rules
from ntm.facts import rules
from ntm.facts.fact_type import FactType, Form, table
from ntm.facts.rules import Faults, Rule
from ntm.plan import Fault, Plan, Solution, Target, Tier
from ntm.reference import Reference
from ntm.text import mark
from ntm.timeline import Timeline
from ntm.world import PUBLISHED

TABLE = table(
    "plans",
    Column("unit_code", String, primary_key=True),  # the province
    Column("plan", String, primary_key=True),
    Column("part", String, primary_key=True),
    Column("item", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", String, nullable=False),
)
WHOLE = ["unit_code", "plan"]  # the columns that name a plan
KEY = [*WHOLE, "part", "item", "field"]
COLUMNS = [*KEY, "value"]
PARTS = ("plan", "sets", "tiers", "targets", "judged", "target_communes", "target_districts", "solutions")
PLACES = ("place", "listed")  # fields that hold a number in a list
ELSEWHERE = ("id", "kind", "province", "sets", "tiers", "targets", "solutions", "judged", "communes", "districts")
LINE = "\n"  # between the documents of a solution
Row = tuple[str, str, str, str]  # part, item, field, value


PARSERS: dict[str, Callable[[str], object]] = {  # field → what makes a value of its words
    **dict.fromkeys(("date", "baseline_date", "due_date"), dt.date.fromisoformat),
    **dict.fromkeys(("value", "baseline"), float),
    **dict.fromkeys(("lower", "upper", "decimals", "criteria"), int),
    "documents": lambda words: tuple(words.split(LINE)),
}


def rows(plan: Plan) -> pd.DataFrame:
    """Return a plan as rows of COLUMNS, in the order in which it is read."""
    found = [("plan", "", name, value) for name, value in _values(plan)]
    found += [("sets", role, "value", name) for role, name in plan.sets.items()]
    lists: dict[str, Sequence[Tier | Target | Solution]]
    lists = {"tiers": plan.tiers, "targets": plan.targets, "solutions": plan.solutions}
    for part, items in lists.items():
        for place, item in enumerate(items, start=1):
            found.append((part, item.id, "place", str(place)))
            found += [(part, item.id, name, value) for name, value in _values(item)]
    for target in plan.targets:
        found += [("judged", target.id, name, value) for name, value in _values(target.judged)]
        for place, code in enumerate(target.communes, start=1):
            found.append(("target_communes", f"{target.id}/{code}", "listed", str(place)))
        for code, value in target.districts.items():
            found.append(("target_districts", f"{target.id}/{code}", "value", word(value)))
    cells = pd.DataFrame(found, columns=COLUMNS[len(WHOLE) :])
    return cells.assign(unit_code=plan.province, plan=plan.id)[COLUMNS]


def _values(record: Any) -> Iterator[tuple[str, str]]:
    """The plain fields of a part of a plan, as words; those that say something."""
    for each in fields(record) if record is not None else ():
        value = getattr(record, each.name)
        if each.name not in ELSEWHERE and value not in (None, "", ()):
            yield each.name, word(value)


def word(value: object) -> str:
    """Return a value of a plan as it is stored: 39.0 is "39", a day "2024-12-31", documents a line each."""
    if isinstance(value, tuple):
        return LINE.join(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def nested(cells: Sequence[Row], *, province: str, plan: str, kind: str = PUBLISHED) -> dict[str, Any]:
    """Return the values of one plan as a file nests them, for plan.parse. `cells`: without two of the same place."""
    raw: dict[str, Any] = {"id": plan, "province": province, "kind": kind, "sets": {}}
    items: dict[str, dict[str, dict[str, Any]]] = {"tiers": {}, "targets": {}, "solutions": {}}
    for part, item, field, value in sorted(cells, key=_order):
        owner, _slash, code = item.partition("/")
        if part == "plan":
            raw[field] = parsed(field, value)
        elif part == "sets":
            raw["sets"][item] = value
        elif part in items:
            items[part].setdefault(item, {"id": item})[field] = parsed(field, value)
        else:
            target = items["targets"].setdefault(owner, {"id": owner})
            _put(target, part, code, field, value)
    for part, of_part in items.items():
        raw[part] = [{name: value for name, value in one.items() if name != "place"} for one in of_part.values()]
    return raw


def _order(cell: Row) -> tuple[int, int]:
    """Sort the places of items first, then those within a target; the order of the other cells does not matter."""
    _part, _item, field, value = cell
    return (PLACES.index(field), int(value)) if field in PLACES and value.isdecimal() else (len(PLACES), 0)


def _put(target: dict[str, Any], part: str, code: str, field: str, value: str) -> None:
    if part == "target_communes":
        target.setdefault("communes", []).append(code)
    elif part == "target_districts":
        target.setdefault("districts", {})[code] = parsed("value", value)
    else:
        target.setdefault("judged", {})[field] = parsed(field, value)


def parsed(field: str, value: str) -> object:
    """Return the value of a field's words; the words themselves if they make none, so that a rule can say so."""
    try:
        return PARSERS[field](value) if field in PARSERS else value
    except ValueError:
        return value


def plans(facts: pd.DataFrame) -> tuple[Plan, ...]:
    """Return the plans of facts that the store holds. Columns: COLUMNS and kind."""
    return tuple(
        plan_module.parse(nested(_cells(mine), province=province, plan=name, kind=mine["kind"].iloc[0]))
        for (province, name), mine in facts.groupby(WHOLE)
    )


def _cells(frame: pd.DataFrame) -> list[Row]:
    return list(frame[COLUMNS[len(WHOLE) :]].itertuples(index=False, name=None))


def faults(raw: Mapping[str, Any], timeline: Timeline) -> list[Fault]:
    """Return everything that is wrong with a plan, of form and of its time, at once. `raw`: see nested."""
    try:
        return plan_rules.faults(plan_module.parse(raw), timeline)
    except plan_module.Faulty as faulty:
        of_form = faulty.faults
    rest, left_out = _readable(raw, of_form)
    try:
        return [*of_form, *plan_rules.faults(plan_module.parse(rest), timeline, left_out)]
    except plan_module.Faulty:  # a date or a tier is wrong: the rest can be judged only after it has been corrected
        return of_form


def _readable(raw: Mapping[str, Any], found: Sequence[Fault]) -> tuple[dict[str, Any], set[str]]:
    """Return a plan without the targets and solutions that are faulty, and the ids of these targets."""
    faulty = {fault.item.split("/")[0] for fault in found if fault.part not in ("plan", "sets", "tiers")}
    left = {part: [item for item in raw[part] if item["id"] not in faulty] for part in ("targets", "solutions")}
    words = {fault.field: "?" for fault in found if fault.part == "plan" and fault.field not in PARSERS}
    return {**raw, **words, **left}, faulty


def _is_a_place(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    return ~frame["field"].isin(PLACES) | frame["value"].str.fullmatch(r"[1-9]\d{0,3}")


RULES = (
    Rule(
        "unit_code",
        mark("kế hoạch phải là của tỉnh"),
        lambda frame, reference: frame["unit_code"] == reference.province_code,
    ),
    rules.one_of("part", PARTS, mark("không có phần này của kế hoạch")),
    Rule("value", mark("thứ tự phải là số nguyên từ 1"), _is_a_place),
    Rule("value", mark("không được để trống"), lambda frame, reference: frame["value"] != ""),
    rules.once(KEY, mark("trùng: ô này của kế hoạch đã có ở một dòng khác")),
)


def check(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Check rows against every rule, and each plan as a whole. Returns COLUMNS.

    Raises rules.Faults with all faults at once; what is missing is said of the row nearest to it.
    """
    words = rules.run(frame, COLUMNS, RULES, reference)[COLUMNS]
    found = [fault for _plan, mine in words.groupby(WHOLE) for fault in _of_rows(mine, reference.timeline)]
    if found:
        raise Faults(pd.DataFrame(found, columns=["row", "column", "value", "rule"]))
    return words


def _of_rows(mine: pd.DataFrame, timeline: Timeline) -> Iterator[tuple[int, str, str, str]]:
    """The faults of one plan, each with the number of its row."""
    province, name = mine[WHOLE].iloc[0]
    place_of: dict[tuple[str, ...], int] = {}
    for row in mine.itertuples():
        number = int(str(row.Index)) + rules.FIRST_ROW
        for place in ((row.part, row.item, row.field), (row.part, row.item), (row.part,), ()):
            place_of.setdefault(place, number)
    for fault in faults(nested(_cells(mine), province=province, plan=name), timeline):
        place = (fault.part, fault.item, fault.field)
        known = next(place[:length] for length in (3, 2, 1, 0) if place[:length] in place_of)
        rule = fault.rule if known == place else fault.sentence()
        yield place_of[known], "value" if known == place else "field", fault.value, rule


TYPE = FactType(
    place=7,
    table=TABLE,
    title=mark("Kế hoạch năm"),
    check=check,
    whole=tuple(WHOLE),
    published_as=PUBLISHED,  # a plan is a public document: it is in force in both worlds, and opens neither
    form=Form(title="Kế hoạch"),
)
