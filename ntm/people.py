"""Who may do what: roles, the list of people, and the check that the store makes before anything is changed.

The list is a TOML file, named by NTM_PEOPLE:

    reading = "open"                       # or "listed": only people on the list may read

    [people."an@laichau.example"]
    name = "Lò Thị An"
    role = "district editor"               # viewer, district editor, editor, administrator
    districts = ["110"]                    # of a district editor: the only ones that they may change

Without a list the browser is read-only. The command line acts for the machine's owner, who may do everything: whoever
can run it can reach the database's file or password anyway.
"""

import getpass
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ntm.reference import Reference
from ntm.text import _, mark

VIEWER, DISTRICT_EDITOR, EDITOR, ADMINISTRATOR = "viewer", "district editor", "editor", "administrator"
ROLES = (VIEWER, DISTRICT_EDITOR, EDITOR, ADMINISTRATOR)
READING = ("open", "listed")
OWNER = mark("Người quản trị máy chủ")  # who acts by the command line, unless they give a name
SOFTWARE = mark("Phần mềm")  # what loads the data that comes with the project


class Denied(PermissionError):
    """Somebody may not do what they asked for; the text says what they may."""


@dataclass(frozen=True)
class Person:
    """Somebody who reads or changes data. `districts`: the codes that a district editor may change."""

    name: str
    role: str = VIEWER
    districts: frozenset[str] = frozenset()
    email: str = ""

    @property
    def may_change(self) -> bool:
        """Whether they may change anything at all."""
        return self.role in (DISTRICT_EDITOR, EDITOR, ADMINISTRATOR)

    def signature(self) -> str:
        """Return how a revision names them."""
        return f"{self.name} <{self.email}>" if self.email else self.name


@dataclass(frozen=True)
class People:
    """The list: people by their e-mail address in small letters, and whether others may read."""

    listed: Mapping[str, Person] = field(default_factory=dict)
    reading: str = "open"

    def find(self, email: str | None, name: str | None = None) -> Person:
        """Return who signs in with an address; somebody who is not on the list is a viewer."""
        return self.listed.get((email or "").lower(), Person(name or email or "", email=email or ""))

    def may_read(self, email: str | None) -> bool:
        """Return whether somebody with this address, or nobody known (None), may read."""
        return self.reading == "open" or (email or "").lower() in self.listed


def owner(name: str | None = None) -> Person:
    """Return the machine's owner, who acts by the command line: by a name, or as whom the machine knows them."""
    return Person(name, ADMINISTRATOR) if name else Person(OWNER, ADMINISTRATOR, email=getpass.getuser())


def load(file: Path | None = None) -> People:
    """Read the list (NTM_PEOPLE where no file is named); nobody where there is none. ValueError for a faulty list."""
    named = file or os.environ.get("NTM_PEOPLE")
    if not named:
        return People()
    content = tomllib.loads(Path(named).read_text("utf-8"))
    reading = content.get("reading", READING[0])
    if reading not in READING:
        raise ValueError(f"reading = {reading!r}; allowed: {', '.join(READING)}.")
    return People({email.lower(): _person(email, facts) for email, facts in content.get("people", {}).items()}, reading)


def _person(email: str, facts: Mapping) -> Person:
    role = facts.get("role", VIEWER)
    if role not in ROLES:
        raise ValueError(f"{email}: role = {role!r}; allowed: {', '.join(ROLES)}.")
    return Person(facts.get("name", email), role, frozenset(facts.get("districts", ())), email)


def check(person: Person, facts: Mapping[str, pd.DataFrame], reference: Reference) -> None:
    """Raise Denied unless a person may publish these facts (name of a table → rows with unit_code)."""
    _check_role(person)
    if person.role != DISTRICT_EDITOR:
        return
    units = {code for frame in facts.values() for code in frame["unit_code"]}
    _check_districts(person, units, reference)


def check_undo(person: Person, units: Collection[str], reference: Reference) -> None:
    """Raise Denied unless a person may take back a revision that speaks of these units."""
    _check_role(person)
    if person.role == DISTRICT_EDITOR:
        _check_districts(person, units, reference)


def _check_role(person: Person) -> None:
    if not person.may_change:
        raise Denied(_("{person} chỉ được xem, không được thay đổi số liệu.", person=person.name))


def _check_districts(person: Person, units: Collection[str], reference: Reference) -> None:
    parents = reference.units["parent_code"]
    outside = sorted(code for code in units if {code, parents.get(code)}.isdisjoint(person.districts))
    if outside:
        labels = reference.units["label"]
        raise Denied(
            _(
                "{person} chỉ được thay đổi số liệu của: {districts}. Ngoài phạm vi: {outside}.",
                person=person.name,
                districts=", ".join(labels.get(code, code) for code in sorted(person.districts)),
                outside=", ".join(labels.get(code, code) for code in outside[:5]),
            )
        )
