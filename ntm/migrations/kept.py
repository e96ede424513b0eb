"""Triggers that refuse to change, replace or delete what is written, for the migrations that make a table."""

from collections.abc import Sequence

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


def keep_from_replacing(table: str, *keys: Sequence[str]) -> None:
    """Let the database refuse what takes a row away without a DELETE. `keys`: the columns of each unique key.

    SQLite's INSERT OR REPLACE runs no DELETE trigger unless a connection asks for it, and replaces by the hidden rowid
    too; PostgreSQL has TRUNCATE.
    """
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_stay_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ntm_refuse()"
        )
        return
    same = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in (["rowid"], *keys)]
    there = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE {condition}" for condition in same)
    op.execute(
        f"CREATE TRIGGER {table}_stay_replace BEFORE INSERT ON {table} WHEN EXISTS ({there}) "
        "BEGIN SELECT RAISE(ABORT, 'what is written stays'); END"
    )
