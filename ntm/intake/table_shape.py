"""Shapes: tables whose headings are the same, in the same columns. Columns corrected by hand are remembered for one."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ntm import text
from ntm.intake.layout import Layout
from ntm.intake.reading import role_words
from ntm.intake.sheets import address

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(\d{1,2}[/.-])?\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d")


@dataclass(frozen=True)
class Shape:
    """What a remembered reading is for: the form, the criteria set, and the fingerprint of the headings."""

    form: str
    criteria_set: str
    fingerprint: str


def of(layout: Layout, criteria_set: str) -> Shape:
    """Return the shape of a table: every heading and the words over it, by their letters, and their columns.

    Days and years do not count if the headings name one year at most: next year's file is of the same shape. If they
    name several, they say which column is which.
    """
    over = layout.groups or ("",) * len(layout.headings)
    words = list(zip(layout.headings, over, strict=True))
    years = {year for pair in words for said in pair for year in _YEAR.findall(said)}
    spoken = [[text.letters(said if len(years) > 1 else _DAY.sub("", said)) for said in pair] for pair in words]
    return Shape(layout.form, criteria_set, hashlib.sha256(json.dumps(spoken).encode()).hexdigest())


def corrections(layout: Layout, corrected: Layout) -> dict[int, str]:
    """Return what was corrected by hand: column (number from 0) → its role."""
    pairs = enumerate(zip(layout.roles, corrected.roles, strict=True))
    return {column: after for column, (before, after) in pairs if before != after}


def words(roles: Mapping[int, str], criteria: pd.DataFrame) -> str:
    """Return corrections in words: "C: Tiêu chí 2. Giao thông; D: (bỏ qua)"."""
    named = {address(0, column).rstrip("1"): role_words(role, criteria) for column, role in sorted(roles.items())}
    return "; ".join(f"{letters}: {role}" for letters, role in named.items())
