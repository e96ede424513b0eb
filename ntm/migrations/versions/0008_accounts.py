"""Accounts, one-time links, recovery codes, sessions and failed sign-ins: tables whose rows may change and go."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "accounts",
        sa.Column("address", sa.String, primary_key=True),
        sa.Column("password", sa.String),
        sa.Column("secret", sa.String),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "sign_in_links",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("address", sa.String, primary_key=True),
        sa.Column("digest", sa.String, primary_key=True),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("address", sa.String, nullable=False, index=True),
        sa.Column("begun_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
