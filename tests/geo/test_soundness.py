"""Shapes that cannot be used as they are: repaired and measured, or refused with the units and figures."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ntm.cli import boundaries as cli_boundaries
from ntm.geo import boundaries, importing
from ntm.geo.unfit import Unfit
from tests import foreign

METRIC = 32648
PHA_MU, BAN_BO = "03628", "03424"


@pytest.fixture(autouse=True)
def installation(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("NTM_BOUNDARIES", str(tmp_path / "installation"))


@pytest.fixture(scope="module")
def rows(facts) -> gpd.GeoDataFrame:
    return foreign.units(facts).set_index("code", drop=False)


def take(frame: gpd.GeoDataFrame, facts, tmp_path) -> importing.Report:
    file = tmp_path / "xa.geojson"
    frame.to_file(file, driver="GeoJSON", index=False)
    return importing.take(file, facts)


def reshaped(rows: gpd.GeoDataFrame, code: str, change) -> gpd.GeoDataFrame:
    """The same with one unit's shape changed, in metres."""
    metric = rows.to_crs(METRIC)
    metric.loc[code, "geometry"] = change(metric.geometry[code])
    return metric.to_crs(4326)


def exchanged(shape: shapely.Polygon) -> shapely.Polygon:
    """Two vertices exchanged, a fifth of the way apart: the border crosses itself."""
    points = list(shape.exterior.coords)
    step = len(points) // 5
    points[1], points[1 + step] = points[1 + step], points[1]
    return shapely.Polygon(points)


def with_a_loop(shape: shapely.Polygon) -> shapely.Polygon:
    """A slip of the hand: a loop of some metres on the border."""
    (x, y), *others = shape.exterior.coords[:-1]
    return shapely.Polygon([(x, y), (x + 8, y + 8), (x + 8, y), (x, y + 8), *others])


def test_a_border_that_crosses_itself_widely_is_refused_with_figures(facts, rows, tmp_path) -> None:
    broken = reshaped(rows, PHA_MU, exchanged)
    assert not broken.geometry[PHA_MU].is_valid
    with pytest.raises(Unfit, match=r"1 hình không hợp lệ.*1 hình không sửa được.*Pha Mu [\d,]+ → [\d,]+ km²"):
        take(broken, facts, tmp_path)


def test_a_small_loop_is_repaired_counted_and_named(facts, rows, tmp_path) -> None:
    looped = reshaped(rows, PHA_MU, with_a_loop)
    assert not looped.geometry[PHA_MU].is_valid
    report = take(looped, facts, tmp_path)
    assert report.sound.invalid == ["Pha Mu"]
    assert "Hình không hợp lệ, đã sửa: 1 (Pha Mu)" in cli_boundaries.described(report)
    assert boundaries.faults(boundaries.read(report.file), facts.shaped_units) == []


def test_a_small_hole_is_told_and_not_called_cleaned(facts, rows, tmp_path) -> None:
    lake = rows.to_crs(METRIC).geometry[PHA_MU].representative_point().buffer(1000)
    report = take(reshaped(rows, PHA_MU, lambda shape: shape.difference(lake)), facts, tmp_path)
    sentences = report.sound.sentences()
    assert report.sound.after.holes == pytest.approx(3.14, abs=0.05)
    assert sentences[-1].startswith("Sau khi làm sạch còn: chồng lấn 0,00 km², khe hở 3,1")
    assert sentences[-1].endswith("cạnh 1 (Pha Mu)")
    assert "(đã làm sạch)" not in cli_boundaries.described(report)


def test_nothing_left_is_called_cleaned(facts, rows, tmp_path) -> None:
    sentences = take(rows, facts, tmp_path).sound.sentences()
    assert sentences[0] == "Hình không hợp lệ, đã sửa: không có"
    assert sentences[-1].endswith("(đã làm sạch)")


def test_large_holes_are_refused_with_figures(facts, rows, tmp_path) -> None:
    metric = rows.to_crs(METRIC).assign(geometry=lambda frame: frame.make_valid())
    lake = metric.geometry[metric.area.idxmax()].representative_point().buffer(4200)
    without = metric.assign(geometry=metric.difference(lake)).to_crs(4326)
    with pytest.raises(Unfit, match=r"còn khe hở 55,\d+ km².*cho phép đến 45,3 km². Cạnh khe hở: \d+ \("):
        take(without, facts, tmp_path)


def test_gaps_that_open_to_the_outside_are_not_called_cleaned(facts, rows, tmp_path) -> None:
    metric = rows.to_crs(METRIC)
    with pytest.raises(Unfit, match=r"còn 106 hình không giáp hình nào, khe hở rộng hơn 200 m: .*\(\+94\)"):
        take(metric.assign(geometry=metric.buffer(-120)).to_crs(4326), facts, tmp_path)


def test_overlaps_that_take_much_of_a_unit_are_refused_with_figures(facts, rows, tmp_path) -> None:
    with pytest.raises(Unfit, match=r"diện tích đổi quá 10%: .* → .* km²"):
        take(reshaped(rows, PHA_MU, lambda shape: shape.buffer(3000)), facts, tmp_path)


def test_a_unit_drawn_twice_with_an_offset_is_refused(facts, rows, tmp_path) -> None:
    again = rows[rows["code"] == BAN_BO].to_crs(METRIC)
    moved = again.assign(geometry=again.translate(400, 300)).to_crs(4326)
    both = gpd.GeoDataFrame(pd.concat([rows, moved], ignore_index=True), crs=4326)
    with pytest.raises(Unfit, match=r"vẽ hai lần mà lệch nhau.*Bản Bo \(\d+%\)"):
        take(both, facts, tmp_path)
    same = gpd.GeoDataFrame(pd.concat([rows, rows[rows["code"] == BAN_BO]], ignore_index=True), crs=4326)
    assert take(same, facts, tmp_path).match.matched == 106
