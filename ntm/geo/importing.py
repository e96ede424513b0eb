"""Taking a layer of boundaries from elsewhere into use: match its rows to units, measure, repair, simplify, write.

Either every unit gets its shape, or the layer is refused with a sentence and the layer in use stays.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ntm import clock, gazetteer, text, whole_file
from ntm.gazetteer import Known, Place
from ntm.geo import boundaries, coverage, levels, schematic, soundness
from ntm.geo import files as boundary_files
from ntm.geo.files import Foreign
from ntm.geo.soundness import Soundness
from ntm.geo.unfit import Unfit, listed, printable
from ntm.reference import Reference
from ntm.text import _

if TYPE_CHECKING:
    import geopandas as gpd

NEAR_PROVINCE = 0.02  # degrees: the outline is known to about 0.01°
FAR_AWAY = 0.1  # degrees, about 10 km, from a unit's known point to its shape
AREA_TOLERANCE = 0.05  # of the province's area


@dataclass(frozen=True)
class Match:
    """Which unit each row means. `rows`: name, district, code (None where unknown), relation (see gazetteer.Known);
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
    """What an import found and did. `reference`: of the division that the layer draws.

    `sound`: how the shapes fit together, before and after cleaning; `expected_area` in km²; `vertices` before and after
    simplifying.
    `notes`: what of the file was left out or changed, a sentence each.
    """

    source: str
    reference: Reference
    match: Match
    sound: Soundness
    expected_area: float
    vertices: tuple[int, int]
    file: Path
    notes: list[str]


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
    of its division gets a shape or the shapes are not the province's; nothing is written then.
    """
    import shapely

    foreign = boundary_files.read(file, layer=layer, crs=crs, encoding=encoding)
    foreign = _with_names(of_province(foreign, reference, file.name))
    foreign, reference, found = _of_communes(foreign, reference)
    if len(found.lacking):
        raise Unfit(refusal(file.name, foreign, found, reference))
    expected = float(reference.province["area_km2"])
    try:
        repaired, sound = _cleaned(foreign, found, reference, expected, file.name)
    except shapely.errors.GEOSException as error:
        raise Unfit(
            _("{file}: hình học không xử lý được. Sửa trong QGIS (Fix geometries) rồi nhập lại.", file=file.name)
        ) from error
    finished = coverage.simplify(repaired)
    source = printable(title) or foreign.source.title or printable(file.stem)
    target = boundaries.folder() / f"{_id(foreign, file)}.geojson"
    _write(finished, _words(source, foreign, printable(terms)), target, reference)
    return Report(
        source=source,
        reference=reference,
        match=found,
        sound=sound,
        expected_area=expected,
        vertices=(coverage.vertices(repaired), coverage.vertices(finished)),
        file=target,
        notes=foreign.notes,
    )


def _cleaned(
    foreign: Foreign, found: Match, reference: Reference, expected: float, file: str
) -> tuple["gpd.GeoSeries", Soundness]:
    """Return a shape per unit without overlaps and slivers, and what was measured. Unfit where it is no sound one."""
    codes, labels = found.rows["code"], reference.shaped_units["label"]
    soundness.check_doubles(foreign.shapes, codes, labels, file)
    united = dissolve(foreign.shapes, codes)
    check_place(united, coverage.fit(united).area, expected, reference, file)
    repaired = coverage.repair(united)
    sound, units = soundness.measured(foreign.shapes, codes, united, repaired, labels)
    soundness.check(sound, units, expected, labels, file)
    return repaired, sound


def _with_names(foreign: Foreign) -> Foreign:
    """Leave out the shapes that nothing names, a lake for instance, and say so; unless no shape has a name."""
    shapes = foreign.shapes
    nameless = (shapes["name"] == "") & (shapes["code"] == "")
    if nameless.all() or not nameless.any():
        return foreign
    area = coverage.areas(shapes.geometry[nameless]).sum()
    note = _(
        "Bỏ qua, không có tên: {count} hình, diện tích {area} km²",
        count=text.number(int(nameless.sum())),
        area=text.number(area, 2),
    )
    return replace(foreign, shapes=shapes[~nameless], notes=[*foreign.notes, note])


def _of_communes(foreign: Foreign, reference: Reference) -> tuple[Foreign, Reference, Match]:
    """Return the layer without what is of another level, the division that it draws, and which unit each row means."""
    then, found = _best_match(foreign, reference)
    other = levels.not_communes(foreign.shapes, found.rows["code"])
    if not other.any():
        return foreign, then, found
    note = _(
        "Bỏ qua, không phải cấp xã: {count} hình ({names})",
        count=text.number(int(other.sum())),
        names=listed(foreign.shapes.loc[other, "name"]),
    )
    communes = replace(foreign, shapes=foreign.shapes[~other], notes=[*foreign.notes, note])
    return communes, *_best_match(communes, reference)


def _id(foreign: Foreign, file: Path) -> str:
    """A known source has one layer; other files have one each."""
    return (
        foreign.source.id if foreign.source.signature else re.sub(r"[^a-z0-9]+", "-", f"file {text.plain(file.stem)}")
    )


def of_province(foreign: Foreign, reference: Reference, file: str) -> Foreign:
    """Return the layer's rows in the plan's province: by its name, or by place where no column names a province."""
    shapes = foreign.shapes
    if "province" in foreign.columns:
        own = gazetteer.key(reference.province["name"])
        inside = shapes["province"].map(lambda name: own in gazetteer.keys(name))
        found = listed(shapes["province"].unique())
    else:
        inside = _in_outline(shapes)
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
    return replace(foreign, shapes=shapes[inside])


def _in_outline(shapes: "gpd.GeoDataFrame") -> pd.Series:
    """Which shapes lie in the province, as far as its outline is known."""
    if not schematic.OUTLINE.exists():
        return pd.Series(True, index=shapes.index)
    return shapes.representative_point().within(schematic.load_outline().buffer(NEAR_PROVINCE))


def _best_match(foreign: Foreign, reference: Reference) -> tuple[Reference, Match]:
    """Find out which division of the province a layer draws: the one of whose units it has the largest share."""
    tried = [reference.at(day) for day in reference.timeline.division_days]
    found = [(then, match(foreign, then)) for then in tried]
    return max(found, key=lambda pair: pair[1].matched / pair[1].wanted)


def match(foreign: Foreign, reference: Reference) -> Match:
    """Say which of the plan's units each row means, by code, or by district and name, or by name and place."""
    units = reference.shaped_units
    names = gazetteer.build(units, reference.districts, gazetteer.load_aliases())
    rows = [_row(place, names.find(place)) for place in _places(foreign, len(units.index[0]))]
    found = pd.DataFrame(rows, index=foreign.shapes.index)
    return Match(found, units[~units.index.isin(found["code"])], len(units))


