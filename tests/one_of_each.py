"""A small database with a row in every table."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Engine

from ntm import people, remembered, store
from ntm import plan as plan_module
from ntm.facts import openings, plans
from ntm.intake.table_shape import Shape
from ntm.reference import Reference
from ntm.store import Change

TESTER = people.owner("tester")
DAY = "2024-12-31"
SET = "commune-2021-2025"


def assessments(met: str = "1", unit: str = "03628", period: str = DAY) -> pd.DataFrame:
    row = {"period": period, "unit_code": unit, "criteria_set": SET, "criterion": "10", "met": met}
    return pd.DataFrame([row])


def decision(unit: str = "03628", words: str = "1/QĐ-UBND") -> pd.DataFrame:
    row = {"unit_code": unit, "standard": "ntm", "recognised_by": "2024-11-15", "decision": words, "source": ""}
    return pd.DataFrame([row | {"evidence": "official"}])


def complete_list(unit: str = "110") -> pd.DataFrame:
    return pd.DataFrame([{"unit_code": unit, "standard": "ntm", "complete_to": DAY}])


def villages(unit: str = "110") -> pd.DataFrame:
    return pd.DataFrame([{"period": DAY, "unit_code": unit, "recognised": "3"}])


def figure(unit: str = "110") -> pd.DataFrame:
    row = {"unit_code": unit, "date": DAY, "indicator": "recognised_communes", "period": DAY, "value": "5"}
    return pd.DataFrame([row | {"evidence": "official", "source": "Báo cáo"}])


def plan(name: str = "ke-hoach-2026") -> pd.DataFrame:
    """The illustrative plan of 2026, as one of the province's own."""
    illustrative = next(plan for plan in plan_module.load_all() if plan.kind == "sample")
    return plans.rows(replace(illustrative, id=name, kind="published", evidence="official"))


def fill(engine: Engine, facts: Reference) -> None:
    """Publish two revisions, take the second back, and remember the columns of a file."""
    official = {
        "assessments": assessments(),
        "recognitions": decision(),
        "complete_lists": complete_list(),
        "openings": openings.row("12", DAY),
        "villages": villages(),
    }
    store.publish(engine, Change(TESTER, "một", "official", official), facts)
    store.publish(
        engine, Change(TESTER, "hai", "published", {"figures": figure(), "plans": plan()}, digest="abc"), facts
    )
    store.undo(engine, 2, TESTER, "bỏ", facts)
    remembered.keep(engine, TESTER, Shape("assessments", SET, "a" * 64), {2: "criterion:2"}, "C: Tiêu chí 2")
