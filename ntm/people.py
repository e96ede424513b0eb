"""Persons, roles, and who may read. The list is read by ntm.people_list; what a role may do is asked by ntm.rights.

Without a list, the browser is read-only. The command line acts for the machine's owner, who may do everything: whoever
can run it can reach the database's file or password anyway.
"""

import getpass
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ntm import signs
from ntm.text import _, mark

OWNER = mark("Người quản trị máy chủ")  # who acts by the command line, unless they give a name
SOFTWARE = mark("Phần mềm")  # what loads the data that comes with the project
SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
NOT_SENT = "not sent"


class Role(StrEnum):
    """What somebody may do; ntm.rights says it for each act."""

    VIEWER = "viewer"
    GROUP_EDITOR = "group editor"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


VIEWER, GROUP_EDITOR, EDITOR, ADMINISTRATOR = Role


class Denied(PermissionError):
    """Somebody may not do what they asked for; the text says what they may."""


class Faulty(ValueError):
    """The list of people cannot be understood: in which file and line, and what is allowed there."""

    def __init__(self, file: str, line: int | None, wrong: str):
        self.wrong = wrong
        place = _("{file}, dòng {line}", file=file, line=line) if line else file
        super().__init__(
            _("Danh sách người dùng ({place}): {wrong}. Không ai được vào cho đến khi sửa.", place=place, wrong=wrong)
        )


@dataclass(frozen=True)
class Person:
    """Somebody who reads or changes data. `groups`: the codes of those that a group editor may change."""

    name: str
    role: Role = VIEWER
    groups: frozenset[str] = frozenset()
    email: str = ""

    @property
    def may_change(self) -> bool:
        """Whether they may change anything at all."""
        return self.role in (GROUP_EDITOR, EDITOR, ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        """Whether they look after the installation."""
        return self.role == ADMINISTRATOR

    def signature(self) -> str:
        """Return how a revision names them."""
        return f"{self.name} <{self.email}>" if self.email else self.name


def fold(email: str) -> str:
    """Return an address as it is compared: composed, A to Z in small letters, and nothing else taken for anything else.

    A sign that composing would turn into one of ASCII (the Kelvin sign into K) is another sign, and so another address.
    """
    if any(unicodedata.normalize("NFC", sign).isascii() for sign in email if not sign.isascii()):
        return email
    return unicodedata.normalize("NFC", email).translate(SMALL)


@dataclass(frozen=True)
class People:
    """The list: people by their folded address, whether others may read, and what the provider says of addresses."""

    listed: Mapping[str, Person] = field(default_factory=dict)
    reading: str = "open"
    email_verified: str = "required"

    def find(self, email: str | None, name: str | None = None) -> Person:
        """Return who signs in with an address; somebody who is not on the list is a viewer."""
        shown = signs.shown(name or "")
        stranger = Person("" if "@" in shown else shown, email=email or "")
        return self.listed.get(fold(email or ""), stranger)

    def address_of(self, claims: Mapping[str, object]) -> str | None:
        """Return the address that a provider's claims prove; None where they prove none."""
        return str(claims.get("email") or "") or None if self.believes(claims) else None

    def may_read(self, email: str | None) -> bool:
        """Return whether somebody with this address, or nobody known (None), may read."""
        return self.reading == "open" or fold(email or "") in self.listed

    def believes(self, claims: Mapping[str, object]) -> bool:
        """Return whether what a provider says of somebody (the claims) makes their address theirs.

        Only true is verified, and no text or number that looks like it; a null is something that was sent.
        """
        if "email_verified" not in claims:
            return self.email_verified == NOT_SENT
        return claims["email_verified"] is True


def owner(name: str | None = None) -> Person:
    """Return the machine's owner, who acts by the command line: by a name, or as whom the machine knows them."""
    return Person(name, ADMINISTRATOR) if name else Person(OWNER, ADMINISTRATOR, email=getpass.getuser())
