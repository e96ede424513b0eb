"""The document and the remark that an office writes beside a fact. Rows from before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ADDED = {
    "assessments": ["document", "remark"],
    "villages": ["document", "remark"],
    "recognitions": ["remark"],
    "figures": ["remark"],
}


def upgrade() -> None:
    """Add the columns; the triggers that keep what is written stay as they are."""
    for table, names in ADDED.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String))
