"""The workbook of a plan, read: its cells as rows of facts.plans, and every fault brought back to its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import pandas as pd

from ntm import gazetteer, signs, spreadsheets, text
from ntm.facts import plans, rules
from ntm.gazetteer import LONGEST_NAME, Place
from ntm.intake import answers, left_out, origin
from ntm.intake.head import find
from ntm.intake.layout import Layout
from ntm.intake.left_out import Account
from ntm.intake.plan_sheets import (
    DAY,
    HEAD,
    HEAD_TITLE,
    LISTS_TITLE,
    NUMBER,
    OF_UNITS,
    SEPARATOR,
    TABLES,
    Entry,
    Lists,
    Table,
    choices,
    key_of,
)
from ntm.intake.reading import FAULT_COLUMNS, Asked, Reading
from ntm.intake.sheets import Refused, Sheet, address
from ntm.intake.units import CODE_DIGITS
from ntm.plan import Fault
from ntm.reference import Reference
from ntm.text import _

FORM = "plans"
SEARCHED_ROWS = 10  # in which a table's headings must stand
LEAST_HEADINGS = 2
AMBIGUOUS = re.compile(r"\d{1,3}\.\d{3}")  # 1.278 is a thousand in Vietnam, and one and a bit in a spreadsheet
UNIT = re.compile(r"(?P<code>\d{1,5}\b)?\s*(?P<name>[^()]*?)\s*(?:\((?P<district>[^()]*)\))?")
SPOT = ("sheet_number", "row", "column")  # numbers from 0
Spot = tuple[int, int, int]
Known = tuple[str, str, str]  # part, item, field


@dataclass
class _Found:
    """What is read, gathered cell by cell. `spots`: part, item, field → where it is; `made_by`: see Reading.head."""

    sheets: Sequence[Sheet]
    lists: Lists
    cells: dict[Known, str] = field(default_factory=dict)
    spots: dict[Known, Spot] = field(default_factory=dict)
    faults: list[dict[str, object]] = field(default_factory=list)
    layouts: dict[int, Layout] = field(default_factory=dict)
    faulty: set[Spot] = field(default_factory=set)
    made_by: Mapping[str, str] = field(default_factory=dict)

    def word(self, spot: Spot) -> str:
        """Return what stands in a cell; a template's apostrophe before what looks like a formula is none of it."""
        number, row, column = spot
        cells = self.sheets[number].cells[row] if row < len(self.sheets[number].cells) else []
        return spreadsheets.restored(cells[column]) if column < len(cells) else ""

    def fault(self, spot: Spot, rule: str, suggestion: str = "") -> None:
        """Say what is wrong with a cell; one fault is enough."""
        if spot in self.faulty:
            return
        self.faulty.add(spot)
        number, row, column = spot
        place = {"sheet": self.sheets[number].name, "cell": address(row, column), "value": self.word(spot)}
        numbers = dict(zip(SPOT, spot, strict=True))
        self.faults.append({**place, "rule": rule, "suggestion": suggestion, **numbers})

    def take(self, entry: Entry, item: str, spot: Spot) -> None:
        """Take the value of a cell, if it has one; remember where it belongs."""
        place = ("sets", entry.field, "value") if entry.part == "sets" else (entry.part, item, entry.field)
        self.spots[place] = spot
        word = self.word(spot)
        if not word:
            return
        wrong = signs.fault(word) or _ambiguous(word, entry)
        if spot[1:] in self.sheets[spot[0]].formulas:
            wrong = _("ô là công thức; hãy dán giá trị (Paste Values)")
        if wrong:
            self.fault(spot, wrong)
        self.cells[place] = _value(word, entry, self.lists)


def _ambiguous(word: str, entry: Entry) -> str:
    if entry.kind != NUMBER or not AMBIGUOUS.fullmatch(word):
        return ""
    whole, decimal = word.replace(".", ""), word.replace(".", ",")
    return _("không rõ là {whole} hay {decimal}; hãy ghi một trong hai", whole=whole, decimal=decimal)


def _value(word: str, entry: Entry, lists: Lists) -> str:
    """Return a cell's word as the store holds it."""
    if entry.kind == DAY:
        return answers.day(word)
    if entry.kind == NUMBER:
        return answers.number(word)
    if entry.field == "documents":
        return plans.LINE.join(filter(None, (part.strip() for part in word.split(SEPARATOR))))
    return key_of(word, lists.get(entry.list_of, {}))


def read(sheets: list[Sheet], asked: Asked, reference: Reference) -> Reading:
    """Read the workbook of a plan. Raises Refused. The timeline of `reference` has the other plans."""
    origin.refuse_sample(sheets)
    numbers = {text.letters(sheet.name): number for number, sheet in enumerate(sheets)}
    head = numbers.get(text.letters(HEAD_TITLE))
    if head is None:
        raise Refused(_("Tệp không có sheet “{sheet}”. Hãy dùng tệp mẫu của kế hoạch.", sheet=HEAD_TITLE))
    found = _Found(sheets, choices(reference))
    _read_head(found, head)
    due = found.cells.get(("plan", "", "due_date"), "")
    reference = reference.at(due) if rules.is_day(due) else reference
    found.lists = choices(reference)
    for table in TABLES:
        if text.letters(table.title) in numbers:
            _read_table(
                found, numbers[text.letters(table.title)], table, _Units(reference, OF_UNITS.get(table.part, ""))
            )
    _apply_rules(found, head, reference)
    return _reading(found, asked, reference)


