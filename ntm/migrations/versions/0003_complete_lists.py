"""Complete lists: up to which day all recognitions of a district's communes are in the data."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table, which refuses to change what is written, like the others."""
    op.create_table(
        "complete_lists",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("standard", sa.String, primary_key=True),
        sa.Column("complete_to", sa.Date, nullable=False),
    )
    keep("complete_lists")
