"""Triggers that refuse to change or delete what is written, for the migrations that make a table."""

from alembic import op


def keep(table: str) -> None:
    """Let the database refuse every UPDATE and DELETE of a table."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ntm_refuse()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_stay_{action.lower()} BEFORE {action} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'what is written stays'); END"
        )
