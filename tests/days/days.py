"""Days in the life of an office: what has been published by then. Each is a real database."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from ntm import dataset, people, store
from ntm.reference import Reference
from ntm.store import Change
from ntm.world import World

DUE, EARLIER = "2024-12-31", "2024-09-30"
LATER = "2026-06-30"  # 36 communes, ten criteria, former districts, and no plan in the real world
THAN_UYEN, TAM_DUONG, SIN_HO = "110", "106", "108"
OFFICE = people.Person("Lò Thị An", people.ADMINISTRATOR)


@dataclass(frozen=True)
class Day:
    """One day: its name, what the office does until then, and which world a reader asks for ("" leaves it open).

    `when`: the period that the office works on.
    """

    name: str
    publish: Callable[["Office"], None]
    asked: str = ""
    when: str = DUE


@dataclass(frozen=True)
class Office:
    """An office at work on its database."""

    engine: Engine
    reference: Reference

    def publish(self, **facts: pd.DataFrame) -> int:
        """Publish facts as official; return the revision."""
        revision = store.publish(self.engine, Change(OFFICE, "12/BC-UBND", "official", facts), self.reference)
        assert revision is not None
        return revision

    def undo(self, revision: int) -> None:
        """Take a revision back."""
        store.undo(self.engine, revision, OFFICE, "nhầm tệp", self.reference)

    def communes(self, group: str) -> list[str]:
        """Return the codes of a group's communes."""
        communes = self.reference.communes
        return list(communes.index[communes["group_code"] == group])

    def answers(self, codes: list[str], period: str, lowest: int = 12) -> pd.DataFrame:
        """Return every answer of some communes: the first meets the `lowest` criteria, each next one more."""
        reference = self.reference
        criteria = reference.criteria_of(reference.commune_set).index
        rows = [(code, number, number <= lowest + place) for place, code in enumerate(codes) for number in criteria]
        frame = pd.DataFrame(rows, columns=["unit_code", "criterion", "met"])
        return frame.assign(period=period, criteria_set=reference.commune_set)

    def of_sample(self, table: str) -> pd.DataFrame:
        """Return the sample's facts of a table, to be published as if they were the office's own."""
        found = store.present(self.engine, table, kinds=World.SAMPLE.kinds).drop(columns=["revision", "kind"])
        return found.replace({"evidence": "sample"}, "official") if "evidence" in found else found


def _nothing(office: Office) -> None:
    pass


def _one_group(office: Office) -> None:
    answers = office.answers(office.communes(THAN_UYEN), DUE)
    blank = (answers["unit_code"] == answers["unit_code"].iloc[0]) & (answers["criterion"] == 3)
    office.publish(assessments=answers[~blank])


def _two_periods(office: Office) -> None:
    office.publish(assessments=office.answers(office.communes(THAN_UYEN), DUE))
    office.publish(assessments=office.answers(office.communes(SIN_HO), EARLIER, lowest=4))


def _decisions(office: Office) -> pd.DataFrame:
    codes = office.communes(THAN_UYEN)[:4] + office.communes(TAM_DUONG)[:3]
    frame = pd.DataFrame({"unit_code": codes, "standard": "ntm", "recognised_by": "2024-11-15"})
    return frame.assign(decision="1/QĐ-UBND", evidence="official", source="")


def _recognitions(office: Office) -> None:
    office.publish(recognitions=_decisions(office))


def _complete_list(office: Office) -> None:
    complete = pd.DataFrame([("12", "ntm", DUE)], columns=["unit_code", "standard", "complete_to"])
    office.publish(recognitions=_decisions(office), complete_lists=complete)


def _four_answers(office: Office) -> None:
    office.publish(assessments=office.answers(office.communes(THAN_UYEN), DUE, lowest=2).head(4))


def _everything(office: Office) -> None:
    """The whole sample, published as the office's own: what is complete may be said without reserve."""
    tables = ("assessments", "recognitions", "complete_lists", "villages")
    office.publish(**{table: office.of_sample(table) for table in tables})


def _half_undone(office: Office) -> None:
    first = office.publish(assessments=office.answers(office.communes(THAN_UYEN), DUE))
    office.publish(assessments=office.answers(office.communes(TAM_DUONG), DUE, lowest=9))
    office.undo(first)


def _everything_undone(office: Office) -> None:
    office.undo(office.publish(assessments=office.answers(office.communes(THAN_UYEN), DUE)))


def _one_former_district(office: Office) -> None:
    answers = office.answers(office.communes(THAN_UYEN), LATER, lowest=5)
    blank = (answers["unit_code"] == answers["unit_code"].iloc[0]) & (answers["criterion"] == 3)
    office.publish(assessments=answers[~blank])


def _all_of_2026(office: Office) -> None:
    office.publish(assessments=office.answers(list(office.reference.communes.index), LATER, lowest=-20))


DAYS = {
    day.name: day
    for day in (
        Day("sample only", _nothing),
        Day("one group with one blank cell", _one_group),
        Day("two groups at different periods", _two_periods),
        Day("official recognitions alone", _recognitions),
        Day("a complete list of recognitions", _complete_list),
        Day("a file of 4 answers", _four_answers),
        Day("all complete", _everything),
        Day("half undone", _half_undone),
        Day("everything undone", _everything_undone),
        Day("the sample on request", _one_group, asked="sample"),
        Day("one former district in 2026", _one_former_district, when=LATER),
        Day("all communes in 2026", _all_of_2026, when=LATER),
    )
}


def database(built: Engine, file: Path) -> str:
    """Copy the database that `ntm build` has filled to a file; return its address."""
    with sqlite3.connect(built.url.database) as source, sqlite3.connect(file) as copy:
        source.backup(copy)
    return f"sqlite:///{file}"


def dawn(day: Day, built: Engine, file: Path, reference: Reference) -> tuple[str, dataset.Dataset]:
    """Fill a database as it is on a day; return its address and the dataset that a reader sees."""
    url = database(built, file)
    engine = store.connect(url)
    then = reference.at(day.when)
    day.publish(Office(engine, then))
    return url, dataset.load(engine, world=World(day.asked) if day.asked else None, day=then.day)