def _read_head(found: _Found, number: int) -> None:
    """Read the plan's head: a line for each entry, its heading before its value."""
    entries = {text.letters(entry.heading): entry for entry in HEAD}
    cells = found.sheets[number].cells
    made = find(cells, len(cells))
    found.made_by = made.said
    for row in range(len(cells)):
        if (row, 0) in made.spots:
            continue
        entry = entries.pop(text.letters(found.word((number, row, 0))), None)
        if entry is not None:
            found.take(entry, "", (number, row, 1))
        elif found.word((number, row, 1)):
            _unknown_heading(found, (number, row, 0), list(entries.values()))
    found.layouts[number] = Layout(FORM, 0, (), tuple(entry.field for entry in HEAD))


def _unknown_heading(found: _Found, spot: Spot, entries: Sequence[Entry]) -> None:
    headings = [entry.heading for entry in entries]
    near = get_close_matches(found.word(spot), headings, n=1)
    found.fault(spot, _("không hiểu tiêu đề này, hoặc nó đã có ở trên; hãy dùng tiêu đề của tệp mẫu"), "".join(near))


def _read_table(found: _Found, number: int, table: Table, units: "_Units") -> None:
    columns = _columns(found, number, table)
    row = found.layouts[number].heading_row
    found.spots[table.part, "", ""] = (number, row, 0)
    if not columns:
        return
    for below in range(row + 1, len(found.sheets[number].cells)):
        spots = {entry.heading: (number, below, column) for entry, column in columns.items()}
        if any(map(found.word, spots.values())):
            read_row = _read_unit if table.part in OF_UNITS else _read_item
            read_row(found, table, {entry: spots[entry.heading] for entry in columns}, units)


def _columns(found: _Found, number: int, table: Table) -> dict[Entry, int]:
    """Return which column each entry has; none, and a fault, if the sheet has no headings."""
    entries = {text.letters(entry.heading): entry for entry in table.entries}
    rows = found.sheets[number].cells[:SEARCHED_ROWS]
    matches = [sum(text.letters(word) in entries for word in cells) for cells in rows]
    best = max(range(len(rows)), key=matches.__getitem__)
    found.layouts[number] = Layout(FORM, best, tuple(rows[best]), tuple(entry.field for entry in table.entries))
    if matches[best] < LEAST_HEADINGS:
        headings = ", ".join(entry.heading for entry in table.entries)
        found.fault((number, 0, 0), _("không tìm thấy dòng tiêu đề: {headings}", headings=headings))
        return {}
    columns: dict[Entry, int] = {}
    for column, heading in enumerate(rows[best]):
        entry = entries.get(text.letters(heading))
        if entry is not None and entry not in columns:
            columns[entry] = column
        elif _holds_something(found.sheets[number], best, column):
            _unknown_heading(found, (number, best, column), [one for one in table.entries if one not in columns])
    return columns


def _holds_something(sheet: Sheet, heading_row: int, column: int) -> bool:
    return any(column < len(cells) and cells[column] for cells in sheet.cells[heading_row + 1 :])


def _read_item(found: _Found, table: Table, spots: Mapping[Entry, Spot], units: "_Units") -> None:
    """Read a row that is an item of its own: a target, a tier, a solution."""
    key = spots.get(table.entries[0], next(iter(spots.values())))
    item = found.word(key)
    if not item or (table.part, item, "id") in found.spots:
        rule = _("mã này đã có ở dòng khác") if item else _("thiếu mã: mỗi dòng cần một mã riêng")
        found.fault(key, rule)
        return
    found.spots[table.part, item, "id"] = key
    number = sum(part == table.part and name == "place" for part, _item, name in found.cells) + 1
    found.cells[table.part, item, "place"] = str(number)
    found.spots[table.part, item, "place"] = key
    for entry, spot in spots.items():
        if entry is not table.entries[0]:
            found.take(entry, item, spot)


