"""Roles on PostgreSQL: the application's own may read and add, and never change, remove or alter what is there.

Triggers refuse what changes a row; only who owns a table can take the triggers away. So the owner makes and updates the
tables (`python -m ntm build` with the owner's address), and the dashboard runs under a role that owns nothing.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, inspect, text

from ntm.accounts import tables
from ntm.database import writing
from ntm.facts import TABLES
from ntm.text import _

NAMES = [table.name for table in TABLES]
ALLOWED = ("SELECT", "INSERT")
KEPT_ACCOUNTS = ("SELECT", "INSERT", "UPDATE", "DELETE")  # on the tables of accounts and sessions, which are no facts
REFUSED = ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
BOOKKEEPING = "alembic_version"  # which migrations have run: read at every start


def harden(engine: Engine, role: str) -> None:
    """Let a role (made here if there is none, without a password) read and add alone. Raises ValueError, saying why
    the database or the role cannot be limited.

    `engine`: of the owner of the tables. Called again, it does the same for tables that came later.
    """
    if engine.dialect.name != "postgresql":
        raise ValueError(_("SQLite không có vai trò; hãy để tệp chỉ tài khoản chạy phần mềm đọc được (0600)."))
    with writing(engine, migrates=True) as connection:
        quoted = engine.dialect.identifier_preparer.quote(role)
        facts = _facts_of(connection, role)
        if facts is None:
            connection.execute(text(f"CREATE ROLE {quoted} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"))
        elif facts:
            raise ValueError(
                _("Vai trò {role} không giới hạn được: {facts}. Hãy chọn tên khác.", role=role, facts=facts)
            )
        for statement in _statements(connection, quoted):
            connection.execute(text(statement))


def weaknesses(engine: Engine) -> list[str]:
    """Return, in sentences, how the role that an engine connects as could change what is written; none if it cannot."""
    with engine.connect() as connection:
        if engine.dialect.name != "postgresql":
            return _missing_triggers(connection)
        role = connection.execute(text("SELECT current_user")).scalar_one()
        facts = _facts_of(connection, role)
        found = [_("{role} {facts}", role=role, facts=facts)] if facts else []
        may = text("SELECT has_table_privilege(current_user, :name, :right)")
        for name in NAMES:
            rights = [right for right in REFUSED if connection.execute(may, {"name": name, "right": right}).scalar()]
            if rights:
                found.append(
                    _("{role} có quyền {rights} trên bảng {table}", role=role, rights=", ".join(rights), table=name)
                )
        return found + _missing_triggers(connection)


def _facts_of(connection: Connection, role: str) -> str | None:
    """Why a role cannot be limited, in words; "" if it can; None if there is none."""
    known = connection.execute(
        text("SELECT oid, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = :role"), {"role": role}
    ).one_or_none()
    if known is None:
        return None
    owned = text(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relname = ANY(:names) "
        "AND pg_has_role(:role, c.relowner, 'MEMBER')"
    )
    names = connection.scalars(owned, {"names": NAMES, "role": role}).all()
    facts = [_("là superuser")] if known.rolsuper else []
    facts += [_("được tạo vai trò khác")] if known.rolcreaterole else []
    facts += [_("sở hữu các bảng")] if names and not known.rolsuper else []
    return ", ".join(facts)


def _statements(connection: Connection, role: str) -> Iterator[str]:
    quote = connection.dialect.identifier_preparer.quote
    database = quote(connection.execute(text("SELECT current_database()")).scalar_one())
    place = quote(connection.execute(text("SELECT current_schema()")).scalar_one())
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA {place} TO {role}"
    yield f"REVOKE CREATE ON SCHEMA {place} FROM PUBLIC, {role}"
    for name in inspect(connection).get_table_names():
        yield f"REVOKE ALL ON {quote(name)} FROM PUBLIC, {role}"
        if name in NAMES:
            yield f"GRANT {', '.join(ALLOWED)} ON {quote(name)} TO {role}"
        elif name in tables.NAMES:
            yield f"GRANT {', '.join(KEPT_ACCOUNTS)} ON {quote(name)} TO {role}"
        elif name == BOOKKEEPING:
            yield f"GRANT SELECT ON {quote(name)} TO {role}"


def _missing_triggers(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        wanted = {f"{table}_stay{what}" for table in NAMES for what in ("", "_truncate")}
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        endings = ("_update", "_delete", "_replace")
        wanted = {f"{table}_stay{what}" for table in NAMES for what in endings}
    missing = sorted(wanted - set(connection.scalars(text(query))))
    return [_("thiếu trigger {names}", names=", ".join(missing))] if missing else []
