"""The store: revisions and the facts that they add. Append-only: nothing is overwritten, the present is derived.

A revision is one atomic change by someone, at a time, with a note; undoing one is another revision, which names it.
Where several revisions in effect speak of the same cell, the present state of some kinds (those of one world) takes the
latest.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    Select,
    Table,
    case,
    func,
    insert,
    literal,
    select,
)

from ntm import (
    chain,
    effects,
    ledger,
    rights,
    schema,
    signs,
    timeline,
)
from ntm.chain import Chain
from ntm.database import connect, default_url, reading, writing
from ntm.facts import TYPES
from ntm.people import Denied, Person
from ntm.reference import Reference
from ntm.text import _
from ntm.world import OFFICIAL, PUBLISHED, SAMPLE, World

__all__ = ["Change", "Stale", "connect", "default_url", "publish", "undo"]

KINDS = (PUBLISHED, OFFICIAL, SAMPLE)
ROWS_AT_ONCE = 50_000
FRAME_TYPES = {Boolean: "bool", Integer: "int64", Float: "float64"}  # of the database → of a frame; others are text


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
    """What a revision adds: facts by the name of their type (of facts.TYPES), in its columns.

    `base`: the latest revision that its author has seen; where it is given and another has come since, it is refused.
    """

    author: Person
    note: str
    kind: str
    facts: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    digest: str | None = None
    base: int | None = None


def check(change: Change, reference: Reference) -> dict[str, pd.DataFrame]:
    """Return a change's facts checked and typed. Raises rules.Faults (all at once of a table) or ValueError."""
    if change.kind not in KINDS:
        raise ValueError(f"Revision kind {change.kind!r}; allowed: {', '.join(KINDS)}.")
    return {name: TYPES[name].check(frame, reference) for name, frame in change.facts.items()}


def publish(engine: Engine, change: Change, reference: Reference) -> int | None:
    """Check a change and add it as one revision; return its number, or None where its digest is there already.

    Raises rules.Faults (all faults at once), people.Denied, Stale or ValueError; a failed write leaves nothing behind.
    """
    facts = check(change, reference)
    note = signs.taken(_("Ghi chú"), change.note)
    with _refusals_logged(engine, change.author, "publish"), writing(engine) as connection:
        if change.digest and _has_digest(connection, change.digest):
            return None
        rights.check(change.author, effects.of_publishing(connection, change.kind, facts), reference)
        if not any(map(len, facts.values())):
            raise ValueError(_("Không có số liệu nào để công bố. Chưa lưu gì."))
        _check_base(connection, change.base)
        revision = _add_revision(connection, change.author, note, change.kind, digest=change.digest)
        for name, frame in facts.items():
            _add_rows(connection, TYPES[name].table, frame, revision)
        chain.add_revision(connection, revision)
        add_entry(connection, change.author, "publish", note, revision)
    return revision


def undo(engine: Engine, revision: int, author: Person, note: str, reference: Reference) -> int:
    """Take a revision back by a new one; return its number. Undoing an undo brings the facts back.

    Raises people.Denied, or ValueError where there is no such revision or it is undone already.
    """
    note = signs.taken(_("Ghi chú"), note)
    with _refusals_logged(engine, author, "undo"), writing(engine) as connection:
        known = ledger.revisions(connection).set_index("id")
        if revision not in known.index:
            raise ValueError(_("Không có phiên bản {revision}.", revision=revision))
        if revision in ledger.undone(known.reset_index(), int(known.index.max())):
            raise ValueError(_("Phiên bản {revision} đã được hoàn tác.", revision=revision))
        rights.check(author, effects.of_undoing(connection, revision), reference)
        added = _add_revision(connection, author, note, known.at[revision, "kind"], undoes=revision)
        chain.add_revision(connection, added)
        add_entry(connection, author, "undo", note, added)
    return added


def forbidden(engine: Engine, change: Change, reference: Reference) -> str:
    """Return why the author may not publish a change (checked), for who looks at it before; "" where they may."""
    with reading(engine) as connection:
        try:
            rights.check(change.author, effects.of_publishing(connection, change.kind, change.facts), reference)
        except Denied as denied:
            return str(denied)
    return ""


@contextmanager
def _refusals_logged(engine: Engine, person: Person, action: str) -> Iterator[None]:
    """Log that a person was denied something, after the transaction has left everything as it was."""
    try:
        yield
    except Denied as denied:
        with writing(engine) as connection:
            add_entry(connection, person, f"{action} refused", signs.shown(str(denied)))
        raise


