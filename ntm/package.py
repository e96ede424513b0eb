"""The data package: everything that was ever published, as a zip of CSV files that an empty database takes back.

It is also the backup. The same state gives the same bytes, so that two packages can be compared by their digest: rows
in the order of their keys, no time of packing, nothing of this machine. Described by `datapackage.json` (Frictionless
Data's format), which holds each file's SHA-256.
"""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Boolean, Connection, Date, DateTime, Engine, Float, Integer, Table, func, insert, select
from sqlalchemy.types import TypeEngine

from ntm import schema
from ntm.database import reading, writing
from ntm.text import _

DESCRIPTION = "datapackage.json"
CONTENT = (  # which world a row is of; the package holds every row of both
    "Every revision with its facts. Column kind of revisions.csv: official and published facts are the province's; "
    "sample facts were generated for illustration and are not data of the province."
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the time that every file in the zip bears
ROWS_AT_ONCE = 20_000
LARGEST = 4_000_000_000  # bytes unpacked: far above a province's, far below a disk's
FIELD_TYPES = {Boolean: "boolean", Date: "date", DateTime: "datetime", Float: "number", Integer: "integer"}


class Unpackable(ValueError):
    """A file that is no data package, is damaged, or does not fit the database that it should fill."""


def write(engine: Engine, file: Path) -> str:
    """Write all tables at one moment to a file; return its SHA-256."""
    part = file.with_name(file.name + ".part")
    with reading(engine) as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        resources = [_write_table(archive, connection, table) for table in schema.metadata.sorted_tables]
        description = {"name": "ntm", "profile": "data-package", "description": CONTENT, "resources": resources}
        with archive.open(_entry(DESCRIPTION), "w") as entry:
            entry.write((json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode())
    part.replace(file)
    return digest(file)


def digest(file: Path) -> str:
    """Return a file's SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def restore(engine: Engine, file: Path) -> str:
    """Fill an empty database from a package, check that what it holds now is what was packed; return the SHA-256.

    Raises Unpackable, leaving the database as it was.
    """
    with writing(engine) as connection:
        if any(connection.scalar(select(func.count()).select_from(table)) for table in schema.metadata.sorted_tables):
            raise Unpackable(_("Cơ sở dữ liệu đã có số liệu; chỉ khôi phục vào cơ sở dữ liệu trống. Không đổi gì."))
        try:
            with zipfile.ZipFile(file) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                    raise Unpackable(_("Gói số liệu giải nén ra quá lớn. Không đổi gì."))
                packed = {
                    resource["path"]: resource["hash"]
                    for resource in json.loads(archive.read(DESCRIPTION))["resources"]
                }
                for table in _packed_tables(packed):
                    _read_table(archive, connection, table)
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError) as error:
            if isinstance(error, Unpackable):
                raise
            raise Unpackable(_("Tệp này không phải gói số liệu, hoặc đã hỏng. Không đổi gì.")) from error
        for table in _packed_tables(packed):
            if _digest_of(connection, table) != packed[f"{table.name}.csv"]:
                raise Unpackable(_("Số liệu khôi phục khác số liệu đã gói ở bảng {table}.", table=table.name))
    return digest(file)


def _packed_tables(packed: Mapping[str, str]) -> list[Table]:
    """The tables that a package holds: an older one lacks those that came later. All revisions must be there."""
    if f"{schema.revisions.name}.csv" not in packed:
        raise KeyError(schema.revisions.name)
    return [table for table in schema.metadata.sorted_tables if f"{table.name}.csv" in packed]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> dict:
    checked = hashlib.sha256()
    with archive.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as entry:
        for lines in _lines(connection, table):
            entry.write(lines)
            checked.update(lines)
    fields = [{"name": column.name, "type": _field_type(column.type)} for column in table.columns]
    key = [column.name for column in table.primary_key.columns]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "hash": f"sha256:{checked.hexdigest()}",
        "schema": {"fields": fields, "primaryKey": key},
    }


def _field_type(kind: TypeEngine) -> str:
    return next((name for column_type, name in FIELD_TYPES.items() if isinstance(kind, column_type)), "string")


def _digest_of(connection: Connection, table: Table) -> str:
    checked = hashlib.sha256()
    for lines in _lines(connection, table):
        checked.update(lines)
    return f"sha256:{checked.hexdigest()}"


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """A table as CSV, in the order of its key: on every database the same."""
    yield _csv([[column.name for column in table.columns]])
    order = [
        column.collate("C" if connection.dialect.name == "postgresql" else "BINARY")
        if _field_type(column.type) == "string"
        else column
        for column in table.primary_key.columns
    ]
    found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(*order))
    for rows in found.partitions():
        yield _csv([[_word(value) for value in row] for row in rows])


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)


def _read_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> None:
    with archive.open(f"{table.name}.csv") as entry:
        rows = csv.DictReader(io.TextIOWrapper(entry, encoding="utf-8", newline=""))
        batch: list[dict] = []
        for row in rows:
            batch.append({column.name: _value(row[column.name], column) for column in table.columns})
            if len(batch) == ROWS_AT_ONCE:
                connection.execute(insert(table), batch)
                batch = []
        if batch:
            connection.execute(insert(table), batch)


def _value(word: str, column) -> object:
    if word == "" and column.nullable:
        return None
    readers = {"boolean": "true".__eq__, "date": dt.date.fromisoformat, "datetime": dt.datetime.fromisoformat}
    readers |= {"number": float, "integer": int}
    return readers.get(_field_type(column.type), str)(word)
