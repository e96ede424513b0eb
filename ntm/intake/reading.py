"""Readings: the rows of facts that sheets hold, each with its cell, and every fault with what would be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from ntm import checks, gazetteer, labels, store, text
from ntm.checks import Faults
from ntm.gazetteer import Place
from ntm.intake import answers, origin
from ntm.intake.layout import CRITERION, FORMS, KEYS, Layout, understand
from ntm.intake.sheets import Refused, Sheet, address
from ntm.reference import Reference
from ntm.text import _

FAULT_COLUMNS = ["sheet", "cell", "value", "rule", "suggestion"]
TITLE_ROWS = 10
SUMS = ("tong", "tongso", "tongcong", "cong", "binhquan", "toantinh", "toanhuyen", "trungbinh")
VALUE_OF = {"assessments": "met", "recognitions": "recognised_by", "villages": "recognised", "figures": "value"}
CODE_DIGITS = {"commune": 5, "district": 3}


@dataclass(frozen=True)
class Asked:
    """What the person says of the whole file, where the file itself does not.

    `blank_is_not_met`: an empty cell beside answers means not met; otherwise it is unknown.
    """

    form: str = "assessments"
    period: str = ""
    criteria_set: str = ""
    blank_is_not_met: bool = False


@dataclass(frozen=True)
class Reading:
    """What a file says. `rows`: the facts, as words, with sheet, row and column (numbers from 0) of their cell;
    `faults`: FAULT_COLUMNS with sheet_number, row and column; `layouts`: sheet number → how it was read; `unread`: the
    sheets in which no headings were found.
    """

    asked: Asked
    sheets: list[Sheet]
    layouts: dict[int, Layout]
    rows: pd.DataFrame
    faults: pd.DataFrame
    unread: list[str] = field(default_factory=list)

    @property
    def facts(self) -> pd.DataFrame:
        """The rows as the store takes them."""
        return self.rows.drop(columns=["sheet_number", "row", "column"], errors="ignore")


@dataclass
class _Found:
    """Rows and faults, gathered sheet by sheet."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def fault(self, sheet: Sheet, number: int, row: int, column: int, rule: str, suggestion: str = "") -> None:
        cells = sheet.cells[row]
        value = cells[column] if column < len(cells) else ""
        at = {"sheet_number": number, "row": row, "column": column}
        said = {"sheet": sheet.name, "cell": address(row, column), "value": value, "rule": rule}
        self.faults.append(said | at | {"suggestion": suggestion})


def layouts_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> dict[int, Layout]:
    """Return how each sheet is understood; those without headings are left out. Raises Refused where none has any."""
    criteria = reference.criteria_of(asked.criteria_set or reference.plan.commune_set)
    found = {
        number: understand(sheet, asked.form, criteria, reference.districts) for number, sheet in enumerate(sheets)
    }
    layouts = {number: layout for number, layout in found.items() if layout is not None}
    if not layouts:
        raise Refused(
            _(
                "Không tìm thấy dòng tiêu đề: cần cột mã xã hoặc tên xã, và cột kết quả (hoặc mỗi tiêu chí một cột). "
                "Hãy dùng tệp mẫu, hoặc đặt tên cột ở một dòng."
            )
        )
    return layouts


def criteria_set_of(sheets: Sequence[Sheet], asked: Asked, reference: Reference) -> str:
    """Return the criteria set that a title in the file names, else the one asked for, else that of the communes.

    The file is believed before the person: answers under another set's numbers would be wrong without a trace.
    """
    titles = text.letters(" ".join(cell for sheet in sheets for row in sheet.cells[:TITLE_ROWS] for cell in row))
    named = [code for code, row in reference.criteria_sets.iterrows() if text.letters(row["name_vi"]) in titles]
    return named[0] if len(named) == 1 else asked.criteria_set or reference.plan.commune_set


