"""Criteria sets of a workbook's tables: each is read under its own, as its title or sheet says, or as the person says.

An official name decides, if nothing else was chosen. "NTM nâng cao" alone does not: then the person is asked.
"""

from collections.abc import Mapping, Sequence

from ntm import text
from ntm.facts import FORMS
from ntm.intake import set_fit
from ntm.intake.asked import Asked
from ntm.intake.tables import Table
from ntm.intake.titles import MODEL, Named
from ntm.intake.undecided import CRITERIA, SET, Undecided
from ntm.reference import Reference
from ntm.text import _

AS_NAMED = "named"  # the answer that each table, and each group of columns, is of the set that it names


def of_tables(
    tables: Sequence[Table], by_column: Mapping[int, frozenset[str]], asked: Asked, reference: Reference
) -> dict[int, str]:
    """Return the criteria set of each table, by its number; MODEL for those of a standard that has no set.

    `by_column`: the sets that groups of columns name, of the tables in which any does. What names none is of the set
    asked for, else of the communes'. Raises Undecided.
    """
    asked = set_fit.answered(asked)
    chosen = asked.criteria_set or reference.commune_set
    sets = dict.fromkeys(range(len(tables)), chosen)
    if not FORMS[asked.form].by_criterion or asked.answer(CRITERIA):
        return sets
    named = _named(tables, reference)
    of_model = {number: MODEL for number, name in named.items() if name.codes == (MODEL,)}
    named = {number: name for number, name in named.items() if number not in of_model}
    if not by_column and not _differ(named, chosen, reference):
        return sets | of_model
    told = {code for name in named.values() for code in name.codes}
    is_said = all(name.official for name in named.values()) and (len(told) > 1 or not asked.criteria_set)
    if not by_column and is_said:
        return sets | {number: name.codes[0] for number, name in named.items()} | of_model
    return sets | _answered(tables, named, by_column, asked, reference) | of_model


def _named(tables: Sequence[Table], reference: Reference) -> dict[int, Named]:
    """What each table with headings names; what the sheets without any name holds for those that name nothing."""
    own = {number: table.titles.criteria_set(reference) for number, table in enumerate(tables)}
    covers = {own[number] for number, table in enumerate(tables) if not table.is_headed and own[number].codes}
    cover = covers.pop() if len(covers) == 1 else Named()
    headed = [number for number, table in enumerate(tables) if table.is_headed] or list(own)
    return {number: own[number] if own[number].codes else cover for number in headed}


def _differ(named: Mapping[int, Named], chosen: str, reference: Reference) -> bool:
    """Whether tables name another set than the chosen one. "NTM" alone names one only beside tables of another."""
    told = {code for name in named.values() for code in name.codes}
    alone = len({name.codes for name in named.values() if name.codes}) == 1
    weak = {code for name in named.values() if not name.official for code in name.codes} & {reference.commune_set}
    return bool(told - {chosen} - (weak if alone else set()))


def _answered(
    tables: Sequence[Table],
    named: Mapping[int, Named],
    by_column: Mapping[int, frozenset[str]],
    asked: Asked,
    reference: Reference,
) -> dict[int, str]:
    """The set of each table as the person has answered. Raises Undecided."""
    chosen = asked.criteria_set or reference.commune_set
    names = reference.timeline.criteria_sets
    told = list(dict.fromkeys(code for name in named.values() for code in name.codes if code != MODEL))
    mapped = {number: name.codes[0] if name.codes else chosen for number, name in named.items()}
    is_clear = all(len(name.codes) < 2 or number in by_column for number, name in named.items())
    each = is_clear and (by_column or len(set(mapped.values())) > 1)
    whole = [chosen] if each and len(told) > 1 else [*told, chosen]
    choices = {AS_NAMED: _as_named(tables, mapped, by_column, reference)} if each else {}
    choices |= {code: text.either(names.loc[code], "name") for code in whole}
    answer = asked.answer(SET)
    if answer == AS_NAMED and answer in choices:
        return mapped
    if answer in choices:
        return dict.fromkeys(named, answer)
    raise Undecided(SET, _("Tệp ghi bộ tiêu chí khác với bộ được chọn."), choices)


def _as_named(
    tables: Sequence[Table], mapped: Mapping[int, str], by_column: Mapping[int, frozenset[str]], reference: Reference
) -> str:
    """What it means to read everything under the set that it names, in words."""
    names = reference.timeline.criteria_sets
    words = []
    for number, code in mapped.items():
        codes = sorted(by_column.get(number, {code}))
        sets = "; ".join(text.either(names.loc[each], "name") for each in codes)
        words.append(_("“{table}”: {sets}", table=tables[number].title, sets=sets))
    return _("mỗi bảng, mỗi nhóm cột theo tên ghi trong tệp: {tables}", tables="; ".join(words))
