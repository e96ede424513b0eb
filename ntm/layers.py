"""Map layers: what the colours of the communes say. Each gives a class and a figure per commune, and the key to them.

The ordered layers use ColorBrewer's YlGnBu (its fifth step darkened, for white figures) and PuOr, which are safe for
colour-blind readers; tiers, grid and statuses keep their own colours of ntm.palette. The figure on each shape says the
same as its colour, so that colour is never the only carrier. What is not known, or does not apply, is "unknown" and
hatched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ntm import labels, palette, progress, reporting, text
from ntm.dataset import Dataset
from ntm.groupings import DISTRICTS
from ntm.metrics import UNKNOWN
from ntm.reference import Reference
from ntm.text import _, mark

YLGNBU = ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2776ab", "#253494")
PUOR = ("#b35806", "#f1a340", "#f7f7f7", "#998ec3", "#542788")


@dataclass(frozen=True)
class Step:
    """One class of a layer, as the key lists it."""

    id: str
    words: str
    colour: str


@dataclass(frozen=True)
class Layer:
    """What the map shows: `classes` (unit_code → step id or "unknown"), `figures` (unit_code → words on the shape)."""

    steps: tuple[Step, ...]
    classes: pd.Series
    figures: pd.Series

    @property
    def colours(self) -> dict[str, str]:
        """Step id → colour, "unknown" included."""
        return {step.id: step.colour for step in self.steps} | {UNKNOWN: palette.UNKNOWN}


def _binned(
    values: pd.Series,
    bounds: Sequence[tuple[float, float, str]],
    colours: Sequence[str],
    figure: Callable[[float], str],
) -> Layer:
    """Class numbers by (lower, upper, words), bounds included; NaN, and what no bounds hold, is unknown."""
    steps = tuple(
        Step(f"step-{rank}", words, colour)
        for rank, ((_lower, _upper, words), colour) in enumerate(zip(bounds, colours, strict=True))
    )
    classes = pd.Series(UNKNOWN, index=values.index, dtype=object)
    for step, (lower, upper, _words) in zip(steps, bounds, strict=True):
        classes[values.between(lower, upper)] = step.id
    return Layer(steps, classes, _figures(values, figure))


def _figures(values: pd.Series, figure: Callable[[float], str]) -> pd.Series:
    return values.map(lambda value: figure(value) if pd.notna(value) else "?")


def _tier(data: Dataset, period: str, criterion: int) -> Layer:
    reference, communes = data.reference, data.communes_at(period)
    colours = palette.tier_colours(reference.tiers)
    steps = tuple(Step(tier.id, labels.tier(reference.tiers, tier.id), colours[tier.id]) for tier in reference.tiers)
    return Layer(steps, communes["tier"], _counts(communes))


def _counts(communes: pd.DataFrame) -> pd.Series:
    """How many criteria each commune meets, or between what that lies ("11–12")."""
    return pd.Series(
        [
            text.number(row.met) if pd.notna(row.met) else f"{row.met_low}–{row.met_high}" if row.assessed else "?"
            for row in communes.itertuples()
        ],
        index=communes.index,
    )


def _criteria(data: Dataset, period: str, criterion: int) -> Layer:
    met, total = data.communes_at(period)["met"], len(data.reference.criteria_of(data.reference.commune_set))
    return _binned(met, _steps(total, complete=True), YLGNBU, text.number)


def _steps(total: int, *, complete: bool) -> list[tuple[float, float, str]]:
    """Six classes from 0 to a set's number of criteria, of about one size; all met is the last, where it is asked for.

    A set of 19 has those that its reports use.
    """
    if total == 19:
        starts = [0, 5, 10, 13, 16, 19] if complete else [0, 7, 10, 13, 15, 17]
    else:
        starts = sorted({round(total * share / 6) for share in range(6)} | ({total} if complete else set()))[-6:]
        starts[0] = 0
    ends = [following - 1 for following in starts[1:]] + [total]
    return [(low, high, f"{low}–{high}" if low != high else str(low)) for low, high in zip(starts, ends, strict=True)]


def _change(data: Dataset, period: str, criterion: int) -> Layer:
    return _changes(data.communes_at(period)["change"])


def _recent(data: Dataset, period: str, criterion: int) -> Layer:
    """Against the period before; unknown everywhere at the first one."""
    met = data.communes_at(period)["met"]
    before = data.period_before(period)
    return _changes(met - data.communes_at(before)["met"] if before else met * np.nan)


def _changes(change: pd.Series) -> Layer:
    steps = [
        (-np.inf, -2, _("mất từ 2")),
        (-1, -1, _("mất 1")),
        (0, 0, _("không đổi")),
        (1, 2, _("thêm 1–2")),
        (3, np.inf, _("thêm từ 3")),
    ]
    return _binned(change, steps, PUOR, lambda value: text.number(value, signed=True))


def _criterion(data: Dataset, period: str, criterion: int) -> Layer:
    assessed = data.assessments_at(period, data.reference.commune_set)
    met = assessed[assessed["criterion"] == criterion].set_index("unit_code")["met"]
    met = met.reindex(data.reference.communes.index)
    steps = (Step("met", _("Đạt"), palette.MET_CELL), Step("not-met", _("Chưa đạt"), palette.NOT_MET_CELL))
    classes = met.map({True: "met", False: "not-met"}).fillna(UNKNOWN)
    return Layer(steps, classes, classes.map({"met": "✓", "not-met": "✕", UNKNOWN: "?"}))


def _recognition(data: Dataset, period: str, criterion: int) -> Layer:
    communes = data.communes_at(period)
    flags = {
        "at-risk": communes["at_risk"],
        "newly": communes["newly_recognised"],
        "recognised": communes["recognised"],
        "meets-all": communes["meets_all"] & ~communes["recognised"],
        "not": ~communes["recognised"],
    }
    known = [flag.fillna(False).to_numpy(dtype=bool) for flag in flags.values()]
    classes = pd.Series(np.select(known, list(flags), UNKNOWN), index=communes.index)
    steps = (
        Step("recognised", _("Đã công nhận"), palette.BEST_TO_WORST[0]),
        Step("newly", _("Mới công nhận"), palette.BEST_TO_WORST[1]),
        Step("meets-all", _("Đạt đủ tiêu chí, chưa công nhận"), palette.BEST_TO_WORST[2]),
        Step("not", _("Chưa công nhận"), palette.CALM),
        Step("at-risk", _("Đã công nhận, nay thiếu tiêu chí"), palette.BEST_TO_WORST[4]),
    )
    return Layer(steps, classes, _figures(communes["met"], text.number))


def _advanced(data: Dataset, period: str, criterion: int) -> Layer:
    complete = data.counts_at(period, data.reference.advanced_set)["met"]
    total = len(data.reference.criteria_of(data.reference.advanced_set))
    values = complete.reindex(data.reference.communes.index).astype(float)
    return _binned(values, _steps(total, complete=False), YLGNBU, text.number)


def _reported(data: Dataset, period: str, criterion: int) -> Layer:
    """Who has reported all criteria, some of them, or none; what is outstanding catches the eye."""
    steps = (
        Step(reporting.WHOLE, _("Đã báo cáo đủ"), palette.BEST_TO_WORST[1]),
        Step(reporting.PART, _("Mới báo cáo một phần"), palette.BEST_TO_WORST[2]),
        Step(reporting.NONE, _("Chưa báo cáo"), palette.BEST_TO_WORST[3]),
    )
    criteria = len(data.reference.criteria_of(data.reference.commune_set))
    figures = data.communes_at(period)["assessed"].map(lambda count: f"{text.number(count)}/{criteria}")
    return Layer(steps, reporting.by_commune(data, period), figures)


def _way(data: Dataset, period: str, criterion: int) -> Layer:
    """Colour a group's communes by the mean share of the way to its own targets, each share capped at one."""
    shares = {}
    for group in data.reference.groups.index:
        table = progress.progress(data, period, group)
        shares[group] = table["share"].clip(0, 1).mean()  # NaN where it has no target of its own
    values = data.reference.communes["group_code"].map(shares)
    steps = [
        (0, 0.4999, _("dưới 50%")),
        (0.5, 0.7499, "50–74%"),
        (0.75, 0.9999, "75–99%"),
        (1, 1, "100%"),
    ]
    return _binned(values, steps, [YLGNBU[step] for step in (1, 3, 4, 5)], text.percent)