def _read_unit(found: _Found, table: Table, spots: Mapping[Entry, Spot], units: "_Units") -> None:
    """Read a row that names a unit of a target, and perhaps what is set for it."""
    owner, unit, *values = table.entries
    if owner not in spots or unit not in spots:
        rule = _("không tìm thấy dòng tiêu đề: {headings}", headings=f"{owner.heading}, {unit.heading}")
        found.fault(next(iter(spots.values())), rule)
        return
    target, code = found.word(spots[owner]), units.code(found.word(spots[unit]))
    targets = [item for part, item, name in found.spots if (part, name) == ("targets", "id")]
    item = f"{target}/{code}"
    if target not in targets:
        rule = _("không có mục tiêu này; có: {allowed}", allowed=", ".join(targets))
        found.fault(spots[owner], rule, "".join(get_close_matches(target, targets, n=1)))
    elif not code:
        found.fault(spots[unit], _("thiếu đơn vị"))
    elif (table.part, item, "") in found.spots:
        found.fault(spots[unit], _("đơn vị này đã có ở dòng khác của mục tiêu"))
    else:
        found.spots[table.part, item, ""] = spots[unit]
        for entry in values:
            found.take(entry, item, spots.get(entry, spots[unit]))
        if not values:
            found.spots[table.part, item, unit.field] = spots[unit]
            number = sum(part == table.part and at.startswith(f"{target}/") for part, at, _name in found.cells) + 1
            found.cells[table.part, item, unit.field] = str(number)


class _Units:
    """The units that a table can name, by code or name, on the day when the plan is due."""

    def __init__(self, reference: Reference, name: str):
        level = name.removesuffix("s")
        units = reference.units[reference.units["level"] == level]
        self.labels = units["label"].to_dict()
        self.digits = CODE_DIGITS.get(level, 0)
        self.names = gazetteer.build(units, reference.districts, gazetteer.load_aliases()) if len(units) else None

    def code(self, word: str) -> str:
        """Return the code of the unit that a cell names ("03413 Sơn Bình (Tam Đường)"); the word if it names none."""
        parts = UNIT.fullmatch(word[:LONGEST_NAME])
        if parts is None or self.names is None:
            return word
        code = (parts["code"] or "").zfill(self.digits) if parts["code"] else ""
        place = Place(parts["name"], parts["district"] or "", code=code)
        known = self.names.find(place)
        return known.code if known else word

    def nearest(self, word: str) -> str:
        """Return the unit whose name is most like a cell's; "" if none is."""
        parts = UNIT.fullmatch(word[:LONGEST_NAME])
        near = self.names.nearest(parts["name"]) if parts and parts["name"] and self.names else None
        return f"{near.code} {self.labels[near.code]}" if near else ""


def _apply_rules(found: _Found, head: int, reference: Reference) -> None:
    """Ask the plan's own rules, and bring what they find to the cells."""
    cells = [(*place, value) for place, value in found.cells.items()]
    name = found.cells.get(("plan", "", "id"), "")
    raw = plans.nested(cells, province=reference.province_code, plan=name)
    for fault in plans.faults(raw, reference.timeline):
        found.fault(_spot(found, fault, head), fault.rule, _suggestion(found, fault, reference))


def _spot(found: _Found, fault: Fault, head: int) -> Spot:
    """Return the cell that a fault is about, or the nearest that the file has."""
    of_item = [(fault.part, fault.item, name) for name in (fault.field, "id", "")]
    nearest = [*of_item, ("targets", fault.item.split("/")[0], "id"), (fault.part, "", "")]
    return next((found.spots[place] for place in nearest if place in found.spots), (head, 0, 0))


def _suggestion(found: _Found, fault: Fault, reference: Reference) -> str:
    """Return what would be right, as it is chosen in the workbook."""
    if (fault.part, fault.field) == ("plan", "id"):
        words = [found.cells.get(("plan", "", name), "") for name in ("number", "due_date")]
        return re.sub(r"[^a-z0-9]+", "-", text.plain(" ".join([words[0], words[1][:4]]))).strip("-")
    if fault.part in OF_UNITS:
        return _Units(reference, OF_UNITS[fault.part]).nearest(fault.value)
    entries = [entry for table in TABLES for entry in table.entries]
    lists = [entry.list_of for entry in entries if (entry.part, entry.field) == (fault.part, fault.field)]
    return found.lists.get(lists[0], {}).get(fault.suggestion, fault.suggestion) if lists else fault.suggestion


def _reading(found: _Found, asked: Asked, reference: Reference) -> Reading:
    of_plan = {"unit_code": reference.province_code, "plan": found.cells.pop(("plan", "", "id"), "")}
    rows = [
        dict(zip(plans.COLUMNS[2:], (*place, value), strict=True)) | dict(zip(SPOT, found.spots[place], strict=True))
        for place, value in found.cells.items()
    ]
    faults = pd.DataFrame(found.faults, columns=[*FAULT_COLUMNS, *SPOT])
    faults = faults.sort_values([*SPOT], ignore_index=True)
    used = {*found.layouts, *(number for number, sheet in enumerate(found.sheets) if sheet.name == LISTS_TITLE)}
    unused = [(number, sheet) for number, sheet in enumerate(found.sheets) if number not in used]
    rest = left_out.table({number: Account(sheet, number) for number, sheet in unused}, {})
    table = pd.DataFrame(rows).assign(**of_plan)
    columns = [*plans.COLUMNS, *SPOT]
    facts = table.reindex(columns=columns)
    return Reading(asked, list(found.sheets), found.layouts, facts, faults, rest, head=found.made_by)
