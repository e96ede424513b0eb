"""Interpretation: how each table of a workbook is to be read: by its headings, and by the titles over it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from ntm import text
from ntm.facts import FORMS
from ntm.intake import answers, criteria_names, head, measured, repeated, set_fit, sets, standards, strands
from ntm.intake.asked import Asked
from ntm.intake.groups import settled
from ntm.intake.headings import PART, UNKNOWN
from ntm.intake.layout import SEARCHED_ROWS, Layout, left_alone, understand
from ntm.intake.sheets import Refused, address, filled
from ntm.intake.tables import Table
from ntm.intake.titles import MODEL
from ntm.intake.undecided import MARKS, PLAN, STANDARD, Undecided
from ntm.intake.units import Units, spoken_unit
from ntm.reference import Reference
from ntm.text import _, mark

UNMET, MET, RESULTS, SKIP = "unmet", "met", "results", "skip"
STORED = {standards.NTM: mark("nông thôn mới"), standards.ADVANCED: mark("nông thôn mới nâng cao")}
NO_MODEL = mark("xã nông thôn mới kiểu mẫu: hệ thống chưa có chuẩn và bộ tiêu chí này")
UNCLEAR = mark("không rõ dòng “{caption}” nói gì về các dòng dưới nó")
OF_A_PLAN = mark("bảng kế hoạch hoặc ước, đã chọn bỏ")
OF_REVOCATION = mark("số của quyết định thu hồi; chỉ lưu ngày thu hồi")
OF_RECOGNITION = "cong nhan"  # what a heading says of its own day or decision


@dataclass
class Interpreted:
    """How tables are read. `layouts`: by the table's number; `left_out`: why a table is not read, by its number."""

    layouts: dict[int, Layout] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


class _Words:
    """What words mean under one criteria set: its criteria's names, and the units that it is for."""

    def __init__(self, asked: Asked, reference: Reference):
        self.names = criteria_names.of(reference.criteria_of(asked.criteria_set), reference.timeline.criteria)
        self.units = Units(asked, reference)

    def layout(self, table: Table, form: str) -> Layout | None:
        if not table.cells:
            return None
        return understand(table, head.without(filled(table), SEARCHED_ROWS), form, self.names, self.units.level)


def of_tables(found: Sequence[Table], asked: Asked, reference: Reference) -> Interpreted:
    """Return how each table is to be read. Raises Undecided, or Refused where a table cannot be what it seems."""
    chosen = asked.criteria_set or reference.commune_set
    words = {chosen: _Words(replace(asked, criteria_set=chosen), reference)}
    first = [words[chosen].layout(table, asked.form) for table in found]
    of_table = sets.of_tables(found, _by_column(first, asked, reference), asked, reference)
    made = Interpreted()
    for number, table in enumerate(found):
        code = of_table[number]
        if why := _why_not(table, code, asked):
            made.left_out[number] = why
            continue
        if code not in words:
            words[code] = _Words(replace(asked, criteria_set=code), reference)
        layout = first[number] if code == chosen else words[code].layout(table, asked.form)
        if layout is not None:
            _check_set(table, layout, replace(asked, criteria_set=code), reference)
            layout = replace(layout, name=table.title, criteria_set=code)
            titled = replace(table, titles=table.titles.less(_heads_columns(table, layout)))
            layout = _by_titles(titled, layout, words[code].units, asked, reference)
        if layout is not None:
            made.layouts[number] = layout
    return made


def _check_set(table: Table, layout: Layout, asked: Asked, reference: Reference) -> None:
    if FORMS[asked.form].by_criterion:
        set_fit.check(filled(table), layout, asked, reference, table.merged_rows)


def _heads_columns(table: Table, layout: Layout) -> Callable[[str], bool]:
    """Whether words above the last row of headings head columns: a group, or others stand in their row."""
    rows = [set(filter(None, row)) for row in filled(table)[: layout.heading_row + 1]]
    beside = {word for words in rows if len(words) > 1 for word in words if word in layout.headings}
    return lambda word: word in beside or layout.is_of_some_columns(word)


