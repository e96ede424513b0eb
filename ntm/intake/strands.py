"""Strands: groups of columns of one table that speak of different standards ("NTM | NTM nâng cao").

A row then says a fact of each: of a recognition's standard, or of an answer's criteria set.
"""

from collections.abc import Mapping
from dataclasses import replace

from ntm.intake import standards
from ntm.intake.headings import CRITERION
from ntm.intake.layout import Layout, left_alone
from ntm.text import mark

OF_MODEL = mark("chuẩn kiểu mẫu, chưa lưu được")
OWN = {"met", "recognised_by", "decision", "revoked_on"}  # roles of columns that are of one standard


def named(layout: Layout) -> dict[int, str]:
    """Return the standard that the words over a column of facts name, of the columns over which they name one."""
    found = {}
    for column in range(len(layout.roles)):
        said = standards.named(f"{layout.groups[column]} {layout.headings[column]}") - {standards.DISTRICT}
        if _is_own(layout, column) and len(said) == 1:
            (found[column],) = said
    return found


def own(layout: Layout) -> list[int]:
    """Return the columns that are of one standard."""
    return [column for column in range(len(layout.roles)) if _is_own(layout, column)]


def _is_own(layout: Layout, column: int) -> bool:
    return layout.roles[column] in OWN or layout.roles[column].startswith(CRITERION)


def divided(layout: Layout, values: Mapping[str, str], base: str) -> Layout:
    """Return the layout with the strand of each column, if the columns name more than the base.

    `values`: standard → what stands in the facts for it; what has none is left alone; `base`: what stands for columns
    that name nothing.
    """
    said = named(layout)
    layout = left_alone(layout, {column for column, standard in said.items() if standard not in values}, OF_MODEL)
    of_column = {column: values[standard] for column, standard in said.items() if standard in values}
    if set(of_column.values()) <= {base}:
        return layout
    strands = (of_column.get(column, base if _is_own(layout, column) else "") for column in range(len(layout.roles)))
    return replace(layout, strands=tuple(strands))
