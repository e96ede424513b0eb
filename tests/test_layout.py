"""A test file for each module: tests/x/test_y.py tests ntm/x/y.py. What is tested elsewhere is listed, with why."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from ntm.paths import ROOT

SHAPES = "tests/intake/test_shapes.py"
SIGNING_IN = "tests/server/test_sign_in_pages.py"
ELSEWHERE = {  # a module (or a pattern of them) → the file that tests it, and why it has none of its own
    "ntm/accounts/refusals.py": ("tests/accounts/test_signing_in.py", "why a sign-in is refused"),
    "ntm/accounts/tables.py": ("tests/accounts/test_signing_in.py", "what is kept lets nobody in"),
    "ntm/api/asked.py": ("tests/api/test_routes.py", "a parameter is one of an address"),
    "ntm/api/filters.py": ("tests/api/test_routes.py", "a filter is one of an address"),
    "ntm/api/guide.py": ("tests/api/test_routes.py", "a page at an address"),
    "ntm/api/problems.py": ("tests/api/test_routes.py", "what an address answers instead of data"),
    "ntm/chart_parts.py": ("tests/test_charts.py", "draws nothing alone"),
    "ntm/cli/build.py": ("tests/cli/test_cli.py", "the commands that build and check come first"),
    "ntm/cli/database.py": ("tests/test_append_only.py", "needs a hardened PostgreSQL"),
    "ntm/cli/doctor.py": ("tests/test_doctor.py", "prints what doctor finds"),
    "ntm/cli/files.py": ("tests/cli/test_data.py", "reads the files of the data commands"),
    "ntm/cli/province.py": ("tests/test_province.py", "prints what province finds"),
    "ntm/database_roles.py": ("tests/test_append_only.py", "needs a hardened PostgreSQL"),
    "ntm/effects.py": ("tests/test_rights.py", "every right is asked of an effect, for each role and act"),
    "ntm/facts/__init__.py": ("tests/facts/test_fact_type.py", "the list of types: a sixth one is added"),
    "ntm/facts/complete_lists.py": ("tests/facts/test_recognitions.py", "a list is complete for recognitions"),
    "ntm/facts/openings.py": ("tests/test_rights.py", "an opening is a right"),
    "ntm/facts/rules.py": ("tests/facts/test_assessments.py", "a rule is one of a type of facts"),
    "ntm/geo/files.py": ("tests/geo/test_importing.py", "a file is read to be imported"),
    "ntm/geo/unfit.py": ("tests/geo/test_importing.py", "as files.py: what a refused file is told"),
    "ntm/intake/binary.py": ("tests/intake/test_cells.py", "says how cells look"),
    "ntm/intake/asked.py": (SHAPES, "what is asked of a file"),
    "ntm/intake/bounds.py": ("tests/intake/test_hostile.py", "a bound is met by a hostile file"),
    "ntm/intake/files.py": ("tests/intake/test_sheets.py", "sheets are read from every kind of file"),
    "ntm/intake/forms.py": ("tests/intake/test_plans.py", "leads to the two ways of reading a form"),
    "ntm/intake/found.py": (SHAPES, "what is found in a table"),
    "ntm/intake/headings.py": (SHAPES, "headings are those of a table"),
    "ntm/intake/layout.py": ("tests/intake/test_reading.py", "a layout is found in what is read"),
    "ntm/intake/left_out.py": (SHAPES, "what is left out of a table"),
    "ntm/intake/lines.py": ("tests/intake/test_tables.py", "a line is one of a table"),
    "ntm/intake/marking.py": ("tests/intake/test_marked.py", "runs in the process that marked starts"),
    "ntm/intake/markup.py": ("tests/intake/test_kinds.py", "one of the kinds of files"),
    "ntm/intake/printed.py": ("tests/intake/test_template.py", "how templates look"),
    "ntm/intake/ods.py": ("tests/intake/test_cells.py", "says how cells look"),
    "ntm/intake/old_fonts.py": ("tests/intake/test_cells.py", "a font is how cells look"),
    "ntm/intake/origin.py": ("tests/days/test_files.py", "refuses every file that the sample exports"),
    "ntm/intake/plan_*.py": ("tests/intake/test_plans.py", "a plan's workbook, there and back"),
    "ntm/intake/xlsx.py": ("tests/intake/test_cells.py", "says how cells look"),
    "ntm/intake/spellings.py": ("tests/intake/test_reading.py", "the words of headings"),
    "ntm/intake/undecided.py": (SHAPES, "what a table leaves open"),
    "ntm/intake/units.py": (SHAPES, "the units of a table"),
    "ntm/listing.py": ("tests/days/surfaces.py", "its tables are held to the rules on ten days"),
    "ntm/paths.py": ("tests/test_province.py", "another folder of data"),
    "ntm/reports/bars.py": ("tests/reports/test_slides.py", "bars are a slide's"),
    "ntm/reports/pieces.py": ("tests/reports/test_content.py", "pieces of the report"),
    "ntm/reports/tasks.py": ("tests/reports/test_content.py", "a part of the report"),
    "ntm/sample/*.py": ("tests/sample/test_sample.py", "one file of figures, byte for byte"),
    "ntm/server/answers.py": (SIGNING_IN, "how these pages are answered"),
    "ntm/server/forms.py": (SIGNING_IN, "the forms of these pages"),
    "ntm/server/listening.py": ("tests/server/test_guards.py", "under which names a request is answered"),
    "ntm/server/sessions.py": ("tests/server/test_guards.py", "a sign-in is asked for through the guards"),
    "ntm/server/watch.py": ("tests/api/test_health.py", "what is watched is read as metrics"),
    "ntm/templates.py": (SIGNING_IN, "what is typed stays text"),
    "ntm/ui/*.py": ("tests/pages/test_pages.py", "pieces of pages: every page is opened, in both languages"),
}
OF_NO_MODULE = {  # tests of more than one module
    "tests/api/test_live.py": "a spreadsheet asks a running server",
    "tests/test_append_only.py": "what is written stays",
    "tests/test_averages_over_time.py": "averages over the reform of 2025 and a change of criteria",
    "tests/test_benchmarks.py": "benchmarks run",
    "tests/cli/test_plans.py": "a plan from an empty template to a scoreboard, by command and on the page",
    "tests/server/test_start.py": "a whole server that has just started",
    "tests/test_layout.py": "this",
    "tests/test_markdown_border.py": "no value that is not ours is Markdown",
    "tests/test_outside.py": "no request leaves the machine",
    "tests/test_readme.py": "commands and settings of README",
    "tests/intake/test_grammar.py": "tables drawn by a grammar",
    "tests/intake/test_hostile.py": "hostile files",
    "tests/intake/test_plans.py": "a plan's workbook, there and back",
    "tests/intake/test_shapes.py": "tables as offices have them",
    "tests/browser/*.py": "in a browser",
    "tests/days/*.py": "ten days of an office",
    "tests/pages/*.py": "whole pages",
}


def modules() -> list[str]:
    """The modules with code of their own; migrations are tested by their result (tests/test_database.py)."""
    found = [file for file in (ROOT / "ntm").rglob("*.py") if "migrations" not in file.parts]
    return sorted(
        str(file.relative_to(ROOT)) for file in found if "def " in file.read_text("utf-8") or file.stem[0] != "_"
    )


def mirror(module: str) -> str:
    """The place of a module's tests; a package's own code is tested by the file that bears its name."""
    place = Path(module.replace("ntm/", "tests/", 1))
    name = place.parent.name if place.stem == "__init__" else place.stem
    return str(place.with_name(f"test_{name}.py"))


def elsewhere(module: str) -> str | None:
    return next((file for pattern, (file, _why) in ELSEWHERE.items() if fnmatch(module, pattern)), None)


@pytest.mark.parametrize("module", modules())
def test_every_module_is_tested_in_its_mirror_or_where_the_list_says(module: str) -> None:
    if not (ROOT / mirror(module)).exists():
        assert elsewhere(module), f"{mirror(module)} is missing"
        assert (ROOT / elsewhere(module)).exists()


def test_the_list_of_what_is_tested_elsewhere_holds_nothing_that_has_its_mirror() -> None:
    for pattern in ELSEWHERE:
        assert [one for one in modules() if fnmatch(one, pattern) and not (ROOT / mirror(one)).exists()], pattern


def test_every_test_file_is_a_modules_mirror_or_of_several() -> None:
    mirrors = set(map(mirror, modules()))
    files = [str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("test_*.py")]
    others = [one for one in files if one not in mirrors and not any(fnmatch(one, pattern) for pattern in OF_NO_MODULE)]
    assert others == []


def test_every_piece_of_a_page_is_wired_into_one() -> None:
    """Of ntm/ui, which is tested by opening pages, nothing is left that no page leads to."""
    sources = {file.stem: file.read_text("utf-8") for file in (ROOT / "ntm" / "ui").glob("*.py")}
    reached: set[str] = {"__init__"}
    waiting = [file.read_text("utf-8") for file in [ROOT / "serve.py", ROOT / "app.py", *(ROOT / "pages").glob("*.py")]]
    waiting.append(sources["__init__"])
    while waiting:
        lines = re.findall(r"^\s*from ntm\.ui import (.+)$|^\s*from ntm\.ui\.(\w+) import", waiting.pop(), re.MULTILINE)
        named = {word for line in lines for word in re.findall(r"\w+", " ".join(line))} & sources.keys()
        waiting += [sources[name] for name in named - reached]
        reached |= named
    assert sources.keys() - reached == set()
