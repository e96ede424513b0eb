"""Tables of communes as real workbooks, and what is read from them."""

import json
from collections.abc import Sequence

from ntm.intake import files, reading, sheets
from ntm.intake.reading import Asked, Reading
from ntm.reference import Reference
from tests.intake import odd

PERIOD = "2024-12-31"
ASKED = Asked("assessments", PERIOD)
GIANG, LU, HA = "03418", "03412", "03424"  # Bản Giang, Bình Lư, Khun Há, all of Tam Đường
Answers = dict[tuple[str, str], str]


def read(facts: Reference, *rows: Sequence[object], asked: Asked = ASKED, merged: Sequence[str] = ()) -> Reading:
    """Read a workbook with one sheet of rows; `merged`: areas of it."""
    content = files.cells(odd.xlsx(("S", rows), merged=merged))  # here, and not in a process of its own: many are read
    return reading.read([sheets.of_json(sheet) for sheet in json.loads(content)], asked, facts)


def answers(found: Reading) -> Answers:
    """What was read: unit and criterion → "1" or "0"; there must be no fault."""
    assert found.faults.empty, found.faults.to_string()
    rows = found.rows
    return dict(zip(zip(rows["unit_code"], rows["criterion"], strict=True), rows["met"], strict=True))


def left_out(found: Reading) -> dict[str, str]:
    """What was told: cell → why."""
    return dict(zip(found.left_out["cell"], found.left_out["reason"], strict=True))
