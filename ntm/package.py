"""The data package: everything that was ever published, as a zip of CSV files that an empty database takes back.

It is also the backup. The same state gives the same bytes, so that two packages can be compared by their digest: rows
in the order of their keys, no time of packing, nothing of this machine. Described by `datapackage.json` (Frictionless
Data's format), which holds each file's SHA-256, and the end of the chain over revisions and log with its seal.

A package is only called written when a database has been restored from it that holds the same.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from ntm import chain, database, ledger, rows, schema, seal, whole_file
from ntm.chain import Chain
from ntm.database import reading, writing
from ntm.facts import TABLES
from ntm.text import _

DESCRIPTION = "datapackage.json"
CONTENT = (  # which world a row is of; the package holds every row of both
    "Every revision with its facts. Column kind of revisions.csv: official and published facts are the province's; "
    "sample facts were generated for illustration and are not data of the province."
)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the time that every file in the zip bears
LARGEST = 4_000_000_000  # bytes unpacked: far above a province's, far below a disk's
LARGEST_DESCRIPTION = 1_000_000
LONGEST_FIELD = 10_000_000  # signs; Python's own limit is below what older versions let a note hold
csv.field_size_limit(LONGEST_FIELD)


class Unpackable(ValueError):
    """A file that is no data package, is damaged, or does not fit the database that it should fill."""


class Unproved(Unpackable):
    """A package of which nothing here proves that nobody has changed it: no seal, or no key to compare it with."""


@dataclass(frozen=True)
class Packed:
    """A package: its SHA-256, the revision up to which it goes, and the chain that it holds."""

    digest: str
    revision: int
    chain: Chain


def write(engine: Engine, file: Path) -> Packed:
    """Write all tables at one moment to a file, and read it back. Raises Unpackable, or OSError on a full disk.

    The file is there whole and proved, or as it was before.
    """
    with whole_file.writing(file) as part:
        _write_part(engine, part)
        return _proved(part)


def digest(file: Path) -> str:
    """Return a file's SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def restore(engine: Engine, file: Path, *, unproved: bool = False) -> Packed:
    """Fill an empty database from a package; check that it holds what was packed, and that the chain is whole.

    Raises Unpackable, and Unproved unless `unproved` says to take a package without proof. Then nothing is changed.
    """
    with writing(engine, patient=True) as connection:
        if any(connection.scalar(select(func.count()).select_from(table)) for table in TABLES):
            raise Unpackable(_("Cơ sở dữ liệu đã có số liệu; chỉ khôi phục vào cơ sở dữ liệu trống. Không đổi gì."))
        try:
            with zipfile.ZipFile(file) as archive:
                followed = _restore(connection, archive, unproved)
        except (DataError, IntegrityError) as error:
            raise Unpackable(
                _("Các bảng trong gói số liệu không khớp nhau, hoặc cơ sở dữ liệu này không nhận. Không đổi gì.")
            ) from error
        except (Unpackable, OSError, SQLAlchemyError):
            raise
        except Exception as error:  # whatever a broken or forged file makes a reader stumble over
            raise Unpackable(_("Tệp này không phải gói số liệu, hoặc đã hỏng. Không đổi gì.")) from error
        return Packed(digest(file), ledger.latest(connection), followed)


