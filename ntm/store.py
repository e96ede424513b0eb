"""The store: revisions and the facts that they add. Append-only: nothing is overwritten, the present is derived.

A revision is one atomic change by someone, at a time, with a note; undoing one is another revision, which names it.
Where several revisions in effect speak of the same cell, the present state of some kinds (those of one world) takes the
latest.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import Boolean, Connection, Date, Engine, Float, Integer, Select, Table, func, insert, select

from ntm import assessments, complete_lists, people, published, recognitions, schema, villages
from ntm.database import connect, default_url, reading, writing
from ntm.people import Denied, Person
from ntm.reference import Reference
from ntm.text import _
from ntm.world import OFFICIAL, PUBLISHED, SAMPLE, World

__all__ = ["Change", "Stale", "connect", "default_url", "publish", "undo"]

KINDS = (PUBLISHED, OFFICIAL, SAMPLE)
CHECKS: dict[str, Callable[[pd.DataFrame, Reference], pd.DataFrame]] = {
    "assessments": assessments.check,
    "recognitions": recognitions.check,
    "complete_lists": complete_lists.check,
    "villages": villages.check,
    "figures": published.check,
}
ROWS_AT_ONCE = 50_000
TYPES = {Boolean: "bool", Integer: "int64", Float: "float64"}  # of the database → of a frame; others are text


class Stale(ValueError):
    """The data has changed since the change was prepared: `base` is the revision seen then, `latest` the one now."""

    def __init__(self, base: int, latest: int):
        self.base, self.latest = base, latest
        super().__init__(
            _(
                "Từ phiên bản {base} mà bạn đã xem, số liệu đã thay đổi đến phiên bản {latest}. "
                "Chưa lưu gì; hãy xem lại thay đổi rồi công bố.",
                base=base,
                latest=latest,
            )
        )


@dataclass(frozen=True)
class Change:
    """What a revision adds: facts by the name of their table, in its columns less `revision`.

    `base`: the latest revision that its author has seen; where it is given and another has come since, it is refused.
    """

    author: Person
    note: str
    kind: str
    facts: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    digest: str | None = None
    base: int | None = None


def check(change: Change, reference: Reference) -> dict[str, pd.DataFrame]:
    """Return a change's facts checked and typed. Raises checks.Faults (all at once of a table) or ValueError."""
    if change.kind not in KINDS:
        raise ValueError(f"Revision kind {change.kind!r}; allowed: {', '.join(KINDS)}.")
    return {name: CHECKS[name](frame, reference) for name, frame in change.facts.items()}


def publish(engine: Engine, change: Change, reference: Reference) -> int | None:
    """Check a change and add it as one revision; return its number, or None where its digest is there already.

    Raises checks.Faults (all faults at once), people.Denied, Stale or ValueError; a failed write leaves nothing behind.
    """
    facts = check(change, reference)
    try:
        people.check(change.author, facts, reference)
    except Denied as denied:
        _log_refusal(engine, change.author, "publish", str(denied))
        raise
    with writing(engine) as connection:
        if change.digest and _has_digest(connection, change.digest):
            return None
        _check_base(connection, change.base)
        revision = _add_revision(connection, change.author, change.note, change.kind, digest=change.digest)
        for name, frame in facts.items():
            _add_rows(connection, schema.FACTS[name], frame, revision)
        _log(connection, change.author, "publish", change.note, revision)
    return revision


def undo(engine: Engine, revision: int, author: Person, note: str, reference: Reference) -> int:
    """Take a revision back by a new one; return its number. Undoing an undo brings the facts back.

    Raises people.Denied, or ValueError where there is no such revision or it is undone already.
    """
    with engine.connect() as connection:
        units = _units_of(connection, revision)
    try:
        people.check_undo(author, units, reference)
    except Denied as denied:
        _log_refusal(engine, author, "undo", str(denied))
        raise
    with writing(engine) as connection:
        known = _revisions(connection).set_index("id")
        if revision not in known.index:
            raise ValueError(_("Không có phiên bản {revision}.", revision=revision))
        if revision in _undone(known.reset_index(), int(known.index.max())):
            raise ValueError(_("Phiên bản {revision} đã được hoàn tác.", revision=revision))
        added = _add_revision(connection, author, note, known.at[revision, "kind"], undoes=revision)
        _log(connection, author, "undo", note, added)
    return added


