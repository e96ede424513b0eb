"""Columns that an office has corrected by hand, for its next file of the same shape."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep, keep_from_replacing

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the table, which nothing that is written leaves."""
    op.create_table(
        "remembered_columns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("person", "office", "form", "criteria_set", "fingerprint", "roles")
        ),
    )
    keep("remembered_columns")
    keep_from_replacing("remembered_columns", ["id"])