def read(
    sheets: list[Sheet], asked: Asked, reference: Reference, layouts: Mapping[int, Layout] | None = None
) -> Reading:
    """Read sheets as facts; `layouts` where a person has corrected them. Raises Refused."""
    origin.refuse_sample(sheets)
    asked = replace(asked, criteria_set=criteria_set_of(sheets, asked, reference))
    used = dict(layouts if layouts is not None else layouts_of(sheets, asked, reference))
    found = _Found()
    names = _names(asked, reference)
    for number, layout in used.items():
        _read_sheet(found, sheets[number], number, layout, asked, reference, names)
    rows = pd.DataFrame(found.rows)
    if rows.empty and not found.faults:
        raise Refused(_("Không có dòng số liệu nào dưới tiêu đề. Chưa lưu gì."))
    needs_period = asked.form in ("assessments", "villages")
    if needs_period and not rows.empty and (rows["period"] == "").all():
        raise Refused(_("Tệp không ghi kỳ số liệu. Hãy chọn kỳ rồi thử lại."))
    faults = [
        *found.faults,
        *_contradictions(rows, asked.form, sheets),
        *_broken_rules(rows, asked.form, sheets, used, reference),
    ]
    table = pd.DataFrame(faults, columns=[*FAULT_COLUMNS, "sheet_number", "row", "column"])
    table = table.drop_duplicates(["sheet_number", "row", "column", "rule"]).sort_values(
        ["sheet_number", "row", "column"]
    )
    unread = [sheet.name for number, sheet in enumerate(sheets) if number not in used]
    return Reading(asked, sheets, used, _once(rows, asked.form), table.reset_index(drop=True), unread)


def _names(asked: Asked, reference: Reference) -> pd.DataFrame:
    """The names that a file of this form can mean: a district and its town are called alike."""
    level = "district" if asked.form == "villages" else reference.criteria_sets.at[asked.criteria_set, "unit_level"]
    of_one_level = asked.form in ("assessments", "villages")
    units = reference.units[reference.units["level"] == level] if of_one_level else reference.units
    return gazetteer.build(units, reference.districts, gazetteer.load_aliases())


def _read_sheet(
    found: _Found,
    sheet: Sheet,
    number: int,
    layout: Layout,
    asked: Asked,
    reference: Reference,
    names: pd.DataFrame,
) -> None:
    district = layout.district
    for row in range(layout.heading_row + 1, len(sheet.cells)):
        cells = sheet.cells[row]
        place = _place(cells, layout, reference)
        heading = _district_heading(place, cells, layout, reference)
        district = place.district or heading or district
        if heading or _is_sum(place) or not (place.code or place.name):
            continue
        values = _values(cells, layout, asked)
        if not values:
            continue
        unit = _unit(replace(place, district=reference.districts["name"].get(district, district)), names)
        if unit is None:
            column = next(layout.column(role) for role in ("name", "code") if layout.column(role) is not None)
            said = _unknown_unit(place, names, reference)
            found.fault(sheet, number, row, column or 0, *said)
            continue
        shared = {"unit_code": unit, "period": layout.period or asked.period}
        shared |= {"criteria_set": asked.criteria_set}
        for column, facts in values:
            if (row, column) in sheet.formulas:
                found.fault(sheet, number, row, column, _("ô là công thức; hãy dán giá trị (Paste Values)"))
                continue
            at = {"sheet_number": number, "row": row, "column": column}
            found.rows.append(_complete(shared | _shared(cells, layout) | facts, asked.form) | at)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _place(cells: Sequence[str], layout: Layout, reference: Reference) -> Place:
    code = _cell(cells, layout.column("code"))
    if code.isdecimal() and code not in reference.units.index:  # a spreadsheet has made a number of it: 3409
        padded = (code.zfill(digits) for digits in CODE_DIGITS.values())
        code = next((longer for longer in padded if longer in reference.units.index), code)
    name = _cell(cells, layout.column("name"))
    return Place(name=name, district=_cell(cells, layout.column("district")), code=code)


def _district_heading(place: Place, cells: Sequence[str], layout: Layout, reference: Reference) -> str:
    """The code of the district that a row between the communes names ("I. Huyện Than Uyên"); "" for another row."""
    if place.code or sum(bool(cell) for cell in cells) > 2 or layout.form == "villages":
        return ""
    words = place.name or next(filter(None, cells), "")
    spoken = words.split(".")[-1].strip() if "." in words else words
    kind = gazetteer.split_kind(spoken)[1]
    names = {gazetteer.key(name): code for code, name in reference.districts["name"].items()}
    return names.get(gazetteer.key(spoken), "") if kind in ("huyện", "thành phố", "thị xã") else ""


def _is_sum(place: Place) -> bool:
    return text.letters(place.name).startswith(SUMS) and not place.code


def _values(cells: Sequence[str], layout: Layout, asked: Asked) -> list[tuple[int, dict[str, str]]]:
    """The facts of a row, each with the column of its cell: several where each criterion has a column."""
    wide = layout.criteria()
    if wide:
        words = {column: _cell(cells, column) for column in wide}
        if not any(words.values()):
            return []
        empty = "0" if asked.blank_is_not_met else ""
        read = {column: answers.met(word) if word else empty for column, word in words.items()}
        return [(column, {"criterion": str(wide[column]), "met": word}) for column, word in read.items() if word]
    column = layout.column(VALUE_OF[layout.form])
    return [(column, {})] if column is not None and _cell(cells, column) else []


