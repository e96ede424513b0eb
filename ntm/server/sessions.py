"""Sign-ins: who a cookie says somebody is, for how long, and which sign-ins have ended.

Streamlit's cookie is signed and holds for a month wherever it is copied to. Here a sign-in lasts twelve hours, and one
that was ended is kept in a list until it would have run out, so that no copy of its cookie opens anything.
"""

import hashlib
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path

from ntm.accounts.sessions import HOURS, SECONDS
from ntm.environment import setting
from ntm.paths import VAR
from ntm.server import quirks

DAYS = HOURS / 24
OWNER_ALONE = 0o600
PIECE = re.compile(rf"{quirks.USER_COOKIE}(?:_+\d+)?")


def claims(cookies: Mapping[str, str]) -> dict[str, object]:
    """Return what the provider said of who has these cookies; nothing where no sign-in holds any more."""
    if quirks.USER_COOKIE not in cookies or marks(cookies) & ended():
        return {}

    found = quirks.signed_claims(cookies, DAYS)
    told = json.loads(found) if found else {}
    return told if isinstance(told, dict) else {}


def marks(cookies: Mapping[str, str]) -> set[str]:
    """Return what a sign-in is known by in the list: digests of what its cookies sign, and not the cookies.

    A large one is in pieces, each of which counts: another's piece among them does not hide the rest. The signature is
    left out: its last letter can be written in several ways, all of which hold.
    """
    pieces = [value for name, value in cookies.items() if PIECE.fullmatch(name)]
    return {hashlib.sha256(piece.rpartition(".")[0].encode()).hexdigest() for piece in pieces}


def end(cookies: Mapping[str, str]) -> None:
    """Put a sign-in on the list of those that have ended: a line is added, so that several servers can share it."""
    if quirks.USER_COOKIE not in cookies:
        return
    file().parent.mkdir(parents=True, exist_ok=True)
    if not file().exists():
        file().touch(OWNER_ALONE)
    with file().open("a", encoding="utf-8") as opened:
        opened.writelines(f"{mark} {int(time.time()) + SECONDS}\n" for mark in sorted(marks(cookies)))


def ended() -> frozenset[str]:
    """Return the marks of the sign-ins that have ended and whose cookies would still hold."""
    if not file().exists():
        return frozenset()
    lines = (line.split() for line in file().read_text("utf-8", errors="replace").splitlines())
    return frozenset(line[0] for line in lines if line and not _is_over(line))


def _is_over(line: list[str]) -> bool:
    return len(line) == 2 and line[1].isdecimal() and int(line[1]) < time.time()


def file() -> Path:
    """Return where the list is: the file that NTM_ENDED_SESSIONS names, `var/ended-sessions` without it."""
    return Path(setting("NTM_ENDED_SESSIONS") or VAR / "ended-sessions")
