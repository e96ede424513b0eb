"""The gazetteer: which unit a name from somebody else's file means.

Files spell names in many ways: "Xã Nậm Ban", "NậmBan(Xã)", "NAM BAN", composed or decomposed Unicode, an old
spelling, a commune that has been merged since. Names are compared by a key without marks, spaces or kind of unit;
marks, kind and place decide only where the key alone leaves several units. Other spellings and merged communes are
data: `data/units/aliases.csv`.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from ntm import text
from ntm.paths import DATA

SHORT_KINDS = {"tt": "thị trấn", "tp": "thành phố", "tx": "thị xã", "p": "phường", "x": "xã", "h": "huyện", "t": "tỉnh"}
KINDS = (*text.KINDS, "quận", "thị xã")
_PREFIX = re.compile(rf"^(?:({'|'.join(KINDS)})\s+|(tt|tp|tx)\b\.?\s*|([pxht])\.\s*)(?=\S)", re.IGNORECASE)
_SUFFIX = re.compile(rf"\s*\(\s*({'|'.join(kind.replace(' ', r'[ ]?') for kind in KINDS)})\s*\)\s*$", re.IGNORECASE)
NEAR = 0.7  # how alike a suggestion must be, of 1


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
    """Return a name without its kind, and the kind (as text.KINDS spells it; "" where there is none).

    "Thị trấn Sìn Hồ", "TT. Sìn Hồ" and "SìnHồ(Thịtrấn)" all give the town.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if found := _SUFFIX.search(name):
        return name[: found.start()], kind_of(found[1])
    if found := _PREFIX.match(name):
        long, *short = found.groups()
        return name[found.end() :], kind_of(long or SHORT_KINDS[next(filter(None, short)).lower()])
    return name, ""


def kind_of(words: str) -> str:
    """Return a kind as text.KINDS spells it, from any spelling ("Thịtrấn"); "" where it is none."""
    return next((kind for kind in KINDS if text.letters(kind) == text.letters(words)), "")


def key(name: str) -> str:
    """Return what names are compared by: no kind, marks, spaces or signs ("Xã Pa ủ" → "pau")."""
    return text.letters(split_kind(name)[0])


def _marked(name: str) -> str:
    return re.sub(r"\s", "", split_kind(name)[0].lower())


def load_aliases(file: Path = DATA / "units" / "aliases.csv") -> pd.DataFrame:
    """Return other names of units. Columns: name, district, code, relation ("spelling", "merged", "moved"), note."""
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def build(units: pd.DataFrame, districts: pd.DataFrame, aliases: pd.DataFrame) -> pd.DataFrame:
    """Return every known name of the units.

    `units`, `districts`: of units.at, indexed by code. Columns of the result: code, name, kind ("" for an alias), key,
    marked, district_key, relation ("" for a present name), lat, lon.
    """
    own = units.assign(code=units.index, district=units["parent_code"].map(districts["name"]), relation="")
    other = aliases[aliases["code"].isin(units.index)].assign(kind="")
    other = other.assign(lat=other["code"].map(units["lat"]), lon=other["code"].map(units["lon"]))
    names = pd.concat([own, own.assign(name=own["name_gso"]), other], ignore_index=True)
    names = names.assign(
        key=names["name"].map(key),
        marked=names["name"].map(_marked),
        district_key=names["district"].fillna("").map(key),
    )
    columns = ["code", "name", "kind", "key", "marked", "district_key", "relation", "lat", "lon"]
    return names[columns].drop_duplicates(["code", "key", "marked", "district_key"], ignore_index=True)


def find(place: Place, names: pd.DataFrame) -> pd.Series | None:
    """Return the row of `names` (see build) that a place means; None where there is none, or no single one.

    A code alone is enough; a code whose unit has another name is not believed, and the name decides.
    """
    same_name = names[names["key"] == key(place.name)] if place.name else names
    same_code = same_name[same_name["code"] == place.code]
    if place.code and len(same_code):
        return same_code.iloc[0]
    if not place.name:
        return None
    found = same_name[same_name["district_key"] == key(place.district)] if place.district else same_name
    return _single(place, found)


def _single(place: Place, found: pd.DataFrame) -> pd.Series | None:
    kind = place.kind or split_kind(place.name)[1]
    for agrees in (found["marked"] == _marked(place.name), found["kind"].isin([kind, ""])):
        if found["code"].nunique() > 1 and agrees.loc[found.index].any():
            found = found[agrees.loc[found.index]]
    if found["code"].nunique() > 1 and place.lon is not None:
        distance = (found["lon"] - place.lon) ** 2 + (found["lat"] - place.lat) ** 2
        found = found.loc[[distance.idxmin()]]
    return found.iloc[0] if found["code"].nunique() == 1 else None


def nearest(name: str, names: pd.DataFrame) -> pd.Series | None:
    """Return the known name most like this one, to suggest; None where none is alike."""
    alike = get_close_matches(key(name), names["key"].tolist(), n=1, cutoff=NEAR)
    return names[names["key"] == alike[0]].iloc[0] if alike else None
