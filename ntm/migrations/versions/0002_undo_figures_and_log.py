"""Undoing a revision, revoked recognitions, published figures, the log; what is written stays as it was written."""

import sqlalchemy as sa
from alembic import op

from ntm.migrations.kept import keep

revision = "0002"
down_revision = "0001"

KEPT = ("revisions", "assessments", "recognitions", "villages", "figures", "log")


def upgrade() -> None:
    """Add the columns and tables, an index by unit, and triggers that refuse to change what is written."""
    op.add_column("revisions", sa.Column("undoes", sa.Integer))
    op.add_column("recognitions", sa.Column("revoked_on", sa.Date))
    op.create_index("assessments_by_unit", "assessments", ["unit_code", "period"])
    op.create_table(
        "figures",
        sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("date", sa.String, primary_key=True),
        sa.Column("indicator", sa.String, primary_key=True),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("revision", sa.Integer),
        sa.Column("words", sa.String, nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ntm_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what is written stays'; END $$"
        )
    for table in KEPT:
        keep(table)
