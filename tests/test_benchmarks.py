"""Benchmarks are run by hand, and still hold to the code: a country of two provinces and one month is filled."""

from benchmarks import store as benchmark
from ntm import store


def test_a_small_country_is_filled_and_counted(tmp_path, facts, monkeypatch) -> None:
    monkeypatch.setattr(benchmark, "MONTHS", 1)
    engine = store.connect(f"sqlite:///{tmp_path / 'country.sqlite'}")
    rows, _seconds = benchmark.fill(engine, facts, 2)
    communes = len(facts.communes) + benchmark.COMMUNES // benchmark.PROVINCES
    assert rows == communes * benchmark.CRITERIA
    assert benchmark.tier_counts(engine, facts, benchmark.DAY).to_numpy().sum() == communes
