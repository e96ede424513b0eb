"""Tables in markup: web pages and XML of 2003 that portals and old programs name .xls, and pages saved as MHTML.

Excel opens them as sheets, and so they are read: a table of a web page below the other, with its merged cells; formulas
are known where the file says them. Nothing in them is fetched or run.
"""

import email
import email.policy
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from ntm.apart import Refused
from ntm.intake import delimited
from ntm.intake.bounds import DEEPEST, LAST_COLUMN, LAST_ROW, LONGEST_TEXT, MOST_CELLS, refused
from ntm.intake.cells import Look, Row, broken, sheet, word
from ntm.text import _, mark

HEAD = 4_000  # bytes in which a file says what it is
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
LINES = ("p", "div", "h1", "h2", "h3", "h4", "caption", "li", "br", "title")  # elements that end a line of text
UNSHOWN = ("script", "style", "head")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_PAGE = re.compile(rb"<(!doctype html|html|head|body|table|tr)(?=[\s>])", re.IGNORECASE)
_MHTML = re.compile(rb"MIME-Version:", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T)")
Sheets = list[dict[str, Any]]


def reader(content: bytes) -> Callable[[bytes], Sheets] | None:
    """Return what reads a file of markup; None for any other."""
    head = _head(content)
    if _MHTML.match(head):
        return read_mhtml
    if head.startswith(b"<") and SPREADSHEET.encode() in head and b"<Workbook" in head:
        return read_xml
    if head.startswith(b"<") and _PAGE.search(head):
        return read_html
    return None


def _head(content: bytes) -> bytes:
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    return (head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")).lstrip()


def read_mhtml(content: bytes) -> Sheets:
    """Read a web page in one file: its parts that hold tables, a sheet each."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    pages = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    found = [one for page in pages if isinstance(page, bytes) for one in _pages(page)]
    if not found:
        raise _without_table()
    return [one | {"place": place} for place, one in enumerate(found)]


def read_html(content: bytes) -> Sheets:
    """Read a web page as one sheet. Raises Refused if it has no table."""
    found = _pages(content)
    if not found:
        raise _without_table()
    return found


def _pages(content: bytes) -> Sheets:
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    return [sheet("", 0, iter(page.rows.items()), page.look)] if page.tables else []


def _decoded(content: bytes) -> str:
    charset = _CHARSET.search(content[:HEAD])
    named = charset[1].decode("ascii").lower() if charset else "utf-8"
    if named in ("utf-8", "utf8", "utf-16", "unicode") or content.startswith(tuple(delimited.MARKS)):
        return delimited.decode(content)
    try:
        text = content.decode(named)
    except (LookupError, UnicodeDecodeError) as error:
        raise broken() from error
    if len(text) > LONGEST_TEXT:
        raise refused(mark("ký tự"), LONGEST_TEXT, len(text))
    return text


def _without_table() -> Refused:
    return Refused(
        _(
            "Đây là trang web không có bảng (có thể là trang đăng nhập hoặc báo lỗi). Hãy mở bằng Excel, lưu lại dạng "
            ".xlsx rồi chọn lại."
        )
    )


class _Page(HTMLParser):
    """A web page as rows: the lines between its tables, and the tables' rows; a table in a cell is words of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: dict[int, Row] = {}
        self.look = Look()
        self.tables = self.depth = self.unshown = 0
        self.row, self.column = -1, 0
        self.taken: set[tuple[int, int]] = set()  # covered by a cell that spans rows
        self.words: list[str] = []
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; end a line."""
        said = {name: value or "" for name, value in attrs}
        self.unshown += tag in UNSHOWN
        if tag == "table":
            self._line()
            self.depth += 1
            self.tables += 1
        elif self.depth == 1 and tag == "tr":
            self._cell()
            self._next_row()
            if "display:none" in said.get("style", "").replace(" ", "").lower():
                self.look.rows.add(self.row)
        elif self.depth == 1 and tag in ("td", "th"):
            self._cell()
            self._next_row() if self.row < 0 else None
            self.attributes, self.words = {"": tag} | said, []
        elif tag in LINES:
            self._line()
        else:
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a cell, or a line."""
        self.unshown -= tag in UNSHOWN and self.unshown > 0
        if tag == "table" and self.depth:
            if self.depth == 1:
                self._cell()
            self.depth -= 1
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._cell()
        elif tag in LINES:
            self._line()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if not self.unshown:
            self.words.append(data)

    def close(self) -> None:
        """Take what is open at the end."""
        super().close()
        self._cell() if self.depth else self._line()

    def _next_row(self) -> None:
        self.row, self.column = self.row + 1, 0
        self.attributes, self.words = {}, []

    def _line(self) -> None:
        """End a line: a row of its own between tables, a space within a cell."""
        if self.depth:
            self.words.append(" ")
            return
        words = word("".join(self.words))
        if words:
            self._next_row()
            self.rows[self.row] = {0: words}
        self.words = []

    def _cell(self) -> None:
        said, words = self.attributes, word("".join(self.words))
        self.attributes, self.words = {}, []
        if not said:
            return
        while (self.row, self.column) in self.taken:
            self.column += 1
        high, wide = (_span(said.get(name, ""), most) for name, most in (("rowspan", 99_999), ("colspan", 1_000)))
        if len(self.taken) + high * wide > MOST_CELLS:
            raise refused(mark("ô"), MOST_CELLS)
        if high * wide > 1:
            self.look.merged.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))
            self.taken |= {(self.row + down, self.column + right) for down in range(high) for right in range(wide)}
        if "x:fmla" in said:
            self.look.formulas.add((self.row, self.column))
        self.rows.setdefault(self.row, {})[self.column] = _exact(said.get("x:num", "")) or words
        self.column += wide