def _check_base(connection: Connection, base: int | None) -> None:
    latest_now = _latest(connection)
    if base is not None and base != latest_now:
        raise Stale(base, latest_now)


def has_digest(engine: Engine, digest: str) -> bool:
    """Return whether a revision with this digest is there."""
    with engine.connect() as connection:
        return _has_digest(connection, digest)


def _has_digest(connection: Connection, digest: str) -> bool:
    table = schema.revisions
    return connection.scalar(select(table.c.id).where(table.c.digest == digest)) is not None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


def _add_revision(
    connection: Connection,
    author: Person,
    note: str,
    kind: str,
    *,
    digest: str | None = None,
    undoes: int | None = None,
) -> int:
    number = _latest(connection) + 1  # no gaps: nobody else writes now
    values = {"id": number, "created_at": _now(), "author": author.signature(), "note": note, "kind": kind}
    connection.execute(insert(schema.revisions).values(values | {"digest": digest, "undoes": undoes}))
    return number


def _add_rows(connection: Connection, table: Table, frame: pd.DataFrame, revision: int) -> None:
    typed = frame[schema.columns(table)].astype(object)
    for column in table.columns:
        if isinstance(column.type, Date):
            days = {day: dt.date.fromisoformat(day) if day else None for day in typed[column.name].unique()}
            typed[column.name] = pd.Series([days[day] for day in typed[column.name]], index=typed.index, dtype=object)
    rows = typed.assign(revision=revision)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows.iloc[start : start + ROWS_AT_ONCE].to_dict("records"))


def _log(connection: Connection, person: Person, action: str, words: str, revision: int | None = None) -> None:
    number = connection.execute(select(func.coalesce(func.max(schema.log.c.id), 0))).scalar_one()
    values = {"id": number + 1, "at": _now(), "person": person.signature(), "action": action, "revision": revision}
    connection.execute(insert(schema.log).values(values | {"words": words}))


def _log_refusal(engine: Engine, person: Person, action: str, words: str) -> None:
    with writing(engine) as connection:
        _log(connection, person, f"{action} refused", words)


def log(engine: Engine) -> pd.DataFrame:
    """Return who did what, latest first. Columns: at (UTC), person, action, revision, words."""
    table = schema.log
    with engine.connect() as connection:
        found = pd.read_sql(select(*list(table.columns)[1:]).order_by(table.c.id.desc()), connection)
    return found.astype({"revision": "Int64"})


def revisions(engine: Engine, until: int | None = None) -> pd.DataFrame:
    """Return the revisions (up to a number), latest first.

    Columns: id, created_at (UTC), author, note, kind, undoes (number or None), in_effect (not taken back by then).
    """
    with engine.connect() as connection:
        found = _revisions(connection)
    if until is not None:
        found = found[found["id"] <= until].reset_index(drop=True)
    undone = _undone(found, int(found["id"].max())) if len(found) else set()
    return found.assign(in_effect=~found["id"].isin(undone))


def _revisions(connection: Connection) -> pd.DataFrame:
    table = schema.revisions
    columns = [column for column in table.columns if column.name != "digest"]
    found = pd.read_sql(select(*columns).order_by(table.c.id.desc()), connection)
    return found.assign(undoes=found["undoes"].astype("Int64"))


def _undone(known: pd.DataFrame, until: int) -> set[int]:
    """Which revisions are taken back at a revision: by one that is not taken back itself."""
    undone: set[int] = set()
    by_number = known[known["id"] <= until].sort_values("id", ascending=False)
    for number, undoes in zip(by_number["id"], by_number["undoes"], strict=True):
        if number not in undone and pd.notna(undoes):
            undone.add(int(undoes))
    return undone


def latest(engine: Engine) -> int:
    """Return the number of the latest revision; 0 in an empty database."""
    with engine.connect() as connection:
        return _latest(connection)


def _latest(connection: Connection) -> int:
    return connection.execute(select(func.coalesce(func.max(schema.revisions.c.id), 0))).scalar_one()