LAYERS: dict[str, tuple[str, Callable[[Dataset, str, int], Layer]]] = {
    "tier": (mark("Nhóm tiêu chí"), _tier),
    "criteria": (mark("Số tiêu chí đạt"), _criteria),
    "change": (mark("Thay đổi so với mốc (tiêu chí)"), _change),
    "recent": (mark("Thay đổi so với kỳ trước (tiêu chí)"), _recent),
    "criterion": (mark("Một tiêu chí: đạt hay chưa"), _criterion),
    "recognition": (mark("Công nhận đạt chuẩn"), _recognition),
    "advanced": (mark("Tiêu chí nâng cao (xã đã công nhận)"), _advanced),
    "reported": (mark("Đã báo cáo hay chưa"), _reported),
    "way": (mark("Quãng đường đến mục tiêu riêng của huyện"), _way),
}


def available(reference: Reference) -> list[str]:
    """Return which of LAYERS say anything where these units, criteria sets and plan are in force."""
    without = set() if reference.advanced_set else {"advanced"}
    without |= set() if reference.grouping == DISTRICTS and reference.plan else {"way"}
    return [name for name in LAYERS if name not in without]


def build(data: Dataset, layer: str, period: str, criterion: int) -> Layer:
    """Return a layer (a key of LAYERS) at a period; `criterion` matters to the layer "criterion" alone."""
    return LAYERS[layer][1](data, period, criterion)


def name(layer: str) -> str:
    """Return a layer's name in words."""
    return _(LAYERS[layer][0])