def _by_column(layouts: Sequence[Layout | None], asked: Asked, reference: Reference) -> dict[int, frozenset[str]]:
    """The criteria sets that groups of columns name, by table; of those in which they name another one than "NTM"."""
    if not FORMS[asked.form].by_criterion:
        return {}
    sets_of = _sets_of_standards(reference)
    named = {number: set(strands.named(layout).values()) for number, layout in enumerate(layouts) if layout is not None}
    codes = {number: frozenset(sets_of[each] for each in said & sets_of.keys()) for number, said in named.items()}
    return {number: found for number, found in codes.items() if found - {reference.commune_set}}


def _sets_of_standards(reference: Reference) -> dict[str, str]:
    sets_of = {standards.NTM: reference.commune_set, standards.ADVANCED: reference.advanced_set}
    return {standard: code for standard, code in sets_of.items() if code}


def _why_not(table: Table, code: str, asked: Asked) -> str:
    """Why a table is not to be read; "" if it is. Raises Undecided if its title says that it is a plan."""
    if table.unclear:
        return _(UNCLEAR, caption=table.unclear)
    form = FORMS[asked.form]
    of_model = code == MODEL or ("standard" in form.names and table.titles.standards() == {standards.MODEL})
    if of_model:
        return _(NO_MODEL)
    said = table.titles.plan() if form.of_period and table.is_headed else ""
    answer = asked.answer(PLAN) if said else RESULTS
    if answer not in (RESULTS, SKIP):
        choices = {
            RESULTS: _("đây là kết quả, không phải kế hoạch hoặc ước"),
            SKIP: _("đây là kế hoạch hoặc ước; không đọc"),
        }
        raise Undecided(PLAN, _("Tiêu đề của bảng là “{title}”.", title=said), choices)
    return _(OF_A_PLAN) if answer == SKIP else ""


def _by_titles(table: Table, layout: Layout, units: Units, asked: Asked, reference: Reference) -> Layout | None:
    """Return the layout with what the titles say of all rows; None if the table is of one unit, and they name none."""
    cells = filled(table)
    layout = replace(layout, period=table.titles.period(asked.period), district=table.titles.district(units))
    if layout.is_of_one_unit:
        above = [word for row in cells[: layout.heading_row] for word in row]
        layout = replace(layout, unit=table.titles.unit(units) or spoken_unit(above, units))
        if not layout.unit:
            return None
    layout = _of_standard(table, _of_revocation(table, layout), asked)
    if FORMS[asked.form].by_criterion and asked.answer(sets.SET) == sets.AS_NAMED:
        layout = strands.divided(layout, _sets_of_standards(reference), layout.criteria_set)
    layout = settled(layout, cells, asked)
    layout = _of_lines(layout, cells, units, asked)
    _check_facts(table, layout)
    return replace(layout, turned=layout.turned | _turned_by_title(table, layout, asked))


def _of_lines(layout: Layout, cells: Sequence[Sequence[str]], units: Units, asked: Asked) -> Layout:
    """Return the layout as its rows of units show it: several lines of one unit, and measured values, told apart."""
    below = range(layout.heading_row + 1, len(cells))
    of_units = {row: cells[row] for row in below if layout.unit or units.is_in(layout.unit_words(cells[row]))}
    if FORMS[asked.form].of_period:
        layout = repeated.told_apart(layout, of_units, asked)
    if FORMS[asked.form].by_criterion:
        others = dict(layout.other_lines)
        layout = measured.told_apart(layout, [of_units[row] for row in of_units if row not in others], asked)
    return layout


def _of_revocation(table: Table, layout: Layout) -> Layout:
    """Return the layout of a list of revocations: a day that is not said to be of a recognition is that of the end."""
    if "revoked_on" not in FORMS[layout.form].names or not table.titles.revocation():
        return layout
    generic = [column for column, words in enumerate(layout.headings) if OF_RECOGNITION not in text.plain(words)]
    ends = [column for column in generic if layout.roles[column] == "recognised_by"]
    decisions = {column for column in generic if layout.roles[column] == "decision"}
    roles = tuple("revoked_on" if column in ends else role for column, role in enumerate(layout.roles))
    layout = left_alone(replace(layout, roles=roles, revoked=True), decisions, OF_REVOCATION)
    _check_facts(table, layout)
    return layout


