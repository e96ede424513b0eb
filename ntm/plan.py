"""A plan: its targets, tiers and solutions. Read from `data/plans/*.toml`, or entered by an office (facts/plans.py).

Whatever it is read from, it passes `parse`, which says every fault of it at once: where it is, what was found, what is
allowed. Whether a plan fits the units and criteria sets of its time is asked by plan_rules.py.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from ntm.paths import DATA
from ntm.text import _, mark
from ntm.world import Kind

STRICT = ConfigDict(extra="forbid")
Words = Annotated[str, Strict()]
Text = Annotated[str, Strict(), Field(min_length=1)]
Key = Annotated[
    str, Strict(), Field(min_length=1, pattern=r"^[A-Za-z0-9_-]+$")
]  # stands in links, and before "/" in a stored cell
Day = Annotated[dt.date, Strict()]
Amount = Annotated[float, Strict(), Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Strict(), Field(ge=0)]
MOST_DECIMALS = 3

INDICATORS = {  # what a target can be measured by (progress.INDICATORS measures each) → words
    "recognised": mark("Số xã đạt chuẩn"),
    "named_recognised": mark("Số xã đạt chuẩn trong các xã nêu tên"),
    "kept": mark("Số xã giữ chuẩn"),
    "average": mark("Bình quân tiêu chí mỗi xã"),
    "tier_count": mark("Số xã trong một nhóm tiêu chí"),
    "advanced_average": mark("Bình quân tiêu chí nâng cao mỗi xã đã đạt chuẩn"),
    "district_average": mark("Bình quân tiêu chí huyện mỗi huyện nêu tên"),
    "villages": mark("Số thôn, bản được công nhận ở các huyện nêu tên"),
}
JUDGEMENTS = {  # how a target of a tier can be judged instead → words
    "at_least": mark("Số xã đạt từ số tiêu chí này trở lên"),
    "below": mark("Số xã đạt dưới số tiêu chí này"),
}
UNITS_OF_MEASURE = {"commune": mark("xã"), "criterion": mark("tiêu chí"), "village": mark("thôn, bản")}


@dataclass(frozen=True, config=STRICT)
class Tier:
    """A class of communes by the number of criteria that they meet, bounds included."""

    id: Key
    lower: Count
    upper: Count
    target: Words = ""

    @property
    def label(self) -> str:
        """The tier's bounds in words: "19", "15–18", "dưới 5"."""
        if self.lower == 0:
            return _("dưới {bound}", bound=self.upper + 1)
        return str(self.lower) if self.lower == self.upper else f"{self.lower}–{self.upper}"


@dataclass(frozen=True, config=STRICT)
class Judgement:
    """How a target is judged where its literal reading would punish success: by a key of JUDGEMENTS."""

    indicator: Text
    criteria: Count
    value: Amount
    baseline: Amount | None = None


@dataclass(frozen=True, config=STRICT)
class Target:
    """One target of a plan. `indicator`: a key of INDICATORS; `unit`: of UNITS_OF_MEASURE.

    `communes`: the codes that it names; `districts`: code → what it sets for each. English words may be empty.
    """

    id: Key
    name_vi: Text
    wording_vi: Text
    clause_vi: Text
    indicator: Text
    unit: Text
    value: Amount
    name_en: Words = ""
    wording_en: Words = ""
    clause_en: Words = ""
    baseline: Amount | None = None
    decimals: Annotated[Count, Field(le=MOST_DECIMALS)] = 0
    tier: Words = ""
    communes: tuple[Text, ...] = ()
    districts: Mapping[str, Amount] = field(default_factory=dict)
    judged: Judgement | None = None


@dataclass(frozen=True, config=STRICT)
class Solution:
    """One group of solutions, with the documents that it cites."""

    id: Key
    name_vi: Text
    text_vi: Text
    name_en: Words = ""
    text_en: Words = ""
    documents: tuple[Text, ...] = ()


@dataclass(frozen=True, config=STRICT)
class Plan:
    """A year's plan of one province. `sets`: the criteria sets that it follows, by role; `kind`: of its figures."""

    id: Key
    number: Text
    date: Day
    province: Text
    baseline_date: Day
    due_date: Day
    sets: Mapping[str, Text]
    short_vi: Text
    title_vi: Text
    subject_vi: Text
    issuer_vi: Text
    source: Text
    evidence: Text
    kind: Kind
    tiers: tuple[Tier, ...]
    targets: tuple[Target, ...]
    solutions: tuple[Solution, ...] = ()
    short_en: Words = ""
    title_en: Words = ""
    subject_en: Words = ""
    issuer_en: Words = ""

    def __hash__(self) -> int:
        """Plans are compared by everything, and looked up by their id."""
        return hash(self.id)

    def target(self, target_id: str) -> Target:
        """Return the target with this id. KeyError where the plan has none."""
        return {target.id: target for target in self.targets}[target_id]

    @property
    def named_communes(self) -> list[str]:
        """The codes of the communes that the plan's targets name."""
        return [code for target in self.targets for code in target.communes]

    def target_of(self, indicator: str) -> Target | None:
        """Return the first target with this indicator; None where the plan has none."""
        return next((target for target in self.targets if target.indicator == indicator), None)

    def tier_targets(self) -> dict[str, tuple[float | None, float | None]]:
        """Return each tier's (baseline, target) number of communes; (None, None) where the plan sets none."""
        figures: dict[str, tuple[float | None, float | None]] = {}
        for tier in self.tiers:
            target = self.target(tier.target) if tier.target else None
            figures[tier.id] = (target.baseline, target.value) if target else (None, None)
        return figures

    @property
    def baseline_period(self) -> str:
        """The baseline's period, as ISO text."""
        return self.baseline_date.isoformat()


