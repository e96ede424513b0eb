"""The server's log: lines in words, or one JSON object a line (NTM_LOG=json) for a log collector.

Nobody's address is in it: what looks like one is taken out of every line, also out of the text of an error.
"""

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from ntm.environment import setting
from ntm.server import quirks

FIELDS = {"levelname": "level", "name": "logger"}
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HIDDEN = "(address)"


class Lines(JsonFormatter):
    """One JSON object a line: time (with offset), level, logger, message, what a call adds, and exc_info."""

    def __init__(self) -> None:
        super().__init__([*FIELDS, "message"], rename_fields=FIELDS, timestamp="time", json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out uvicorn's message in colours."""
        return {name: value for name, value in log_data.items() if name != "color_message"}

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line."""
        return ADDRESS.sub(HIDDEN, super().format(record))


def set_up() -> None:
    """Write all logs of the process as NTM_LOG asks; call it when the server has set up its own."""
    wanted = setting("NTM_LOG")
    if wanted == "json":
        _write_json()
    elif wanted:
        logging.getLogger(__name__).error("NTM_LOG is %r; allowed: json, or nothing for lines in words.", wanted)


def _write_json() -> None:
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    logging.getLogger("ntm").setLevel(logging.INFO)
    quirks.format_logs(Lines())
    named = [logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    for each in [logging.getLogger(), *named]:
        for own in each.handlers:
            own.setFormatter(Lines())
    logging.getLogger("uvicorn.access").handlers.clear()  # who has asked for what, from where, is not kept
