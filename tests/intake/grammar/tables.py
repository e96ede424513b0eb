"""Tables of communes: strategies that draw whole files, from the title to the signatures, with what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from ntm.intake.asked import Asked
from ntm.reference import Reference
from tests.intake.grammar import words
from tests.intake.grammar.grid import Grid, Percent, Said, Value
from tests.intake.grammar.words import ADVANCED, BASIC, PERIOD

Kind = TypeVar("Kind")
Draw = Callable[[st.SearchStrategy[Kind]], Kind]
MOST_UNITS = 5
NAMING = ("code", "name", "district")


@dataclass
class File:
    """A drawn file: its grids, what was asked for, the answers to what it leaves open, and its odd features."""

    grids: list[Grid]
    asked: Asked
    answers: dict[str, str]
    odd: set[str]


@dataclass(frozen=True)
class Column:
    """A column of a table: what it holds, and the words over it from the top."""

    kind: str
    path: tuple[Value, ...]
    criterion: int = 0
    turned: bool = False
    period: str = PERIOD
    read: bool = True


@dataclass
class Pen:
    """What draws the parts of one file. `odd`: the features that are not those of a plain table."""

    draw: Draw[Any]
    reference: Reference
    plain: bool
    odd: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    period: str = PERIOD
    criteria_set: str = BASIC
    number_cells: bool = False  # a criterion's number is a number cell

    def of(self, choices: Sequence[Kind]) -> Kind:
        """Draw one of some choices."""
        return self.draw(st.sampled_from(choices))

    def maybe(self) -> bool:
        """Draw whether a plain feature is there."""
        return self.draw(st.booleans())

    def oddly(self, name: str, one_in: int = 5) -> bool:
        """Draw whether an odd feature is there; never in a plain table."""
        if self.plain or self.draw(st.integers(0, one_in - 1)) < one_in - 1:
            return False
        self.odd.add(name)
        return True

    def name(self, criterion: int) -> str:
        """Return a criterion's name."""
        return str(self.reference.criteria_of(self.criteria_set).loc[criterion, "name_vi"])

    def heading(self, form: str, criterion: int) -> Value:
        """Write a criterion as a heading or a cell."""
        if form == "{number}" and self.number_cells:
            return criterion
        return form.format(number=criterion, name=self.name(criterion), next=criterion % 19 + 1)


# --- what a file is about ---------------------------------------------------------------------------------------


def _units(pen: Pen) -> list[str]:
    """Communes whose names are no town's, in the order of their districts."""
    communes = pen.reference.communes.sort_values(["group_code", "name"])
    once = communes[~communes["name"].isin(pen.reference.districts["name"])]
    drawn = pen.draw(st.lists(st.sampled_from(list(once.index)), min_size=1, max_size=MOST_UNITS, unique=True))
    return [code for code in once.index if code in drawn]


def _criteria(pen: Pen) -> list[int]:
    if pen.draw(st.integers(0, 4)) == 4:
        return list(range(1, 20))
    drawn = sorted(pen.draw(st.lists(st.integers(1, 19), min_size=2, max_size=6, unique=True)))
    return pen.draw(st.permutations(drawn)) if pen.oddly("criteria in another order") else drawn


def _unit_words(pen: Pen, code: str, form: str) -> str:
    name = pen.reference.communes.at[code, "name"]
    return {"name": name, "kind": f"Xã {name}", "small": f"xã {name}", "upper": name.upper()}[form]


def _marks(pen: Pen) -> tuple[Value, Value]:
    return pen.of(words.MARKS)


# --- titles and feet --------------------------------------------------------------------------------------------


def _titles(pen: Pen, grid: Grid, width: int, ticks: bool) -> int:
    """Write titles; return the row below them."""
    lines: list[str] = pen.draw(st.lists(st.sampled_from(words.TITLES), max_size=3, unique=True))
    odd = _odd_titles(pen, lines, ticks)
    lines += odd
    row = 0
    for line in lines:
        column = 0 if width < 3 or pen.maybe() else pen.of(range(width))
        grid.put(row, column, line)
        if column == 0 and pen.maybe():
            grid.merge(row, 0, row, width - 1)
        row += 1
    return row + (pen.of((0, 1)) if lines else 0)


