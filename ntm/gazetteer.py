"""The gazetteer: which unit a name from somebody else's file means.

Files spell names in many ways: "Xã Nậm Ban", "NậmBan(Xã)", "NAM BAN", composed or decomposed Unicode, an old
spelling, a commune that has been merged since. Names are compared by a key without marks, spaces or kind of unit;
marks, kind and place decide only where the key alone leaves several units. Other spellings and merged communes are
data: `data/units/aliases.csv`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pandas as pd

from ntm import tables, text
from ntm.paths import DATA

SHORT_KINDS = {"tt": "thị trấn", "tp": "thành phố", "tx": "thị xã", "p": "phường", "x": "xã", "h": "huyện", "t": "tỉnh"}
KINDS = (*text.KINDS, "quận", "thị xã")
_PREFIX = re.compile(rf"^(?:({'|'.join(KINDS)})\s+|(tt|tp|tx)\b\.?\s*|([pxht])\.\s*)(?=\S)", re.IGNORECASE)
_SUFFIX = re.compile(rf"\s*\(\s*({'|'.join(kind.replace(' ', r'[ ]?') for kind in KINDS)})\s*\)\s*$", re.IGNORECASE)
ENGLISH_KINDS = {
    "province": "tỉnh",
    "district": "huyện",
    "city": "thành phố",
    "township": "thị trấn",
    "town": "thị trấn",
    "ward": "phường",
    "commune": "xã",
}
_ENGLISH = re.compile(rf"\s+({'|'.join(ENGLISH_KINDS)})$", re.IGNORECASE)
_PLAIN_PREFIX = re.compile(rf"^({'|'.join(map(text.plain, KINDS))})\s+(?=\S)", re.IGNORECASE)
NEAR = 0.7  # how alike a suggestion must be, of 1
MOST_SUGGESTIONS = 500  # of one file: a province has 106 communes
LONGEST_NAME = 100  # signs: no unit's name is longer


@dataclass(frozen=True)
class Place:
    """A unit as a file names it. What the file does not tell is empty; `lon` and `lat` are a point inside its shape."""

    name: str
    district: str = ""
    kind: str = ""
    code: str = ""
    lon: float | None = None
    lat: float | None = None


def split_kind(name: str) -> tuple[str, str]:
    """Return a name without its kind, and the kind (as text.KINDS spells it; "" if there is none).

    "Thị trấn Sìn Hồ", "TT. Sìn Hồ", "SìnHồ(Thịtrấn)" and "Sin Ho Town" all give the town.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if found := _ENGLISH.search(name):
        return name[: found.start()], ENGLISH_KINDS[found[1].lower()]
    if found := _SUFFIX.search(name):
        return name[: found.start()], kind_of(found[1])
    if found := _PREFIX.match(name):
        long, *short = found.groups()
        return name[found.end() :], kind_of(long or SHORT_KINDS[next(filter(None, short)).lower()])
    return name, ""


def kind_of(words: str) -> str:
    """Return a kind as text.KINDS spells it, from any spelling ("Thịtrấn"); "" where it is none."""
    return next((kind for kind in KINDS if text.letters(kind) == text.letters(words)), "")


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """Return what names are compared by: no kind, marks, spaces or signs ("Xã Pa ủ" → "pau")."""
    return text.letters(split_kind(name)[0])


def keys(name: str) -> set[str]:
    """Return what a name may be compared by: also without a kind that is written without marks ("Tinh Lai Chau").

    There are names that begin so ("Xà Dề Phìn"): the second key counts only where the first is unknown.
    """
    return {key(name), key(_PLAIN_PREFIX.sub("", name))}


def _marked(name: str) -> str:
    return re.sub(r"\s", "", split_kind(name)[0].lower())


def load_aliases(file: Path = DATA / "units" / "aliases.csv") -> pd.DataFrame:
    """Return other names of units. Columns: name, district, code, relation ("spelling", "merged", "moved"), note."""
    return tables.read_optional(file, ("name", "district", "code", "relation", "note"))