def _span(words: str, most: int) -> int:
    return min(max(int(words), 1), most) if words.isdecimal() else 1


def _exact(number: str) -> str:
    """A number as Excel writes it beside the words that show it rounded."""
    try:
        return word(float(number))
    except (ValueError, OverflowError):
        return ""


def read_xml(content: bytes) -> Sheets:
    """Read a spreadsheet in Excel's XML of 2003."""
    book = _Book()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = book.start, book.end
    parser.CharacterDataHandler = book.words.append
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise (error if isinstance(error, Refused) else broken()) from error
    return [sheet(name, place, iter(rows.items()), look) for place, (name, rows, look) in enumerate(book.sheets)]


def _refuse_declaration(*_declaration: object) -> None:
    raise Refused(_("Tệp có khai báo DOCTYPE; không mở. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."))


class _Book:
    """The sheets of XML of 2003: name, rows, look."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, dict[int, Row], Look]] = []
        self.percents: set[str] = set()  # styles
        self.style = self.kind = ""
        self.words: list[str] = []
        self.row = self.column = self.next = 0
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise refused(mark("tầng lồng nhau"), DEEPEST)
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        begin = getattr(self, f"_{name.rpartition(' ')[2].lower()}", None)
        if begin is not None and name.startswith(SPREADSHEET):
            begin(said)

    def end(self, name: str) -> None:
        """End an element; of a cell's data the words are taken."""
        self.depth -= 1
        if name == f"{SPREADSHEET} Data" and self.sheets:
            self.sheets[-1][1].setdefault(self.row, {})[self.column] = self._word("".join(self.words))
        self.words.clear()

    def _word(self, words: str) -> str:
        if self.kind == "Number":
            return word(float(words))
        day = _DAY.match(words) if self.kind == "DateTime" else None
        return day[0] if day else word(words)

    def _style(self, said: dict[str, str]) -> None:
        self.style = said.get("ID", "")

    def _numberformat(self, said: dict[str, str]) -> None:
        if "%" in said.get("Format", "") or said.get("Format") == "Percent":
            self.percents.add(self.style)

    def _worksheet(self, said: dict[str, str]) -> None:
        self.sheets.append((said.get("Name", ""), {}, Look()))
        self.row = -1

    def _column(self, said: dict[str, str]) -> None:
        self.next = int(said.get("Index", self.next + 1))
        if said.get("Hidden") == "1":
            self.sheets[-1][2].columns.append((self.next - 1, self.next - 1 + int(said.get("Span", 0))))
        self.next += int(said.get("Span", 0))

    def _table(self, _said: dict[str, str]) -> None:
        self.next = 0

    def _row(self, said: dict[str, str]) -> None:
        self.row = int(said["Index"]) - 1 if "Index" in said else self.row + 1
        self.next = 0
        if said.get("Hidden") == "1":
            self.sheets[-1][2].rows.add(self.row)

    def _cell(self, said: dict[str, str]) -> None:
        self.column = int(said["Index"]) - 1 if "Index" in said else self.next
        wide, high = int(said.get("MergeAcross", 0)), int(said.get("MergeDown", 0))
        look, spot = self.sheets[-1][2], (self.row, self.column)
        if not (0 <= self.row < LAST_ROW and 0 <= self.column < LAST_COLUMN):
            raise broken()
        if wide or high:
            look.merged.append((*spot, self.row + high, self.column + wide))
        if "Formula" in said:
            look.formulas.add(spot)
        if said.get("StyleID") in self.percents:
            look.percents.add(spot)
        self.next = self.column + wide + 1

    def _data(self, said: dict[str, str]) -> None:
        self.kind = said.get("Type", "")
        self.words.clear()