def _row(place: Place, unit: Known | None) -> dict[str, str | None]:
    found = {"code": unit.code, "relation": unit.relation} if unit is not None else {}
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
    """Say what the file holds instead of the units that it fits best: districts, or some names that differ."""
    due = text.date(reference.day)
    head = _(
        "{file}: khớp {matched} trên {wanted} đơn vị cấp xã của {province} ngày {day}.",
        file=file,
        matched=found.matched,
        wanted=found.wanted,
        province=reference.province["name"],
        day=due,
    )
    if _are_districts(foreign, reference):
        other = _(
            "Tệp có {rows} đối tượng, tên là tên huyện: đây là lớp cấp huyện, cần lớp cấp xã.", rows=len(foreign.shapes)
        )
        return f"{head} {other}"
    lacking = _("Chưa có hình: {units}.", units=listed(found.lacking["label"]))
    notes = [f"{note}." for note in foreign.notes]
    return " ".join(filter(None, [head, lacking, _unknown_names(found, reference), *notes]))


def _are_districts(foreign: Foreign, reference: Reference) -> bool:
    written = set(foreign.shapes["name"].map(gazetteer.key))
    districts = set(reference.timeline.districts["name"].map(gazetteer.key))
    return len(foreign.shapes) <= 2 * len(districts) and len(written & districts) > len(districts) / 2


def _unknown_names(found: Match, reference: Reference) -> str:
    if found.unknown.empty:
        return ""
    names = gazetteer.build(reference.shaped_units, reference.districts, gazetteer.load_aliases())
    words = []
    for row in found.unknown.to_dict("records"):
        near = names.nearest(row["name"])
        hint = f" (≈ {near.name}, {near.code})" if near is not None else ""
        words.append(printable(", ".join(filter(None, [row["name"], row["district"]]))) + hint)
    return _(
        "Tên trong tệp không khớp: {names}. Nếu là cách viết khác của một xã, thêm vào data/units/aliases.csv.",
        names=listed(words),
    )


def check_place(shapes: "gpd.GeoSeries", area: float, expected: float, reference: Reference, file: str) -> None:
    """Unfit where shapes lie far from their units' known points, or do not cover the province's area (km²)."""
    import shapely

    units = reference.shaped_units.loc[shapes.index].dropna(subset=["lon", "lat"])
    points = shapely.points(units["lon"], units["lat"])
    away = shapely.distance(shapes[units.index].to_numpy(), points) > FAR_AWAY
    if away.any():
        raise Unfit(
            _(
                "{file}: hình của {units} ở cách vị trí đã biết hơn 10 km. Kiểm tra hệ tọa độ (--crs) hoặc tên.",
                file=file,
                units=listed(units.loc[away, "label"]),
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
    """Write next to the target, check it as it will be read, and only then put it in its place."""
    with whole_file.writing(target) as draft:
        boundaries.write(shapes.to_frame("geometry"), words, draft)
        problems = boundaries.faults(boundaries.read(draft), reference.shaped_units)
        if problems:
            raise Unfit(_("Không làm sạch được lớp này: {problems}.", problems="; ".join(problems)))
