"""A type of facts is one file and one migration: a copy of the project with a sixth one does everything with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ntm.facts import FORMS, TYPES
from ntm.paths import ROOT

SIXTH = Path(__file__).parent / "sixth"
WALKED = (SIXTH / "walk.py").read_text("utf-8")
COPIED = ("ntm", "pages", "data", "static", "tests", ".streamlit", "app.py", "serve.py", "pyproject.toml")


def test_every_form_reads_what_its_table_holds() -> None:
    for name, form in FORMS.items():
        if not form.fields:
            continue  # a workbook of its own, with a reader of its own
        read = {*form.names, "unit_code"}
        assert form.value in TYPES[name].columns
        assert set(TYPES[name].columns) <= read, name


def test_lists_of_types_have_an_order_of_their_own() -> None:
    places = [found.place for found in TYPES.values()]
    assert places == sorted(set(places))


def test_a_sixth_type_is_one_file_and_one_migration(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "browser"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    versions = copy / "ntm" / "migrations" / "versions"
    latest = max(file.stem[:4] for file in versions.glob("0*.py"))
    migration = (SIXTH / "migration.py").read_text("utf-8").replace("the latest", latest)
    (versions / "9999_debts.py").write_text(migration, "utf-8")
    shutil.copy(SIXTH / "debts.py", copy / "ntm" / "facts" / "debts.py")
    shutil.copy(SIXTH / "walk.py", copy / "tests" / "pages" / "test_debts.py")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-vv", "tests/pages/test_debts.py"]
    walked = subprocess.run(command, cwd=copy, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert walked.returncode == 0, walked.stdout[-4000:] + walked.stderr[-2000:]
    assert walked.stdout.count("PASSED") == WALKED.count("def test_")
