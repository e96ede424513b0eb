"""The chain: a link for each revision with its facts and for each entry of the log, over the link before.

Who changes, adds or takes away anything earlier, by whatever way, breaks it or comes to another end. The end's first
signs (`Chain.mark`) stand on the page of the data and are told by every backup: paper and other people's notes are
witnesses.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from ntm import rows, schema
from ntm.facts import TYPES
from ntm.text import _

BEGINNING = ""
MARK_SIGNS = 16  # of the end's digest: enough that nobody finds another history with the same


@dataclass(frozen=True)
class Chain:
    """A chain that was followed. `end`: the last link's digest; `links`: how many; `fault`: where it breaks, or ""."""

    end: str
    links: int
    fault: str = ""

    @property
    def mark(self) -> str:
        """The end in short, in groups of four as people read it out."""
        signs = self.end[:MARK_SIGNS]
        return " ".join(signs[place : place + 4] for place in range(0, len(signs), 4))


def add_revision(connection: Connection, number: int) -> None:
    """Add the link of a revision, after its facts."""
    _add(connection, revision=number)


def add_entry(connection: Connection, number: int) -> None:
    """Add the link of an entry of the log."""
    _add(connection, entry=number)


def complete(connection: Connection) -> None:
    """Add the links of all that has none: of what was written before there was a chain."""
    for number in _without_link(connection, schema.revisions, "revision"):
        add_revision(connection, number)
    for number in _without_link(connection, schema.log, "entry"):
        add_entry(connection, number)


def follow(connection: Connection) -> Chain:
    """Follow the chain from its beginning, over everything that is written, and return it."""
    before, count = BEGINNING, 0
    for link in connection.execute(select(schema.chain).order_by(schema.chain.c.id)).all():
        count += 1
        if link.id != count:
            return Chain(before, count - 1, _("thiếu mắt xích {number}", number=count))
        if link.digest != _digest(connection, before, link.revision, link.entry):
            return Chain(before, count - 1, _("{what} không giống lúc ghi", what=_what(link)))
        before = link.digest
    return Chain(before, count, _unlinked(connection))


def _unlinked(connection: Connection) -> str:
    revisions = _without_link(connection, schema.revisions, "revision")
    entries = _without_link(connection, schema.log, "entry")
    found = [_("phiên bản {number}", number=number) for number in revisions]
    found += [_("dòng nhật ký {number}", number=number) for number in entries]
    return _("{what} không có trong chuỗi", what=found[0]) if found else ""


def _what(link: Row[Any]) -> str:
    if link.revision is not None:
        return _("phiên bản {number}", number=link.revision)
    return _("dòng nhật ký {number}", number=link.entry)


def _without_link(connection: Connection, table: Table, column: str) -> list[int]:
    linked = select(schema.chain.c[column]).where(schema.chain.c[column].is_not(None))
    return list(connection.scalars(select(table.c.id).where(table.c.id.not_in(linked)).order_by(table.c.id)))


def _add(connection: Connection, revision: int | None = None, entry: int | None = None) -> None:
    last = select(schema.chain.c.id, schema.chain.c.digest).order_by(schema.chain.c.id.desc()).limit(1)
    number, before = connection.execute(last).one_or_none() or (0, BEGINNING)
    digest = _digest(connection, before, revision, entry)
    values = {"id": number + 1, "revision": revision, "entry": entry, "digest": digest}
    connection.execute(insert(schema.chain).values(values))


def _digest(connection: Connection, before: str, revision: int | None, entry: int | None) -> str:
    digest = hashlib.sha256(before.encode())
    for line in _lines(connection, revision, entry):
        digest.update(line)
    return digest.hexdigest()


def _lines(connection: Connection, revision: int | None, entry: int | None) -> Iterator[bytes]:
    """What a link is of. Empty columns are left out, so that a column added later changes no link."""
    if revision is None:
        yield from _of_table(connection, schema.log, "id", entry)
        return
    yield from _of_table(connection, schema.revisions, "id", revision)
    for name in sorted(TYPES):
        yield from _of_table(connection, TYPES[name].table, "revision", revision)


def _of_table(connection: Connection, table: Table, column: str, number: int | None) -> Iterator[bytes]:
    query = rows.ordered(connection, table).where(table.c[column] == number)
    for part in connection.execute(query.execution_options(yield_per=rows.AT_ONCE)).mappings().partitions():
        for row in part:
            filled = {name: rows.word(value) for name, value in row.items() if value is not None}
            yield f"{table.name} {json.dumps(filled, ensure_ascii=False, sort_keys=True)}\n".encode()
