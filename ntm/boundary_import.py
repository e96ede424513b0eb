"""Taking a layer of boundaries from elsewhere into use: match its rows to units, measure, repair, simplify, write.

Either every unit gets its shape, or the layer is refused with a sentence and the layer in use stays.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ntm import boundaries, boundary_files, clock, gazetteer, schematic, text
from ntm import units as units_module
from ntm.boundary_files import Foreign, Unfit, printable
from ntm.gazetteer import Place
from ntm.geo import coverage
from ntm.geo.coverage import Fit
from ntm.reference import Reference
from ntm.text import _

if TYPE_CHECKING:
    import geopandas as gpd

NEAR_PROVINCE = 0.02  # degrees: the outline is known to about 0.01°
FAR_AWAY = 0.1  # degrees, about 10 km, from a unit's known point to its shape
AREA_TOLERANCE = 0.05  # of the province's area
SHOWN_NAMES = 12


@dataclass(frozen=True)
class Match:
    """Which unit each row means. `rows`: name, district, code (None where unknown), relation (see gazetteer.build);
    indexed like the layer's shapes. `lacking`: the units without a row."""

    rows: pd.DataFrame
    lacking: pd.DataFrame
    wanted: int

    @property
    def unknown(self) -> pd.DataFrame:
        """The rows that mean no unit."""
        return self.rows[self.rows["code"].isna()]

    @property
    def matched(self) -> int:
        """How many units have a row."""
        return self.wanted - len(self.lacking)


@dataclass(frozen=True)
class Report:
    """What an import found and did.

    `fit` and `area` (after repairing) are in km², as is `expected_area`; `vertices` before and after simplifying.
    """

    source: str
    match: Match
    fit: Fit
    area: float
    expected_area: float
    vertices: tuple[int, int]
    file: Path


def take(
    file: Path,
    reference: Reference,
    *,
    layer: str = "",
    crs: str = "",
    encoding: str = "",
    title: str = "",
    terms: str = "",
) -> Report:
    """Read a layer and write it to boundaries.folder(), ready to be published; return what was found.

    `title` and `terms` name the source where the file is of no known one. Unfit, with a sentence, where not every unit
    of the plan gets a shape or the shapes are not the province's; nothing is written then.
    """
    foreign = boundary_files.read(file, layer=layer, crs=crs, encoding=encoding)
    foreign = of_province(foreign, reference, file.name)
    found = match(foreign, reference)
    if len(found.lacking):
        raise Unfit(refusal(file.name, foreign, found, reference))
    shapes = dissolve(foreign.shapes, found.rows["code"])
    measured = coverage.fit(shapes)
    expected = float(reference.province["area_km2"])
    check_place(shapes, measured.area, expected, reference, file.name)
    repaired = coverage.repair(shapes)
    finished = coverage.simplify(repaired)
    source = printable(title) or foreign.source.title or printable(file.stem)
    target = boundaries.folder() / f"{_id(foreign, file)}.geojson"
    _write(finished, _words(source, foreign, printable(terms)), target, reference)
    return Report(
        source=source,
        match=found,
        fit=measured,
        area=coverage.fit(repaired).area,
        expected_area=expected,
        vertices=(coverage.vertices(repaired), coverage.vertices(finished)),
        file=target,
    )


def _id(foreign: Foreign, file: Path) -> str:
    """A known source has one layer; other files have one each."""
    return (
        foreign.source.id if foreign.source.signature else re.sub(r"[^a-z0-9]+", "-", f"file {text.plain(file.stem)}")
    )


def of_province(foreign: Foreign, reference: Reference, file: str) -> Foreign:
    """Return the layer's rows in the plan's province: by its name, or by place where no column names a province."""
    shapes = foreign.shapes
    if "province" in foreign.columns:
        inside = shapes["province"].map(gazetteer.key) == gazetteer.key(reference.province["name"])
        found = ", ".join(printable(name) for name in shapes["province"].unique()[:SHOWN_NAMES])
    else:
        outline = schematic.load_outline().buffer(NEAR_PROVINCE)
        inside = shapes.representative_point().within(outline)
        west, south, east, north = shapes.total_bounds
        found = f"{text.number(west, 2)}–{text.number(east, 2)}° Đ, {text.number(south, 2)}–{text.number(north, 2)}° B"
    if not inside.any():
        raise Unfit(
            _(
                "{file}: không có đơn vị nào của {province}. Trong tệp có: {found}. Chọn tệp của {province}, hoặc kiểm "
                "tra hệ tọa độ (--crs).",
                file=file,
                province=reference.province["name"],
                found=found,
            )
        )
    return Foreign(foreign.source, shapes[inside], foreign.columns)


def match(foreign: Foreign, reference: Reference) -> Match:
    """Say which of the plan's units each row means, by code, or by district and name, or by name and place."""
    units = reference.shaped_units
    names = gazetteer.build(units, reference.districts, gazetteer.load_aliases())
    rows = [_row(place, gazetteer.find(place, names)) for place in _places(foreign, len(units.index[0]))]
    found = pd.DataFrame(rows, index=foreign.shapes.index)
    return Match(found, units[~units.index.isin(found["code"])], len(units))


def _row(place: Place, unit: pd.Series | None) -> dict[str, str | None]:
    found = {"code": unit["code"], "relation": unit["relation"]} if unit is not None else {}
    return {"name": place.name, "district": place.district, "code": None, "relation": ""} | found


def _places(foreign: Foreign, width: int) -> list[Place]:
    inside = foreign.shapes.representative_point()
    return [
        Place(
            name=row["name"],
            district=row["district"],
            kind=gazetteer.kind_of(row["kind"]),
            code=_code(row["code"], width),
            lon=point.x,
            lat=point.y,
        )
        for row, point in zip(foreign.shapes.to_dict("records"), inside, strict=True)
    ]