def _odd_titles(pen: Pen, lines: list[str], ticks: bool) -> list[str]:
    found = []
    if pen.oddly("a title of another period", 12):
        found.append(pen.of(("Quý III/2024", "9 tháng đầu năm 2024", "Kỳ: 30/09/2024")))
        lines[:] = [line for line in lines if "2024" not in line or "Kèm theo" in line]
        pen.period = pen.of(("2024-09-30", PERIOD))
        pen.answers["period"] = pen.period
    if pen.oddly("a title of a plan", 12):
        found.append(pen.of(("KẾ HOẠCH THỰC HIỆN CÁC TIÊU CHÍ", "Ước thực hiện năm 2024")))
        pen.answers["plan"] = "results"
    if ticks and pen.oddly("a title that turns marks", 12):
        found.append(pen.of(("DANH MỤC TIÊU CHÍ CHƯA ĐẠT", "Biểu tổng hợp các tiêu chí chưa hoàn thành")))
        pen.answers["marks"] = pen.of(("unmet", "met"))
    if pen.oddly("a title of another set", 12):
        found.append("TỔNG HỢP KẾT QUẢ XÃ NÔNG THÔN MỚI NÂNG CAO")
        pen.criteria_set = pen.of((ADVANCED, BASIC))
        pen.answers["set"] = pen.criteria_set
    return found


def _feet(pen: Pen, grid: Grid) -> None:
    for foot in pen.draw(st.lists(st.sampled_from(words.FEET), max_size=2, unique=True)):
        row = grid.height + pen.of((0, 1))
        for place, line in enumerate(foot):
            grid.put(row, 1 + place * 2 if len(foot) > 1 else pen.of((0, 1)), line)


# --- a column for each criterion --------------------------------------------------------------------------------


@dataclass
class Wide:
    """What is drawn of a table with criteria in columns."""

    units: list[str]
    columns: list[Column]
    met: Value
    unmet: Value
    unit_form: str
    captions: bool
    outcomes: dict[tuple[str, int, str], str]
    turned: bool = False


def _naming(pen: Pen) -> tuple[list[Column], bool]:
    """The columns that name units, and whether districts stand in captions."""
    columns = [Column("ordinal", (pen.of(words.ORDINAL),))] if pen.maybe() else []
    way = pen.of(("code", "name", "both", "district", "captions", "name first"))
    code, name = Column("code", (pen.of(words.CODE),)), Column("name", (pen.of(words.NAME),))
    district = Column("district", (pen.of(words.DISTRICT),))
    found = {
        "code": [code],
        "name": [name],
        "both": [code, name],
        "name first": [name, code],
        "district": [district, name] if pen.maybe() else [name, district],
        "captions": [name],
    }[way]
    return [*columns, *found], way == "captions"


def _fact_columns(pen: Pen, criteria: list[int], form: str) -> list[Column]:
    single = [Column("fact", (pen.heading(form, number),), number) for number in criteria]
    way = "none" if pen.plain and pen.maybe() else pen.of(("none", "one", "kinds", "names", "pairs", "unmet"))
    if not pen.plain and pen.oddly("groups of years or plans", 4):
        way = pen.of(("years", "plans"))
    if form in (*words.NO_CRITERION, *words.ODD_HEADINGS):
        way = "none"
    return {
        "none": lambda: single,
        "one": lambda: _grouped(single, pen.of(words.GROUPS)),
        "kinds": lambda: [replace(column, path=(_kind(column.criterion), *column.path)) for column in single],
        "names": lambda: [replace(column, path=(pen.name(column.criterion), column.criterion)) for column in single],
        "pairs": lambda: _pairs(single),
        "unmet": lambda: [replace(c, turned=True) for c in _grouped(single, pen.of(words.UNMET_GROUPS))],
        "years": lambda: _years(pen, single),
        "plans": lambda: _plans(pen, single),
    }[way]()


def _grouped(columns: Sequence[Column], group: str) -> list[Column]:
    return [replace(column, path=(group, *column.path)) for column in columns]


def _kind(criterion: int) -> str:
    return next(group for group, last in words.KINDS.items() if criterion <= last)


def _pairs(columns: Sequence[Column]) -> list[Column]:
    return [
        replace(column, path=(*column.path, own), turned=turned)
        for column in columns
        for own, turned in (("Đạt", False), ("Chưa đạt", True))
    ]


def _years(pen: Pen, columns: Sequence[Column]) -> list[Column]:
    last = [replace(column, period="2023-12-31", read=False) for column in columns]
    groups = [_grouped(last, "Năm 2023"), _grouped(columns, "Năm 2024")]
    if pen.maybe():
        groups.reverse()
    return [column for group in groups for column in group]


