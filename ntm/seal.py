"""The seal: proves that a backup was made by an installation that holds the same key, and changed by nobody since.

A chain of digests can be computed again by somebody who forges a package; a seal cannot, without the key. The key is a
file that NTM_SEAL names, `var/seal.key` if it is not set: made with the first backup, readable by its owner alone, and
to be kept where the backups are not.
"""

import hmac
import os
import secrets
from pathlib import Path

from ntm.environment import setting
from ntm.paths import VAR

KEY_BYTES = 32
OWNER_ALONE = 0o600


def file() -> Path:
    """Return where the key is."""
    return Path(setting("NTM_SEAL") or VAR / "seal.key")


def key() -> bytes | None:
    """Return this installation's key; None where it has none yet."""
    return file().read_bytes() if file().exists() else None


def make_key() -> bytes:
    """Return this installation's key, made now if there is none."""
    file().parent.mkdir(parents=True, exist_ok=True)
    part = file().with_name(f"{file().name}.{os.getpid()}")
    part.touch(OWNER_ALONE)
    part.write_bytes(secrets.token_bytes(KEY_BYTES))
    try:
        os.link(part, file())  # whole, or not at all: of two first backups at once, both take the same
    except FileExistsError:
        return file().read_bytes()
    finally:
        part.unlink()
    return file().read_bytes()


def of(end: str, held: bytes) -> str:
    """Return the seal of a chain's end under a key."""
    return hmac.digest(held, end.encode(), "sha256").hex()


def fits(seal: str, end: str, held: bytes) -> bool:
    """Return whether a seal is that of a chain's end under a key."""
    return hmac.compare_digest(seal.encode(), of(end, held).encode())
