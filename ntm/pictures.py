"""Pictures to take away: the map for print, charts as PNG and SVG. Each carries its title and its source.

Matplotlib and vl-convert are imported where they are used: only those who ask for a picture pay for them.
"""

import io
import math
import textwrap
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm import chart_parts, palette
from ntm.text import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAGE = (11.69, 8.27)  # inches: A4 across
DPI = 200
FONT = "DejaVu Sans"  # comes with Matplotlib and has every Vietnamese letter
CHART_WIDTH, CHART_SCALE = 1000, 2  # pixels; a PNG has twice as many
HATCH = "////"
FADED = 0.15
KM_PER_DEGREE = 111.2
MARGIN = 1.02
LETTER, LINE = 0.0011, 0.0026  # of the map's width and height on PAGE, per point of type: a letter, a line
KEY_LETTERS, FOOT_LETTERS = 36, 165  # to a line on PAGE
FOOT_LINE = 0.022  # of the page's height

_MATPLOTLIB = threading.Lock()  # its settings are the whole process's: one picture at a time

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Sheet:
    """What stands on a picture of the map, all as plain text.

    `shapes`: code → GeoJSON geometry; `groups`: code → its group's code ("" for none), `names`: code of a shape
    or group → its name; `units`: code → (class, figure); `key`: (class, words) in order; `colours`: class → colour.
    `shown`: the codes not faded, and `focus`: the groups to zoom to (the whole province where there are none).
    `lines` stand at the foot.
    """

    title: str
    subtitle: str
    shapes: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, str]
    names: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    key: Sequence[tuple[str, str]]
    colours: Mapping[str, str]
    shown: Collection[str]
    lines: Sequence[str]
    focus: Collection[str] = ()
    marked: Collection[str] = ()
    notice: str = ""
    selected: str | None = None