def _plans(pen: Pen, columns: Sequence[Column]) -> list[Column]:
    planned = [replace(column, period="", read=False) for column in columns]
    return [*_grouped(columns, pen.of(("Kết quả năm 2024", "Kết quả"))), *_grouped(planned, pen.of(words.PLANNED))]


def _further(pen: Pen) -> list[Column]:
    found = [Column("total", (pen.of(words.TOTAL),))] if pen.maybe() else []
    if pen.oddly("columns of something else"):
        found.append(Column("other", (pen.of(words.RANK),)))
    if pen.maybe():
        found.append(Column("note", (pen.of(words.NOTE),)))
    return found


def _outcomes(pen: Pen, units: Sequence[str], columns: Sequence[Column]) -> dict[tuple[str, int, str], str]:
    keys = list(dict.fromkeys((u, c.criterion, c.period) for u in units for c in columns if c.kind == "fact"))
    said = pen.draw(st.lists(st.sampled_from("101 "), min_size=len(keys), max_size=len(keys)))
    return {key: one.strip() for key, one in zip(keys, said, strict=True)}


def wide(pen: Pen, grid: Grid, top: int | None = None, left: int = 0, units: list[str] | None = None) -> Wide:
    """Draw a table with a column for each criterion."""
    form = pen.of(words.HEADINGS)
    if pen.oddly("odd headings", 8):
        form = pen.of((*words.ODD_HEADINGS, *words.NO_CRITERION))
    pen.number_cells = pen.maybe()
    naming, captions = _naming(pen)
    facts = _fact_columns(pen, _criteria(pen), form)
    turned = any(column.turned for column in facts)
    if form in words.NO_CRITERION:
        facts = [replace(column, read=False) for column in facts]
    further = _further(pen)
    columns = [*naming, *facts, *further]
    if pen.oddly("columns before the criteria", 8):
        columns = [*naming, *further, *facts]
    units = units or _units(pen)
    met, unmet = (pen.of(words.TICKS), None) if turned else _marks(pen)
    if not turned and pen.maybe() and met in words.TICKS:
        unmet = None
    table = Wide(
        units, columns, met, unmet, pen.of(("name", "kind", "small", "upper")), captions,
        _outcomes(pen, units, columns), turned,
    )  # fmt: skip
    if top is None:
        top = _titles(pen, grid, left + len(columns), met in words.TICKS and not turned and unmet is None)
    row = _headings(pen, grid, table, top, left)
    _rows(pen, grid, table, row, left)
    return table


def _headings(pen: Pen, grid: Grid, table: Wide, top: int, left: int) -> int:
    """Write the headings; return the row below them."""
    levels = max(len(column.path) for column in table.columns)
    merged = pen.maybe() or levels == 1
    low = not merged and pen.maybe()
    for place, column in enumerate(table.columns):
        lowered = levels - 1 if low and len(column.path) == 1 else 0
        before = table.columns[place - 1].path if place else ()
        for level, word in enumerate(column.path):
            is_own = level == len(column.path) - 1
            if not is_own and column.path[: level + 1] == before[: level + 1]:
                continue  # the group goes on
            row = top + level + lowered
            grid.put(row, left + place, word)
            if merged:
                last = top + levels - 1 if is_own else row
                grid.merge(row, left + place, last, left + place + (0 if is_own else _reach(table, place, level)))
    if not pen.maybe() or len(table.columns) <= 3:
        return top + levels
    for place in range(len(table.columns)):
        grid.put(top + levels, left + place, f"({place + 1})")
    return top + levels + 1


def _reach(table: Wide, place: int, level: int) -> int:
    """How many columns to the right belong to the same group."""
    head = table.columns[place].path[: level + 1]
    reach = 0
    while place + reach + 1 < len(table.columns) and table.columns[place + reach + 1].path[: level + 1] == head:
        reach += 1
    return reach


def _rows(pen: Pen, grid: Grid, table: Wide, row: int, left: int) -> None:
    districts = pen.reference.communes["group_code"]
    last = ""
    repeated = len(table.units) > 1 and pen.maybe() and left == 0 and len(table.columns[-1].path) == 1
    for number, unit in enumerate(table.units, start=1):
        if table.captions and districts[unit] != last:
            _caption(pen, grid, table, row, left, pen.reference.districts.at[districts[unit], "name"])
            row, last = row + 1, districts[unit]
        if repeated and unit == table.units[1] and all(len(column.path) == 1 for column in table.columns):
            for place, column in enumerate(table.columns, start=left):
                grid.put(row, place, column.path[-1])
            row += 1
        _unit_row(pen, grid, table, row, left, unit, number)
        row += 1
        if pen.oddly("blank rows", 8):
            row += 1
    if pen.maybe():
        _sum(pen, grid, table, row, left)


