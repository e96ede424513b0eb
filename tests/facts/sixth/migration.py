"""Debts of communes."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep, keep_from_replacing

revision = "9999"
down_revision = "the latest"  # a test writes here what is the latest


def upgrade() -> None:
    """Add the table and its triggers."""
    op.create_table(
        "debts",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
        sa.Column("period", sa.Date, primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("owed", sa.Integer, nullable=False),
    )
    keep("debts")
    keep_from_replacing("debts", ["revision", "period", "unit_code"])