def _check_base(connection: Connection, base: int | None) -> None:
    latest_now = ledger.latest(connection)
    if base is not None and base != latest_now:
        raise Stale(base, latest_now)


def has_digest(engine: Engine, digest: str) -> bool:
    """Return whether a revision with this digest is there."""
    with engine.connect() as connection:
        return _has_digest(connection, digest)


def _has_digest(connection: Connection, digest: str) -> bool:
    table = schema.revisions
    return connection.scalar(select(table.c.id).where(table.c.digest == digest)) is not None


def now() -> dt.datetime:
    """Return the time in UTC, as it is stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)  # noqa: TID251  UTC, as it is stored


def _add_revision(
    connection: Connection,
    author: Person,
    note: str,
    kind: str,
    *,
    digest: str | None = None,
    undoes: int | None = None,
) -> int:
    number = ledger.latest(connection) + 1  # no gaps: nobody else writes now
    by = signs.taken(_("Tên người công bố"), author.signature())
    values = {"id": number, "created_at": now(), "author": by, "note": note, "kind": kind}
    connection.execute(insert(schema.revisions).values(values | {"digest": digest, "undoes": undoes}))
    return number


def _add_rows(connection: Connection, table: Table, frame: pd.DataFrame, revision: int) -> None:
    typed = frame[schema.columns(table)].astype(object)
    for column in table.columns:
        if isinstance(column.type, Date):
            days = {day: dt.date.fromisoformat(day) if day else None for day in typed[column.name].unique()}
            typed[column.name] = pd.Series([days[day] for day in typed[column.name]], index=typed.index, dtype=object)
        elif column.nullable:  # no words are none: a column that came later is so in older rows
            typed[column.name] = typed[column.name].where(typed[column.name] != "", None)
    rows = typed.assign(revision=revision)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows.iloc[start : start + ROWS_AT_ONCE].to_dict("records"))


def add_entry(connection: Connection, person: Person, action: str, words: str, revision: int | None = None) -> None:
    """Add an entry to the log: who has done what."""
    number = connection.execute(select(func.coalesce(func.max(schema.log.c.id), 0))).scalar_one()
    by = signs.shown(person.signature())
    values = {"id": number + 1, "at": now(), "person": by, "action": action, "revision": revision}
    connection.execute(insert(schema.log).values(values | {"words": words}))
    chain.add_entry(connection, number + 1)


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
        found = ledger.revisions(connection)
    if until is not None:
        found = found[found["id"] <= until].reset_index(drop=True)
    undone = ledger.undone(found, int(found["id"].max())) if len(found) else set()
    return found.assign(in_effect=~found["id"].isin(undone))


def latest(engine: Engine) -> int:
    """Return the number of the latest revision; 0 in an empty database."""
    with engine.connect() as connection:
        return ledger.latest(connection)


def present(
    engine: Engine,
    facts: str,
    *,
    kinds: Collection[str] = World.REAL.kinds,
    units: Collection[str] | None = None,
    until: int | None = None,
) -> pd.DataFrame:
    """Return the present state of a table of facts (a name of facts.TYPES), or the state at a revision.

    `kinds`: only of these kinds, the real ones unless others are named; `units`: only of these codes. Columns: those of
    the table (dates as ISO text), with `revision` and its `kind`; one row per key, ordered by key.
    """
    with reading(engine) as connection:
        at = ledger.latest(connection) if until is None else until
        undone = ledger.undone(ledger.revisions(connection), at)
        state = pd.read_sql(_present(TYPES[facts].table, at, undone, kinds, units), connection)
    return _readable(state, TYPES[facts].table)


def advanced(
    engine: Engine,
    facts: str,
    known: pd.DataFrame,
    since: int,
    *,
    kinds: Collection[str],
    units: Collection[str],
    until: int,
) -> pd.DataFrame:
    """Return `present` at a revision, from what it was at an earlier one (`since`): only what has come is read.

    Where a revision up to `since` has been taken back or brought back meanwhile, all is read.
    """
    table = TYPES[facts].table
    with reading(engine) as connection:
        numbers = ledger.revisions(connection)
        undone = ledger.undone(numbers, until)
        if {number for number in undone if number <= since} != ledger.undone(numbers, since):
            return _readable(pd.read_sql(_present(table, until, undone, kinds, units), connection), table)
        new = pd.read_sql(_present(table, until, undone, kinds, units, after=since), connection)
    if new.empty:
        return known
    return replaced(facts, known, _readable(new, table)).sort_values(schema.key(table), ignore_index=True)


def holds(engine: Engine, kind: str, *, units: Collection[str], until: int) -> bool:
    """Return whether any fact of a kind about these units (codes) is in effect at a revision."""
    with reading(engine) as connection:
        undone = ledger.undone(ledger.revisions(connection), until)
        return ledger.holds(connection, kind, undone, units=units, until=until)


def _present(
    table: Table,
    until: int,
    undone: Collection[int],
    kinds: Collection[str],
    units: Collection[str] | None,
    after: int = 0,
) -> Select[Any]:
    cell: list[ColumnElement[Any]] = [table.c[name] for name in TYPES[table.name].whole or schema.key(table)]
    day = TYPES[table.name].unit_dated_by
    if day:
        cell.append(_division(table.c[day]))
    rank = func.rank().over(partition_by=cell, order_by=schema.revisions.c.id.desc()).label("rank")
    rows = select(*table.columns, schema.revisions.c.kind, rank).join_from(table, schema.revisions)
    rows = rows.where(table.c.revision > after, table.c.revision <= until, table.c.revision.not_in(undone))
    rows = rows.where(schema.revisions.c.kind.in_(kinds))
    if units is not None:
        rows = rows.where(table.c.unit_code.in_(units))
    ranked = rows.subquery()
    columns = [column for column in ranked.columns if column.name != "rank"]
    return select(*columns).where(ranked.c.rank == 1).order_by(*[ranked.c[name] for name in schema.key(table)])


def _division(day: ColumnElement[Any]) -> ColumnElement[Any]:
    """How many divisions of the province had begun by a day: two units of one code are told apart by it."""
    starts = [dt.date.fromisoformat(start) for start in timeline.load().divisions if start]
    return sum((case((day >= start, 1), else_=0) for start in starts), literal(0))


def keyed(facts: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return facts with the columns that tell their cells apart: the table's key, and the division where it matters.

    `facts`: a name of facts.TYPES.
    """
    cell, day_of_unit = TYPES[facts].key, TYPES[facts].unit_dated_by
    if not day_of_unit:
        return frame, cell
    divisions = [timeline.load().division(day) for day in frame[day_of_unit]]
    return frame.assign(division=divisions), [*cell, "division"]


