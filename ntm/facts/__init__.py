"""Facts: what an office says of its units. A module for each type of facts, and the rules that their rows must hold.

A module here with a `TYPE` (see ntm.facts.fact_type) and a migration that makes its table are a new type: it then has
a template, import, preview, publication, undo, history, comparison, a place in the data package, and rights.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from ntm import schema
from ntm.facts.fact_type import FactType, Form


def _types() -> Mapping[str, FactType]:
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    types = [module.TYPE for module in modules if hasattr(module, "TYPE")]
    return MappingProxyType({found.name: found for found in sorted(types, key=lambda found: found.place)})


TYPES = _types()  # name of the table → type, in the order of lists
FORMS: Mapping[str, Form] = MappingProxyType({name: found.form for name, found in TYPES.items() if found.form})
HEADINGS = {field.name: field.heading for form in FORMS.values() for field in form.fields}
TABLES = schema.metadata.sorted_tables  # every table of the database, those of all types of facts among them