def draw(sheet: Sheet, letters: float = 1) -> bytes:
    """Return a picture as PNG: A4 across at 200 dots per inch. Text is never read as mathematics or markup.

    `letters`: how much larger they are, against the map, than on paper.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _MATPLOTLIB, matplotlib.rc_context({"font.family": FONT, "hatch.linewidth": 0.8, "text.parse_math": False}):
        size = (PAGE[0] / letters, PAGE[1] / letters)
        figure = Figure(figsize=size, dpi=DPI * letters, facecolor="white")
        canvas = FigureCanvasAgg(figure)
        _write_words(figure, sheet, letters)
        _draw_map(figure.add_axes((0.03, 0.10, 0.70, 0.76)), sheet)
        _draw_key(figure.add_axes((0.735, 0.10, 0.25, 0.76)), sheet, round(KEY_LETTERS / letters))
        file = io.BytesIO()
        canvas.print_png(file, metadata={"Title": sheet.title, "Software": None})
    return file.getvalue()


def _write_words(figure: Any, sheet: Sheet, letters: float) -> None:
    figure.text(0.03, 0.955, sheet.title, fontsize=17, fontweight="bold", color=palette.LIGHT.ink, va="center")
    figure.text(0.03, 0.912, sheet.subtitle, fontsize=11, color=palette.LIGHT.muted, va="center")
    if sheet.notice:
        box = {"facecolor": "#fdf1dd", "edgecolor": palette.NOT_MET, "boxstyle": "square,pad=0.4"}
        figure.text(0.97, 0.955, sheet.notice, fontsize=11, fontweight="bold", ha="right", va="center", bbox=box)
    lines = [part for line in sheet.lines for part in textwrap.wrap(line, round(FOOT_LETTERS / letters))]
    for number, line in enumerate(reversed(lines)):
        height = 0.025 + FOOT_LINE * letters * number
        figure.text(0.03, height, line, fontsize=8.5, color=palette.LIGHT.muted, va="center")


def _draw_map(axes: "Axes", sheet: Sheet) -> None:
    import shapely
    from shapely.geometry import shape

    shapes = {code: shape(geometry) for code, geometry in sheet.shapes.items()}
    for code, area in shapes.items():
        _fill(axes, area, sheet.units[code][0], sheet, faded=code not in sheet.shown)
    for group in sorted(set(sheet.groups.values())):
        own = [area for code, area in shapes.items() if sheet.groups[code] == group]
        _outline(axes, shapely.coverage_union_all(own), 1.5)
    if sheet.selected in shapes:
        _outline(axes, shapes[sheet.selected], 3)
    _focus(axes, [area for code, area in shapes.items() if not sheet.focus or sheet.groups[code] in sheet.focus])
    _label(axes, shapes, sheet)
    _scale_bar(axes)


def _fill(axes: "Axes", area: Any, kind: str, sheet: Sheet, *, faded: bool) -> None:
    from matplotlib.patches import PathPatch

    hatched = kind == "unknown"
    look = {"facecolor": palette.HATCH_GROUND, "hatch": HATCH, "edgecolor": palette.HATCH_LINE} if hatched else {}
    solid = {"facecolor": sheet.colours[kind], "edgecolor": palette.BORDER}
    axes.add_patch(PathPatch(_path(area), linewidth=0.6, alpha=FADED if faded else 1, **(solid | look)))


def _outline(axes: "Axes", area: Any, width: float) -> None:
    from matplotlib.patches import PathPatch

    path = _path(area)
    axes.add_patch(PathPatch(path, fill=False, edgecolor="white", linewidth=width + 1.2))
    axes.add_patch(PathPatch(path, fill=False, edgecolor=palette.LIGHT.ink, linewidth=width))


def _path(area: Any) -> Any:
    """All rings of a polygon or several, holes running the other way."""
    import shapely
    from matplotlib.path import Path as Outline

    rings = [
        ring for part in shapely.get_parts(shapely.orient_polygons(area)) for ring in (part.exterior, *part.interiors)
    ]
    return Outline.make_compound_path(*(Outline(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _focus(axes: "Axes", areas: Sequence[Any]) -> None:
    import shapely

    west, south, east, north = shapely.total_bounds(areas)
    stretch = 1 / math.cos(math.radians((south + north) / 2))  # a degree of latitude is longer
    box = axes.get_window_extent()
    width = max(east - west, (north - south) * stretch * box.width / box.height) * MARGIN
    height = width / stretch * box.height / box.width
    axes.set_xlim((west + east - width) / 2, (west + east + width) / 2)
    axes.set_ylim((south + north - height) / 2, (south + north + height) / 2)
    axes.set_axis_off()


def _label(axes: "Axes", shapes: Mapping[str, Any], sheet: Sheet) -> None:
    """Marked communes first, then groups, then the rest; where a label would cover another one it is left out."""
    taken: list[Box] = []
    codes = [code for code in shapes if code in sheet.shown]
    for code in codes:
        if code in sheet.marked:
            _label_commune(axes, taken, shapes[code], code, sheet)
    if not sheet.focus:
        for group in sorted(set(sheet.groups.values()) - {""}):
            _label_group(axes, taken, shapes, group, sheet)
    for code in codes:
        if code not in sheet.marked:
            _label_commune(axes, taken, shapes[code], code, sheet)


def _label_commune(axes: "Axes", taken: list[Box], area: Any, code: str, sheet: Sheet) -> None:
    from matplotlib.patheffects import withStroke

    kind, figure = sheet.units[code]
    short = f"★ {figure}" if code in sheet.marked else figure
    ground = palette.HATCH_GROUND if kind == "unknown" else sheet.colours[kind]
    halo = withStroke(linewidth=2, foreground=ground)  # where a word runs over its shape's border
    look: dict[str, Any] = {
        "color": palette.text_on(ground),
        "fontweight": "bold",
        "fontsize": 8,
        "path_effects": [halo],
    }
    at = area.representative_point()
    named = "\n".join(filter(None, [short, sheet.names[code]]))
    is_near = sheet.focus or not any(sheet.groups.values())
    if is_near and _write(axes, taken, named, at, tries=(0, -1, 1), **look):
        return
    if figure:
        _write(axes, taken, short, at, **look)


def _label_group(axes: "Axes", taken: list[Box], shapes: Mapping[str, Any], group: str, sheet: Sheet) -> None:
    import shapely

    own = shapely.coverage_union_all([area for code, area in shapes.items() if sheet.groups[code] == group])
    ground = {"facecolor": (1, 1, 1, 0.85), "edgecolor": "none", "boxstyle": "round,pad=0.15"}
    look: dict[str, Any] = {"color": palette.LIGHT.ink, "fontweight": "bold", "fontsize": 10, "bbox": ground}
    _write(axes, taken, sheet.names[group], own.centroid, tries=(0, -1, 1, -2, 2, -3, 3), **look)


def _write(axes: "Axes", taken: list[Box], words: str, at: Any, *, tries: Sequence[int] = (0,), **look: Any) -> bool:
    """Write at a point, or some lines below or above it, where there is room; return whether there was."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    lines = words.split("\n")
    page = axes.figure.bbox.width / axes.figure.dpi
    points = look["fontsize"] * PAGE[0] / page  # as if on PAGE
    half_width = max(map(len, lines)) * LETTER * points * (east - west) / 2
    line = LINE * points * (north - south)
    half_height = len(lines) * line / 2
    for step in tries:
        middle = at.y + step * line
        box = (at.x - half_width, middle - half_height, at.x + half_width, middle + half_height)
        inside = west < box[0] and box[2] < east and south < box[1] and box[3] < north
        if inside and not any(_meet(box, other) for other in taken):
            taken.append(box)
            axes.text(at.x, middle, words, ha="center", va="center", linespacing=1.1, zorder=4, **look)
            return True
    return False


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_bar(axes: "Axes") -> None:
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    degree = KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    length = max(step for step in (1, 2, 5, 10, 20, 50) if step == 1 or step < (east - west) * degree / 5)
    left, low = west + (east - west) * 0.02, south + (north - south) * 0.03
    axes.plot([left, left + length / degree], [low, low], color=palette.LIGHT.ink, linewidth=2.5, solid_capstyle="butt")
    axes.text(left, low + (north - south) * 0.012, f"{length} km", fontsize=9, color=palette.LIGHT.ink)