def present(
    engine: Engine,
    facts: str,
    *,
    kinds: Collection[str] = World.REAL.kinds,
    units: Collection[str] | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Return the present state of a table of facts (a name of schema.FACTS), or the state at a revision.

    `kinds`: only of these kinds, the real ones unless others are named; `units`: only of these codes. Columns: those of
    the table (dates as ISO text), with `revision` and its `kind`; one row per key, ordered by key.
    """
    with reading(engine) as connection:
        at = _latest(connection) if until is None else until
        undone = _undone(_revisions(connection), at)
        state = pd.read_sql(_present(schema.FACTS[facts], at, undone, kinds, units), connection)
    return _readable(state, schema.FACTS[facts])


def holds(engine: Engine, kind: str, *, units: Collection[str], until: int) -> bool:
    """Return whether any fact of a kind about these units (codes) is in effect at a revision."""
    with reading(engine) as connection:
        undone = _undone(_revisions(connection), until)
        return any(
            connection.scalar(_present(table, until, undone, [kind], units).limit(1)) is not None
            for table in schema.FACTS.values()
        )


def _present(
    table: Table, until: int, undone: Collection[int], kinds: Collection[str], units: Collection[str] | None
) -> Select:
    cell = [table.c[name] for name in schema.key(table)]
    rank = func.row_number().over(partition_by=cell, order_by=schema.revisions.c.id.desc()).label("rank")
    rows = select(*table.columns, schema.revisions.c.kind, rank).join_from(table, schema.revisions)
    rows = rows.where(table.c.revision <= until, table.c.revision.not_in(undone), schema.revisions.c.kind.in_(kinds))
    if units is not None:
        rows = rows.where(table.c.unit_code.in_(units))
    ranked = rows.subquery()
    columns = [column for column in ranked.columns if column.name != "rank"]
    return select(*columns).where(ranked.c.rank == 1).order_by(*[ranked.c[column.name] for column in cell])


def _readable(state: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give every column its type, also where there is no row to tell it by; days become ISO text."""
    for column in table.columns:
        if isinstance(column.type, Date):
            days = state[column.name].astype(object)
            words = {day: "" if pd.isna(day) else str(day) for day in days.unique()}
            state[column.name] = days.map(words).astype("str")
        elif not column.nullable or column.primary_key:
            state[column.name] = state[column.name].astype(TYPES.get(type(column.type), "str"))
    return state


def history(engine: Engine, facts: str, cell: Mapping[str, object]) -> pd.DataFrame:
    """Return everything that was ever written to a cell, latest first.

    `cell`: column → value; all of the key for one cell, fewer for several. Columns: those of the table, created_at,
    author, note, kind, in_effect.
    """
    table = schema.FACTS[facts]
    conditions = [table.c[name] == _typed(table, name, value) for name, value in cell.items()]
    with engine.connect() as connection:
        found = pd.read_sql(select(table).where(*conditions).order_by(table.c.revision.desc()), connection)
    known = revisions(engine).rename(columns={"id": "revision"}).drop(columns="undoes")
    return _readable(found, table).merge(known, on="revision", how="left")


def _typed(table: Table, name: str, value: object) -> object:
    return dt.date.fromisoformat(str(value)) if isinstance(table.c[name].type, Date) else value


def diff(
    engine: Engine, facts: str, earlier: int, later: int, kinds: Collection[str] = World.REAL.kinds
) -> pd.DataFrame:
    """Return the cells of a table whose state differs between two revisions, of the facts of these kinds alone.

    Columns: the key; for each other column of the table, and kind, its value as `…_before` and `…_after` (None where
    there was none).
    """
    table = schema.FACTS[facts]
    cell = schema.key(table)
    before, after = (
        present(engine, facts, kinds=kinds, until=number).drop(columns="revision") for number in (earlier, later)
    )
    both = before.merge(after, on=cell, how="outer", suffixes=("_before", "_after")).astype(object)
    both = both.where(both.notna(), None)
    values = [name for name in (*schema.columns(table), "kind") if name not in cell]
    differs = pd.Series(False, index=both.index)
    for name in values:
        differs |= both[f"{name}_before"] != both[f"{name}_after"]
    return both[differs].reset_index(drop=True)


def _units_of(connection: Connection, revision: int) -> set[str]:
    return {
        code
        for table in schema.FACTS.values()
        for code in connection.scalars(select(table.c.unit_code).where(table.c.revision == revision).distinct())
    }