def _write_part(engine: Engine, part: Path) -> None:
    with reading(engine, patient=True) as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        followed = chain.follow(connection)
        if followed.fault:
            raise Unpackable(
                _("Chuỗi kiểm tra của cơ sở dữ liệu bị đứt: {fault}. Hãy báo người quản trị.", fault=followed.fault)
            )
        description = {
            "name": "ntm",
            "profile": "data-package",
            "description": CONTENT,
            "chain": {"end": followed.end, "links": followed.links, "seal": seal.of(followed.end, seal.make_key())},
            "resources": [_write_table(archive, connection, table) for table in TABLES],
        }
        with archive.open(_entry(DESCRIPTION), "w") as entry:
            entry.write((json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode())


def _proved(file: Path) -> Packed:
    """Restore a package into a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".ntm-") as folder:
        engine = database.connect(f"sqlite:///{Path(folder) / 'proof.sqlite'}")
        try:
            return restore(engine, file)
        finally:
            engine.dispose()


def _restore(connection: Connection, archive: zipfile.ZipFile, unproved: bool) -> Chain:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise Unpackable(_("Gói số liệu giải nén ra quá lớn. Không đổi gì."))
    if archive.getinfo(DESCRIPTION).file_size > LARGEST_DESCRIPTION:
        raise ValueError(DESCRIPTION)
    description = json.loads(archive.read(DESCRIPTION))
    packed = {resource["path"]: resource["hash"] for resource in description["resources"]}
    tables = _packed_tables(packed)
    columns = {table.name: _read_table(archive, connection, table) for table in tables}
    for table in tables:
        if _digest_of(connection, table, columns[table.name]) != packed[f"{table.name}.csv"]:
            raise Unpackable(_("Số liệu khôi phục khác số liệu đã gói ở bảng {table}.", table=table.name))
    if schema.chain not in tables:
        chain.complete(connection)  # a package from before there was a chain
    followed = chain.follow(connection)
    _check_proof(followed, description.get("chain", {}), unproved)
    return followed


def _check_proof(followed: Chain, told: Mapping[str, Any], unproved: bool) -> None:
    """Raise Unpackable where the package is not what was packed; Unproved where that cannot be told."""
    if followed.fault or told.get("end", followed.end) != followed.end:
        fault = followed.fault or _("điểm cuối khác lúc gói")
        raise Unpackable(_("Gói số liệu đã bị sửa sau khi gói: {fault}. Không đổi gì.", fault=fault))
    held = seal.key()
    if held and "seal" in told and not seal.fits(str(told["seal"]), followed.end, held):
        raise Unpackable(
            _(
                "Gói số liệu đã bị sửa, hoặc do máy khác gói: dấu niêm phong không khớp khóa {file} của máy này. "
                "Không đổi gì.",
                file=seal.file().name,
            )
        )
    if not unproved and not (held and "seal" in told):
        raise Unproved(
            _(
                "Chưa chứng minh được gói này chưa bị sửa: {why}. Hãy đối chiếu mã {mark} với mã đã ghi lại từ "
                "trang Dữ liệu, rồi thêm --unproved. Không đổi gì.",
                why=_("máy này không có khóa niêm phong") if "seal" in told else _("gói không có dấu niêm phong"),
                mark=followed.mark,
            )
        )


def _packed_tables(packed: Mapping[str, str]) -> list[Table]:
    """The tables that a package holds: an older one lacks those that came later. All revisions must be there."""
    if f"{schema.revisions.name}.csv" not in packed:
        raise KeyError(schema.revisions.name)
    return [table for table in TABLES if f"{table.name}.csv" in packed]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> dict[str, Any]:
    checked = hashlib.sha256()
    with archive.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as entry:
        for lines in _lines(connection, table, table.columns.keys()):
            entry.write(lines)
            checked.update(lines)
    fields = [{"name": column.name, "type": rows.field_type(column.type)} for column in table.columns]
    key = [column.name for column in table.primary_key.columns]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "hash": f"sha256:{checked.hexdigest()}",
        "schema": {"fields": fields, "primaryKey": key},
    }


def _digest_of(connection: Connection, table: Table, columns: list[str]) -> str:
    """The digest of what a table holds in some columns: an older package lacks those that came later."""
    checked = hashlib.sha256()
    for lines in _lines(connection, table, columns):
        checked.update(lines)
    return f"sha256:{checked.hexdigest()}"


def _lines(connection: Connection, table: Table, columns: list[str]) -> Iterator[bytes]:
    """A table's columns as CSV, in the order of its key: on every database the same."""
    yield _csv([columns])
    query = rows.ordered(connection, table).with_only_columns(*[table.columns[name] for name in columns])
    found = connection.execute(query.execution_options(yield_per=rows.AT_ONCE))
    for part in found.partitions():
        yield _csv([[rows.word(value) for value in row] for row in part])


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    plain = csv.writer(text, lineterminator="\n")
    quoted = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for words in lines:  # Python before 3.13 leaves a lone carriage return without quotes, and then reads it as an end
        writer = quoted if any("\r" in word for word in words) else plain
        writer.writerow(words)
    return text.getvalue().encode()


def _read_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> list[str]:
    """Fill a table from its file; return the columns that the file has."""
    with archive.open(f"{table.name}.csv") as entry:
        reader = csv.reader(io.TextIOWrapper(entry, encoding="utf-8", newline=""), strict=True)
        names = next(reader)
        columns = [table.columns[name] for name in names]
        batch: list[dict[str, Any]] = []
        for words in reader:
            batch.append(
                {name: rows.value(word, column) for name, word, column in zip(names, words, columns, strict=True)}
            )
            if len(batch) == rows.AT_ONCE:
                connection.execute(insert(table), batch)
                batch = []
        if batch:
            connection.execute(insert(table), batch)
    return names
