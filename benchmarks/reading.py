"""What reading an office's file costs, in computing and memory, beside libraries that merely pass over its cells.

Run: python -m benchmarks.reading

Two files, made here: 94 communes by 19 criteria, and a row for each unit, criterion and period, as many as are taken.
The file is read as the page reads it: its cells in a process of its own, then its facts. The memory is the most that a
process has held, in megabytes: of the one that reads cells, and of this one with what was there before.
"""

import io
import resource
import sys
from collections.abc import Callable
from functools import partial

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from ntm import reference
from ntm.intake import reading, sheets
from ntm.intake.asked import Asked
from ntm.intake.bounds import MOST_ROWS
from ntm.reference import Reference

PERIOD = "2024-12-31"
CRITERIA = 19
THIS, CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
ROW = "{:34} {:>8} {:>8} {:>8} {:>10}\n"


def wide(facts: Reference) -> bytes:
    """Return a workbook with a row for each commune and a column for each criterion."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    sheet.append(["Mã xã", "Tên xã", *range(1, CRITERIA + 1)])
    for code, name in facts.communes["name"].items():
        sheet.append([code, name, *("Đạt" if number % 3 else "Chưa đạt" for number in range(CRITERIA))])
    return _saved(book)


def long(facts: Reference, rows: int) -> bytes:
    """Return a workbook with a row for each unit, criterion and period, the latest period last."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("S")
    sheet.append(["Mã xã", "Kỳ", "Tiêu chí", "Kết quả"])
    months = rows // (CRITERIA * len(facts.communes)) + 1
    days = pd.date_range(end=PERIOD, periods=months, freq="ME").strftime("%Y-%m-%d")
    keys = [(code, day, number) for day in days for number in range(1, CRITERIA + 1) for code in facts.communes.index]
    for code, day, number in keys[-rows:]:
        sheet.append([code, day, number, "Đạt" if number % 3 else "Chưa đạt"])
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_openpyxl(content: bytes) -> None:
    """Pass over every cell."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            len(row)


def by_calamine(content: bytes) -> None:
    """Pass over every cell."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).iter_rows():
            len(row)


def computed() -> float:
    """Return the seconds that this process, and those that it has waited for, have computed."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (THIS, CHILDREN)))


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work computes."""
    start = computed()
    work()
    return computed() - start


def held(who: int) -> float:
    """Return the most that this process, or any that it has waited for, has held, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1000


def main() -> None:
    """Measure both files and write the table."""
    facts = reference.load(PERIOD)
    write = sys.stdout.write
    write(ROW.format("", "seconds", "openpyxl", "calamine", "MB"))
    for name, content in (
        ("94 × 19", wide(facts)),
        (f"{MOST_ROWS - 1:,} rows", long(facts, MOST_ROWS - 1)),
    ):
        first, second = (seconds(partial(by, content)) for by in (by_openpyxl, by_calamine))
        start = computed()
        cells = sheets.read(content)
        passed = computed() - start
        ratios = (f"{passed / first:.1f} ×", f"{passed / second:.1f} ×", f"{held(CHILDREN):.0f}")
        write(ROW.format(f"{name}: its cells", f"{passed:.2f}", *ratios))
        start = computed()
        found = reading.read(cells, Asked("assessments", PERIOD), facts)
        passed = computed() - start
        ratios = (f"{passed / first:.1f} ×", f"{passed / second:.1f} ×", f"{held(THIS):.0f}")
        write(ROW.format(f"{name}: {len(found.rows):,} facts", f"{passed:.2f}", *ratios))


if __name__ == "__main__":
    main()
