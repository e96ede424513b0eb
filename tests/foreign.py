"""Layers shaped like the ones that others hand out, made from the schematic layer."""

import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from ntm.geo import boundaries
from ntm.reference import Reference

MERGED = {"03403": ("Nậm Loỏng", "Sùng Phài"), "03550": ("Ma Li Chải", "Sì Lờ Lầu")}
WEST_OF_THE_PROVINCE = shapely.box(101.5, 21.5, 101.9, 21.9)


def units(reference: Reference) -> gpd.GeoDataFrame:
    """The plan's units as one would name them: code, name, kind, district, province, geometry."""
    rows = reference.shaped_units
    return gpd.GeoDataFrame(
        {
            "code": rows.index,
            "name": rows["name"],
            "kind": rows["kind"],
            "district": rows["parent_code"].map(reference.districts["name"]),
            "province": reference.province["name"],
        },
        geometry=boundaries.read(boundaries.BUNDLED / "schematic-2024.geojson").geometry.reindex(rows.index),
        crs=4326,
    ).reset_index(drop=True)


def before_2020(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same with two communes still divided in two: 108 rows."""
    kept = [rows[~rows["code"].isin(MERGED)]]
    for code, names in MERGED.items():
        row = rows[rows["code"] == code]
        west, south, east, north = row.total_bounds
        middle = (west + east) / 2
        for name, half in zip(names, [(west, south, middle, north), (middle, south, east, north)], strict=True):
            kept.append(row.assign(name=name, geometry=row.intersection(shapely.box(*half))))
    return gpd.GeoDataFrame(pd.concat(kept, ignore_index=True), crs=rows.crs)


def gadm(rows: gpd.GeoDataFrame, *, spaces: bool = False) -> gpd.GeoDataFrame:
    """As in GADM 4.1: in its JSON without spaces and with "NA" for nothing; a commune of another province beside."""

    def written(words: str) -> str:
        return words if spaces else words.replace(" ", "")

    clash = rows.duplicated(["district", "name"], keep=False)
    names = rows["name"].where(~clash, rows["name"] + " (" + rows["kind"].str.capitalize() + ")")
    columns = {
        "GID_3": [f"VNM.36.1.{number}_1" for number in range(len(rows))],
        "GID_0": "VNM",
        "COUNTRY": "Vietnam",
        "NAME_1": rows["province"].map(written),
        "NL_NAME_1": None if spaces else "NA",
        "NAME_2": rows["district"].map(written),
        "NAME_3": names.map(written),
        "TYPE_3": rows["kind"].str.capitalize().map(written),
        "CC_3": None if spaces else "NA",
    }
    own = gpd.GeoDataFrame(columns, geometry=rows.geometry.to_numpy(), crs=4326)
    other = own.iloc[:1].assign(NAME_1="ĐiệnBiên", NAME_3="SínThầu", geometry=[WEST_OF_THE_PROVINCE])
    return gpd.GeoDataFrame(pd.concat([own, other], ignore_index=True), crs=4326)


def cod_ab(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """As OCHA's: P-codes that are not the statistics office's, names with their kind."""
    columns = {
        "ADM3_PCODE": [f"VN3010{number:03}" for number in range(len(rows))],
        "ADM3_VI": rows["kind"].str.capitalize() + " " + rows["name"],
        "ADM3_EN": rows["name"],
        "ADM2_VI": "Huyện " + rows["district"],
        "ADM1_VI": "Tỉnh " + rows["province"],
    }
    return gpd.GeoDataFrame(columns, geometry=rows.geometry.to_numpy(), crs=4326)


def geoboundaries(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """As geoBoundaries: one name and no district or province; a commune of another province beside."""
    names = [*rows["name"], "Sín Thầu"]
    shapes = [*rows.geometry, WEST_OF_THE_PROVINCE]
    return gpd.GeoDataFrame({"shapeName": names, "shapeGroup": "VNM", "shapeType": "ADM3"}, geometry=shapes, crs=4326)


def cadastre(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """As an office's own: codes that a spreadsheet turned into numbers, VN-2000, central meridian 103°."""
    return gpd.GeoDataFrame({"Mã xã": rows["code"].astype(float)}, geometry=rows.geometry, crs=4326).to_crs(9205)


def zipped(folder: Path, target: Path) -> Path:
    """Put all files of a folder into a zip archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"inside/{file.name}")
    return target
