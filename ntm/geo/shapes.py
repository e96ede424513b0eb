"""The geometry of somebody else's layer: its areas without lines and points, in degrees, and on the right side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ntm import text
from ntm.geo.coverage import GEOGRAPHIC
from ntm.geo.unfit import Unfit
from ntm.text import _, mark

if TYPE_CHECKING:
    import geopandas as gpd

VIETNAM = (102.0, 8.0, 118.0, 24.0)  # degrees: west, south, east, north; the sea included
FULL_CIRCLE = 360  # degrees: larger numbers are metres
MAX_VERTICES = 200_000  # of a shape: a commune has some thousands
AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString", "LinearRing")
OTHERS = {
    "lines": mark("{count} đường"),
    "points": mark("{count} điểm"),
    "empty": mark("{count} đối tượng không có hình"),
}


def areas(frame: "gpd.GeoDataFrame", file: str) -> tuple["gpd.GeoDataFrame", list[str]]:
    """Return the rows that have an area, and what is to be said of the others; Unfit where there is none."""
    frame = frame.set_geometry(frame.geometry.map(_area))
    counts = {kind: int((frame.geometry.map(_kind) == kind).sum()) for kind in OTHERS}
    found = frame[frame.geometry.map(_kind) == "areas"]
    if found.empty:
        raise Unfit(_no_areas(frame, file, counts))
    _check_vertices(found, file)
    left_out = [_(OTHERS[kind], count=text.number(count)) for kind, count in counts.items() if count]
    return found, [_("Bỏ qua, không phải vùng: {kinds}", kinds=", ".join(left_out))] if left_out else []


def _kind(shape: Any) -> str:
    if shape is None or shape.is_empty:
        return "empty"
    if shape.geom_type in AREAS:
        return "areas"
    return "lines" if shape.geom_type in LINES else "points"


def _area(shape: Any) -> Any:
    """A collection counts by its areas, where it has some."""
    import shapely

    if shape is None or shape.geom_type != "GeometryCollection":
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in AREAS]
    return shapely.union_all(parts) if parts else next(iter(shapely.get_parts(shape)), None)


def _no_areas(frame: "gpd.GeoDataFrame", file: str, counts: dict[str, int]) -> str:
    closed = sum(_is_closed(shape) for shape in frame.geometry)
    if closed:
        return _(
            "{file}: {count} hình là đường khép kín, không phải vùng (polygon). Trong QGIS chọn Vector › Geometry "
            "Tools › Lines to Polygons, rồi nhập lại.",
            file=file,
            count=text.number(closed),
        )
    found = ", ".join(_(OTHERS[kind], count=text.number(count)) for kind, count in counts.items() if count)
    return _(
        "{file}: không có hình vùng (polygon) nào, chỉ có: {found}. Cần lớp vùng cấp xã.",
        file=file,
        found=found or _("không có gì"),
    )


def _is_closed(shape: Any) -> bool:
    import shapely

    parts = [] if shape is None else list(shapely.get_parts(shape))
    return bool(parts) and all(part.geom_type in LINES and part.is_closed for part in parts)


def _check_vertices(frame: "gpd.GeoDataFrame", file: str) -> None:
    """Unfit where a single shape would cost minutes to repair."""
    import shapely

    most = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).max(initial=0))
    if most > MAX_VERTICES:
        raise Unfit(
            _(
                "{file}: một hình có {count} đỉnh; nhận đến {allowed}. Hãy đơn giản hóa lớp rồi nhập lại.",
                file=file,
                count=text.number(most),
                allowed=text.number(MAX_VERTICES),
            )
        )


def in_degrees(frame: "gpd.GeoDataFrame", crs: str, file: str) -> "gpd.GeoDataFrame":
    """Return the shapes in degrees. Unfit where their system is unknown, or their axes are exchanged."""
    named = _with_system(frame, crs, file)
    if named.crs.is_geographic and abs(named.total_bounds).max() > FULL_CIRCLE:
        raise Unfit(
            _(
                "{file}: tọa độ là mét, mà hệ tọa độ ghi là kinh độ, vĩ độ. Thêm --crs, ví dụ --crs EPSG:9205 "
                "(VN-2000, kinh tuyến trục 103°) hoặc EPSG:3405 (VN-2000 / UTM 48N).",
                file=file,
            )
        )
    found = _converted(named, file)
    if not _lies_in_vietnam(found.total_bounds) and _lies_in_vietnam(_exchanged(named)):
        raise Unfit(_axes_exchanged(file))
    return found


def _with_system(frame: "gpd.GeoDataFrame", crs: str, file: str) -> "gpd.GeoDataFrame":
    from pyproj.exceptions import CRSError

    if crs:
        try:
            return frame.set_crs(crs, allow_override=True)
        except CRSError as error:
            raise Unfit(_("Không hiểu hệ tọa độ “{crs}”. Ví dụ: EPSG:4326, EPSG:9205.", crs=crs)) from error
    if frame.crs is not None:
        return frame
    west, south, east, north = frame.total_bounds
    if _lies_in_vietnam((south, west, north, east)):
        raise Unfit(_axes_exchanged(file))
    if not _lies_in_vietnam(frame.total_bounds):
        raise Unfit(
            _(
                "{file}: không ghi hệ tọa độ và không phải kinh độ, vĩ độ. Thêm --crs, ví dụ --crs EPSG:9205 "
                "(VN-2000, kinh tuyến trục 103°) hoặc EPSG:3405 (VN-2000 / UTM 48N).",
                file=file,
            )
        )
    return frame.set_crs(GEOGRAPHIC)


def _converted(frame: "gpd.GeoDataFrame", file: str) -> "gpd.GeoDataFrame":
    from pyproj.exceptions import ProjError

    try:
        return frame.to_crs(GEOGRAPHIC)
    except ProjError as error:
        raise Unfit(_("{file}: tọa độ không đổi được sang WGS 84. Kiểm tra --crs.", file=file)) from error


def _exchanged(frame: "gpd.GeoDataFrame") -> Sequence[float]:
    """Return the bounds that the shapes would have if each point's two numbers changed places."""
    import geopandas as gpd
    import shapely
    from pyproj.exceptions import ProjError

    west, south, east, north = frame.total_bounds
    turned = gpd.GeoSeries([shapely.box(south, west, north, east)], crs=frame.crs)
    try:
        return turned.to_crs(GEOGRAPHIC).total_bounds
    except ProjError:
        return (0, 0, 0, 0)


def _axes_exchanged(file: str) -> str:
    return _(
        "{file}: tọa độ bị đổi chỗ: số đứng trước là vĩ độ (hoặc hướng bắc), số đứng sau là kinh độ (hoặc hướng đông). "
        "Trong QGIS chọn Swap X and Y coordinates rồi nhập lại.",
        file=file,
    )


def _lies_in_vietnam(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return bool(VIETNAM[0] <= west <= east <= VIETNAM[2] and VIETNAM[1] <= south <= north <= VIETNAM[3])