def replaced(facts: str, known: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return a state of facts (of store.present) after newer ones, with their revision and kind, have been added."""
    both, cell = keyed(facts, pd.concat([known, new], ignore_index=True))
    if TYPES[facts].whole:
        both = both[both["revision"] == both.groupby(list(TYPES[facts].whole))["revision"].transform("max")]
    return both.drop_duplicates(cell, keep="last")[known.columns]


def _readable(state: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give every column its type, also where there is no row to tell it by; days become ISO text."""
    for column in table.columns:
        if isinstance(column.type, Date):
            days = state[column.name].astype(object)
            words = {day: "" if pd.isna(day) else str(day) for day in days.unique()}
            state[column.name] = days.map(words).astype("str")
        elif column.nullable:
            state[column.name] = state[column.name].fillna("").astype("str")
        else:
            state[column.name] = state[column.name].astype(FRAME_TYPES.get(type(column.type), "str"))
    return state.astype({"kind": "str"}) if "kind" in state else state


def history(engine: Engine, facts: str, cell: Mapping[str, object]) -> pd.DataFrame:
    """Return everything that was ever written to a cell, latest first.

    `cell`: column → value; all of the key for one cell, fewer for several. Columns: those of the table, created_at,
    author, note, kind, in_effect.
    """
    table = TYPES[facts].table
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
    table = TYPES[facts].table
    before, after = (
        keyed(facts, present(engine, facts, kinds=kinds, until=number).drop(columns="revision"))[0]
        for number in (earlier, later)
    )
    cell = keyed(facts, before)[1]
    both = before.merge(after, on=cell, how="outer", suffixes=("_before", "_after")).astype(object)
    both = both.where(both.notna(), None)
    values = [name for name in (*schema.columns(table), "kind") if name not in cell]
    differs = pd.Series(False, index=both.index)
    for name in values:
        differs |= both[f"{name}_before"] != both[f"{name}_after"]
    return both[differs].drop(columns="division", errors="ignore").reset_index(drop=True)


def follow(engine: Engine) -> Chain:
    """Return the chain over all revisions and the log, followed from its beginning."""
    with reading(engine) as connection:
        return chain.follow(connection)
