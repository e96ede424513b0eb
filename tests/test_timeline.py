"""What is in force on a day, beside one that begins or ends."""

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from ntm import dataset, progress, reference, store, timeline
from ntm.cli import main
from ntm.facts import assessments
from ntm.preview import make
from ntm.world import World


@pytest.fixture
def planned(facts) -> timeline.Timeline:
    """A plan of 2026 whose baseline is the last day of 2025, before the criteria of 2026 are in force."""
    illustrative = next(plan for plan in facts.timeline.plans if plan.kind == "sample")
    mine = replace(illustrative, id="2026", baseline_date=dt.date(2025, 12, 31), due_date=dt.date(2026, 6, 30))
    return replace(facts.timeline, plans=(mine,))


def test_a_plan_is_in_force_when_its_criteria_are(planned) -> None:
    before, after = (reference.of_day(planned, day) for day in ("2025-12-31", "2026-01-31"))
    assert (before.plan, before.commune_set) == (None, "commune-2021-2025")
    assert (after.plan.id, after.commune_set) == ("2026", "commune-2026-2030")
    assert after.baseline_period == "2025-12-31"


def test_what_follows_a_plan_in_its_year_is_not_seen_as_under_it(planned, data) -> None:
    archive = replace(data.archive, timeline=planned)
    seen = {day: archive.at(day) for day in ("2026-03-31", "2026-09-30")}
    assert seen["2026-03-31"].reference.plan.id == "2026"
    assert seen["2026-09-30"].reference.plan is None
    assert len(progress.progress(seen["2026-03-31"], "2026-03-31")) == 5
    assert progress.progress(seen["2026-09-30"], "2026-09-30").empty


def test_an_export_holds_every_period(engine, tmp_path) -> None:
    assert main(["export", str(tmp_path)]) == 0
    for name in ("assessments", "communes", "targets"):
        table = pd.read_csv(tmp_path / f"{name}.csv", dtype=str)
        assert {"2023-12-31", "2024-12-31", "2026-09-30"} <= set(table["period"]), name
    assert "2026-09-15" in set(pd.read_csv(tmp_path / "recognitions.csv", dtype=str)["recognised_by"])


def test_the_first_facts_of_a_new_time_do_not_open_the_real_world_again(empty_engine, facts) -> None:
    def report(period: str, code: str) -> pd.DataFrame:
        then = facts.at(period)
        return pd.DataFrame([(period, code, then.commune_set, 1, True)], columns=assessments.COLUMNS)

    change = store.Change(dataset.BUILDER, "x", "official", {"assessments": report("2024-12-31", "03628")})
    store.publish(empty_engine, change, facts)
    real = dataset.load(empty_engine, world=World.REAL, day="2026-06-30")
    assert not make(real, {"assessments": report("2026-06-30", "03637")}).opens


def own(facts, **changes):
    """The illustrative plan of 2026 as one of the province's own."""
    illustrative = next(plan for plan in facts.timeline.plans if plan.kind == "sample")
    return replace(illustrative, **({"id": "own", "kind": "published"} | changes))


def test_a_plan_that_is_added_is_in_force_and_gives_the_same_timeline_each_time(facts) -> None:
    real = facts.timeline.of_kinds(World.REAL.kinds)
    assert reference.of_day(real, "2026-06-30").plan is None
    planned = real.with_plans([own(facts)])
    assert reference.of_day(planned, "2026-06-30").plan == own(facts)
    assert real.with_plans((own(facts),)) is planned
    assert reference.of_day(real.with_plans([own(facts)]), "2026-06-30") is reference.of_day(planned, "2026-06-30")
    assert real.with_plans([own(facts, number="2")]) is not planned
    assert real.with_plans([]) is real


def test_a_plan_replaces_the_one_of_the_folder_with_its_id(facts) -> None:
    known = next(plan for plan in facts.timeline.plans if plan.id == "1050-kh-ubnd-2024")
    amended = facts.timeline.with_plans([replace(known, number="1050a/KH-UBND")])
    assert reference.of_day(amended, "2024-12-31").plan.number == "1050a/KH-UBND"
    assert len(amended.plans) == len(facts.timeline.plans)


def test_the_illustration_gives_way_to_a_plan_of_the_province(facts) -> None:
    assert facts.at("2026-06-30").plan.kind == "sample"
    both = facts.timeline.with_plans([own(facts, due_date=dt.date(2027, 3, 31))])
    assert reference.of_day(both, "2026-06-30").plan.id == "own"


def test_a_plan_that_is_not_over_does_not_open_a_period_of_the_future(data, facts, monkeypatch) -> None:
    monkeypatch.setattr("ntm.clock.today", lambda: dt.date(2026, 11, 26))
    timeline = facts.timeline.of_kinds(World.REAL.kinds).with_plans([own(facts)])
    empty = {name: table.iloc[:0] for name, table in data.archive.tables.items()}
    archive = replace(data.archive, timeline=timeline, world=World.REAL, tables=empty)
    assert archive.default_period == "2026-10-31"
    assert replace(data.archive, timeline=timeline).default_period == "2026-09-30"


def test_a_plan_over_the_reform_names_the_communes_that_there_are(facts, data) -> None:
    known = next(plan for plan in facts.timeline.plans if plan.id == "1050-kh-ubnd-2024")
    naming = replace(known.target("recognise"), communes=("03390",))
    days = {"baseline_date": dt.date(2024, 12, 31), "due_date": dt.date(2025, 12, 31)}
    planned = facts.timeline.with_plans([replace(known, id="2025", targets=(naming,), tiers=(), **days)])
    seen = {day: reference.of_day(planned, day).named_communes for day in ("2025-03-31", "2025-12-31")}
    assert seen == {"2025-03-31": [], "2025-12-31": ["03390"]}
