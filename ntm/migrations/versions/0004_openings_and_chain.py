"""Openings of periods, and a chain of digests over revisions and log; rows cannot be replaced or truncated either."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep, keep_from_replacing

revision = "0004"
down_revision = "0003"

CELL = ["revision", "unit_code"]
KEYS = {  # table → its unique keys
    "revisions": [["id"], ["digest"]],
    "assessments": [[*CELL, "period", "criteria_set", "criterion"]],
    "recognitions": [[*CELL, "standard"]],
    "complete_lists": [[*CELL, "standard"]],
    "openings": [[*CELL, "period"]],
    "villages": [[*CELL, "period"]],
    "figures": [[*CELL, "date", "indicator"]],
    "log": [["id"]],
    "chain": [["id"], ["revision"], ["entry"]],
}


def upgrade() -> None:
    """Add the two tables and the triggers; ntm.database gives what was written before its links."""
    op.create_table(
        "openings",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("period", sa.Date, primary_key=True),
    )
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), unique=True),
        sa.Column("entry", sa.Integer, sa.ForeignKey("log.id"), unique=True),
        sa.Column("digest", sa.String, nullable=False),
    )
    keep("openings")
    keep("chain")
    for table, keys in KEYS.items():
        keep_from_replacing(table, *keys)