class Fault(NamedTuple):
    """What is wrong with a plan, and where.

    `part`: "plan" (its head), "sets", "tiers", "targets", "target_communes", "target_districts", "judged" or
    "solutions"; `item`: the id of one of these, or "target/code"; `field`: of it, or "code"; `value`: what was found.
    """

    part: str
    item: str
    field: str
    value: str
    rule: str
    suggestion: str = ""

    def sentence(self) -> str:
        """Return the fault in one sentence, with its place."""
        place = ", ".join(filter(None, ["" if self.part == "plan" else self.part, self.item, self.field]))
        found = f"{self.rule} ({self.value})" if self.value else self.rule
        meant = _(". Nên là: {suggestion}", suggestion=self.suggestion) if self.suggestion else ""
        return f"{place}: {found}{meant}" if place else found


class Faulty(ValueError):
    """A plan that cannot be taken, with all its faults."""

    def __init__(self, faults: Sequence[Fault], file: str = ""):
        self.faults = list(faults)
        named = f"{file}: " if file else ""
        super().__init__("\n".join(named + fault.sentence() for fault in self.faults))


PLAN = TypeAdapter(Plan)
FIELDS = {part.__name__: list(part.__dataclass_fields__) for part in (Plan, Tier, Target, Judgement, Solution)}
PART_OF = {"Plan": "plan", "Tier": "tiers", "Target": "targets", "Judgement": "judged", "Solution": "solutions"}
Location = tuple[str | int, ...]


def parse(raw: Mapping[str, Any]) -> Plan:
    """Return the plan that nested plain values make, as in a file. Raises Faulty with all faults of form at once."""
    try:
        return PLAN.validate_python(dict(raw))
    except ValidationError as error:
        raise Faulty([_fault(raw, dict(found)) for found in error.errors(include_url=False)]) from error


def _fault(raw: Mapping[str, Any], found: dict[str, Any]) -> Fault:
    place = _place(raw, found["loc"])
    is_missing = found["type"] in ("missing", "missing_argument")
    value = "" if is_missing or isinstance(found["input"], dict | list) else str(found["input"])
    rule, suggestion = _rule(found, place[0])
    return Fault(*place, value, rule, suggestion)


def _place(raw: Mapping[str, Any], location: Location) -> tuple[str, str, str]:
    """Return part, item and field of a location in the nested values."""
    part, rest = str(location[0]), location[1:]
    if part not in ("tiers", "targets", "solutions") or not rest:
        return ("sets", str(rest[0]), "value") if part == "sets" and rest else ("plan", "", part)
    item = _id_of(raw[part], rest[0])
    name = str(rest[1]) if len(rest) > 1 else "id"
    inside = rest[2] if len(rest) > 2 else ""
    if name == "judged":
        return "judged", item, str(inside)
    if name == "communes" and inside != "":
        return "target_communes", f"{item}/{_at(raw[part][rest[0]][name], inside)}", "listed"
    if name == "districts" and inside != "":
        return "target_districts", f"{item}/{inside}", "value"
    return part, item, name


def _id_of(items: Sequence[Any], number: str | int) -> str:
    """Return the id of one of some items; its number from 1 on if it has none."""
    found = _at(items, number)
    return str(found.get("id") or int(number) + 1) if isinstance(found, Mapping) else str(number)


def _at(items: Any, number: str | int) -> Any:
    return items[int(number)] if isinstance(items, list | tuple) else ""


def _rule(found: dict[str, Any], part: str) -> tuple[str, str]:
    """Return what must hold instead, and what may have been meant."""
    kind, context = found["type"], found.get("ctx", {})
    if kind == "unexpected_keyword_argument":
        allowed = FIELDS[next(name for name, of in PART_OF.items() if of == part)]
        near = get_close_matches(str(found["loc"][-1]), allowed, n=1)
        return _("không có mục này; được dùng: {allowed}", allowed=", ".join(allowed)), "".join(near)
    for start, rule in RULES.items():
        if kind.startswith(start):
            return _(rule, **context), ""
    return _("không đúng dạng: {reason}", reason=found["msg"]), ""


RULES = {  # how pydantic calls a fault, or begins to → what must hold
    "missing": mark("thiếu mục này"),
    "string_too_short": mark("không được để trống"),
    "string_pattern_mismatch": mark("chỉ gồm chữ không dấu, chữ số, gạch ngang hoặc gạch dưới"),
    "string": mark("phải là chữ"),
    "int": mark("phải là số nguyên từ 0"),
    "float": mark("phải là số từ 0"),
    "finite_number": mark("phải là số từ 0"),
    "greater_than_equal": mark("phải là số từ 0"),
    "less_than_equal": mark("không được quá {le}"),
    "date": mark("phải là ngày, dạng 2024-12-31"),
    "enum": mark("phải là một trong: {expected}"),
    "tuple": mark("phải là danh sách"),
    "mapping": mark("phải là một mục có các mục con"),
    "dataclass": mark("phải là một mục có các mục con"),
}


def read(file: Path) -> Plan:
    """Read one plan from a file. Raises Faulty, which names the file."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return parse(raw)
    except Faulty as faulty:
        raise Faulty(faulty.faults, file.name) from faulty
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        rule = _("không đúng cú pháp TOML, hoặc không phải mã UTF-8 ({reason})", reason=error)
        raise Faulty([Fault("plan", "", "", "", rule)], file.name) from error


def files(data: Path = DATA) -> list[Path]:
    """Return the files of a province's plans, and of those that illustrate its sample, by their names."""
    return [*sorted((data / "plans").glob("*.toml")), *sorted((data / "sample").glob("plan-*.toml"))]


def load_all(data: Path = DATA) -> tuple[Plan, ...]:
    """Return the plans of a province's folder; see files."""
    return tuple(map(read, files(data)))
