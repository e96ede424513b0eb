"""The log as JSON lines: every logger of the process, and nobody's address. In a process of its own: it is global."""

import json
import subprocess
import sys

from ntm import environment
from ntm.paths import ROOT

SPEAK = """
import logging
import uvicorn
uvicorn.Config("x:y")
from ntm.server import logs
logs.set_up()
logging.getLogger("uvicorn.access").info("10.0.0.7 GET /explore?name=x")
from streamlit.logger import get_logger
logging.getLogger("ntm.api").info("GET /api/v1/x", extra={"seconds": 0.5})
logging.getLogger("uvicorn.error").warning("lò thị an <an@laichau.example>")
get_logger("streamlit.new").warning("of Streamlit")
try:
    raise ValueError("binh@laichau.example")
except ValueError:
    logging.getLogger("other").exception("failed")
"""


def said(log: str) -> list[str]:
    command, own = [sys.executable, "-c", SPEAK], environment.inherited(NTM_LOG=log)
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


def test_every_line_is_an_object() -> None:
    lines = [json.loads(line) for line in said("json")]
    assert [line["logger"] for line in lines] == ["ntm.api", "uvicorn.error", "streamlit.new", "other"]
    assert lines[0] | {"time": ""} == {
        "level": "INFO",
        "logger": "ntm.api",
        "message": "GET /api/v1/x",
        "seconds": 0.5,
        "time": "",
    }
    assert lines[0]["time"][-6] in "+-"
    assert "ValueError" in lines[3]["exc_info"]


def test_nobodys_address_is_in_it() -> None:
    lines = said("json")
    assert "an@laichau" not in "".join(lines)
    assert "binh@laichau" not in "".join(lines)
    assert "lò thị an" in lines[1]


def test_without_the_setting_lines_are_in_words() -> None:
    assert not any(line.startswith("{") for line in said(""))


def test_a_setting_that_is_not_understood_is_said() -> None:
    assert "NTM_LOG" in said("xml")[0]
    assert "json" in said("xml")[0]
