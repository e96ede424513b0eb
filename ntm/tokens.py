"""Tokens: what a program shows instead of a sign-in, to read as the person for whom it was made.

A token is random and is said once, when it is made. The list keeps its digest, which opens nothing: the file that
NTM_TOKENS names, `var/tokens.json` if it is not set, readable by its owner alone. It ends on a day. Taking a person off
the list of people ends what their tokens open.
"""

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Collection
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from ntm import clock, signs, whole_file
from ntm.environment import setting
from ntm.paths import VAR
from ntm.text import _, date

PREFIX = "ntm"  # so that a token is known for one where it should not be
SECRET_BYTES = 32
LONGEST_DAYS = 3650
OWNER_ALONE = 0o600


class Unreadable(ValueError):
    """The list of tokens cannot be read; the text says in which file."""


class Token(BaseModel):
    """A token as the list keeps it. `id`: names it; `digest`: SHA-256 of what is shown; `ends`: its last day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    email: str
    note: str
    digest: str
    made: dt.date
    ends: dt.date

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over, in the province."""
        return self.ends < clock.today()


_LIST = TypeAdapter(list[Token])


def file() -> Path:
    """Return where the list is."""
    return Path(setting("NTM_TOKENS") or VAR / "tokens.json")


def load() -> list[Token]:
    """Return the tokens, the oldest first. Raises Unreadable."""
    if not file().exists():
        return []
    try:
        return _LIST.validate_json(file().read_bytes())
    except (OSError, ValidationError) as error:
        raise Unreadable(
            _("Không đọc được danh sách mã truy cập {file}; hãy xem NTM_TOKENS và quyền đọc.", file=file().name)
        ) from error


def add(email: str, days: int, note: str) -> tuple[Token, str]:
    """Make a token for a person (their address); return it and what to show, which is kept nowhere.

    Raises ValueError for a note that cannot be stored or for days out of bounds.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(_("Số ngày {found}: cho phép từ 1 đến {allowed}.", found=days, allowed=LONGEST_DAYS))
    known = load()
    number = secrets.token_hex(4)
    shown = f"{PREFIX}_{number}_{secrets.token_urlsafe(SECRET_BYTES)}"
    today = clock.today()
    made = Token(
        id=number,
        email=email,
        note=signs.taken(_("Ghi chú"), note),
        digest=_digest(shown),
        made=today,
        ends=today + dt.timedelta(days=days),
    )
    _write([*known, made])
    return made, shown


def remove(number: str) -> Token:
    """Take a token off the list, by its id; return it. Raises ValueError if there is none."""
    known = load()
    found = next((token for token in known if token.id == number), None)
    if found is None:
        raise ValueError(
            _(
                "Không có mã {found}. Có: {allowed}.",
                found=number,
                allowed=", ".join(token.id for token in known) or "–",
            )
        )
    _write([token for token in known if token is not found])
    return found


def find(shown: str, known: Collection[Token]) -> Token | None:
    """Return the token that is shown, also if it has ended; None if it is none of those known."""
    digest = _digest(shown)
    found = [token for token in known if hmac.compare_digest(token.digest, digest)]
    return found[0] if found else None


def ended(token: Token) -> str:
    """Say that a token has ended, and what to do."""
    return _(
        "Mã truy cập {id} đã hết hạn ngày {date}. Nhờ người quản trị tạo mã mới: python -m ntm token add.",
        id=token.id,
        date=date(token.ends),
    )


def _digest(shown: str) -> str:
    return hashlib.sha256(shown.encode()).hexdigest()


def _write(tokens: list[Token]) -> None:
    with whole_file.writing(file()) as part:
        part.touch(OWNER_ALONE)
        part.write_text(json.dumps([token.model_dump(mode="json") for token in tokens], indent=1), encoding="utf-8")
