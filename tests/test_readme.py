import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from streamlit import config

from ntm import environment
from ntm.cli import main
from ntm.paths import ROOT
from ntm.server import proxy

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


SIGNING_IN = (ROOT / "docs" / "signing-in.md").read_text(encoding="utf-8")
STEPS = [
    shlex.split(line, comments=True)
    for block in re.findall(r"```sh\n(.*?)```", SIGNING_IN, re.DOTALL)
    for line in block.splitlines()
]


def test_the_commands_of_the_page_on_signing_in_work_in_their_order(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("NTM_DATABASE_URL", f"sqlite:///{tmp_path / 'office.sqlite'}")
    done = 0
    for program, *words in STEPS:
        if program == "export":
            name, _equals, value = words[0].partition("=")
            monkeypatch.setenv(name, str(tmp_path / value) if name == "NTM_PEOPLE" else value)
            continue
        assert [program, *words[:2]] == ["python", "-m", "ntm"]
        assert main(words[2:]) == 0, capsys.readouterr().err
        done += 1
    assert done == len([step for step in STEPS if step[0] == "python"]) >= 8
    assert "an@laichau.example" not in (tmp_path / "people.toml").read_text("utf-8")


def test_the_setting_of_a_proxy_is_one_that_streamlit_reads(option) -> None:
    (words,) = [words for program, *words in STEPS if program == "export" and "TRUSTED" in words[0]]
    name, _equals, value = words[0].partition("=")
    assert name == config.get_config_options()["server.trustedUserHeaders"].env_var
    option("server.trustedUserHeaders", json.loads(value))
    assert proxy.headers() == {"email": "X-Remote-User"}
