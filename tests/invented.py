"""An invented province: twelve communes and a ward without districts, seven criteria, three tiers, a plan, shapes."""

import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from ntm.geo import boundaries
from ntm.groupings import GROUP_COLUMNS

CODES = [f"9{number:04}" for number in range(1, 14)]  # the last is a ward
NAMES = ["An", "Bình", "Cao", "Dung", "Đông", "Giang", "Hòa", "Khê", "Lâm", "Mỹ", "Ninh", "Phú", "Trung Tâm"]
PERIODS = ("2024-12-31", "2025-06-30")
CRITERIA = ["Đường", "Điện", "Nước", "Trường", "Trạm", "Chợ", "Nhà"]
PLAN = """
id = "ke-hoach-2025"
number = "7/KH-UBND"
date = 2025-01-15
province = "99"
baseline_date = 2024-12-31
due_date = 2025-12-31
kind = "published"
short_vi = "Kế hoạch 7"
short_en = "Plan 7"
title_vi = "Kế hoạch 7/KH-UBND"
title_en = "Plan 7/KH-UBND"
subject_vi = "Nông thôn mới tỉnh Thử Nghiệm năm 2025"
subject_en = "New rural development in Thử Nghiệm, 2025"
issuer_vi = "UBND tỉnh Thử Nghiệm"
issuer_en = "People's Committee of Thử Nghiệm"
source = "Văn bản"
evidence = "official"

[sets]
commune = "bay"

[[tiers]]
id = "all"
lower = 7
upper = 7
target = "complete"
[[tiers]]
id = "middle"
lower = 4
upper = 6
[[tiers]]
id = "low"
lower = 0
upper = 3

[[targets]]
id = "complete"
name_vi = "Xã đạt đủ"
name_en = "Complete communes"
wording_vi = "5 xã đạt 7 tiêu chí"
wording_en = "5 communes with 7 criteria"
clause_vi = "Mục I"
clause_en = "Part I"
indicator = "tier_count"
tier = "all"
unit = "commune"
value = 5

[[targets]]
id = "average"
name_vi = "Bình quân"
name_en = "Average"
wording_vi = "Bình quân 5,5 tiêu chí"
wording_en = "5.5 criteria on average"
clause_vi = "Mục I"
clause_en = "Part I"
indicator = "average"
unit = "criterion"
decimals = 1
value = 5.5

[[solutions]]
id = "one"
name_vi = "Chỉ đạo"
name_en = "Steering"
text_vi = "Giao việc cho từng xã."
text_en = "Give each commune its tasks."
documents = []
"""
WORDS = {
    **{"title_vi": "Ô vuông", "title_en": "Squares", "note_vi": "Ô vuông", "note_en": "Squares"},
    **{"terms_vi": "Tự do", "terms_en": "Free", "date": "2025-01-01"},
}


def province(folder: Path) -> Path:
    """Write the province's folder; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("units", "criteria", "plans", "boundaries"):
        (folder / name).mkdir(parents=True)
    _units().to_csv(folder / "units" / "units-all.csv", index=False)
    _criteria(folder / "criteria")
    (folder / "plans" / "7.toml").write_text(PLAN, encoding="utf-8")
    squares = [shapely.box(100 + place % 4, 20 + place // 4, 101 + place % 4, 21 + place // 4) for place in range(13)]
    shapes = gpd.GeoDataFrame(index=pd.Index(CODES, name="code"), geometry=squares, crs="EPSG:4326")
    boundaries.write(shapes, WORDS, folder / "boundaries" / "squares.geojson")
    return folder


def clusters(folder: Path) -> Path:
    """Add two groupings of the province to its folder: three clusters, and on some of its days two valleys."""
    words = ["grouping", "name_vi", "name_en", "noun_vi", "noun_en", "nouns_en", "valid_from", "valid_to"]
    named = [
        ("clusters", "Cụm xã", "Clusters", "cụm", "cluster", "clusters", "", ""),
        ("valleys", "Thung lũng", "Valleys", "thung lũng", "valley", "valleys", "2025-01-01", ""),
    ]
    groupings = pd.DataFrame(named, columns=words).assign(evidence="official", source="7/QĐ-UBND")
    groupings.to_csv(folder / "units" / "groupings.csv", index=False)
    rows = [
        ("clusters", f"C{place // 4 + 1}", f"Cụm {place // 4 + 1}", code, "") for place, code in enumerate(CODES[:12])
    ]
    rows += [
        ("valleys", f"V{place % 2 + 1}", f"Thung {place % 2 + 1}", code, "2025-01-01")
        for place, code in enumerate(CODES)
    ]
    groups = pd.DataFrame(rows, columns=["grouping", "group_code", "name_vi", "unit_code", "valid_from"])
    groups = groups.assign(name_en=groups["name_vi"], valid_to="")
    groups[list(GROUP_COLUMNS)].to_csv(folder / "units" / "groups.csv", index=False)
    return folder


def _units() -> pd.DataFrame:
    rows = [("99", "Thử Nghiệm", "tỉnh", "province", "")]
    rows += [
        (code, name, "xã" if code != CODES[-1] else "phường", "commune", "99")
        for code, name in zip(CODES, NAMES, strict=True)
    ]
    units = pd.DataFrame(rows, columns=["code", "name", "kind", "level", "parent_code"])
    empty = dict.fromkeys(("name_gso", "valid_from", "valid_to", "lat", "lon", "area_km2", "population_2019"), "")
    return units.assign(**empty)


def _criteria(folder: Path) -> None:
    one = {"criteria_set": "bay", "role": "commune", "name_vi": "Bảy tiêu chí", "name_en": "Seven criteria"}
    one |= {"unit_level": "commune", "unit_kind": "xã", "decision": "7/QĐ", "valid_from": "2024-01-01", "valid_to": ""}
    pd.DataFrame([one | {"note": ""}]).to_csv(folder / "criteria_sets.csv", index=False)
    names = pd.DataFrame({"criteria_set": "bay", "criterion": range(1, 8), "name_vi": CRITERIA, "name_en": CRITERIA})
    empty = dict.fromkeys(("group_id", "group_name_vi", "group_name_en", "group_evidence"), "")
    names.assign(evidence="official", **empty).to_csv(folder / "criteria.csv", index=False)
    tiers = [("bay", "all", 7, 7, "official"), ("bay", "some", 0, 6, "official")]
    heads = ["criteria_set", "tier", "lower", "upper", "evidence"]
    pd.DataFrame(tiers, columns=heads).to_csv(folder / "tiers.csv", index=False)


def reports(folder: Path) -> list[Path]:
    """Write what the communes sent, a CSV for each period: the n-th meets n mod 8 criteria, half a year on one more."""
    files = []
    for step, period in enumerate(PERIODS):
        rows = [
            [code, *("x" if number < (place + step) % 8 else "0" for number in range(7))]
            for place, code in enumerate(CODES[:-1])
        ]
        file = folder / f"{period}.csv"
        pd.DataFrame(rows, columns=["Mã xã", *(f"Tiêu chí {number}" for number in range(1, 8))]).to_csv(
            file, index=False
        )
        files.append(file)
    return files
