"""Passwords: which are good enough, and how they are kept (argon2id, by pwdlib).

The rules are those of NIST SP 800-63B-4, 3.1.1: a length, and no password that is easy to guess; no classes of signs,
and no change after some time.
"""

import secrets
import unicodedata
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from ntm.accounts.refusals import WeakPassword
from ntm.text import _, plural

LEAST, MOST = 12, 200  # signs
LEAST_DIFFERENT = 6  # signs
LEAST_OF_A_NAME = 4  # signs: a shorter one is part of many words
_HASHER = PasswordHash((Argon2Hasher(),))


def check(password: str, address: str) -> None:
    """Raise WeakPassword, saying what is allowed, unless a new password is good enough for who has an address."""
    written = _written(password)
    if not LEAST <= len(written) <= MOST:
        raise WeakPassword(
            _(
                "Mật khẩu cần từ {least} đến {allowed} ký tự; ví dụ ghép bốn từ không liên quan.",
                least=LEAST,
                allowed=MOST,
            )
        )
    if len(set(written.lower())) < LEAST_DIFFERENT:
        raise WeakPassword(plural("Mật khẩu quá dễ đoán: cần ít nhất {count} ký tự khác nhau.", LEAST_DIFFERENT))
    own_name = address.partition("@")[0].lower()
    if len(own_name) >= LEAST_OF_A_NAME and own_name in written.lower():
        raise WeakPassword(_("Mật khẩu không được chứa tên trong địa chỉ thư của bạn."))


def hashed(password: str) -> str:
    """Return a password as it is kept."""
    return _HASHER.hash(_written(password))


def holds(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that is kept. If none is, that takes as long, and is false."""
    right = _HASHER.verify(_written(password[:MOST]), kept or _of_nobody())
    return right and kept is not None


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _written(password: str) -> str:
    """A password in one of the ways in which keyboards write the same letters (NIST: NFKC or NFKD)."""
    return unicodedata.normalize("NFKC", password)
