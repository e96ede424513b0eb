"""A plan as rows, a cell each: there and back, and refused with the row that is wrong."""

from dataclasses import replace

import pandas as pd
import pytest

from ntm import plan as plan_module
from ntm.facts import plans
from ntm.facts.rules import FIRST_ROW, Faults
from ntm.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return next(plan for plan in plan_module.load_all() if plan.id == "1050-kh-ubnd-2024")


@pytest.mark.parametrize("name", ["1050-kh-ubnd-2024", "minh-hoa-2026"])
def test_a_plan_comes_back_from_its_rows_in_any_order(name: str) -> None:
    plan = next(plan for plan in plan_module.load_all() if plan.id == name)
    shuffled = plans.rows(plan).sample(frac=1, random_state=1).assign(kind=plan.kind)
    assert plans.plans(shuffled) == (plan,)


def test_several_plans_come_back_from_one_table(plan) -> None:
    other = replace(plan, id="other", kind="official")
    both = pd.concat([plans.rows(one).assign(kind=one.kind) for one in (plan, other)])
    assert set(plans.plans(both)) == {plan, other}


def test_each_cell_has_one_row_and_the_rows_are_taken(plan, facts) -> None:
    rows = plans.rows(plan)
    assert not rows.duplicated(plans.KEY).any()
    assert plans.check(rows, facts).equals(rows)
    cell = rows.set_index(["part", "item", "field"])["value"]
    assert cell["plan", "", "due_date"] == "2024-12-31"
    assert cell["targets", "average", "baseline"] == "13.6"
    assert cell["targets", "keep", "value"] == "39"
    assert cell["target_communes", "recognise/03413", "listed"] == "1"
    assert cell["target_districts", "villages/107", "value"] == "5"
    assert cell["solutions", "training", "documents"].count("\n") == 2


def changed(rows: pd.DataFrame, part: str, item: str, field: str, value: str) -> pd.DataFrame:
    cell = (rows["part"] == part) & (rows["item"] == item) & (rows["field"] == field)
    assert cell.sum() == 1
    return rows.assign(value=rows["value"].mask(cell, value))


FAULTS = {
    "a number in words": (("targets", "keep", "value", "ba"), "phải là số từ 0"),
    "a day that there is not": (("plan", "", "due_date", "2024-02-31"), "phải là ngày"),
    "half a criterion": (("tiers", "19", "lower", "18.5"), "phải là số nguyên"),
    "a place that is none": (("targets", "keep", "place", "đầu"), "thứ tự phải là số nguyên"),
    "a district's target in words": (("target_districts", "villages/107", "value", "năm"), "phải là số từ 0"),
    "an unknown indicator": (("targets", "keep", "indicator", "happiness"), "không có chỉ tiêu này"),
    "an unknown set": (("sets", "commune", "value", "x"), "không có bộ tiêu chí này"),
    "nothing in a cell": (("plan", "", "source", ""), "không được để trống"),
}


@pytest.mark.parametrize(("cell", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_row(plan, facts, cell, words: str) -> None:
    rows = changed(plans.rows(plan), *cell)
    with pytest.raises(Faults) as refused:
        plans.check(rows, facts)
    (fault,) = refused.value.table.itertuples()
    assert words in fault.rule
    wrong = rows.iloc[fault.row - FIRST_ROW]
    assert tuple(wrong[["part", "item", "field", "value"]]) == cell


def test_what_is_missing_is_told_at_the_nearest_row(plan, facts) -> None:
    rows = plans.rows(plan)
    without = rows[~((rows["item"] == "keep") & (rows["field"] == "unit"))].reset_index(drop=True)
    with pytest.raises(Faults) as refused:
        plans.check(without, facts)
    (fault,) = refused.value.table.itertuples()
    assert fault.rule == "targets, keep, unit: thiếu mục này"
    assert without.at[fault.row - FIRST_ROW, "item"] == "keep"


def test_faults_of_form_and_of_the_time_are_told_at_once(plan, facts) -> None:
    rows = changed(plans.rows(plan), "targets", "keep", "value", "ba")
    rows = changed(rows, "plan", "", "due_date", "2023-06-30")
    rows = changed(rows, "tiers", "15-18", "lower", "14")
    rows = rows[rows["field"] != "source"]
    with pytest.raises(Faults) as refused:
        plans.check(rows, facts)
    rules = "\n".join(refused.value.table["rule"])
    for words in ("source: thiếu", "phải là số từ 0", "phải sau mốc", "chồng nhóm 15-18 ở 14"):
        assert words in rules


def test_a_plan_of_another_province_and_a_part_that_there_is_not(plan, facts) -> None:
    with pytest.raises(Faults, match="206 lỗi"):
        plans.check(plans.rows(replace(plan, province="99")), facts)
    extra = pd.DataFrame([["12", plan.id, "budget", "", "total", "5"]], columns=plans.COLUMNS)
    with pytest.raises(Faults) as refused:
        plans.check(pd.concat([plans.rows(plan), extra], ignore_index=True), facts)
    assert refused.value.table["rule"].tolist() == ["không có phần này của kế hoạch"]


def test_a_cell_that_is_stated_twice_is_refused(plan, facts) -> None:
    rows = plans.rows(plan)
    with pytest.raises(Faults) as refused:
        plans.check(pd.concat([rows, rows.head(1)], ignore_index=True), facts)
    assert refused.value.table["row"].tolist() == [FIRST_ROW, len(rows) + FIRST_ROW]
