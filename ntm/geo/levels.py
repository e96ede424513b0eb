"""Districts and provinces among communes: recognised and left out, so that none is taken for the town of its name.

A row is no commune by the level that its file states, by the word for its kind, or because it contains several others.
"""

from typing import TYPE_CHECKING

import pandas as pd

from ntm import gazetteer

if TYPE_CHECKING:
    import geopandas as gpd

COARSER_KINDS = ("tỉnh", "huyện", "quận", "thị xã", "thành phố")
CONTAINED = 3  # communes: fewer may lie in a commune that was drawn without the hole for a town in it


def not_communes(shapes: "gpd.GeoDataFrame", codes: pd.Series) -> pd.Series:
    """Return which rows are of another level. `codes`: which unit each row seems to mean, None where none.

    Where all are of one level, there is nothing to tell apart.
    """
    by_kind = shapes.apply(_kind, axis=1).isin(COARSER_KINDS)
    other = by_kind | _of_another_level(shapes["level"], codes.notna() & ~by_kind) | _contain_others(shapes, codes)
    return other & ~other.all()


def _kind(row: pd.Series) -> str:
    return gazetteer.kind_of(row["kind"]) or gazetteer.split_kind(row["name"])[1]


def _of_another_level(levels: pd.Series, known: pd.Series) -> pd.Series:
    """The level of communes is the one that most of the known units have: numbers differ by source and by year."""
    usual = levels[known & (levels != "")].mode()
    return (levels != "") & (levels != usual.iloc[0]) if len(usual) else pd.Series(False, index=levels.index)


def _contain_others(shapes: "gpd.GeoDataFrame", codes: pd.Series) -> pd.Series:
    import shapely

    valid = shapes.geometry.make_valid()
    units = codes[codes.notna()]
    tree = shapely.STRtree(valid.loc[units.index].representative_point().to_numpy())
    place, point = tree.query(valid.to_numpy(), predicate="contains")
    pairs = pd.DataFrame({"row": shapes.index[place], "other": units.iloc[point].to_numpy()})
    foreign = pairs[pairs["other"] != pairs["row"].map(codes).fillna("")]
    return foreign.groupby("row")["other"].nunique().reindex(shapes.index, fill_value=0) >= CONTAINED
