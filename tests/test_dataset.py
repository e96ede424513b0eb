from ntm import dataset, store


def test_a_second_build_adds_nothing(engine) -> None:
    before = store.latest(engine)
    assert dataset.build(engine) == []
    assert store.latest(engine) == before


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
