"""ODS: the values of an OpenDocument spreadsheet by calamine, and what the look of its cells says, which that does not.

A flat spreadsheet (FODS) is the same document in one piece of XML: it is put into an archive and read like the others.
"""

import io
import zipfile
from collections.abc import Mapping

from ntm.apart import Refused
from ntm.intake import bounds
from ntm.intake.bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, refused, repeats
from ntm.intake.cells import Look
from ntm.text import _, mark

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
CELLS = ("table-cell", "covered-table-cell")


def looks(archive: zipfile.ZipFile) -> list[Look]:
    """Count a spreadsheet's cells; return what the look of its sheets says, in their order. Raises Refused."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Refused(_("Tệp có mật khẩu. Hãy bỏ mật khẩu (File › Info › Protect Workbook) rồi lưu lại."))
    bounds.check_archive(archive)
    watch = _Watch()
    bounds.check_ods(archive, watch.start, watch.end)
    return watch.looks


def in_archive(flat: bytes) -> bytes:
    """Return a flat spreadsheet as one in parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in (("mimetype", KIND), ("META-INF/manifest.xml", MANIFEST), ("content.xml", flat)):
            archive.writestr(name, content)
    return file.getvalue()


class _Watch:
    """What one element after the other says of the look. Styles stand before the sheets."""

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self.hidden: set[str] = set()  # styles of sheets that are not shown
        self.style = ""
        self.row = self.column = self.columns = 0
        self.repeated = 1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element; its names without their namespace."""
        name = name.rpartition(":")[2]
        if name in CELLS:
            if self.looks:
                self._cell({key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif name in ("style", "table-properties", "table", "table-column", "table-row"):
            self._other(name, {key.rpartition(":")[2]: value for key, value in attributes.items()})

    def _other(self, name: str, said: Mapping[str, str]) -> None:
        if name == "style":
            self.style = said.get("name", "")
        elif name == "table-properties" and said.get("display") == "false":
            self.hidden.add(self.style)
        elif name == "table":
            self.looks.append(Look(hidden=said.get("style-name", "") in self.hidden))
            self.row = self.columns = 0
        elif self.looks:
            self._line(name, said)

    def _line(self, name: str, said: Mapping[str, str]) -> None:
        is_hidden = said.get("visibility", "visible") != "visible"
        if name == "table-column":
            last = self.columns + repeats(said, "number-columns-repeated")
            if is_hidden:
                self.looks[-1].columns.append((self.columns, last - 1))
            self.columns = last
        else:
            self.repeated, self.column = repeats(said, "number-rows-repeated"), 0
            if is_hidden:
                self.looks[-1].rows.update(range(self.row, min(self.row + self.repeated, MOST_ROWS)))

    def _cell(self, said: Mapping[str, str]) -> None:
        look, row, column = self.looks[-1], self.row, self.column
        self.column += repeats(said, "number-columns-repeated")
        kinds = ((look.formulas, "formula" in said), (look.percents, said.get("value-type") == "percentage"))
        rows = range(row, min(row + self.repeated, MOST_ROWS))
        columns = range(column, min(self.column, MOST_COLUMNS))
        for found, says in kinds:
            if says and len(found) + len(rows) * len(columns) > MOST_CELLS:
                raise refused(mark("ô"), MOST_CELLS)
            if says:
                found.update((at, place) for at in rows for place in columns)
        high, wide = repeats(said, "number-rows-spanned"), repeats(said, "number-columns-spanned")
        if high * wide > 1:
            look.merged.append((row, column, row + high - 1, column + wide - 1))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name.rpartition(":")[2] == "table-row":
            self.row += self.repeated