def _caption(pen: Pen, grid: Grid, table: Wide, row: int, left: int, district: str) -> None:
    name = next(place for place, column in enumerate(table.columns) if column.kind == "name")
    form = pen.of(("Huyện {}", "HUYỆN {}", "I. Huyện {} (11 xã)", "II - Huyện {}"))
    grid.put(row, left + name, form.format(district.upper() if form.startswith("HUYỆN") else district))
    if table.columns[0].kind == "ordinal":
        grid.put(row, left, pen.of(("I", None)))
    if pen.oddly("captions with counts", 4):
        for place, column in enumerate(table.columns):
            if column.kind == "fact":
                grid.put(row, left + place, pen.of((0, 1, 2, 11)))


def _unit_row(pen: Pen, grid: Grid, table: Wide, row: int, left: int, unit: str, number: int) -> None:
    naming, facts = set(), []
    for place, column in enumerate(table.columns, start=left):
        if column.kind in NAMING:
            naming.add((row, place))
        value = _value(pen, table, column, unit, number)
        if column.kind == "fact":
            facts.append((row, place, column))
        elif value is not None:
            grid.put(row, place, value)
            if column.kind in ("note", "other"):
                grid.unread.add((row, place))
    for at, place, column in facts:
        _fact(pen, grid, table, (at, place), column, unit)
        grid.naming[at, place] = naming | _pair(table, facts, column)
    if pen.oddly("merged answers", 30):
        _merge_answers(grid, facts)


def _pair(table: Wide, facts: Sequence[tuple[int, int, Column]], column: Column) -> set[tuple[int, int]]:
    """The cells of a row that speak of the same criterion: a fault of one is told of both."""
    return {(row, place) for row, place, fact in facts if table.turned and fact.criterion == column.criterion}


def _value(pen: Pen, table: Wide, column: Column, unit: str, number: int) -> Value:
    """What a cell says that is no fact."""
    values: dict[str, Callable[[], Value]] = {
        "ordinal": lambda: number,
        "code": lambda: unit if pen.plain else pen.of((unit, int(unit))),
        "name": lambda: _unit_words(pen, unit, table.unit_form),
        "district": lambda: str(pen.reference.communes.at[unit, "group"]),
        "total": lambda: _met(table, unit),
        "note": lambda: pen.of((None, *words.NOTES)),
        "other": lambda: pen.of((None, 0, 1, 95, "Khá")),
    }
    return values[column.kind]() if column.kind in values else None


def _met(table: Wide, unit: str) -> int:
    return sum(of == unit and day == PERIOD and met == "1" for (of, _of, day), met in table.outcomes.items())


def _fact(pen: Pen, grid: Grid, table: Wide, spot: tuple[int, int], column: Column, unit: str) -> None:
    outcome = table.outcomes[unit, column.criterion, column.period]
    value: Value = {"1": table.met, "0": table.unmet, "": None}[outcome]
    if table.turned:
        value = table.met if outcome == ("0" if column.turned else "1") else None
    met = outcome
    if pen.oddly("odd marks", 40):
        value, met = pen.of(_odd_marks(table)), "?"
    if value is None:
        return
    grid.put(*spot, value)
    if not column.read:
        grid.unread.add(spot)
        return
    if not table.turned and met != "?" and pen.answers.get("marks") == "unmet":
        met = "0"
    grid.said[spot] = Said(unit, column.criterion, met, pen.period, pen.criteria_set)


def _odd_marks(table: Wide) -> list[Value]:
    """Words that are no answers; 0 under "Chưa đạt" is one, however it is shown."""
    return [mark for mark in words.ODD_MARKS if not (table.turned and mark == Percent(0))]


def _merge_answers(grid: Grid, facts: Sequence[tuple[int, int, Column]]) -> None:
    """Let the first answer of a row hold for its neighbour too."""
    if len(facts) < 2 or facts[0][2].turned or not all(column.read for _row, _place, column in facts[:2]):
        return
    (row, place, _first), (_row, after, second) = facts[:2]
    said = grid.said.get((row, place))
    if said is None or after != place + 1:
        return
    grid.put(row, after, None)
    grid.needs_merges = True
    grid.merge(row, place, row, after)
    grid.said[row, after] = replace(said, criterion=second.criterion)


