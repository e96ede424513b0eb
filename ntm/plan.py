"""A plan and its targets, tiers and solutions, as `data/plans/*.toml` states them."""

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ntm.paths import DATA
from ntm.text import _

FOLDER = DATA / "plans"


@dataclass(frozen=True)
class Tier:
    """A class of communes by the number of criteria that they meet, bounds included."""

    id: str
    lower: int
    upper: int
    target: str = ""

    @property
    def label(self) -> str:
        """The tier's bounds in words: "19", "15–18", "dưới 5"."""
        if self.lower == 0:
            return _("dưới {bound}", bound=self.upper + 1)
        return str(self.lower) if self.lower == self.upper else f"{self.lower}–{self.upper}"


@dataclass(frozen=True)
class Reading:
    """How a target is judged where its literal reading would punish success."""

    indicator: str
    criteria: int
    baseline: float
    value: float


@dataclass(frozen=True)
class Target:
    """One target of a plan. `indicator` names a measure of ntm.progress."""

    id: str
    name_vi: str
    name_en: str
    wording_vi: str
    wording_en: str
    clause_vi: str
    clause_en: str
    indicator: str
    unit: str
    value: float
    baseline: float | None = None
    decimals: int = 0
    tier: str = ""
    communes: tuple[str, ...] = ()
    districts: Mapping[str, float] = field(default_factory=dict)
    judged: Reading | None = None


@dataclass(frozen=True)
class Solution:
    """One group of solutions, with the documents that it cites."""

    id: str
    name_vi: str
    name_en: str
    text_vi: str
    text_en: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A year's plan of one province."""

    id: str
    number: str
    date: dt.date
    province: str
    baseline_date: dt.date
    due_date: dt.date
    commune_set: str
    advanced_set: str
    district_set: str
    short_vi: str
    short_en: str
    title_vi: str
    title_en: str
    subject_vi: str
    subject_en: str
    issuer_vi: str
    issuer_en: str
    source: str
    evidence: str
    tiers: tuple[Tier, ...]
    targets: tuple[Target, ...]
    solutions: tuple[Solution, ...]

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

    def tier(self, tier_id: str) -> Tier:
        """Return the tier with this id. KeyError where the plan has none."""
        return {tier.id: tier for tier in self.tiers}[tier_id]

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


def read(file: Path) -> Plan:
    """Read one plan. KeyError or TypeError where a field is missing or unknown."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    tiers = tuple(Tier(**tier) for tier in raw.pop("tiers"))
    targets = tuple(_target(target) for target in raw.pop("targets"))
    solutions = tuple(Solution(**{**item, "documents": tuple(item["documents"])}) for item in raw.pop("solutions"))
    return Plan(**raw, tiers=tiers, targets=targets, solutions=solutions)


def _target(raw: dict) -> Target:
    judged = Reading(**raw.pop("judged")) if "judged" in raw else None
    communes = tuple(raw.pop("communes", ()))
    return Target(**raw, communes=communes, judged=judged)


def load(plan_id: str | None = None, folder: Path = FOLDER) -> Plan:
    """Return the plan with this id, or the one NTM_PLAN names, or the latest. FileNotFoundError where there is none."""
    plans = {plan.id: plan for plan in map(read, sorted(folder.glob("*.toml")))}
    wanted = plan_id or os.environ.get("NTM_PLAN")
    if wanted and wanted not in plans:
        raise FileNotFoundError(f"No plan {wanted!r} in {folder}; there is: {', '.join(plans) or 'none'}.")
    return plans[wanted] if wanted else max(plans.values(), key=lambda plan: plan.date)
