"""Who may do what: acts by roles, cell by cell, at the store on both databases, and by command."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest
from sqlalchemy import Engine, insert

from ntm import chain, database, dataset, people, schema, store
from ntm.cli import main
from ntm.facts import assessments, openings
from ntm.people import Denied, Person
from ntm.reference import Reference
from ntm.store import Change
from ntm.world import OFFICIAL, PUBLISHED, SAMPLE
from tests import one_of_each

OWN, OTHER, PROVINCE = "110", "106", "12"
OWN_COMMUNE, OTHER_COMMUNE = "03628", "03418"  # Pha Mu of Than Uyên, Bản Giang of Tam Đường
OPEN, LATER = "2024-12-31", "2025-03-31"
OWNER = people.owner("chủ máy")
ROLES = {
    "nobody": Person(""),
    "viewer": Person("Chi", people.VIEWER),
    "group editor": Person("Bình", people.GROUP_EDITOR, frozenset({OWN})),
    "editor": Person("An", people.EDITOR),
    "administrator": Person("Dũng", people.ADMINISTRATOR),
}
EDITORS = ("editor", "administrator")
ALL_EDITORS = ("group editor", *EDITORS)


@dataclass(frozen=True)
class Office:
    """A database and its reference data."""

    engine: Engine
    facts: Reference

    def publish(self, person: Person, unit: str, period: str = OPEN, kind: str = OFFICIAL, met: str = "1") -> int:
        return self.add(person, kind, assessments=one_of_each.assessments(met, unit, period))

    def add(self, person: Person, kind: str = OFFICIAL, **facts: pd.DataFrame) -> int:
        revision = store.publish(self.engine, Change(person, "1/BC", kind, facts), self.facts)
        assert revision is not None
        return revision

    def undo(self, person: Person, revision: int) -> int:
        return store.undo(self.engine, revision, person, "nhầm", self.facts)


def emptied(office: Office) -> int:
    """A revision without facts, as older versions could write one."""
    with database.writing(office.engine) as connection:
        number = store.ledger.latest(connection) + 1
        values = {"id": number, "created_at": store.now(), "author": "a", "note": "n", "kind": OFFICIAL}
        connection.execute(insert(schema.revisions).values(values))
        chain.add_revision(connection, number)
    return number


def opened(office: Office) -> None:
    """The editor has begun the period, with a fact of another district."""
    office.publish(OWNER, OTHER_COMMUNE)


@dataclass(frozen=True)
class Act:
    """One thing to do: who may, what is there before, and the act, which is given what was there."""

    allowed: tuple[str, ...]
    act: Callable[[Office, Person, int], int]
    before: Callable[[Office], int | None] = opened


def of(step: Callable[[Office], int], *more: Callable[[Office], int]) -> Callable[[Office], int]:
    """Open the period, then take some steps; give the last one's revision."""

    def run(office: Office) -> int:
        opened(office)
        return [one(office) for one in (step, *more)][-1]

    return run


def undone(unit: str) -> Callable[[Office], int]:
    """A published revision of a unit that is taken back: gives the number of the undoing."""
    return lambda office: office.undo(OWNER, office.publish(OWNER, unit))


