"""Identity: who a request is from, whichever way they have signed in. What they may do, the list of people says."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError

from ntm import people
from ntm.accounts import sessions as accounts_sessions
from ntm.accounts import tables
from ntm.database import Newer
from ntm.people import People, Person
from ntm.server import proxy, sessions, ways
from ntm.server.ways import Way

logger = logging.getLogger(__name__)
COOKIE = "ntm_session"
NOBODY = Person("")


class Trouble(StrEnum):
    """Why somebody who has signed in is not known."""

    ENDED = "ended"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True)
class Identity:
    """Who a request is from. `way`: how they have signed in, None if they have not, or if there is trouble."""

    person: Person = NOBODY
    way: Way | None = None
    trouble: Trouble | None = None

    def may_read(self, listed: People) -> bool:
        """Return whether they may read."""
        return self.way == Way.OWNER or listed.may_read(self.person.email or None)


def of(cookies: Mapping[str, str], sent: Callable[[str], list[str]], listed: People) -> Identity:
    """Return who a request is from, asked anew at every call: a session that has ended is nobody's.

    `sent`: the values of a request's header; `listed`: the list of people.
    """
    open_ways = ways.open_ways()
    if Way.PROXY in open_ways:
        return _claimed(proxy.claims(sent), listed, Way.PROXY)
    if COOKIE in cookies:
        found = _of_session(cookies[COOKIE], listed, open_ways)
        if found.way or Way.PROVIDER not in open_ways:
            return found
    return _of_provider(cookies, listed) if Way.PROVIDER in open_ways else Identity()


def _claimed(claims: Mapping[str, object], listed: People, way: Way) -> Identity:
    email = str(claims.get("email") or "")
    return Identity(listed.find(email, str(claims.get("name") or "")), way) if email else Identity()


def _of_provider(cookies: Mapping[str, str], listed: People) -> Identity:
    if not sessions.marks(cookies):
        return Identity()
    claims = sessions.claims(cookies)
    if not claims:
        return Identity(trouble=Trouble.ENDED)
    if not listed.address_of(claims):
        return Identity(trouble=Trouble.NOT_VERIFIED)
    return _claimed(claims, listed, Way.PROVIDER)


def _of_session(secret: str, listed: People, open_ways: tuple[Way, ...]) -> Identity:
    try:
        with ways.engine().connect() as connection:
            found = accounts_sessions.find(connection, secret)
    except (SQLAlchemyError, Newer):
        logger.exception("The session cannot be looked up.")
        return Identity()
    way = Way.OWNER if found and found.address == tables.OWNER else Way.ACCOUNT
    if not found or way not in open_ways:
        return Identity(trouble=Trouble.ENDED)
    return Identity(people.owner() if way == Way.OWNER else listed.find(found.address), way)
