"""What the first visitor of a server need not wait for: modules, the map's component, the latest dataset."""

import importlib
import pkgutil

from ntm import figures, reports, ui
from ntm.ui import data, quirks


def all_of_it() -> None:
    """Import what pages are made of, register the map's component, load the latest data."""
    for package in (ui, figures, reports):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    quirks.register_map_component()
    data.preload()