ACTS: dict[str, Act] = {
    "publish a commune of one's own": Act(ALL_EDITORS, lambda o, p, _n: o.publish(p, OWN_COMMUNE)),
    "publish a decision of one's own": Act(
        ALL_EDITORS, lambda o, p, _n: o.add(p, recognitions=one_of_each.decision(OWN_COMMUNE))
    ),
    "publish one's own villages": Act(ALL_EDITORS, lambda o, p, _n: o.add(p, villages=one_of_each.villages(OWN))),
    "call one's own list complete": Act(
        ALL_EDITORS, lambda o, p, _n: o.add(p, complete_lists=one_of_each.complete_list(OWN))
    ),
    "publish a published figure of one's own": Act(
        ALL_EDITORS, lambda o, p, _n: o.add(p, PUBLISHED, figures=one_of_each.figure(OWN))
    ),
    "publish a commune of another": Act(EDITORS, lambda o, p, _n: o.publish(p, OTHER_COMMUNE)),
    "publish a decision of another": Act(
        EDITORS, lambda o, p, _n: o.add(p, recognitions=one_of_each.decision(OTHER_COMMUNE))
    ),
    "publish another's villages": Act(EDITORS, lambda o, p, _n: o.add(p, villages=one_of_each.villages(OTHER))),
    "call another's list complete": Act(
        EDITORS, lambda o, p, _n: o.add(p, complete_lists=one_of_each.complete_list(OTHER))
    ),
    "call the province's list complete": Act(
        EDITORS, lambda o, p, _n: o.add(p, complete_lists=one_of_each.complete_list(PROVINCE))
    ),
    "publish a figure of the province": Act(
        EDITORS, lambda o, p, _n: o.add(p, PUBLISHED, figures=one_of_each.figure(PROVINCE))
    ),
    "one's own and another's in one file": Act(
        EDITORS,
        lambda o, p, _n: o.add(
            p, recognitions=pd.concat([one_of_each.decision(OWN_COMMUNE), one_of_each.decision(OTHER_COMMUNE)])
        ),
    ),
    "open a period by an opening": Act(EDITORS, lambda o, p, _n: o.add(p, openings=openings.row(PROVINCE, LATER))),
    "open a period by a fact of one's own": Act(EDITORS, lambda o, p, _n: o.publish(p, OWN_COMMUNE, LATER)),
    "open the real world by a fact of one's own": Act(
        EDITORS, lambda o, p, _n: o.publish(p, OWN_COMMUNE), before=lambda office: None
    ),
    "open the real world by a decision of one's own": Act(
        EDITORS, lambda o, p, _n: o.add(p, recognitions=one_of_each.decision(OWN_COMMUNE)), before=lambda office: None
    ),
    "report in a period that was opened": Act(
        ALL_EDITORS,
        lambda o, p, _n: o.publish(p, OWN_COMMUNE, LATER),
        before=lambda o: o.add(OWNER, openings=openings.row(PROVINCE, LATER)),
    ),
    "publish a sample": Act(("administrator",), lambda o, p, _n: o.publish(p, OWN_COMMUNE, kind=SAMPLE)),
    "undo one's own": Act(ALL_EDITORS, lambda o, p, n: o.undo(p, n), of(lambda o: o.publish(OWNER, OWN_COMMUNE))),
    "undo another's": Act(EDITORS, lambda o, p, n: o.undo(p, n), of(lambda o: o.publish(OWNER, OTHER_COMMUNE))),
    "undo the undoing of one's own": Act(ALL_EDITORS, lambda o, p, n: o.undo(p, n), of(undone(OWN_COMMUNE))),
    "undo the undoing of another's": Act(EDITORS, lambda o, p, n: o.undo(p, n), of(undone(OTHER_COMMUNE))),
    "undo the undoing of the undoing of another's": Act(
        EDITORS, lambda o, p, n: o.undo(p, n), of(lambda o: o.undo(OWNER, undone(OTHER_COMMUNE)(o)))
    ),
    "undo an opening": Act(
        EDITORS,
        lambda o, p, n: o.undo(p, n),
        of(lambda o: o.add(OWNER, openings=openings.row(PROVINCE, LATER))),
    ),
    "undo the only fact of a period": Act(
        EDITORS, lambda o, p, n: o.undo(p, n), of(lambda o: o.publish(OWNER, OWN_COMMUNE, LATER))
    ),
    "undo the only official fact": Act(
        EDITORS,
        lambda o, p, n: o.undo(p, n),
        before=lambda o: o.add(OWNER, recognitions=one_of_each.decision(OWN_COMMUNE)),
    ),
    "undo the sample": Act(
        ("administrator",), lambda o, p, n: o.undo(p, n), of(lambda o: o.publish(OWNER, OWN_COMMUNE, kind=SAMPLE))
    ),
    "undo a revision without facts": Act(("administrator",), lambda o, p, n: o.undo(p, n), of(emptied)),
}


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("name", list(ACTS))
def test_each_act_by_each_role(empty_engine, facts, name: str, role: str) -> None:
    office, act = Office(empty_engine, facts), ACTS[name]
    there = act.before(office) or 0
    before, seen = store.latest(empty_engine), dataset.load(empty_engine)
    if role in act.allowed:
        assert act.act(office, ROLES[role], there) == before + 1
        return
    with pytest.raises(Denied):
        act.act(office, ROLES[role], there)
    assert store.latest(empty_engine) == before
    assert store.log(empty_engine)["action"].iloc[0].endswith("refused")
    assert dataset.load(empty_engine).periods == seen.periods


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("tables", [{}, {"assessments": pd.DataFrame(columns=assessments.COLUMNS)}])
def test_nobody_publishes_nothing(empty_engine, facts, role: str, tables: dict) -> None:
    opened(Office(empty_engine, facts))
    with pytest.raises((Denied, ValueError)):
        store.publish(empty_engine, Change(ROLES[role], "1/BC", OFFICIAL, tables), facts)
    assert store.latest(empty_engine) == 1


