import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from ntm import environment
from ntm.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [shlex.split(line, comments=True) for block in SHELL for line in block.splitlines() if line.strip()]
SETTINGS = re.findall(r"`([A-Z_]+)`", "\n".join(re.findall(r"^\| (`[A-Z_`, ]+`) \|", README, re.MULTILINE)))


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """The project's code and data once more: some commands write data anew, which tests beside this one read."""
    folder = tmp_path_factory.mktemp("project")
    for part in ("ntm", "data", "static"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] == "python"], ids=" ".join)
def test_each_python_command_works(command: list[str], tmp_path, copied) -> None:
    written = re.compile(r"out|[\w-]+\.(xlsx|zip)")
    arguments = [str(tmp_path / part) if written.fullmatch(part) else part for part in command[1:]]
    done = subprocess.run([sys.executable, *arguments], cwd=copied, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [command for command in COMMANDS if command[0] == "make"], ids=" ".join)
def test_each_make_target_is_there(command: list[str]) -> None:
    done = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_readme_opens_with_the_two_commands() -> None:
    assert [command[:2] for command in COMMANDS[:2]] == [["make", "run"], ["make", "test"]]


def test_every_setting_has_its_paragraph() -> None:
    tests = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("tests/**/*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", tests)) - {"STREAMLIT_CLIENT_SHOW_ERROR_DETAILS"}
    assert read | set(get_args(environment.Name)) <= set(SETTINGS)


def test_every_place_named_is_there() -> None:
    named = set(re.findall(r"`((?:ntm|data|tests|static|docs|pages)/[\w./-]*)`", README))
    assert named
    assert [place for place in named if not (ROOT / place).exists()] == []
