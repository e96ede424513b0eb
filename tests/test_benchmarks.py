"""Benchmarks are run by hand, and still hold to the code: a country of two provinces and one month is filled."""

from benchmarks import reading as reading_benchmark
from benchmarks import store as benchmark
from ntm import store
from ntm.intake import reading, sheets
from ntm.intake.asked import Asked


def test_a_small_country_is_filled_and_counted(tmp_path, facts, monkeypatch) -> None:
    monkeypatch.setattr(benchmark, "MONTHS", 1)
    engine = store.connect(f"sqlite:///{tmp_path / 'country.sqlite'}")
    rows, _seconds = benchmark.fill(engine, facts, 2)
    communes = len(facts.communes) + benchmark.COMMUNES // benchmark.PROVINCES
    assert rows == communes * benchmark.CRITERIA
    assert benchmark.tier_counts(engine, facts, benchmark.DAY).to_numpy().sum() == communes


def test_the_files_that_are_read_hold_what_they_say(facts) -> None:
    communes = len(facts.communes)
    for content, rows, count in (
        (reading_benchmark.wide(facts), communes, communes * reading_benchmark.CRITERIA),
        (reading_benchmark.long(facts, 2_000), 2_000, 2_000),
    ):
        (sheet,) = sheets.read(content)
        found = reading.read([sheet], Asked("assessments", reading_benchmark.PERIOD), facts)
        assert found.faults.empty
        assert (len(sheet.cells), len(found.rows)) == (rows + 1, count)