def test_a_district_editor_changes_no_other_districts_figures(empty_engine, facts) -> None:
    """What others read is the same before and after whatever a district editor may do."""
    for name, act in ACTS.items():
        if "group editor" not in act.allowed:
            continue
        office = Office(empty_engine, facts)
        there = act.before(office) or 0
        before = dataset.load(empty_engine)
        act.act(office, ROLES["group editor"], there)
        after = dataset.load(empty_engine)
        assert (after.world, after.periods) == (before.world, before.periods), name
        for period in before.periods:
            assert elsewhere(after, period) == elsewhere(before, period), name


def elsewhere(data: dataset.Dataset, period: str) -> dict:
    """What is read of the communes of other districts."""
    communes = data.communes_at(period)
    rest = communes[communes["group_code"] != OWN].astype(object)
    return rest.where(rest.notna(), None).to_dict("index")


def test_a_refusal_is_told_before_anything_is_pressed(empty_engine, facts) -> None:
    row = {"period": OPEN, "unit_code": OWN_COMMUNE, "criteria_set": "commune-2021-2025", "criterion": 10, "met": True}
    first = Change(ROLES["group editor"], "1/BC", OFFICIAL, {"assessments": pd.DataFrame([row])})
    assert "31/12/2024" in store.forbidden(empty_engine, first, facts)
    opened(Office(empty_engine, facts))
    assert store.forbidden(empty_engine, first, facts) == ""
    assert store.log(empty_engine)["action"].tolist() == ["publish"]


def test_the_command_line_acts_for_the_owner(empty_url, facts, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", empty_url)
    file = tmp_path / "one.csv"
    file.write_text("Tên xã,10\nPha Mu,Đạt\n", encoding="utf-8")
    publish = ["publish", str(file), "--note", "1/BC", "--period"]
    for number, command in enumerate(
        [
            [*publish, OPEN],
            ["open", LATER, "--note", "mở kỳ"],
            [*publish, LATER],
            ["undo", "1", "--note", "nhầm"],
            ["undo", "4", "--note", "không nhầm"],
            ["undo", "2", "--note", "đóng kỳ"],
        ],
        start=1,
    ):
        assert main(command) == 0
        assert store.latest(store.connect()) == number
    assert set(store.revisions(store.connect())["author"].str.startswith("Người quản trị máy chủ")) == {True}


def test_a_district_editor_keeps_what_succeeded_their_communes(empty_engine, facts) -> None:
    """Since 1/7/2025 there are no districts; Mường Kim was made of communes of Than Uyên alone."""
    later = facts.at("2026-06-30")
    openings_row = {"openings": openings.row("12", "2026-06-30")}
    store.publish(empty_engine, Change(ROLES["editor"], "mở kỳ", OFFICIAL, openings_row), later)

    def report(person: Person, code: str) -> int | None:
        row = {
            "period": "2026-06-30",
            "unit_code": code,
            "criteria_set": later.commune_set,
            "criterion": 1,
            "met": True,
        }
        change = Change(person, "báo cáo", OFFICIAL, {"assessments": pd.DataFrame([row])})
        return store.publish(empty_engine, change, later)

    editor = Person("Bình", people.GROUP_EDITOR, frozenset({"110"}))
    assert report(editor, "03637") == 2
    with pytest.raises(Denied, match="Ngoài phạm vi: Bình Lư"):
        report(editor, "03390")