def _code(written: str, width: int) -> str:
    """Spreadsheets turn 03409 into 3409 or 3409.0, and P-codes put the country before it."""
    digits = written.removesuffix(".0").upper().removeprefix("VN")
    return digits.zfill(width) if digits.isdigit() else ""


def dissolve(shapes: "gpd.GeoDataFrame", codes: pd.Series) -> "gpd.GeoSeries":
    """Return one shape per code (degrees), the union of its rows; rows without a code are left out."""
    import geopandas as gpd

    known = gpd.GeoDataFrame({"code": codes}, geometry=shapes.geometry.make_valid(), crs=shapes.crs)
    return known.dropna(subset="code").dissolve("code").geometry


def refusal(file: str, foreign: Foreign, found: Match, reference: Reference) -> str:
    """Say what the file holds instead of the plan's units: another vintage, districts, or some names that differ."""
    due = text.date(reference.plan.due_date)
    head = _(
        "{file}: khớp {matched} trên {wanted} đơn vị cấp xã của {province} ngày {day}.",
        file=file,
        matched=found.matched,
        wanted=found.wanted,
        province=reference.province["name"],
        day=due,
    )
    other = _better_fit(foreign, found, reference)
    if other:
        return f"{head} {other}"
    lacking = _("Chưa có hình: {units}.", units=_listed(found.lacking["label"]))
    return " ".join(filter(None, [head, lacking, _unknown_names(found, reference)]))


def _better_fit(foreign: Foreign, found: Match, reference: Reference) -> str:
    """Name the set of units that the file fits better than the plan's: of another day, or the districts."""
    written = set(foreign.shapes["name"].map(gazetteer.key))
    districts = set(reference.districts["name"].map(gazetteer.key))
    if len(foreign.shapes) <= 2 * len(districts) and len(written & districts) > len(districts) / 2:
        return _(
            "Tệp có {rows} đối tượng, tên là tên huyện: đây là lớp cấp huyện, cần lớp cấp xã.", rows=len(foreign.shapes)
        )
    for day in sorted(set(reference.all_units["valid_from"]) - {""}):
        present = units_module.within(units_module.at(reference.all_units, day), reference.plan.province)
        keys = set(present.loc[present["level"] == "commune", "name"].map(gazetteer.key))
        share = len(written & keys) / len(keys)
        if share > max(0.8, found.matched / found.wanted) and len(foreign.shapes) < found.wanted / 2:
            return _(
                "Tệp có {count} trong {all} đơn vị từ {day}: đây là địa giới của kỳ khác. Cần lớp trước ngày đó.",
                count=len(written & keys),
                all=len(keys),
                day=text.date(day),
            )
    return ""


def _unknown_names(found: Match, reference: Reference) -> str:
    if found.unknown.empty:
        return ""
    names = gazetteer.build(reference.shaped_units, reference.districts, gazetteer.load_aliases())
    words = []
    for row in found.unknown.to_dict("records"):
        near = gazetteer.nearest(row["name"], names)
        hint = f" (≈ {near['name']}, {near['code']})" if near is not None else ""
        words.append(printable(", ".join(filter(None, [row["name"], row["district"]]))) + hint)
    return _(
        "Tên trong tệp không khớp: {names}. Nếu là cách viết khác của một xã, thêm vào data/units/aliases.csv.",
        names=_listed(pd.Series(words)),
    )


def _listed(words: pd.Series) -> str:
    more = len(words) - SHOWN_NAMES
    return "; ".join(words[:SHOWN_NAMES]) + (f"; … (+{more})" if more > 0 else "")


def check_place(shapes: "gpd.GeoSeries", area: float, expected: float, reference: Reference, file: str) -> None:
    """Unfit where shapes lie far from their units' known points, or do not cover the province's area (km²)."""
    import shapely

    units = reference.shaped_units.loc[shapes.index]
    away = shapely.distance(shapes.to_numpy(), shapely.points(units["lon"], units["lat"])) > FAR_AWAY
    if away.any():
        raise Unfit(
            _(
                "{file}: hình của {units} ở cách vị trí đã biết hơn 10 km. Kiểm tra hệ tọa độ (--crs) hoặc tên.",
                file=file,
                units=_listed(units.loc[away, "label"]),
            )
        )
    if abs(area / expected - 1) > AREA_TOLERANCE:
        raise Unfit(
            _(
                "{file}: các hình phủ {area} km², tỉnh có {expected} km². Lớp thiếu phần hoặc sai hệ tọa độ.",
                file=file,
                area=text.number(area, 1),
                expected=text.number(expected, 2),
            )
        )


def _words(source: str, foreign: Foreign, terms: str) -> dict[str, str]:
    return {
        "title_vi": f"Ranh giới các xã: {source}",
        "title_en": f"Commune boundaries: {source}",
        "note_vi": f"Ranh giới: {source}",
        "note_en": f"Boundaries: {source}",
        "terms_vi": terms or foreign.source.terms_vi,
        "terms_en": terms or foreign.source.terms_en,
        "date": clock.today().isoformat(),
    }


def _write(shapes: "gpd.GeoSeries", words: dict[str, str], target: Path, reference: Reference) -> None:
    """Written beside the target, checked as it will be read, and only then put in its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    boundaries.write(shapes.to_frame("geometry"), words, draft)
    problems = boundaries.faults(boundaries.read(draft), reference.shaped_units)
    if problems:
        draft.unlink()
        raise Unfit(_("Không làm sạch được lớp này: {problems}.", problems="; ".join(problems)))
    draft.replace(target)