def _sum(pen: Pen, grid: Grid, table: Wide, row: int, left: int) -> None:
    first = next(place for place, column in enumerate(table.columns) if column.kind != "ordinal")
    grid.put(row, left + first, pen.of(words.SUMS))
    for place, column in enumerate(table.columns):
        if column.kind == "fact" and pen.maybe():
            grid.put(row, left + place, pen.of((0, 1, 2, 5)))


# --- a row for each criterion -----------------------------------------------------------------------------------


def long(pen: Pen, grid: Grid) -> None:
    """Draw a table with a row for each unit and criterion."""
    naming, _captions = _naming(pen)
    form = pen.of(words.HEADINGS)
    pen.number_cells = pen.maybe()
    pairs = pen.maybe() and pen.maybe()
    if pairs:
        results = [Column("result", (own,), turned=turned) for own, turned in (("Đạt", False), ("Chưa đạt", True))]
    else:
        results = [_result_column(pen)]
    columns = [*naming, Column("criterion", (pen.of(words.CRITERION),)), *results]
    columns += [Column("note", (pen.of(words.NOTE),))] if pen.maybe() else []
    met, unmet = (pen.of(words.TICKS), None) if pairs else _marks(pen)
    units, criteria = _units(pen), _criteria(pen)
    outcomes = _outcomes(pen, units, [Column("fact", (), number) for number in criteria])
    table = Wide(units, columns, met, unmet, pen.of(("name", "kind", "small", "upper")), False, outcomes, pairs)
    top = _titles(pen, grid, len(columns), False)
    row = _headings(pen, grid, table, top, 0)
    way = "each" if pen.plain else pen.of(("each", "merged", "first"))
    if way == "first":
        pen.odd.add("a unit once, and blank below")
    for number, unit in enumerate(units, start=1):
        _unit_block(pen, grid, table, row, unit, number, criteria, form, way)
        row += len(criteria)


def _unit_block(
    pen: Pen, grid: Grid, table: Wide, row: int, unit: str, number: int, criteria: Sequence[int], form: str, way: str
) -> None:
    for place, column in enumerate(table.columns):
        if column.kind in ("ordinal", *NAMING):
            value = _value(pen, table, column, unit, number)
            for step in range(len(criteria) if way == "each" else 1):
                grid.put(row + step, place, value)
            if way == "merged":
                grid.needs_merges = True
                grid.merge(row, place, row + len(criteria) - 1, place)
    kinds = [column.kind for column in table.columns]
    pair = ("result",) if table.turned else ()
    for step, criterion in enumerate(criteria):
        at = row + step
        grid.put(at, kinds.index("criterion"), pen.heading(form, criterion))
        if "note" in kinds and (note := pen.of((None, *words.NOTES))) is not None:
            grid.put(at, kinds.index("note"), note)
            grid.unread.add((at, kinds.index("note")))
        naming = {
            (at, place) for place, kind in enumerate(kinds) if kind in ("code", "name", "district", "criterion", *pair)
        }
        for place, column in enumerate(table.columns):
            if column.kind == "result":
                fact = replace(column, criterion=criterion)
                _result(pen, grid, table, (at, place), fact, unit)
                grid.naming[at, place] = naming


def _result_column(pen: Pen) -> Column:
    """The column of answers; under some headings 0 and 1 may be measured, and the person says that they are not."""
    pen.answers["values"] = "marks"
    return Column("result", (pen.of(words.ODD_RESULT if pen.oddly("odd headings", 8) else words.RESULT),))


def _result(pen: Pen, grid: Grid, table: Wide, spot: tuple[int, int], column: Column, unit: str) -> None:
    outcome = table.outcomes[unit, column.criterion, PERIOD]
    value: Value = {"1": table.met, "0": table.unmet, "": None}[outcome]
    if table.turned:
        value = table.met if outcome == ("0" if column.turned else "1") else None
    if pen.oddly("odd marks", 40):
        value, outcome = pen.of(_odd_marks(table)), "?"
    if value is not None:
        grid.put(*spot, value)
        grid.said[spot] = Said(unit, column.criterion, outcome, pen.period, pen.criteria_set)


# --- a sheet for each commune -----------------------------------------------------------------------------------


