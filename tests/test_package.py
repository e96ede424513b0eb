"""The package, there and back: byte for byte, from either database to either."""

import hashlib
import zipfile

import pytest
from frictionless import Package
from sqlalchemy import Engine

from ntm import database, dataset, package, people, store
from ntm.package import Unpackable
from tests.conftest import new_database


@pytest.fixture
def filled(empty_engine, facts) -> Engine:
    dataset.build(empty_engine)
    store.undo(empty_engine, 2, people.owner("tester"), 'a note, with "quotes"\nand lines', facts)
    return empty_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path) -> Engine:
    if request.param == "sqlite":
        return database.connect(f"sqlite:///{tmp_path / 'other.sqlite'}")
    return database.connect(new_database(request.getfixturevalue("postgresql")))


def test_out_and_in_and_out_again_is_the_same_to_the_byte(filled, other, tmp_path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    packed = package.write(filled, first)
    assert package.restore(other, first) == packed
    assert package.write(other, second) == packed
    assert first.read_bytes() == second.read_bytes()
    assert store.log(other).equals(store.log(filled))
    later = store.undo(other, 3, people.owner("tester"), "goes on", dataset.load(other).reference)
    assert later == 4


def test_it_is_a_data_package(filled, tmp_path) -> None:
    package.write(filled, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "out")
    report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])[:3]


def test_only_an_empty_database_is_filled(filled, tmp_path) -> None:
    package.write(filled, tmp_path / "out.zip")
    with pytest.raises(Unpackable, match="trống"):
        package.restore(filled, tmp_path / "out.zip")


def spoil(content: bytes, change: str) -> bytes:
    return {
        "cut": content[: len(content) // 2],
        "no package": b"PK not at all",
        "flipped": content[:-2000] + bytes(byte ^ 1 for byte in content[-2000:-1900]) + content[-1900:],
    }[change]


@pytest.mark.parametrize("change", ["cut", "no package", "flipped"])
def test_a_damaged_package_changes_nothing(filled, other, tmp_path, change: str) -> None:
    file = tmp_path / "out.zip"
    package.write(filled, file)
    file.write_bytes(spoil(file.read_bytes(), change))
    with pytest.raises(Unpackable):
        package.restore(other, file)
    assert store.latest(other) == 0


def test_a_package_from_before_a_column_came_is_taken(filled, other, tmp_path) -> None:
    package.write(filled, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        content = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        lines = content["assessments.csv"].decode().splitlines()
        assert lines[0].endswith(",met,document,remark")
        before = "".join(line.rsplit(",", 2)[0] + "\n" for line in lines).encode()
        digests = [hashlib.sha256(part).hexdigest().encode() for part in (content["assessments.csv"], before)]
        content |= {"assessments.csv": before, "datapackage.json": content["datapackage.json"].replace(*digests)}
        for name, part in content.items():
            old.writestr(name, part)
    assert package.restore(other, tmp_path / "old.zip").chain == store.follow(filled)
    assert store.present(other, "assessments", kinds=["sample"]).equals(
        store.present(filled, "assessments", kinds=["sample"])
    )


def test_what_was_changed_in_a_package_is_seen(filled, other, tmp_path) -> None:
    package.write(filled, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive, zipfile.ZipFile(tmp_path / "forged.zip", "w") as forged:
        for entry in archive.infolist():
            content = archive.read(entry)
            forged.writestr(entry, content.replace(b",true", b",false", 1))
    with pytest.raises(Unpackable, match="assessments"):
        package.restore(other, tmp_path / "forged.zip")
    assert store.latest(other) == 0