@dataclass(frozen=True)
class Known:
    """One name of a unit. `kind`: "" for an alias; `relation`: that of the alias, "" for a present name."""

    code: str
    name: str
    kind: str
    key: str
    marked: str
    district_key: str
    relation: str
    lat: float
    lon: float


class Names:
    """Every known name of some units, to be looked up by key: what one look costs does not grow with their number."""

    def __init__(self, known: Iterable[Known]):
        self.by_key: dict[str, list[Known]] = {}
        for name in known:
            self.by_key.setdefault(name.key, []).append(name)
        self.codes = frozenset(name.code for name in self)
        self.have_districts = any(name.district_key for name in self)
        self._nearest: dict[str, Known | None] = {}

    def __iter__(self) -> Iterator[Known]:
        return chain.from_iterable(self.by_key.values())

    def find(self, place: Place) -> Known | None:
        """Return the name that a place means; None if there is none, or more than one.

        A code alone is enough; a code whose unit has another name is not believed, and the name decides.
        """
        if not place.name:
            return next((name for name in self if place.code and name.code == place.code), None)
        same_name = self._called(place.name)
        same_code = [name for name in same_name if place.code and name.code == place.code]
        if same_code:
            return same_code[0]
        districts = keys(place.district[:LONGEST_NAME])
        return _single(place, [name for name in same_name if not place.district or name.district_key in districts])

    def is_ambiguous(self, name: str) -> bool:
        """Return whether several units are called so."""
        return _are_several(self._called(name))

    def _called(self, name: str) -> list[Known]:
        if len(name) > LONGEST_NAME:
            return []
        return self.by_key.get(key(name)) or next((self.by_key[other] for other in keys(name) & self.by_key.keys()), [])

    def nearest(self, name: str) -> Known | None:
        """Return the known name most like this one, to suggest; None where none is alike.

        Each comparison is costly: after MOST_SUGGESTIONS different names there are no more.
        """
        asked = key(name[:LONGEST_NAME])
        if asked not in self._nearest:
            if len(self._nearest) >= MOST_SUGGESTIONS:
                return None
            alike = get_close_matches(asked, list(self.by_key), n=1, cutoff=NEAR)
            self._nearest[asked] = self.by_key[alike[0]][0] if alike else None
        return self._nearest[asked]


def build(units: pd.DataFrame, districts: pd.DataFrame, aliases: pd.DataFrame) -> Names:
    """Return every known name of the units. `units`, `districts`: of units.at, indexed by code."""
    own = units.assign(code=units.index, district=units["parent_code"].map(districts["name"]), relation="")
    other = aliases[aliases["code"].isin(units.index)].assign(kind="")
    other = other.assign(lat=other["code"].map(units["lat"]), lon=other["code"].map(units["lon"]))
    names = pd.concat([own, own.assign(name=own["name_gso"]), other], ignore_index=True)
    names = names.assign(
        key=names["name"].map(key),
        marked=names["name"].map(_marked),
        district_key=names["district"].fillna("").map(key),
    )
    columns = [field.name for field in fields(Known)]
    known = names[columns].drop_duplicates(["code", "key", "marked", "district_key"])
    return Names(Known(**row) for row in known.to_dict("records"))


def _are_several(found: Sequence[Known]) -> bool:
    return len({name.code for name in found}) > 1


def _single(place: Place, found: list[Known]) -> Known | None:
    kind, marked = place.kind or split_kind(place.name)[1], _marked(place.name)
    for agrees in (lambda name: name.marked == marked, lambda name: name.kind in (kind, "")):
        if _are_several(found) and any(map(agrees, found)):
            found = [name for name in found if agrees(name)]
    if _are_several(found) and place.lon is not None and place.lat is not None:
        lon, lat = place.lon, place.lat
        found = [min(found, key=lambda name: (name.lon - lon) ** 2 + (name.lat - lat) ** 2)]
    return found[0] if found and not _are_several(found) else None
