"""Administrative units: province, district, commune; the dates between which each exists, and what succeeds it.

Codes are reused: 03434 was the town Nậm Nhùn until 30/6/2025 and is the commune Nậm Hàng since. A unit is therefore
a code *and* a date; ask `at` for the units of a day before looking anything up by code.
"""

import datetime as dt
from pathlib import Path

import pandas as pd

from ntm import tables, text
from ntm.paths import DATA

SUCCESSION_COLUMNS = ("code", "successor_code", "effective")
NUMBERS = ("lat", "lon", "area_km2", "population_2019")


def load(folder: Path = DATA / "units") -> pd.DataFrame:
    """Return the units of every date, from the files `units-*.csv`.

    Columns: code, name, name_gso (the statistics office's spelling), kind (xã, huyện, …), level (province, district,
    commune), parent_code, valid_from and valid_to (ISO dates; empty is "not bounded by what is known"), lat, lon
    (degrees), area_km2, population_2019 (census).
    """
    files = sorted(folder.glob("units-*.csv"))
    units = pd.concat([tables.read(file) for file in files], ignore_index=True)
    for column in NUMBERS:
        units[column] = pd.to_numeric(units[column])
    return units


def load_successions(folder: Path = DATA / "units") -> pd.DataFrame:
    """Return which unit follows which. Columns: code, successor_code, effective (ISO date)."""
    return tables.read_optional(folder / "successions.csv", SUCCESSION_COLUMNS)


def at(units: pd.DataFrame, day: dt.date | str) -> pd.DataFrame:
    """Return the units in force on a day, indexed by code, with a short `label` each.

    Columns: those of `load` without code, and label ("Pha Mu", "TT Mường Tè", "TP Lai Châu").
    """
    day = str(day)
    started = units["valid_from"] <= day  # an empty bound sorts before every date
    lasting = (units["valid_to"] == "") | (units["valid_to"] >= day)
    present = units[started & lasting].set_index("code")
    labels = [text.unit_label(kind, name) for kind, name in zip(present["kind"], present["name"], strict=True)]
    return present.assign(label=labels)


def within(units: pd.DataFrame, province: str) -> pd.DataFrame:
    """Return one province with its districts and communes, from the result of `at`."""
    children = units["parent_code"] == province
    grandchildren = units["parent_code"].isin(units.index[children])
    return units[(units.index == province) | children | grandchildren]


def in_order(units: pd.DataFrame) -> pd.DataFrame:
    """Sort units by name in the order of Vietnamese dictionaries."""
    return units.sort_values("name", key=lambda names: names.map(text.collation_key), kind="stable")
