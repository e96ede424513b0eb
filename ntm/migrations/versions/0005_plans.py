"""Plans that an office enters: a row for each cell of a plan."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep, keep_from_replacing

revision = "0005"
down_revision = "0004"

CELL = ("unit_code", "plan", "part", "item", "field")


def upgrade() -> None:
    """Add the table, which nothing that is written leaves."""
    op.create_table(
        "plans",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
        *(sa.Column(name, sa.String, primary_key=True) for name in CELL),
        sa.Column("value", sa.String, nullable=False),
    )
    keep("plans")
    keep_from_replacing("plans", ["revision", *CELL])
