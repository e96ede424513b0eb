"""Province: whether a folder of data holds together, so that the dashboard can be opened with it.

A province is a folder (NTM_DATA): units, criteria sets, plans, and, where it has them, successions, published facts,
a sample and boundary layers. Every fault is a sentence with file and field.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from ntm import grouping_rules, groupings, plan, plan_rules, reference, timeline
from ntm import units as units_module
from ntm.facts.rules import is_day
from ntm.geo import boundaries
from ntm.text import _
from ntm.timeline import LAST_DAY, Timeline, day_before

UNIT_COLUMNS = ("code", "name", "kind", "level", "parent_code", "valid_from", "valid_to")
SET_COLUMNS = ("criteria_set", "role", "name_vi", "name_en", "unit_kind", "unit_level", "valid_from", "valid_to")
NEEDED = {  # file → its columns
    "criteria/criteria_sets.csv": SET_COLUMNS,
    "criteria/criteria.csv": ("criteria_set", "criterion", "name_vi", "name_en"),
    "criteria/tiers.csv": ("criteria_set", "tier", "lower", "upper"),
}
OPTIONAL = {"units/groupings.csv": groupings.GROUPING_COLUMNS, "units/groups.csv": groupings.GROUP_COLUMNS}


def faults(folder: Path) -> list[str]:
    """Return what keeps the dashboard from opening with a folder, a sentence each; nothing where it holds together."""
    missing = [*_missing(folder), *_unreadable_plans(folder)]
    if missing:
        return missing
    known = timeline.load(folder)
    return [
        *_units(known),
        *_successions(known),
        *grouping_rules.faults(known),
        *_sets(known),
        *(f"{own.id}: {fault.sentence()}" for own in known.plans for fault in plan_rules.faults(own, known)),
    ]


def notes(folder: Path) -> list[str]:
    """Return what a folder that holds together does not have, and what the dashboard does without it."""
    known = timeline.load(folder)
    drawn = {frozenset(boundaries.geometries(file)) for file in (folder / "boundaries").glob("*.geojson")}
    found = [
        _("Không có lớp ranh giới cho các đơn vị từ {date}: bản đồ không vẽ được.", date=start or _("đầu"))
        for start in known.divisions
        if frozenset(reference.of_day(known, start).shaped_units.index) not in drawn
    ]
    if not known.plans:
        found.append(_("Không có kế hoạch nào (plans/*.toml): các kỳ chỉ có kết quả, không có mục tiêu."))
    return found


def _missing(folder: Path) -> Iterator[str]:
    files = sorted((folder / "units").glob("units-*.csv"))
    if not files:
        yield _("{file}: thiếu tệp. Cần ít nhất một tệp các đơn vị.", file="units/units-….csv")
    needed = {str(file.relative_to(folder)): UNIT_COLUMNS for file in files} | NEEDED
    needed |= {name: columns for name, columns in OPTIONAL.items() if (folder / name).exists()}
    for name, columns in needed.items():
        file = folder / name
        if not file.exists():
            yield _("{file}: thiếu tệp. Cần các cột: {columns}.", file=name, columns=", ".join(columns))
            continue
        lacking = [column for column in columns if column not in pd.read_csv(file, nrows=0).columns]
        if lacking:
            yield _("{file}: thiếu cột {columns}.", file=name, columns=", ".join(lacking))


def _unreadable_plans(folder: Path) -> Iterator[str]:
    for file in plan.files(folder):
        try:
            plan.read(file)
        except plan.Faulty as faulty:
            yield from str(faulty).splitlines()


def _units(known: Timeline) -> Iterator[str]:
    units = known.all_units
    provinces = units.loc[units["level"] == "province", "code"].unique()
    if len(provinces) != 1:
        yield _("units: cần đúng một đơn vị cấp province; có {count}.", count=len(provinces))
    for row in units.itertuples():
        bad = [day for day in (row.valid_from, row.valid_to) if day and not is_day(day)]
        if bad:
            yield _("units, {code}: ngày {day} phải có dạng 2024-12-31.", code=row.code, day=bad[0])
        elif (row.valid_to or LAST_DAY) < row.valid_from:
            yield _(
                "units, {code}: valid_to {end} trước valid_from {start}.",
                code=row.code,
                end=row.valid_to,
                start=row.valid_from,
            )
        if row.level != "province" and row.parent_code not in known.codes:
            yield _(
                "units, {code}: parent_code {parent} không có trong danh mục.", code=row.code, parent=row.parent_code
            )
    for code, rows in units.groupby("code"):
        ordered = rows.sort_values("valid_from").itertuples()
        for one, other in pairwise(ordered):
            if (one.valid_to or LAST_DAY) >= other.valid_from:
                yield _("units, {code}: hai đơn vị cùng mã trùng thời gian từ {day}.", code=code, day=other.valid_from)


def _successions(known: Timeline) -> Iterator[str]:
    for row in known.successions.itertuples():
        if not is_day(row.effective):
            yield _("successions, {code}: ngày {day} phải có dạng 2024-12-31.", code=row.code, day=row.effective)
            continue
        if not _exists(known, row.code, day_before(row.effective)):
            yield _("successions, {code}: không có đơn vị này trước ngày {day}.", code=row.code, day=row.effective)
        if not _exists(known, row.successor_code, row.effective):
            yield _(
                "successions, {code}: đơn vị kế tục {successor} không có ở ngày {day}.",
                code=row.code,
                successor=row.successor_code,
                day=row.effective,
            )


def _exists(known: Timeline, code: str, day: str) -> bool:
    return code in units_module.at(known.all_units, day).index


def _sets(known: Timeline) -> Iterator[str]:
    if "commune" not in set(known.criteria_sets["role"]):
        yield _("criteria_sets: cần một bộ tiêu chí có role là commune.")
    for name, row in known.criteria_sets.iterrows():
        count = len(known.criteria_of(str(name)))
        if not count:
            yield _("criteria_sets, {name}: criteria.csv không có tiêu chí nào của bộ này.", name=name)
        if row["unit_kind"] not in set(known.all_units["kind"]):
            yield _("criteria_sets, {name}: không có đơn vị nào là {kind}.", name=name, kind=row["unit_kind"])
        if row["role"] == "commune":
            yield from (f"{name}: {fault.sentence()}" for fault in plan_rules.bounds(known.tiers_of(str(name)), count))
    orphans = set(known.criteria["criteria_set"]) - set(known.criteria_sets.index)
    if orphans:
        yield _("criteria: không có bộ {names} trong criteria_sets.", names=", ".join(sorted(orphans)))
