"""Forms: reading an office's file and making a template, whatever the form is.

Most forms are a table of units (reading.py, template.py). A form with a workbook of its own has a reader and a maker.
"""

from collections.abc import Callable, Collection, Mapping

from ntm.intake import plan_template, plans, reading, template
from ntm.intake.layout import Layout
from ntm.intake.prefilled import Known
from ntm.intake.reading import Asked, Reading
from ntm.intake.sheets import Sheet
from ntm.reference import Reference

READERS: dict[str, Callable[[list[Sheet], Asked, Reference], Reading]] = {"plans": plans.read}
MAKERS: dict[str, Callable[[Reference, str, str], bytes]] = {"plans": plan_template.make}


def has_workbook(form: str) -> bool:
    """Return whether a form (a name of facts.FORMS) has a workbook of its own, and no table of units."""
    return form in READERS


def read(
    sheets: list[Sheet], asked: Asked, reference: Reference, layouts: Mapping[int, Layout] | None = None
) -> Reading:
    """Read a file's sheets; `layouts` where a person has corrected those of a table. Raises Refused."""
    if has_workbook(asked.form):
        return READERS[asked.form](sheets, asked, reference)
    return reading.read(sheets, asked, reference, layouts)


def make(
    reference: Reference,
    asked: Asked,
    districts: Collection[str] = (),
    filled_with: str = "",
    known: Known | None = None,
) -> bytes:
    """Return a template for what is asked.

    `districts`: codes, all where empty; `filled_with`: the id of what a workbook holds already, "" for an empty one;
    `known`: the facts that a table of units holds already (see prefilled.of).
    """
    if has_workbook(asked.form):
        return MAKERS[asked.form](reference, asked.period, filled_with)
    return template.make(reference, asked.form, asked.period, asked.criteria_set, districts, known)