def of_one_unit(pen: Pen, grid: Grid, unit: str) -> None:
    """Draw the form of one commune, which its title names: criteria in rows, sometimes with their parts."""
    name = pen.reference.communes.at[unit, "name"]
    titles = ("PHIẾU ĐÁNH GIÁ XÃ {}", "Xã {}, huyện {}", "Kết quả thực hiện của xã {}", "UBND XÃ {}")
    title = pen.of(titles)
    spoken = name.upper() if title.isupper() or "XÃ" in title else name
    grid.put(0, 0, title.format(spoken, pen.reference.communes.at[unit, "group"]))
    columns = [Column("ordinal", (pen.of(words.ORDINAL),)), Column("criterion", (pen.of(words.CRITERION),))]
    columns += [_result_column(pen)]
    columns += [Column("note", (pen.of(words.NOTE),))] if pen.maybe() else []
    met, unmet = _marks(pen)
    criteria = _criteria(pen)
    outcomes = _outcomes(pen, [unit], [Column("fact", (), number) for number in criteria])
    table = Wide([unit], columns, met, unmet, "name", False, outcomes)
    row = _headings(pen, grid, table, 1 + pen.of((0, 1)), 0)
    form = pen.of(("{name}", "{number}. {name}", "Tiêu chí {number}", "{number}"))
    for criterion in criteria:
        grid.put(row, 0, criterion)
        grid.put(row, 1, pen.heading(form, criterion))
        if len(columns) > 3 and (note := pen.of((None, *words.NOTES))) is not None:
            grid.put(row, 3, note)
            grid.unread.add((row, 3))
        _result(pen, grid, table, (row, 2), Column("result", (), criterion), unit)
        grid.naming[row, 2] = {(row, 0), (row, 1)}
        row += 1
        if pen.oddly("parts of criteria", 6):
            grid.put(row, 0, f"{criterion}.1")
            grid.put(row, 1, pen.of(("Có quy hoạch chung", "Tỷ lệ đường được bê tông hóa", f"{criterion}.1. Tỷ lệ hộ")))
            grid.put(row, 2, pen.of((met, unmet, 95)))
            grid.unread.add((row, 2))
            row += 1


# --- whole files ------------------------------------------------------------------------------------------------


def _sheets_of_units(pen: Pen) -> list[Grid]:
    grids = []
    for unit in _units(pen):
        grid = Grid(_sheet_name(pen.reference.communes.at[unit, "name"]))
        of_one_unit(pen, grid, unit)
        grids.append(grid)
    return grids


def _sheet_name(words: str) -> str:
    return words[:31]


def _sheets_of_districts(pen: Pen) -> list[Grid]:
    of = pen.reference.communes["group_code"]
    units = _units(pen)
    grids = []
    for district in dict.fromkeys(of[unit] for unit in units):
        grid = Grid(_sheet_name(pen.reference.districts.at[district, "name"]))
        wide(pen, grid, top=0, units=[unit for unit in units if of[unit] == district])
        grids.append(grid)
    return grids


def _one_table(pen: Pen) -> list[Grid]:
    grid = Grid("S")
    table = wide(pen, grid)
    if pen.oddly("two blocks side by side", 10):
        left = grid.width + pen.of((0, 1))
        wide(pen, grid, top=_top_of(grid, table), left=left)
    elif pen.oddly("a table below another one", 10):
        wide(pen, grid, top=grid.height + pen.of((1, 2)))
    _feet(pen, grid)
    return [grid]


def _top_of(grid: Grid, table: Wide) -> int:
    """The row in which a table's first heading stands."""
    first = table.columns[0].path[0]
    return next(row for row in range(grid.height) if grid.value(row, 0) == first)


def _long_table(pen: Pen) -> list[Grid]:
    grid = Grid("S")
    long(pen, grid)
    _feet(pen, grid)
    return [grid]


@st.composite
def files(draw: Draw[Any], reference: Reference, *, plain: bool) -> File:
    """Draw a file. `plain`: without anything odd, so that all of it must be read."""
    pen = Pen(draw, reference, plain)
    shape = pen.of((_one_table, _long_table, _sheets_of_units, _sheets_of_districts))
    grids = shape(pen)
    asked = Asked("assessments", PERIOD)
    if pen.oddly("hidden rows", 12):
        _hide(pen, grids[0])
    assume(any(grid.said for grid in grids))
    return File(grids, asked, pen.answers, pen.odd)


def _hide(pen: Pen, grid: Grid) -> None:
    """Hide the row of a unit; answer that hidden rows are read, or that they are left out."""
    rows = sorted({row for row, _column in grid.said})
    if not rows:
        return
    row = pen.of(rows)
    grid.hidden_rows.add(row)
    pen.answers["hidden"] = pen.of(("read", "skip"))