def _shared(cells: Sequence[str], layout: Layout) -> dict[str, str]:
    return {
        role: answers.read(role, _cell(cells, column))
        for column, role in enumerate(layout.roles)
        if role in FORMS[layout.form] and _cell(cells, column)
    }


def _complete(facts: dict[str, str], form: str) -> dict[str, str]:
    columns = ["unit_code", *FORMS[form]]
    defaults = {"evidence": "official", "standard": "ntm"} if form in ("recognitions", "figures") else {}
    given = {column: facts.get(column, defaults.get(column, "")) for column in dict.fromkeys(columns)}
    if form == "assessments" and not given["district_code"]:
        given.pop("district_code")
    if form == "figures" and not given["period"] and checks.is_month_end(given["date"]):
        given["period"] = given["date"]
    return given


def _unit(place: Place, names: pd.DataFrame) -> str | None:
    if place.code and not place.name:
        return place.code if place.code in set(names["code"]) else None
    within = place if (names["district_key"] != "").any() else replace(place, district="")  # districts have none
    found = gazetteer.find(within, names)
    return None if found is None else str(found["code"])


def _unknown_unit(place: Place, names: pd.DataFrame, reference: Reference) -> tuple[str, str]:
    if place.name and names[names["key"] == gazetteer.key(place.name)]["code"].nunique() > 1:
        return _("có nhiều đơn vị cùng tên; hãy ghi mã hoặc huyện"), ""
    near = gazetteer.nearest(place.name, names) if place.name else None
    suggestion = "" if near is None else f"{reference.units.at[near['code'], 'label']} {near['code']}"
    return _("không có đơn vị này trong danh mục của tỉnh"), suggestion


def _contradictions(rows: pd.DataFrame, form: str, sheets: Sequence[Sheet]) -> list[dict]:
    """Cells that say different things of the same fact; saying the same twice is no fault."""
    if rows.empty:
        return []
    value, key = VALUE_OF[form], KEYS[form]
    differing = rows.groupby(key)[value].transform("nunique") > 1
    found = _Found()
    for group in rows[differing].groupby(key).indices.values():
        cells = rows[differing].iloc[group]
        for row in cells.itertuples():
            others = [
                f"{sheets[other.sheet_number].name} {address(other.row, other.column)}".strip()
                for other in cells.itertuples()
                if other.Index != row.Index
            ]
            rule = _("mâu thuẫn với ô {cells}", cells=", ".join(others[:3]))
            found.fault(sheets[row.sheet_number], row.sheet_number, row.row, row.column, rule)
    return found.faults


def _once(rows: pd.DataFrame, form: str) -> pd.DataFrame:
    return rows if rows.empty else rows.drop_duplicates(KEYS[form], ignore_index=True)


def _broken_rules(
    rows: pd.DataFrame, form: str, sheets: Sequence[Sheet], layouts: Mapping[int, Layout], reference: Reference
) -> list[dict]:
    """What the store's own checks find, brought back to the cells."""
    once = _once(rows, form)
    if once.empty:
        return []
    try:
        store.CHECKS[form](once, reference)
    except Faults as faults:
        found = _Found()
        for fault in faults.table.itertuples():
            row = once.iloc[int(fault.row) - 2]  # the checks count from the first row below a heading
            number = row["sheet_number"]
            column = _column(layouts[number], fault.column, row["column"])
            found.fault(sheets[number], number, row["row"], column, fault.rule, _suggestion(fault.column))
            found.faults[-1]["value"] = fault.value
        return found.faults
    return []


def _column(layout: Layout, name: str, value_column: int) -> int:
    """The column that a check has found wrong; that of the row's value where the file has no such column."""
    for role in ("code", "name") if name == "unit_code" else (name,):
        if layout.column(role) is not None:
            return layout.roles.index(role)
    return value_column


def _suggestion(column: str) -> str:
    return {"met": _("Đạt hoặc Chưa đạt"), "criterion": ""}.get(column, "")


def role_words(role: str, criteria: pd.DataFrame) -> str:
    """Return a role in the reader's words."""
    if role.startswith(CRITERION):
        number = int(role.removeprefix(CRITERION))
        return _("Tiêu chí {number}. {name}", number=number, name=text.either(criteria.loc[number], "name"))
    return labels.column(role) if role else _("(bỏ qua)")
