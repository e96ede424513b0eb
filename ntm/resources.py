"""Resources: the tables that leave for other programs, as files of an export and over the web: the same ones.

A resource is a type of facts (a new one in ntm.facts is a resource too), a table that is made of facts, or a list of
what facts speak of. It holds one world alone. Every row ends with where it comes from:

- `world`: sample or real;
- `kind`: published, official or sample; several, with a space between, if the row is made of several; "" if nothing is
  known of what it speaks of; "reference" for lists of units, groups and criteria;
- `revision`: the one that stated the fact; of a row that is made of facts, the one at which it was made;
- `source`: the fact's own, else its document, else its revision's note; of what is made of facts, what it is made of.

Codes and ids are the data's; words (labels, titles, sources) are in the reader's language.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from ntm import catalogue, clock, labels, listing, progress, provenance
from ntm.dataset import Dataset
from ntm.facts import TYPES
from ntm.facts.fact_type import DOCUMENT, FactType
from ntm.groupings import DISTRICTS
from ntm.selection import Selection
from ntm.selection import communes as communes_of
from ntm.text import either, mark

ORIGIN = ("world", "kind", "revision", "source")
REFERENCE = "reference"  # the kind of a list of what facts speak of
UNIT_COLUMNS = {"code": "unit_code", "kind": "unit_kind"}  # of units.load → of a resource, where `kind` is a fact's
ANSWER = "criterion_{number}"  # the column of a criterion's answers
COMMUNE_COLUMNS = (
    *("unit_code", "period", "label", "group_code", "group", "met", "met_low", "met_high", "assessed", "change"),
    *("tier", "recognised", "at_risk", "recognition", "lacking"),
)


@dataclass(frozen=True)
class Resource:
    """A table. `make`: makes its rows, all of one world; `day`: the column with the day on which a row means its unit;
    "" if it names none.
    """

    name: str
    title: str
    make: Callable[[Dataset], pd.DataFrame]
    day: str = ""


def resources() -> dict[str, Resource]:
    """Return all resources: name → resource, the facts first."""
    facts = [
        Resource(found.exported_as or found.name, found.title, partial(_facts, found), found.day_column)
        for found in TYPES.values()
    ]
    return {found.name: found for found in [*facts, *MADE]}


def _facts(found: FactType, data: Dataset) -> pd.DataFrame:
    """The facts of a type, of all days: the columns of its table."""
    rows = data.archive.tables[found.name]
    notes = {row.id: labels.note(row.note) for row in data.revisions.itertuples()}
    noted = rows["revision"].map(notes).fillna("")
    source = noted
    for own in (name for name in (DOCUMENT.name, "source") if name in rows):
        source = rows[own].where(rows[own] != "", source)
    return _with_origin(data, rows[found.columns], rows["kind"], rows["revision"], source)


def _communes(data: Dataset) -> pd.DataFrame:
    """One row per period and commune: see Archive.communes."""
    rows = data.archive.communes(data.reference.asked)
    return _derived(data, rows.drop(columns="kind"), [_kinds(row) for row in rows[_KIND_COLUMNS].to_numpy()])


_KIND_COLUMNS = ["kind", "recognised_kind"]


def _targets(data: Dataset) -> pd.DataFrame:
    """One row per period and target of the province: see progress.over_periods; plan (its id), title (in words)."""
    rows = progress.over_periods(data)
    if rows.empty:
        return _with_origin(data, pd.DataFrame(columns=["period", "target_id"]), "", data.revision, "")
    plans = {day: data.at(day).reference.plan for day in rows["period"].unique()}
    named = {(day, target.id): target for day, plan in plans.items() if plan for target in plan.targets}
    cells = list(zip(rows["period"], rows["target_id"], strict=True))
    rows.insert(1, "plan", [plan.id if (plan := plans[day]) else "" for day, _target in cells])
    rows.insert(3, "title", [either(named[cell], "name") for cell in cells])
    bounded = rows.replace(math.inf, math.nan)  # no spreadsheet has an infinite number: a bound that there is not
    return _derived(data, bounded.drop(columns="kinds"), rows["kinds"])


def _periods(data: Dataset) -> pd.DataFrame:
    """One row per period: what is in force, and how many of its communes have every criterion assessed."""
    rows, kinds = [], []
    for day in data.all_periods:
        seen = data.at(day)
        covered, plan = seen.coverage(day), seen.reference.plan
        rows.append(
            {
                "period": day,
                "is_default": day == data.archive.default_period,
                "criteria_set": seen.reference.commune_set,
                "plan": plan.id if plan else "",
                "communes": covered.total,
                "communes_known": covered.known,
            }
        )
        kinds.append(_kinds(seen.assessments_at(day, seen.reference.commune_set)["kind"].unique()))
    columns = ["period", "is_default", "criteria_set", "plan", "communes", "communes_known"]
    return _derived(data, pd.DataFrame(rows, columns=columns), kinds)


def _revisions(data: Dataset) -> pd.DataFrame:
    """The revisions of this world's kinds, latest first, with their author's name and time (with offset)."""
    mine = data.revisions[data.revisions["kind"].isin(data.world.kinds)]
    rows = clock.stamped(mine).assign(author=mine["author"].map(labels.author), note=mine["note"].map(labels.note))
    return _with_origin(data, rows.drop(columns="kind"), mine["kind"], mine["id"], rows["note"])


def _units(data: Dataset) -> pd.DataFrame:
    """The units of all days: the columns of units.load."""
    rows = data.reference.timeline.all_units.rename(columns=UNIT_COLUMNS)
    return _with_origin(data, rows, REFERENCE, data.revision, _catalogued("units/units-"))


def _groups(data: Dataset) -> pd.DataFrame:
    """One row per grouping, group and unit, with the days on which it holds: districts, then the named groupings."""
    timeline = data.reference.timeline
    units = timeline.all_units[timeline.all_units["parent_code"].isin(timeline.districts.index)]
    districts = pd.DataFrame(
        {
            "grouping": DISTRICTS.id,
            "group_code": units["parent_code"],
            "group": units["parent_code"].map(timeline.group_labels()),
            "unit_code": units["code"],
            "valid_from": units["valid_from"],
            "valid_to": units["valid_to"],
        }
    )
    named = timeline.groups.assign(group=[either(row, "name") for row in timeline.groups.to_dict("records")])
    rows = pd.concat([districts, named[list(districts)]], ignore_index=True)
    of_grouping = timeline.groupings.set_index("grouping")["source"]
    source = rows["grouping"].map(of_grouping).fillna(_catalogued("units/units-"))
    return _with_origin(data, rows, REFERENCE, data.revision, source)


def _criteria(data: Dataset) -> pd.DataFrame:
    """One row per criteria set and criterion, with the days on which the set is in force."""
    timeline = data.reference.timeline
    sets = timeline.criteria_sets[["role", "decision", "valid_from", "valid_to"]]
    rows = timeline.criteria.merge(sets, left_on="criteria_set", right_index=True, how="left")
    return _with_origin(data, rows, REFERENCE, data.revision, rows["decision"])


MADE = (
    Resource("communes", mark("Xã theo kỳ: số tiêu chí đạt, nhóm, công nhận"), _communes, "period"),
    Resource("targets", mark("Mục tiêu của kế hoạch và mức thực hiện theo kỳ"), _targets, "period"),
    Resource("periods", mark("Các kỳ số liệu"), _periods, "period"),
    Resource("revisions", mark("Phiên bản số liệu"), _revisions),
    Resource("units", mark("Đơn vị hành chính"), _units),
    Resource("groups", mark("Nhóm xã: huyện và các cách chia khác"), _groups),
    Resource("criteria", mark("Bộ tiêu chí và tiêu chí"), _criteria),
)


def lookup(data: Dataset, period: str, selection: Selection) -> pd.DataFrame:
    """Return a selection of communes at a period, with a column of answers for each criterion (True, False, unknown).

    `data` is seen from the period. Columns: COMMUNE_COLUMNS (recognition, lacking: see listing.rows), criterion_1 …,
    then ORIGIN.
    """
    rows = listing.rows(data, communes_of(data, period, selection))
    answers = data.answers_at(period).loc[rows.index].astype("boolean")
    answers.columns = [ANSWER.format(number=number) for number in answers.columns]
    kinds = [_kinds(row) for row in rows[_KIND_COLUMNS].to_numpy()]
    every = rows.rename_axis("unit_code").reset_index()[list(COMMUNE_COLUMNS)].join(answers.reset_index(drop=True))
    return _derived(data, every, kinds)


def _derived(data: Dataset, rows: pd.DataFrame, kinds: Iterable[str]) -> pd.DataFrame:
    """Rows that are made of facts (with a period each), at the dataset's revision."""
    sources = {day: provenance.line(data.at(day), day) for day in rows["period"].unique()}
    return _with_origin(data, rows, list(kinds), data.revision, rows["period"].map(sources))


def _with_origin(data: Dataset, rows: pd.DataFrame, kind: Any, revision: Any, source: Any) -> pd.DataFrame:
    own = [name for name in rows.columns if name not in ORIGIN]
    said = rows[own].assign(world=str(data.world), kind=kind, revision=revision, source=source)
    return said.reset_index(drop=True)


def _kinds(found: Iterable[Any]) -> str:
    """Kinds of facts in one order, with a space between: "official published"; "" for none."""
    return " ".join(sorted({kind for kind in found if isinstance(kind, str) and kind}))


def _catalogued(path: str) -> str:
    """The sources of the files of the province's folder whose path begins so, by its catalogue; "" without one."""
    found = catalogue.load()
    return "; ".join(found.loc[found["path"].str.startswith(path), "sources"].unique())


def about(data: Dataset) -> dict[str, Any]:
    """Return what an answer or an export says of all its rows: world, in words too, revision, plans, periods."""
    return {
        "plans": [plan.id for plan in data.reference.timeline.plans],
        "world": str(data.world),
        "content": labels.world(data.world),
        "revision": data.revision,
        "periods": data.all_periods,
    }
