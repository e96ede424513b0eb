"""What a type of facts has by being one: all of it is done with debts, of which nothing else in the code knows."""

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ntm import database, database_roles, dataset, package, people, preview, store
from ntm.api import routes
from ntm.cli import main
from ntm.facts import FORMS, TYPES
from ntm.intake import reading, sheets, template
from ntm.intake.reading import Asked
from ntm.people import Denied, Person
from ntm.store import Change
from ntm.ui import data as ui_data
from ntm.world import World

PERIOD, PHA_MU = "2024-12-31", "03628"


def workbook(facts, *owed: object) -> bytes:
    """The template, with the first rows filled in."""
    book = openpyxl.load_workbook(io.BytesIO(template.make(facts, "debts", PERIOD)))
    for row, value in enumerate(owed, start=template.HEADING_ROW + 1):
        book.worksheets[0].cell(row, 3).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def file(facts, tmp_path: Path) -> Path:
    found = tmp_path / "debts.xlsx"
    found.write_bytes(workbook(facts, 120, 0, 35))
    return found


def said(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_its_template_names_the_communes_and_comes_back_as_facts(facts) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.make(facts, "debts", PERIOD)))
    headings = [cell.value for cell in book.worksheets[0][template.HEADING_ROW]]
    assert headings == ["Mã đơn vị", "Tên đơn vị", "Nợ đọng, triệu đồng"]
    codes = {row[0].value for row in book.worksheets[0].iter_rows(min_row=template.HEADING_ROW + 1)}
    assert codes == set(facts.communes.index)
    read = reading.read(sheets.read(workbook(facts, 120, 0)), Asked("debts", PERIOD), facts)
    assert read.faults.empty
    assert list(read.facts["owed"]) == ["120", "0"]


def test_its_faults_are_told_by_cell(facts) -> None:
    read = reading.read(sheets.read(workbook(facts, 120, -5)), Asked("debts", PERIOD), facts)
    assert list(read.faults["cell"]) == [f"C{template.HEADING_ROW + 2}"]
    assert "triệu đồng" in read.faults["rule"].iloc[0]


def test_by_command_from_a_file_to_a_revision_and_back(file, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    asked = ["--form", "debts", "--period", PERIOD, "--json"]
    assert main(["build"]) == 0
    capsys.readouterr()
    assert main(["import", str(file), *asked]) == 0
    assert said(capsys)["rows"] == 3
    assert main(["preview", str(file), *asked]) == 0
    assert said(capsys)["cells"] == {"new": 3, "changed": 0, "same": 0, "gone": 0}
    assert main(["publish", str(file), *asked, "--note", "Báo cáo 1/BC"]) == 0
    revision = said(capsys)["revision"]
    code = openpyxl.load_workbook(file).worksheets[0].cell(template.HEADING_ROW + 1, 1).value
    assert main(["history", code, "--facts", "debts", "--json"]) == 0
    assert [row["owed"] for row in said(capsys)["history"]] == [120]
    assert main(["diff", str(revision - 1), str(revision), "--json"]) == 0
    assert len(said(capsys)["debts"]) == 3
    assert main(["export", str(tmp_path / "out"), "--data", "real"]) == 0
    assert len(pd.read_csv(tmp_path / "out" / "debts.csv")) == 3
    assert main(["undo", str(revision), "--note", "nhầm"]) == 0
    engine = store.connect()
    assert store.present(engine, "debts").empty
    assert database_roles.weaknesses(engine) == []


def test_it_is_in_the_dataset_of_its_time_and_in_the_package(engine, facts, file, tmp_path) -> None:
    read = reading.read(sheets.read(file.read_bytes()), Asked("debts", PERIOD), facts)
    store.publish(engine, Change(people.owner(), "Báo cáo", TYPES["debts"].published_as, {"debts": read.facts}), facts)
    real = dataset.load(engine, world=World.REAL)
    assert real.at(PERIOD).tables["debts"]["owed"].sum() == 155
    assert PERIOD in real.all_periods
    assert real.at("2026-06-30").tables["debts"].empty
    assert preview.make(real, {"debts": read.facts}).cells["same"] == 3
    package.write(engine, tmp_path / "all.zip")
    other = database.connect(f"sqlite:///{tmp_path / 'other.sqlite'}")
    package.restore(other, tmp_path / "all.zip", unproved=True)
    pd.testing.assert_frame_equal(store.present(other, "debts"), store.present(engine, "debts"))


def test_who_may_not_change_its_unit_may_not_publish_it(engine, facts) -> None:
    debts = pd.DataFrame({"period": [PERIOD], "unit_code": [PHA_MU], "owed": ["5"]})
    other = Person("A", people.GROUP_EDITOR, frozenset(["105"]))
    with pytest.raises(Denied):
        store.publish(engine, Change(other, "Báo cáo", "official", {"debts": debts}), facts)


def test_the_page_offers_it(open_page) -> None:
    app = open_page("update")
    form = next(box for box in app.selectbox if box.key == "form")
    assert "Nợ đọng xây dựng cơ bản" in form.options
    form.select("debts")
    app.run()
    assert not app.exception
    assert "debts" in FORMS


def test_programs_read_it_at_an_address_of_its_own(engine, facts, file, monkeypatch) -> None:
    read = reading.read(sheets.read(file.read_bytes()), Asked("debts", PERIOD), facts)
    store.publish(engine, Change(people.owner(), "Báo cáo", TYPES["debts"].published_as, {"debts": read.facts}), facts)
    monkeypatch.setattr(ui_data, "_engine", lambda: engine)
    client = TestClient(Starlette(routes=routes.routes()), base_url="http://localhost")
    rows = client.get(f"/api/v1/debts?world=real&period={PERIOD}").json()["rows"]
    assert sorted(row["owed"] for row in rows) == [0, 35, 120]
    assert {row["source"] for row in rows} == {"Báo cáo"}
