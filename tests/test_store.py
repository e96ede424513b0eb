import datetime as dt
import threading

import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

from ntm import dataset, store
from ntm.assessments import Faults
from ntm.store import Change


def assessment(met: str, **changes: str) -> pd.DataFrame:
    row = {"period": "2024-12-31", "unit_code": "03628", "criteria_set": "commune-2021-2025", "criterion": "10"}
    return pd.DataFrame([row | {"met": met} | changes])


def change(kind: str, met: str, **changes: str) -> Change:
    return Change("tester", "note", kind, {"assessments": assessment(met, **changes)})


def test_the_latest_revision_of_a_kind_wins(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    second = store.publish(empty_engine, change("official", "0"), facts)
    present = store.present(empty_engine, "assessments")
    assert present[["met", "revision", "kind"]].to_numpy().tolist() == [[False, second, "official"]]


def test_a_later_sample_does_not_hide_official_data(empty_engine, facts) -> None:
    official = store.publish(empty_engine, change("official", "1"), facts)
    store.publish(empty_engine, change("sample", "0"), facts)
    assert store.present(empty_engine, "assessments")["revision"].tolist() == [official]


def test_official_data_replaces_the_sample_cell_by_cell(empty_engine, facts) -> None:
    store.publish(empty_engine, change("sample", "0"), facts)
    store.publish(empty_engine, change("sample", "0", criterion="11"), facts)
    store.publish(empty_engine, change("official", "1"), facts)
    assert store.present(empty_engine, "assessments")["kind"].tolist() == ["official", "sample"]


def test_refused_data_leaves_nothing(empty_engine, facts) -> None:
    with pytest.raises(Faults):
        store.publish(empty_engine, change("official", "maybe"), facts)
    assert store.latest(empty_engine) == 0


def test_a_write_that_fails_half_way_leaves_nothing(empty_engine, facts) -> None:
    villages = pd.DataFrame({"period": ["2024-12-31"] * 2, "unit_code": ["106"] * 2, "recognised": [1, 2]})
    both = Change("tester", "note", "official", {"assessments": assessment("1"), "villages": villages})
    with pytest.raises(IntegrityError):
        store.publish(empty_engine, both, facts)
    assert store.latest(empty_engine) == 0
    assert store.present(empty_engine, "assessments").empty


def test_an_unknown_kind_is_refused(empty_engine, facts) -> None:
    with pytest.raises(ValueError, match="official"):
        store.publish(empty_engine, change("rumour", "1"), facts)


def test_the_same_digest_is_stored_once(empty_engine, facts) -> None:
    once = Change("tester", "note", "sample", {"assessments": assessment("1")}, digest="abc")
    assert store.publish(empty_engine, once, facts) == 1
    assert store.publish(empty_engine, once, facts) is None
    assert store.has_digest(empty_engine, "abc")
    assert len(store.revisions(empty_engine)) == 1


def test_two_first_starts_at_once_build_once(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    added: list[int] = []
    threads = [threading.Thread(target=lambda: added.extend(dataset.build(store.connect(url)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [1, 2]
    assert len(store.revisions(store.connect(url))) == 2


def test_a_reader_goes_on_while_someone_writes(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    with empty_engine.execution_options(writes=True).begin() as connection:
        values = {"created_at": dt.datetime(2024, 12, 31), "author": "", "note": "", "kind": "official"}
        connection.execute(store.revisions_table.insert().values(values))
        assert store.latest(empty_engine) == 1
    assert store.latest(empty_engine) == 2


def test_dates_come_back_as_iso_text(empty_engine, facts) -> None:
    store.publish(empty_engine, change("official", "1"), facts)
    assert store.present(empty_engine, "assessments")["period"].tolist() == ["2024-12-31"]


def test_the_address_comes_from_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", "postgresql://example/ntm")
    assert store.default_url() == "postgresql://example/ntm"
    monkeypatch.delenv("NTM_DATABASE_URL")
    assert store.default_url().endswith("var/ntm.sqlite")
