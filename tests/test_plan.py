import tomllib

import pytest

from ntm import look, progress, text
from ntm import plan as plan_module
from ntm.look import Look
from ntm.plan import INDICATORS, JUDGEMENTS, Faulty


@pytest.fixture(scope="module")
def plan():
    return next(plan for plan in plan_module.load_all() if plan.id == "1050-kh-ubnd-2024")


def test_the_ten_targets(plan) -> None:
    values = {target.id: (target.baseline, target.value) for target in plan.targets}
    assert values == {
        "keep": (39, 39),
        "recognise": (0, 5),
        "recognised_total": (39, 44),
        "advanced": (None, 17),
        "district": (None, 7),
        "villages": (0, 45),
        "average": (13.6, 15.5),
        "tier_15_18": (2, 10),
        "tier_10_14": (27, 40),
        "tier_5_9": (26, 0),
    }


def test_cumulative_readings_follow_from_the_literal_ones(plan) -> None:
    figures = plan.tier_targets()
    for target in plan.targets:
        if not target.judged:
            continue
        reading = target.judged
        inside = [tier for tier in plan.tiers if (tier.lower >= reading.criteria) == (reading.indicator == "at_least")]
        assert reading.baseline == sum(figures[tier.id][0] or 0 for tier in inside)
        assert reading.value == sum(figures[tier.id][1] or 0 for tier in inside)


def test_tier_targets_make_up_all_communes(plan, facts) -> None:
    baselines, targets = zip(*plan.tier_targets().values(), strict=True)
    assert sum(filter(None, baselines)) == len(facts.communes)
    assert sum(filter(None, targets)) == len(facts.communes)


def test_villages_by_district_make_up_the_target(plan) -> None:
    villages = plan.target("villages")
    assert sum(villages.districts.values()) == villages.value


def test_five_groups_of_solutions_and_their_documents(plan) -> None:
    assert len(plan.solutions) == 5
    assert sum(len(solution.documents) for solution in plan.solutions) == 3


def test_every_indicator_is_one_that_can_be_measured() -> None:
    assert progress.INDICATORS.keys() == INDICATORS.keys() | JUDGEMENTS.keys()


def test_tiers_cover_every_count_once(plan) -> None:
    counts = [count for tier in plan.tiers for count in range(tier.lower, tier.upper + 1)]
    assert sorted(counts) == list(range(20))


def test_tier_labels(plan) -> None:
    assert [tier.label for tier in plan.tiers] == ["19", "15–18", "10–14", "5–9", "dưới 5"]


@pytest.fixture
def raw():
    return tomllib.loads(plan_module.files()[0].read_text(encoding="utf-8"))


FORMS = {  # what is changed of the nested values → part, item, field, and words of the rule
    "a field is missing": (lambda raw: raw.pop("number"), ("plan", "", "number"), "thiếu"),
    "a field too many": (lambda raw: raw.update(dueDate="x"), ("plan", "", "dueDate"), "được dùng: id, number"),
    "an unknown kind": (lambda raw: raw.update(kind="guessed"), ("plan", "", "kind"), "'published', 'official'"),
    "words for a date": (lambda raw: raw.update(due_date="mai"), ("plan", "", "due_date"), "2024-12-31"),
    "nothing in a field": (lambda raw: raw.update(source=""), ("plan", "", "source"), "không được để trống"),
    "a number for a set": (lambda raw: raw["sets"].update(commune=3), ("sets", "commune", "value"), "chữ"),
    "words for a number": (
        lambda raw: raw["targets"][0].update(value="39"),
        ("targets", "keep", "value"),
        "số từ 0",
    ),
    "less than nothing": (lambda raw: raw["targets"][0].update(value=-1), ("targets", "keep", "value"), "số từ 0"),
    "without end": (
        lambda raw: raw["targets"][0].update(value=float("inf")),
        ("targets", "keep", "value"),
        "số từ 0",
    ),
    "half a criterion": (lambda raw: raw["tiers"][0].update(lower=1.5), ("tiers", "19", "lower"), "số nguyên"),
    "signs in an id": (lambda raw: raw["targets"][0].update(id="a/b"), ("targets", "a/b", "id"), "chữ số"),
    "no id": (lambda raw: raw["targets"][1].pop("id"), ("targets", "2", "id"), "thiếu"),
    "a code that is a number": (
        lambda raw: raw["targets"][1].update(communes=[3413]),
        ("target_communes", "recognise/3413", "listed"),
        "chữ",
    ),
    "words for a district": (
        lambda raw: raw["targets"][4]["districts"].update({"106": "bảy"}),
        ("target_districts", "district/106", "value"),
        "số từ 0",
    ),
    "a judgement without its number": (
        lambda raw: raw["targets"][7]["judged"].pop("value"),
        ("judged", "tier_15_18", "value"),
        "thiếu",
    ),
    "words for a solution": (lambda raw: raw.update(solutions=["x"]), ("solutions", "0", "id"), "mục con"),
}


@pytest.mark.parametrize(("change", "place", "words"), FORMS.values(), ids=FORMS)
def test_a_fault_of_form_is_told_with_its_place(raw, change, place, words) -> None:
    change(raw)
    with pytest.raises(Faulty) as refused:
        plan_module.parse(raw)
    (fault,) = refused.value.faults
    assert (fault.part, fault.item, fault.field) == place
    assert words in fault.rule


def test_all_faults_are_told_at_once_with_the_file(raw, tmp_path) -> None:
    file = tmp_path / "plan.toml"
    words = plan_module.files()[0].read_text(encoding="utf-8")
    file.write_text(words.replace('number = "1050', 'nummer = "1050').replace("value = 39", "value = true"), "utf-8")
    with pytest.raises(Faulty) as refused:
        plan_module.read(file)
    assert str(refused.value).splitlines() == [
        "plan.toml: number: thiếu mục này",
        "plan.toml: targets, keep, value: phải là số từ 0 (True)",
        "plan.toml: nummer: không có mục này; được dùng: "
        + ", ".join(plan_module.FIELDS["Plan"])
        + " (1050/KH-UBND). Nên là: number",
    ]


def test_words_that_were_not_translated_are_read_in_vietnamese(raw) -> None:
    del raw["targets"][0]["name_en"]
    target = plan_module.parse(raw).targets[0]
    with look.use(Look("en")):
        assert text.either(target, "name") == "Giữ chuẩn"
        assert text.either(target, "wording") == "Keep and improve the criteria of the 39 communes already recognised"
