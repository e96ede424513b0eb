"""The workbook given back: the same one with every faulty cell marked, and a list of what is wrong."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from ntm import apart, office_metadata
from ntm.apart import Refused
from ntm.intake.reading import FAULT_COLUMNS, Reading
from ntm.intake.sheets import Sheet
from ntm.text import _

MOST_MARKED = 5_000  # faults that are marked and listed; who has more mends the first ones first
SECONDS, MEMORY = 10, 400_000_000  # a workbook is written with its look


def make(content: bytes, reading: Reading) -> bytes:
    """Return the file as XLSX with its faulty cells marked and commented, and a sheet of all faults.

    A workbook keeps its own look; of a file of another kind, and of one whose look costs too much, the words alone are
    kept.
    """
    options = {
        "title": _("Lỗi"),
        "headings": [_("Sheet"), _("Ô"), _("Giá trị"), _("Điều phải đúng"), _("Nên là")],
    }
    faults = reading.faults.head(MOST_MARKED).to_dict("records")
    in_file = [_described(fault, reading.sheets[fault["sheet_number"]].place) for fault in faults]
    places = list(dict.fromkeys(sheet.place for sheet in reading.sheets))
    in_copy = [_described(fault, places.index(reading.sheets[fault["sheet_number"]].place)) for fault in faults]
    words = [_whole([sheet for sheet in reading.sheets if sheet.place == place]) for place in places]
    if _is_xlsx(content):
        try:
            return _marked(content, options | {"faults": in_file, "sheets": None})
        except Refused:  # what was readable as words is too costly to be kept as it looks
            return _marked(b"", options | {"faults": in_copy, "sheets": words})
    return _marked(b"", options | {"faults": in_copy, "sheets": words})


def _whole(tables: Sequence[Sheet]) -> dict[str, Any]:
    """The words of one sheet, of which each table has its own rows."""
    rows = zip_longest(*(table.cells for table in tables), fillvalue=[])
    return {"name": tables[0].name, "cells": [next(filter(None, of_tables), []) for of_tables in rows]}


def _marked(content: bytes, options: dict[str, Any]) -> bytes:
    made = apart.run("marked", content, options, seconds=SECONDS, memory=MEMORY)
    return office_metadata.stamped(made, _("Lỗi"))


def _is_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK") and b"xl/workbook.xml" in content


def _described(fault: dict[str, Any], place: int) -> dict[str, Any]:
    spot = {"place": place, "row": fault["row"], "column": fault["column"]}
    return spot | {"sentence": sentence(fault), "words": [fault[name] for name in FAULT_COLUMNS]}


def sentence(fault: dict[str, Any]) -> str:
    said = f"{fault['value']}: {fault['rule']}" if fault["value"] else fault["rule"]
    return said + (_(". Nên là: {suggestion}", suggestion=fault["suggestion"]) if fault["suggestion"] else "")
