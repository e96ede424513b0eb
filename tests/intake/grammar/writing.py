"""Written files: what is drawn, in one of the formats that offices send."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from ntm.reference import Reference
from tests import test_legacy
from tests.intake.grammar import formats
from tests.intake.grammar.grid import Formula, Grid, Percent
from tests.intake.grammar.tables import Draw, File, files

DELIMITERS, ENDS = (";", ",", "\t", "|"), ("\r\n", "\n", "\r")
ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le")
WRITERS = {"xlsx": formats.xlsx, "ods": formats.ods, "xls": formats.xls}
OLD = {"TCVN3": test_legacy.in_tcvn3, "VNI": test_legacy.in_vni}


@dataclass(frozen=True, repr=False)
class Written:
    """A drawn file, how it is written, and its bytes."""

    file: File
    kind: str
    content: bytes

    def __repr__(self) -> str:
        """Return the file as a person sees it."""
        head = f"{self.kind}, {sorted(self.file.odd)}, answers {self.file.answers}"
        return "\n".join([head, *(grid.picture() for grid in self.file.grids)])


@st.composite
def written(draw: Draw[Any], reference: Reference, *, plain: bool) -> Written:
    """Draw a file and write it. `plain`: without anything odd, so that all of it must be read."""
    file = draw(files(reference, plain=plain))
    kind = draw(st.sampled_from(_formats(file)))
    if kind == "html":
        return Written(file, kind, formats.page(file.grids[0]))
    if kind == "csv":
        delimiter, encoding, end = (draw(st.sampled_from(choices)) for choices in (DELIMITERS, ENCODINGS, ENDS))
        return Written(file, kind, formats.csv(file.grids[0], delimiter, encoding, end))
    drawn_in = ""
    if not plain and draw(st.integers(0, 11)) == 0:
        font = draw(st.sampled_from(sorted(OLD)))
        drawn_in = draw(st.sampled_from(("", formats.OLD_FONTS[font])))
        file.odd.add(font)
        for grid in file.grids:
            _in_old_font(grid, font)
    return Written(file, kind, WRITERS[kind](file.grids, drawn_in))


def _formats(file: File) -> tuple[str, ...]:
    """The formats that can say what the grids do."""
    values = [value for grid in file.grids for line in grid.cells for value in line]
    if len(file.grids) > 1 or any(isinstance(value, Formula | Percent) for value in values):
        return tuple(WRITERS)
    if any(grid.hidden_rows or grid.needs_merges for grid in file.grids):
        return (*WRITERS, "html")
    return (*WRITERS, "html", "csv")


def _in_old_font(grid: Grid, font: str) -> None:
    for line in grid.cells:
        line[:] = [OLD[font](value) if isinstance(value, str) else value for value in line]
