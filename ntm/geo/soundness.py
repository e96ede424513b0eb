"""Whether shapes are sound enough to be used: what is invalid, drawn twice, or changed too much is named with figures.

Repairing makes any shape valid; whether it is still the unit's shape, only measuring tells. A layer counts as cleaned
where nothing is left to clean.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from ntm import text
from ntm.geo import coverage
from ntm.geo.coverage import SQUARE_KILOMETRE, Fit
from ntm.geo.unfit import Unfit, listed
from ntm.text import _

if TYPE_CHECKING:
    import geopandas as gpd

MENDED = 0.05  # of a unit's area: what a repaired shape may have gained or lost, or may have as holes beside it
CHANGED = 0.1  # of a unit's area: what cleaning overlaps and gaps may take from it or give it
HOLES_LEFT = 0.005  # of the province's area: a large reservoir that belongs to no commune
SAME = 0.95  # of two shapes of one unit, what both cover: the same shape drawn twice
APART = 0.1  # of the smaller of two shapes of one unit, what both cover: two parts that touch
ALONE = 0.1  # of the units: islands are few, and gaps that open to the outside are no holes
NOTHING = 0.005  # km²: what is 0,00 when printed


@dataclass(frozen=True)
class Soundness:
    """What was measured. `invalid`: the units whose shapes were repaired; `before` and `after` cleaning; `beside`: the
    units beside the holes that are left."""

    invalid: list[str]
    before: Fit
    after: Fit
    beside: list[str]

    def sentences(self) -> list[str]:
        """Say what was measured."""
        found = [
            _("Hình không hợp lệ, đã sửa: {names}", names=_counted(self.invalid)),
            _(
                "Trước khi làm sạch: chồng lấn {overlap} km², khe hở {holes} km²",
                overlap=text.number(self.before.overlap, 2),
                holes=text.number(self.before.holes, 2),
            ),
        ]
        if max(self.after.overlap, self.after.holes) < NOTHING:
            return [*found, _("Sau khi làm sạch: không còn chồng lấn và khe hở (đã làm sạch)")]
        return [
            *found,
            _(
                "Sau khi làm sạch còn: chồng lấn {overlap} km², khe hở {holes} km², cạnh {names}",
                overlap=text.number(self.after.overlap, 2),
                holes=text.number(self.after.holes, 2),
                names=_counted(self.beside),
            ),
        ]


def _counted(names: list[str]) -> str:
    return f"{len(names)} ({listed(names)})" if names else _("không có")


def check_doubles(drawn: "gpd.GeoDataFrame", codes: pd.Series, labels: pd.Series, file: str) -> None:
    """Unfit where two shapes of a unit lie on each other without being the same. `drawn`: a row per shape."""
    metric = coverage.in_metres(drawn.geometry)
    worst = {code: share for code, rows in metric.groupby(codes) if (share := _doubled(rows)) is not None}
    if worst:
        found = [f"{labels[code]} ({text.number(share * 100)}%)" for code, share in worst.items()]
        raise Unfit(
            _(
                "{file}: vẽ hai lần mà lệch nhau, phần trùng nhau chỉ có: {units}. Giữ một hình cho mỗi đơn vị.",
                file=file,
                units=listed(found),
            )
        )


def _doubled(shapes: "gpd.GeoSeries") -> float | None:
    """Return the share that both cover of the two shapes that differ most; None where all are the same or apart."""
    shares = []
    for one, other in combinations(shapes, 2):
        shared = one.intersection(other).area
        share = shared / one.union(other).area
        if shared > APART * min(one.area, other.area) and share < SAME:
            shares.append(share)
    return min(shares, default=None)


def measured(
    drawn: "gpd.GeoDataFrame",
    codes: pd.Series,
    united: "gpd.GeoSeries",
    cleaned: "gpd.GeoSeries",
    labels: pd.Series,
) -> tuple[Soundness, pd.DataFrame]:
    """Return what was measured, and a table of the units, index code.

    `drawn`: a row per shape; `united`, `cleaned`: a shape per unit before and after cleaning; all in degrees.
    Of each unit: before (as drawn), united (made valid), after (cleaned), holes (beside it), in km²; invalid, is_alone.
    """
    invalid = codes[~drawn.geometry.is_valid].dropna()
    holes = coverage.holes(cleaned)
    beside = _beside(holes, cleaned)
    gained = (coverage.areas(drawn.geometry.make_valid()) - coverage.areas(drawn.geometry)).groupby(codes).sum()
    areas = {"united": coverage.areas(united), "after": coverage.areas(cleaned), "holes": beside}
    units = pd.DataFrame(areas).assign(before=lambda found: found["united"] - gained)
    units["invalid"] = units.index.isin(invalid)
    units["is_alone"] = _are_alone(cleaned)
    named = beside[beside > 0].sort_values(ascending=False)
    found = Soundness(
        invalid=list(labels[sorted(set(invalid))]),
        before=coverage.fit(united),
        after=coverage.fit(cleaned),
        beside=list(labels[named.index]),
    )
    return found, units


def _beside(holes: "gpd.GeoSeries", shapes: "gpd.GeoSeries") -> pd.Series:
    """Return the area (km²) of the holes beside each unit."""
    metric = coverage.in_metres(shapes)
    return pd.Series(
        {code: float(holes[holes.distance(shape) < 1].area.sum()) / SQUARE_KILOMETRE for code, shape in metric.items()},
        dtype=float,
    )


def _are_alone(shapes: "gpd.GeoSeries") -> pd.Series:
    """Return which shapes have no neighbour: whether more than a metre lies between them and all others."""
    import shapely

    metric = coverage.in_metres(shapes)
    one, other = shapely.STRtree(metric.to_numpy()).query(metric.to_numpy(), predicate="dwithin", distance=1)
    return pd.Series(~metric.index.isin(metric.index[one[one != other]]), index=metric.index)


def check(found: Soundness, units: pd.DataFrame, expected: float, labels: pd.Series, file: str) -> None:
    """Unfit, naming the units with figures, where a repair or the cleaning went too far, or too much is left."""
    mended = (units["united"] - units["before"]).abs() + units["holes"] > MENDED * units["united"]
    wrong = units[units["invalid"] & mended]
    if len(wrong):
        raise Unfit(_not_repaired(found, wrong, labels, file))
    alone = units.index[units["is_alone"]]
    if len(alone) > ALONE * len(units):
        raise Unfit(
            _(
                "{file}: sau khi làm sạch còn {count} hình không giáp hình nào, khe hở rộng hơn {width} m: {units}. "
                "Kiểm tra các đường biên chung rồi nhập lại.",
                file=file,
                count=text.number(len(alone)),
                width=text.number(coverage.GAP_WIDTH),
                units=listed(labels[alone]),
            )
        )
    changed = units[(units["after"] / units["united"] - 1).abs() > CHANGED]
    if len(changed):
        raise Unfit(
            _(
                "{file}: làm sạch chồng lấn và khe hở làm diện tích đổi quá {limit}%: {units}. Sửa các hình này rồi "
                "nhập lại.",
                file=file,
                limit=text.number(CHANGED * 100),
                units=_figures(changed["united"], changed["after"], labels),
            )
        )
    if max(found.after.holes, found.after.overlap) > HOLES_LEFT * expected:
        raise Unfit(
            _(
                "{file}: sau khi làm sạch còn khe hở {holes} km², chồng lấn {overlap} km²; cho phép đến {allowed} km². "
                "Cạnh khe hở: {units}.",
                file=file,
                holes=text.number(found.after.holes, 2),
                overlap=text.number(found.after.overlap, 2),
                allowed=text.number(HOLES_LEFT * expected, 1),
                units=_counted(found.beside),
            )
        )


def _not_repaired(found: Soundness, wrong: pd.DataFrame, labels: pd.Series, file: str) -> str:
    figures = [
        _(
            "{unit} {before} → {after} km², khe hở bên cạnh {holes} km²",
            unit=labels[code],
            before=text.number(row["before"], 2),
            after=text.number(row["united"], 2),
            holes=text.number(row["holes"], 2),
        )
        for code, row in wrong.iterrows()
    ]
    return _(
        "{file}: {count} hình không hợp lệ (đường biên tự cắt), trong đó {wrong} hình không sửa được mà giữ nguyên "
        "diện tích: {units}. Sau khi làm sạch còn khe hở {left} km². Sửa trong QGIS (Check validity) rồi nhập lại.",
        file=file,
        count=text.number(len(found.invalid)),
        wrong=text.number(len(wrong)),
        units=listed(figures),
        left=text.number(found.after.holes, 2),
    )


def _figures(before: pd.Series, after: pd.Series, labels: pd.Series) -> str:
    return listed(
        f"{labels[code]} {text.number(before[code], 2)} → {text.number(after[code], 2)} km²" for code in before.index
    )
