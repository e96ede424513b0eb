"""What was found in a file so far: facts, and faults, each with its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ntm import text
from ntm.apart import Refused
from ntm.intake.sheets import Sheet, address
from ntm.text import _

MOST_FACTS = 60_000  # of a file: two years of 106 communes by 19 criteria by month are 48,336


@dataclass
class Found:
    """Rows and faults, gathered sheet by sheet."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def fault(self, sheet: Sheet, number: int, row: int, column: int, rule: str, suggestion: str = "") -> None:
        """Add a fault of a cell (row and column from 0)."""
        cells = sheet.cells[row]
        value = cells[column] if column < len(cells) else ""
        at = {"sheet_number": number, "row": row, "column": column}
        words = {"sheet": sheet.name, "cell": address(row, column), "value": value, "rule": rule}
        self.faults.append(words | at | {"suggestion": suggestion})

    def take(self, facts: Mapping[str, str], number: int, row: int, column: int) -> None:
        """Add a fact with its cell. Raises Refused if there are too many."""
        if len(self.rows) >= MOST_FACTS:
            raise Refused(
                _(
                    "Tệp có hơn {allowed} số liệu. Hãy chia nhỏ, ví dụ mỗi kỳ hoặc mỗi huyện một tệp.",
                    allowed=text.number(MOST_FACTS),
                )
            )
        self.rows.append({**facts, "sheet_number": number, "row": row, "column": column})
