"""The rows below the headings: what each one is (a unit, a caption, a sum, a numbering, a foot), and its facts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import Date

from ntm import spreadsheets, text
from ntm.facts import FORMS, TYPES, rules
from ntm.facts.fact_type import BESIDE
from ntm.gazetteer import Place
from ntm.intake import answers, head, marks, sums
from ntm.intake.asked import Asked
from ntm.intake.criteria_names import CriteriaNames, without_bullet
from ntm.intake.found import Found
from ntm.intake.head import Head
from ntm.intake.headings import ORDINAL, PART, UNIT_ROLES
from ntm.intake.layout import Block, Layout
from ntm.intake.left_out import ROW, Account
from ntm.intake.sheets import Sheet
from ntm.intake.sums import Sums
from ntm.intake.units import DISTRICT_WORDS, Directory, Units, is_sum, without_number
from ntm.text import _, mark

HIDDEN_PART = mark("phần bị ẩn, đã chọn bỏ")
OTHER_TABLE = mark("thuộc một bảng khác ở trên, không đọc")
GROUP_CAPTION = mark("dòng của nhóm: số ở đây không phải kết quả của xã")
CAPTION = mark("dòng của huyện: số ở đây không phải kết quả của xã")
SUM = mark("dòng tổng, không phải đơn vị")
FOOT = mark("dòng dưới bảng, không phải đơn vị")
ALONE = mark("không có số liệu nào ở dòng này để ghi kèm, không lưu")
PERCENT = mark("là tỷ lệ phần trăm, không phải đạt hay chưa đạt")
FORMULA = mark("ô là công thức; hãy dán giá trị (Paste Values)")
_NUMBERING = re.compile(r"\(?\s*(\d{1,2}|[a-z])\s*\)?(\s*=.*)?", re.IGNORECASE)


@dataclass
class Body:
    """The rows of one table. `cells`: with merged areas filled in; `districts`: those of the captions above a row, by
    the first column of the block; `captions`: the rows that say what the table is about; `above`: what stands above the
    headings and is no table.
    """

    sheet: Sheet
    cells: Sequence[Sequence[str]]
    layout: Layout
    asked: Asked
    directory: Directory
    names: CriteriaNames
    found: Found
    account: Account
    captions: frozenset[int] = frozenset()
    districts: dict[int, str] = field(default_factory=dict)
    above: Head = field(default_factory=Head)
    sums: Sums = field(init=False)

    def read(self) -> None:
        """Read every row below the headings; what is above them is understood as title and headings."""
        units = self.directory.on(self.layout.period or self.asked.period)
        self.above = head.find(self.cells, self.layout.heading_row)
        self._read_titles(units)
        self.sums = Sums(self.layout, self.sheet, self.cells, self.account)
        before = len(self.found.rows)
        blocks = self.layout.blocks()
        self.districts = {block.columns.start: self._district_over(block, units) for block in blocks}
        waiting: list[int] = []  # rows that are no units, until one follows: else they are the foot of the table
        for row in range(self.layout.heading_row + 1, len(self.cells)):
            if not any(self.cells[row]):
                self.account.rows[row] = HIDDEN_PART  # if the file has anything here at all
                continue
            if row in self.captions:
                self.account.rows[row] = GROUP_CAPTION
                continue
            if self._is_structure(row):
                self.account.read_row(row)
                continue
            kinds = [self._read_block(row, block) for block in blocks]
            self._add_to_sums(row, is_unit=any(kinds))
            if any(kinds):
                waiting.clear()
            elif row in self.account.rows:
                waiting.append(row)
        for row in waiting:
            if self.account.rows[row] == ROW:
                self.account.rows[row] = FOOT
        faulty = {fault["row"] for fault in self.found.faults if fault["sheet_number"] == self.account.number}
        self.sums.compare(self.found.rows[before:], faulty)

    def _add_to_sums(self, row: int, *, is_unit: bool) -> None:
        kinds = {SUM: sums.SUM, CAPTION: sums.CAPTION}
        kind = sums.UNIT if is_unit else kinds.get(self.account.rows.get(row, ""))
        if kind is not None:
            self.sums.add(row, kind)

    def _read_titles(self, units: Units) -> None:
        for row in range(min(self.layout.heading_row + 1, len(self.cells))):
            if row < self.layout.heading_row and self._is_of_a_table(row, units):
                self.account.rows[row] = OTHER_TABLE
            else:
                self.account.read_row(row)

    def _is_of_a_table(self, row: int, units: Units) -> bool:
        """Whether a row above the headings is one of a table: a unit with something beside it, and no title."""
        words = {word for column, word in enumerate(self.cells[row]) if word and (row, column) not in self.above.spots}
        return len(words) > 1 and any(units.is_unit(word) and not units.caption(word) for word in words)

    def _is_structure(self, row: int) -> bool:
        """Whether a row numbers the columns, or repeats the headings on another page."""
        words = [word for word in self.cells[row] if word]
        same = [
            column
            for column, word in enumerate(self.cells[row])
            if word and column < len(self.layout.headings) and word == self.layout.headings[column]
        ]
        if len(same) > 1 and len(same) == len(words):
            return True
        return row == self.layout.heading_row + 1 and len(words) > 2 and _numbers_columns(words)

    def _word(self, row: int, column: int | None) -> str:
        cells = self.cells[row]
        return cells[column] if column is not None and column < len(cells) else ""

    def _read_block(self, row: int, block: Block) -> bool:
        """Read what a row says of one unit; return whether it is a unit's."""
        own = self._shared(row, block)
        own |= {self._strand: block.strand} if block.strand else {}
        day = self._day(own)
        units = self.directory.on(day, own.get("criteria_set", ""))
        place = self._place(row, block, units)
        filled = [column for column in self._facts(block) if self._word(row, column)]
        if self.layout.unit:
            return self._take(row, block, own, units, self.layout.unit)
        if not (place.code or place.name):
            return self._nameless(row, block, filled)
        unit = units.find(replace(place, district=units.districts.get(place.district, place.district)))
        if (unit is None or units.level == "commune") and self._is_caption(row, place, units, unit):
            return False
        if unit is None:
            return self._no_unit(row, block, place, units, filled)
        self._name_is_read(row, block, units, unit)
        if self._contradicts(row, block, place, units, unit):
            return True
        return self._take(row, block, own, units, unit)

    def _facts(self, block: Block) -> list[int]:
        """The columns of a block without those that accompany facts."""
        return [column for column in block.facts if self.layout.roles[column] not in BESIDE]

    def _day(self, own: Mapping[str, str]) -> str:
        """The day on which a row means its unit: its own, or another one that it names, else that of the table."""
        of_type = TYPES[self.layout.form]
        days = [name for name in of_type.columns if of_type.is_of(name, Date)]
        named = (own.get(name, "") for name in ["period", of_type.day_column, *days])
        return next(filter(rules.is_day, named), self.layout.period or self.asked.period)

    @property
    def _strand(self) -> str:
        """The field that strands of columns are of."""
        return "criteria_set" if FORMS[self.layout.form].by_criterion else "standard"

    def _district_over(self, block: Block, units: Units) -> str:
        """The district that the words over a block name ("Huyện Than Uyên"), else that of the whole table."""
        over = (words for column in block.columns for words in self.layout.groups[column].split(" › "))
        found = (units.caption(words) for words in over if units.level == "commune" and words)
        return next(filter(None, found), self.layout.district)

    def _place(self, row: int, block: Block, units: Units) -> Place:
        code = units.code(self._word(row, block.code))
        name = without_number(next((word for column in block.names if (word := self._word(row, column))), ""))
        told = self._word(row, block.district)
        if told:
            self.districts[block.columns.start] = units.caption(told) or told
        return Place(name=name, district=self.districts[block.columns.start], code=code)

    def _name_is_read(self, row: int, block: Block, units: Units, unit: str) -> None:
        columns = [*block.names, block.district]
        self.account.read |= {(row, column) for column in columns if column is not None}
        naming = [*block.names, *([] if block.code is None else [block.code])]
        self.account.units |= {(row, column): unit for column in naming if unit and self._word(row, column)}
        if units.code(self._word(row, block.code)) == unit and block.code is not None:
            self.account.read.add((row, block.code))
        ordinal = self.layout.column(ORDINAL)
        self.account.read |= {(row, ordinal)} if ordinal is not None else set()

    def _nameless(self, row: int, block: Block, filled: Sequence[int]) -> bool:
        """A row that names no unit in this block: a fault if it holds an answer; perhaps a caption stands in it."""
        words = next(filter(None, self.cells[row][block.columns.start : block.columns.stop]), "")
        units = self.directory.on(self.layout.period or self.asked.period)
        if units.level == "commune" and (code := units.caption(words)) and not filled:
            self._caption_is_read(row, code, words)
            return False
        if any(self._is_answer(self._word(row, column)) for column in filled) and not is_sum(words):
            column = next(iter([*block.names, block.code or 0]))
            self.found.fault(
                self.sheet, self.account.number, row, column, _("dòng có kết quả nhưng không ghi mã hoặc tên đơn vị")
            )
            return True
        self.account.rows.setdefault(row, SUM if is_sum(words) else ROW)
        return False

    def _is_caption(self, row: int, place: Place, units: Units, unit: str | None) -> bool:
        code = units.caption(place.name) if not place.code else ""
        if not code or (unit is not None and not _says_district(place.name)):
            return False
        self._caption_is_read(row, code, place.name)
        return True

    def _caption_is_read(self, row: int, code: str, words: str) -> None:
        """Go on below a caption, in its district; what else its row holds is left out."""
        named = {column for column, word in enumerate(self.cells[row]) if without_number(word) == without_number(words)}
        over = [block for block in self.layout.blocks() if named.intersection(block.columns)]
        self.districts |= {block.columns.start: code for block in over}
        ordinal = self.layout.column(ORDINAL)
        self.account.read |= {(row, column) for column in {*named, ordinal} if column is not None}
        self.account.rows[row] = CAPTION

    def _no_unit(self, row: int, block: Block, place: Place, units: Units, filled: Sequence[int]) -> bool:
        if is_sum(place.name or place.code) and not place.code.isdecimal():
            self.account.rows[row] = SUM
            return False
        numbered = self._word(row, self.layout.column(ORDINAL)).isdecimal()
        by_criterion = FORMS[self.layout.form].by_criterion
        if not any(self._is_answer(self._word(row, column)) or numbered or not by_criterion for column in filled):
            self.account.rows[row] = ROW
            return False
        spot = next(column for column in [*block.names, block.code] if column is not None)
        if (row, spot) in self.sheet.formulas:
            self.found.fault(self.sheet, self.account.number, row, spot, _(FORMULA))
        else:
            fault = self.directory.of_another_day(place, units) or units.unknown(place)
            self.found.fault(self.sheet, self.account.number, row, spot, *fault)
        self._unit_is_told(row, block)
        return True

    def _contradicts(self, row: int, block: Block, place: Place, units: Units, unit: str) -> bool:
        """Whether code and name are those of two units: one of them is wrong, and nobody here knows which."""
        if not place.code or not place.name or place.code == unit or place.code not in units.others.codes:
            return False
        rule = _(
            "mã này là {by_code}, tên ở dòng này là {by_name}",
            by_code=units.labels[place.code],
            by_name=units.labels[unit],
        )
        self.found.fault(self.sheet, self.account.number, row, block.code or 0, rule, f"{units.labels[unit]} {unit}")
        self._unit_is_told(row, block)
        return True

    def _unit_is_told(self, row: int, block: Block) -> None:
        """Say that a fault speaks of all that a row says of its unit; not of what else stands in the row."""
        named = [*block.names, block.code, block.district, self.layout.column(ORDINAL)]
        self.account.read |= {(row, column) for column in [*named, *block.facts] if column is not None}

    def _shared(self, row: int, block: Block) -> dict[str, str]:
        """What a row's own columns say, by role; a criterion by its number."""
        own = {
            role: answers.read(role, spreadsheets.restored(word))
            for role, word in ((self.layout.roles[column], self._word(row, column)) for column in block.facts)
            if role in FORMS[self.layout.form].names and word
        }
        if "criterion" in own:
            number = self.names.find(own["criterion"])
            own["criterion"] = str(number) if number is not None else own["criterion"]
        if "criteria_set" in own:
            own["criteria_set"] = self.directory.criteria_set(own["criteria_set"])
        return own

    @cached_property
    def _other_lines(self) -> dict[int, str]:
        return dict(self.layout.other_lines)

    def _take(self, row: int, block: Block, own: dict[str, str], units: Units, unit: str) -> bool:
        """Take a unit's facts in a row."""
        if row in self._other_lines:
            self.account.rows[row] = self._other_lines[row]
            return False
        self.account.read |= {(row, self.layout.line_column)} if self.layout.line_column is not None else set()
        if is_sum(own.get("criterion", "")):
            self.account.rows[row] = SUM
            return False
        if "criterion" in own and self._is_part(row, own["criterion"]):
            self.account.rows[row] = PART
            return False
        shared = {"unit_code": unit, "criteria_set": self.asked.criteria_set}
        if FORMS[self.layout.form].of_period:  # a published figure is of its own day, not of the period asked for
            shared["period"] = self.layout.period or self.asked.period
        self.account.read |= {(row, column) for column in self.layout.used(block)}
        ordinal = self.layout.column(ORDINAL)
        self.account.read |= {(row, ordinal)} if ordinal is not None else set()
        if "standard" in FORMS[self.layout.form].names:
            own["standard"] = own.get("standard") or self.layout.standard
        before = len(self.found.rows) + len(self.found.faults)
        for column, facts in self._values(row, block, own):
            if self._cannot_be_taken(row, column):
                continue
            self.found.take(_complete(shared | own | facts, self.layout.form), self.account.number, row, column)
        if len(self.found.rows) + len(self.found.faults) == before and not self._has_facts(row, block):
            self._tell_beside(row, block)
        return True

    def _has_facts(self, row: int, block: Block) -> bool:
        """Whether a row has a fact of another strand, or may have one: only the last strand can tell."""
        last = self.found.rows[-1] if self.found.rows else {}
        is_taken = (last.get("sheet_number"), last.get("row")) == (self.account.number, row)
        return bool(block.strand) and (is_taken or block != self.layout.blocks()[-1])

    def _tell_beside(self, row: int, block: Block) -> None:
        """Tell of documents and remarks that no fact of their row was read with."""
        for column in set(block.facts) - set(self._facts(block)):
            if self._word(row, column):
                self.account.note(row, column, _(ALONE))

    def _is_part(self, row: int, criterion: str) -> bool:
        ordinal = self._word(row, self.layout.column(ORDINAL))
        if self.names.part(criterion) or self.names.part(ordinal):
            return True
        if not self.layout.unit:
            return False
        if criterion.isdecimal():
            return self._is_listed(row) and self._has_plain_criteria
        return self.names.find(ordinal) is None

    def _is_listed(self, row: int) -> bool:
        """Whether a row is one of a list below its criterion: a sign before a name ("- Y tế"), and no number."""
        words = self._word(row, self.layout.column("criterion"))
        ordinal = self._word(row, self.layout.column(ORDINAL))
        bare = without_bullet(words)
        has_sign = bare != words or (bool(ordinal) and not without_bullet(ordinal))
        return has_sign and not any(sign.isdecimal() for sign in bare)

    @cached_property
    def _has_plain_criteria(self) -> bool:
        """Whether any row names a criterion without the sign of a list: else the signs are only the list's look."""
        return any(
            self.names.find(self._word(row, self.layout.column("criterion"))) is not None and not self._is_listed(row)
            for row in range(self.layout.heading_row + 1, len(self.cells))
        )

    def _values(self, row: int, block: Block, own: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
        """The facts of a row, each with the column of its cell: several where each criterion has a column."""
        wide = {column: number for column, number in self.layout.criteria().items() if column in block.facts}
        if wide:
            yield from self._answers(row, wide)
            return
        value = FORMS[self.layout.form].value
        if value == "met":
            yield from self._answer(row, [column for column in block.facts if self.layout.roles[column] == "met"])
            return
        strands = self.layout.strands
        of_strand = [at for at in self._facts(block) if not block.strand or strands[at] == block.strand]
        filled = [column for column in of_strand if self._word(row, column) and self.layout.roles[column] != "period"]
        lacking = [name for name in self._needed(value) if filled and not own.get(name)]
        for name in lacking:
            self._lacks(row, block, name)
        if filled and not lacking:
            yield next(column for column in of_strand if self.layout.roles[column] == value), {}

    def _needed(self, value: str) -> list[str]:
        """The fields without which a row says nothing certain."""
        of_recognitions = ["standard"] if "standard" in FORMS[self.layout.form].names else []
        return [value, *of_recognitions, *(["revoked_on"] if self.layout.revoked else [])]

    def _lacks(self, row: int, block: Block, name: str) -> None:
        """Say that a row has something, and not a field that it needs."""
        spot = next((column for column in block.facts if self.layout.roles[column] == name), block.facts[0])
        heading = next(found.heading for found in FORMS[self.layout.form].fields if found.name == name)
        rule = _("thiếu “{heading}” ở dòng này", heading=_(heading))
        self.found.fault(self.sheet, self.account.number, row, spot, rule)

    def _answers(self, row: int, wide: Mapping[int, int]) -> Iterator[tuple[int, dict[str, str]]]:
        by_criterion: dict[int, list[int]] = {}
        for column, number in wide.items():
            by_criterion.setdefault(number, []).append(column)
        for number, columns in by_criterion.items():
            for column, answer in self._answer(row, columns):
                yield column, {"criterion": str(number), **answer}

    def _answer(self, row: int, columns: Sequence[int]) -> Iterator[tuple[int, dict[str, str]]]:
        """The answer of one criterion: in one column, or in a pair of them, of which one is marked."""
        words = {column: word for column in columns if (word := self._word(row, column))}
        if not words:
            if columns and self.asked.blank_is_not_met:
                yield columns[0], {"met": "0"}
            return
        found = marks.read(words, self.layout.turned)
        if found is None:
            self.account.leave_out(((row, column) for column in words), marks.NEITHER)
            return
        if found.fault:
            self.found.fault(self.sheet, self.account.number, row, found.column, _(found.fault))
        if found.met:
            yield found.column, {"met": found.met}

    def _cannot_be_taken(self, row: int, column: int) -> bool:
        rule = ""
        if (row, column) in self.sheet.formulas:
            rule = FORMULA
        elif (row, column) in self.sheet.percents and FORMS[self.layout.form].by_criterion:
            rule = PERCENT
        if rule:
            self.found.fault(self.sheet, self.account.number, row, column, _(rule))
        return bool(rule)

    @staticmethod
    def _is_answer(word: str) -> bool:
        return answers.met(word) in ("0", "1")


def _numbers_columns(words: Sequence[str]) -> bool:
    """Whether words number columns: (1), (2), (3) … or A, B, 1, 2 …, each one more than the one before."""
    found = [_NUMBERING.fullmatch(word) for word in words]
    if not all(found):
        return False
    figures = [int(match[1]) for match in found if match and match[1].isdecimal()]
    return len(figures) > 1 and figures == list(range(figures[0], figures[0] + len(figures))) and figures[0] <= 2


def _says_district(name: str) -> bool:
    return text.plain(without_number(name)).startswith(DISTRICT_WORDS)


def _complete(facts: dict[str, str], form: str) -> dict[str, str]:
    fields = [found for found in FORMS[form].fields if found.name not in UNIT_ROLES]
    given = {"unit_code": facts["unit_code"]} | {found.name: facts.get(found.name, found.default) for found in fields}
    return FORMS[form].complete(given)
