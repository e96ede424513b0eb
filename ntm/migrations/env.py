"""Alembic's entry: migrations run in the transaction that ntm.database opens."""

from alembic import context

from ntm import schema

context.configure(connection=context.config.attributes["connection"], target_metadata=schema.metadata)
context.run_migrations()
