"""The tables of the accounts. They stand apart from the facts, which stay as they are written and go into backups.

Whoever reads the database must not be able to sign in by it: of passwords there are argon2id hashes, and of links,
sessions and recovery codes, which are random, SHA-256 digests. A second factor's secret cannot be kept so.
"""

import datetime as dt
import hashlib
import secrets

from sqlalchemy import BigInteger, Column, DateTime, MetaData, String, Table

metadata = MetaData()
accounts = Table(
    "accounts",
    metadata,
    Column("address", String, primary_key=True),  # as people.fold writes it
    Column("password", String),  # the hash; none before the first link is used
    Column("secret", String),  # of the second factor (base 32), if there is one
    Column("last_step", BigInteger, nullable=False),  # the latest half minute whose code was used
    Column("made_at", DateTime, nullable=False),  # UTC, as every moment here
)
links = Table(
    "sign_in_links",
    metadata,
    Column("digest", String, primary_key=True),
    Column("address", String, nullable=False),  # whose it is; "" is the machine's owner's
    Column("expires_at", DateTime, nullable=False),
    Column("used_at", DateTime),
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("address", String, primary_key=True),
    Column("digest", String, primary_key=True),
)
sessions = Table(
    "sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("address", String, nullable=False, index=True),  # "" is the machine's owner's
    Column("begun_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
)
failures = Table(
    "failed_sign_ins",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, index=True),  # a digest: people type their password in the wrong field
    Column("at", DateTime, nullable=False),
)
NAMES = tuple(metadata.tables)
OWNER = ""  # the address of links and sessions of the machine's owner, who has no account


def now() -> dt.datetime:
    """Return the present moment as the database keeps it (naive UTC)."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)  # noqa: TID251  UTC, as it is stored


def token() -> str:
    """Return a new secret of 256 random bits, for a link or a cookie."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return how a random secret is kept in the database."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
