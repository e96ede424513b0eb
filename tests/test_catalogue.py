from frictionless import Package

from ntm import catalogue, labels
from ntm.paths import DATA

CATALOGUE = DATA / "datapackage.json"


def test_the_package_is_valid() -> None:
    report = Package(str(CATALOGUE)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_every_data_file_is_catalogued_once() -> None:
    files = {file.relative_to(DATA).as_posix() for file in DATA.rglob("*") if file.is_file()}
    rows = catalogue.load()
    assert sorted(rows["path"]) == sorted(files - {CATALOGUE.name})


def test_every_resource_has_its_provenance_card() -> None:
    rows = catalogue.load()
    for column in ("title_vi", "title_en", "sources", "date", "certainty", "terms_vi", "terms_en"):
        assert (rows[column] != "").all(), column
    assert set(rows["certainty"]) <= labels.EVIDENCE.keys()


def test_sample_files_are_called_sample() -> None:
    rows = catalogue.load().set_index("path")
    assert set(rows[rows.index.str.startswith("sample/")]["certainty"]) == {"sample"}
    assert "sample" not in set(rows[~rows.index.str.startswith("sample/")]["certainty"])