def _draw_key(axes: "Axes", sheet: Sheet, letters: int) -> None:
    from matplotlib.patches import Patch

    patches = [
        Patch(facecolor=palette.HATCH_GROUND, edgecolor=palette.HATCH_LINE, hatch=HATCH, label=words)
        if kind == "unknown"
        else Patch(facecolor=sheet.colours[kind], edgecolor=palette.HATCH_LINE, label=words)
        for kind, words in ((kind, textwrap.fill(words, letters)) for kind, words in sheet.key)
    ]
    axes.set_axis_off()
    axes.legend(
        handles=patches,
        title=_("Chú giải"),
        loc="upper left",
        frameon=False,
        fontsize=10.5,
        title_fontproperties={"weight": "bold", "size": 11.5},
        labelspacing=0.8,
        alignment="left",
    )


def chart(draw: Callable[[], chart_parts.Chart], title: str, lines: Sequence[str], kind: str) -> bytes:
    """Return a chart as "png" (at twice its size) or "svg", with its title and, below it, note and source.

    Nothing is written above the chart where `title` is empty.
    """
    import vl_convert

    _know_the_font()
    bare = draw().to_dict()
    if "facet" not in bare:  # its parts have their own widths
        bare["width"] = CHART_WIDTH
    heading = {
        "text": title,
        "subtitle": list(lines),
        "anchor": "start",
        "frame": "group",
        "fontSize": 18,
        "offset": 14,
    }
    look = {"font": FONT, "background": "white"}
    titled = {"title": heading} if title else {}
    spec = bare | titled | {"background": "white", "padding": 16, "config": bare.get("config", {}) | look}
    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_png(spec, scale=CHART_SCALE)


@cache
def _know_the_font() -> None:
    """The machine may have no font with Vietnamese letters; Matplotlib's comes with it."""
    import matplotlib
    import vl_convert

    vl_convert.register_font_directory(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf"))
