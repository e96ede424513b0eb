import csv
import datetime as dt
import json

import pandas as pd
import pytest

from ntm import changes, clock, look, people, store, text
from ntm.cli import main
from ntm.facts import recognitions, rules
from ntm.facts.rules import Faults
from ntm.look import Look
from ntm.store import Change
from tests.facts.test_recognitions import GOOD
from tests.test_store import assessment

EVENING = dt.datetime(2024, 12, 31, 20, 30)  # UTC: the next morning, and the next year, in Vietnam


@pytest.fixture(autouse=True)
def vietnam(monkeypatch) -> None:
    monkeypatch.delenv("NTM_TIMEZONE", raising=False)


@pytest.fixture
def evening(monkeypatch, tmp_path, facts):
    """A database whose one revision was published at EVENING; its engine."""
    url = f"sqlite:///{tmp_path / 'evening.sqlite'}"
    monkeypatch.setenv("NTM_DATABASE_URL", url)
    monkeypatch.setattr(store, "now", lambda: EVENING)
    engine = store.connect(url)
    store.publish(engine, Change(people.owner(), "1/BC", "official", {"assessments": assessment("1")}), facts)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("moment", [EVENING, pd.Timestamp(EVENING)])
def test_a_moment_of_the_database_is_shown_in_the_provinces_time(monkeypatch, moment: dt.datetime) -> None:
    assert clock.local(moment).isoformat() == "2025-01-01T03:30:00+07:00"
    assert clock.local(clock.local(moment)) == clock.local(moment)
    assert text.moment(moment) == "01/01/2025 03:30"
    assert text.day(moment) == "01/01/2025"
    with look.use(Look("en")):
        assert text.moment(moment) == "1 Jan 2025 03:30"
    monkeypatch.setenv("NTM_TIMEZONE", "UTC")
    assert text.moment(moment) == "31/12/2024 20:30"
    assert text.day(moment) == "31/12/2024"


def test_moments_in_tables_and_for_programs() -> None:
    frame = pd.DataFrame({"at": [EVENING, EVENING], "words": ["a", "b"]})
    assert clock.local_times(frame["at"]).tolist() == [pd.Timestamp(2025, 1, 1, 3, 30)] * 2
    assert clock.stamped(frame)["at"].tolist() == ["2025-01-01T03:30:00+07:00"] * 2
    assert clock.stamped(frame)["words"].tolist() == ["a", "b"]
    empty = frame.iloc[:0]
    assert clock.local_times(empty["at"].astype(object)).empty
    assert list(clock.stamped(empty)) == ["at", "words"]


def test_now_and_today_are_the_provinces(monkeypatch) -> None:
    assert clock.now().utcoffset() == dt.timedelta(hours=7)
    days = []
    for name in ("Etc/GMT+12", "Etc/GMT-14"):  # 26 hours apart: never the same day
        monkeypatch.setenv("NTM_TIMEZONE", name)
        days.append(clock.today())
    assert days[0] < days[1]


@pytest.mark.parametrize("name", ["Hanoi", "../etc/passwd", "/etc/localtime", "Asia", "x" * 5000, "Asia/Hà Nội"])
def test_an_unknown_zone_says_what_was_found_and_what_is_allowed(monkeypatch, capsys, name: str) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", name)
    with pytest.raises(clock.UnknownZone) as refusal:
        clock.zone()
    assert str(refusal.value) == name
    assert main(["boundaries", "list"]) == 2
    said = capsys.readouterr().err
    assert name in said
    assert "Asia/Ho_Chi_Minh" in said


def test_an_empty_setting_is_the_default(monkeypatch) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "")
    assert clock.zone().key == clock.DEFAULT


def test_the_command_line_refuses_an_unknown_zone_before_anything_is_done(monkeypatch, capsys, tmp_path) -> None:
    monkeypatch.setenv("NTM_TIMEZONE", "Hanoi")
    assert main(["--language", "en", "export", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        "NTM_TIMEZONE is “Hanoi”: there is no such time zone. A correct example: Asia/Ho_Chi_Minh.\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_period_is_over_when_it_is_over_in_the_province(monkeypatch, facts) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 12, 30))
    with pytest.raises(Faults):
        rules.run(assessment("1"), ["period"], rules.PERIOD, facts)
    with pytest.raises(Faults):
        recognitions.check(pd.DataFrame([GOOD | {"recognised_by": "2024-12-31"}]), facts)
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 12, 31))
    rules.run(assessment("1"), ["period"], rules.PERIOD, facts)
    recognitions.check(pd.DataFrame([GOOD | {"recognised_by": "2024-12-31"}]), facts)


def test_history_and_log_in_words(evening, facts) -> None:
    written = changes.words(store.history(evening, "assessments", {"unit_code": "03628"}), facts)
    assert written["Thời gian"].tolist() == ["01/01/2025 03:30"]
    assert changes.log(store.log(evening))["at"].tolist() == [pd.Timestamp(2025, 1, 1, 3, 30)]


def test_what_the_command_line_says_to_people_and_to_programs(evening, capsys, tmp_path) -> None:
    for words in (["log"], ["history", "03628"]):
        capsys.readouterr()
        assert main(words) == 0
        assert "01/01/2025 03:30" in capsys.readouterr().out
        assert main([*words, "--json"]) == 0
        (row,) = json.loads(capsys.readouterr().out)[words[0]]
        assert row.get("at", row.get("created_at")) == "2025-01-01T03:30:00+07:00"
    assert main(["export", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "revisions.csv").open(encoding="utf-8", newline="") as file:
        assert [row["created_at"] for row in csv.DictReader(file)] == ["2025-01-01T03:30:00+07:00"]


def test_the_database_keeps_utc(evening) -> None:
    assert store.revisions(evening)["created_at"].tolist() == [pd.Timestamp(EVENING)]
    assert store.log(evening)["at"].tolist() == [pd.Timestamp(EVENING)]


MONTH_ENDS = {"2026-11-26": "2026-10-31", "2026-11-30": "2026-11-30", "2024-03-01": "2024-02-29"}


@pytest.mark.parametrize(("today", "end"), MONTH_ENDS.items())
def test_the_last_month_end_is_never_in_the_future(monkeypatch, today: str, end: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(today))
    assert clock.last_month_end().isoformat() == end
