"""Revisions, assessments, recognitions, villages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _revision() -> sa.Column[Any]:
    return sa.Column("revision", sa.Integer, sa.ForeignKey("revisions.id"), primary_key=True)


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("digest", sa.String, unique=True),
    )
    op.create_table(
        "assessments",
        _revision(),
        sa.Column("period", sa.Date, primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("criteria_set", sa.String, primary_key=True),
        sa.Column("criterion", sa.Integer, primary_key=True),
        sa.Column("met", sa.Boolean, nullable=False),
    )
    op.create_table(
        "recognitions",
        _revision(),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("standard", sa.String, primary_key=True),
        sa.Column("recognised_by", sa.Date, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
    )
    op.create_table(
        "villages",
        _revision(),
        sa.Column("period", sa.Date, primary_key=True),
        sa.Column("unit_code", sa.String, primary_key=True),
        sa.Column("recognised", sa.Integer, nullable=False),
    )