def _of_standard(table: Table, layout: Layout, asked: Asked) -> Layout:
    """Return the layout with the standard that its recognitions are of, if no column says it. Raises Undecided."""
    if "standard" not in FORMS[layout.form].names:
        return layout
    said = table.titles.standards() & STORED.keys()
    standard = next(iter(said)) if len(said) == 1 else ""
    layout = strands.divided(layout, {code: code for code in STORED}, standard)
    whole = layout.strands and all(layout.strands[column] for column in strands.own(layout))
    if standard or whole or layout.column("standard") is not None:
        return replace(layout, standard=standard)
    answer = asked.answer(STANDARD)
    if answer not in STORED:
        words = _("Bảng “{table}” không ghi rõ công nhận theo chuẩn nào.", table=table.title)
        raise Undecided(STANDARD, words, {code: _(name) for code, name in STORED.items()})
    return strands.divided(replace(layout, standard=answer, strands=()), {code: code for code in STORED}, answer)


def _check_facts(table: Table, layout: Layout) -> None:
    """Raise Refused if a table has no column of what its form is about: parts of criteria alone, plans, or no day."""
    form = FORMS[layout.form]
    if form.by_criterion and not layout.criteria() and layout.column("met") is None:
        raise Refused(_without_results(table, layout))
    needed = [] if form.by_criterion else [form.value, *(["revoked_on"] if layout.revoked else [])]
    headings = [found.heading for found in form.fields if found.name in needed and layout.column(found.name) is None]
    if not headings:
        return
    named = ", ".join(f"“{_(heading)}”" for heading in headings)
    if layout.revoked:
        raise Refused(
            _(
                "Bảng “{table}” là danh sách thu hồi (“{title}”) mà không có cột {headings}. Mỗi dòng cần ngày công "
                "nhận và ngày thu hồi; hãy thêm cột ấy. Chưa lưu gì.",
                table=table.title,
                title=table.titles.revocation(),
                headings=named,
            )
        )
    raise Refused(_("Sheet “{sheet}” không có cột {headings}. Chưa lưu gì.", sheet=table.title, headings=named))


def _without_results(table: Table, layout: Layout) -> str:
    """Say what a table has in the place of results."""
    if PART in layout.reasons:
        return _(
            "Sheet “{sheet}” chỉ có cột của chỉ tiêu thành phần (như 1.1, 1.2), không có cột của cả tiêu chí. "
            "Kết quả theo chỉ tiêu chưa lưu được; hãy thêm cột cho từng tiêu chí. Chưa lưu gì.",
            sheet=table.title,
        )
    by_certainty = sorted(range(len(layout.roles)), key=lambda column: layout.reasons[column] in ("", UNKNOWN))
    column = next((column for column in by_certainty if layout.reasons[column]), 0)
    return _(
        "Sheet “{sheet}” không có cột kết quả của tiêu chí. Cột “{heading}” ({cell}): {reason}. Hãy thêm cột Đạt hoặc "
        "Chưa đạt cho từng tiêu chí. Chưa lưu gì.",
        sheet=table.title,
        heading=layout.headings[column],
        cell=address(layout.heading_row, column),
        reason=_(layout.reason(column)),
    )


def _turned_by_title(table: Table, layout: Layout, asked: Asked) -> frozenset[int]:
    """The columns whose marks say not met, as the title of a list of what is lacking says. Raises Undecided."""
    said = table.titles.unmet()
    columns = frozenset(layout.criteria()) or {column for column, role in enumerate(layout.roles) if role == "met"}
    if not said or layout.turned or not _has_ticks(filled(table), layout, columns):
        return frozenset()
    answer = asked.answer(MARKS)
    if answer not in (UNMET, MET):
        choices = {UNMET: _("dấu x nghĩa là chưa đạt"), MET: _("dấu x nghĩa là đạt")}
        raise Undecided(MARKS, _("Tiêu đề của bảng là “{title}”.", title=said), choices)
    return frozenset(columns) if answer == UNMET else frozenset()


def _has_ticks(cells: Sequence[Sequence[str]], layout: Layout, columns: Collection[int]) -> bool:
    """Whether answers are marks, whose meaning a title says; words ("Chưa đạt") say it themselves."""
    rows = cells[layout.heading_row + 1 :]
    return any(answers.is_tick(row[column]) for row in rows for column in columns if column < len(row))
