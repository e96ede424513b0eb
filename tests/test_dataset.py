import pandas as pd

from ntm import dataset, look, people, store
from ntm.coverage import Coverage
from ntm.facts import TYPES, villages
from ntm.look import Look
from ntm.store import Change
from ntm.world import World


def test_a_second_build_adds_nothing(engine) -> None:
    before = store.latest(engine)
    assert dataset.build(engine) == []
    assert store.latest(engine) == before


ONE = pd.DataFrame(
    [("2024-12-31", "03628", "commune-2021-2025", number, True) for number in range(1, 20)],
    columns=["period", "unit_code", "criteria_set", "criterion", "met"],
)


def official(engine, facts, **tables: pd.DataFrame) -> int | None:
    return store.publish(engine, Change(people.owner("An"), "n", "official", tables), facts)


def test_the_first_official_fact_opens_the_real_world(empty_engine, facts) -> None:
    dataset.build(empty_engine)
    assert dataset.load(empty_engine).world is World.SAMPLE
    revision = official(empty_engine, facts, assessments=ONE)
    real = dataset.load(empty_engine)
    assert real.world is World.REAL
    assert real.kinds == {"official", "published"}
    assert real.periods == ["2024-12-31"]
    assert real.villages.empty
    assert len(real.recognitions) == 19
    sample = dataset.load(empty_engine, world=World.SAMPLE)
    assert sample.kinds == {"sample", "published"}
    assert len(sample.all_periods) == 8
    store.undo(empty_engine, revision, people.owner("An"), "n", facts)
    assert dataset.load(empty_engine).world is World.SAMPLE


def test_any_kind_of_official_fact_opens_it_for_every_table(empty_engine, facts) -> None:
    dataset.build(empty_engine)
    official(empty_engine, facts, villages=pd.DataFrame([("2024-06-30", "106", 7)], columns=villages.COLUMNS))
    real = dataset.load(empty_engine)
    assert real.periods == ["2024-06-30"]
    assert real.assessments.empty
    assert real.communes_at("2024-06-30")["met"].isna().all()


def test_a_revision_is_the_same_whenever_and_in_whatever_language_it_is_loaded(empty_engine, facts) -> None:
    """Somebody publishes between the loads for two readers."""
    dataset.build(empty_engine)
    number = official(empty_engine, facts, assessments=ONE)
    before = dataset.load(empty_engine, number)
    official(empty_engine, facts, assessments=ONE.assign(unit_code="03409"))
    with look.use(Look("en")):
        after = dataset.load(empty_engine, number)
    assert before.revision == after.revision == number
    for name in TYPES:
        pd.testing.assert_frame_equal(before.tables[name], after.tables[name])
    assert before.coverage("2024-12-31") == after.coverage("2024-12-31") == Coverage(1, 94)


def test_one_dataset_speaks_every_language(data) -> None:
    assert data.reference.groups.at["105", "label"] == "TP Lai Châu"
    with look.use(Look("en")):
        assert data.reference.groups.at["105", "label"] == "Lai Châu city"
        assert "Lai Châu city" in set(data.communes_at("2024-12-31")["group"])
    assert "TP Lai Châu" in set(data.communes_at("2024-12-31")["group"])


def test_of_every_commune_it_is_said_what_it_lacks(data) -> None:
    assert set(data.lacking_at("2024-12-31")) == set(data.reference.communes.index)
    unknown = data.lacking_at("2024-05-31")
    assert not any(lacks.is_none or lacks.criteria for lacks in unknown.values())


def test_five_periods(data) -> None:
    assert data.periods == ["2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]


def test_every_commune_at_every_period(data) -> None:
    assert len(data.communes) == 94 * 5
    assert len(data.communes_at("2024-12-31")) == 94


def test_a_period_without_data_is_unknown_not_zero(data) -> None:
    communes = data.communes_at("2024-05-31")
    assert len(communes) == 94
    assert communes["met"].isna().all()
    assert set(communes["tier"]) == {"unknown"}
    assert not communes["meets_all"].any()


def test_an_empty_database_loads(empty_engine) -> None:
    empty = dataset.load(empty_engine)
    assert empty.periods == []
    assert empty.revision == 0
    assert empty.communes_at("2024-12-31")["met"].isna().all()


def test_published_and_sample_recognitions_are_told_apart(data) -> None:
    kinds = data.recognitions.set_index("unit_code")["kind"]
    assert (kinds == "published").sum() == 19
    assert kinds["03602"] == "published"
    assert kinds["03643"] == "sample"
