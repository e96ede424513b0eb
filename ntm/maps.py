"""The folium map: a constant base whose geometry the browser fetches once, and pictures that restyle it.

Leaflet, topojson-client and commune-map.js come from static/; names travel with the geometry. The addresses are
relative to the component's frame (/component/streamlit_folium.st_folium/), so they hold below any base path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

import folium

from ntm import quirks
from ntm.environment import setting
from ntm.geo.boundaries import PublishedLayer
from ntm.palette import DARK_WORDS, text_on
from ntm.text import _, either, language

STATIC = "../../app/static/"
SCRIPTS = [
    ("guard", STATIC + "map-guard.js"),
    ("leaflet", STATIC + "vendor/leaflet/leaflet.js"),
    ("topojson", STATIC + "vendor/topojson-client/topojson-client.min.js"),
    ("commune-map", STATIC + "commune-map.js"),
]
STYLES = [("leaflet", STATIC + "vendor/leaflet/leaflet.css"), ("commune-map", STATIC + "commune-map.css")]


@dataclass(frozen=True)
class Tiles:
    """A tile server: its address with {z}, {x} and {y}, and the words that it asks for on the map."""

    address: str
    words: str


def tiles() -> Tiles | None:
    """Return the office's own tile server, of $NTM_TILES and $NTM_TILES_WORDS; None, the default, draws no base map.

    ValueError where the address is none of a tile server.
    """
    address = setting("NTM_TILES")
    if not address:
        return None
    fit = urlsplit(address).scheme in ("http", "https") and all(part in address for part in ("{z}", "{x}", "{y}"))
    if not fit:
        raise ValueError(
            f"NTM_TILES is {address!r}; an address like http://maps.office/{{z}}/{{x}}/{{y}}.png is needed."
        )
    return Tiles(address, setting("NTM_TILES_WORDS"))


def base_map(layer: PublishedLayer, background: Tiles | None = None) -> folium.Map:
    """Return the base map of a layer; its script is the same at every rerun, so that the component is not remounted.

    `background`: the tile server that draws below the shapes, which let it shine through.
    """
    # Without the animation a click on "back" during it is not undone when it ends; old machines are glad, too.
    base = folium.Map(tiles=None, zoom_control=False, zoom_snap=0.25, zoom_animation=False)
    quirks.own_links(base, SCRIPTS, STYLES)
    options = {
        "geometry": STATIC + layer.path,
        "bounds": layer.bounds,
        "note": either(layer, "note"),
        "zoomIn": _("Phóng to"),
        "zoomOut": _("Thu nhỏ"),
        "reset": _("Về khung nhìn ban đầu"),
        "language": language(),
        "tiles": asdict(background) if background else None,
    }
    quirks.Call("communeMap.start({{ this._parent.get_name() }}, {{ this.arguments }});", options).add_to(base)
    return base


def picture(
    units: Mapping[str, tuple[str, str, Sequence[str]]],
    colours: Mapping[str, str],
    *,
    marked: Sequence[str] = (),
    selected: str | None = None,
    groups: Mapping[str, tuple[str, Sequence[str]]] = MappingProxyType({}),
    focus: Sequence[str] = (),
    hidden: Sequence[str] = (),
    before: bool = False,
    dark: bool = False,
    scale: float = 1,
) -> folium.FeatureGroup:
    """Return what the map shows now, to be given to st_folium as `feature_group_to_add`.

    `units`: code → (class, figure on the shape, lines of the tooltip below the name), plain text; a class is a key of
    `colours`, where "unknown" is hatched. `marked` codes carry a star, `hidden` ones are faded. `groups`:
    code → (name, codes of its units); `focus`: the groups to zoom to, the province if none. `before`: whether the
    borders of the units before these are drawn. `dark`: whether the page around the map is. `scale`: of its letters.
    """
    words: dict[str, int] = {}  # each sentence goes once, and shapes name it by its number
    shown = {
        code: [kind, figure, [words.setdefault(line, len(words)) for line in lines]]
        for code, (kind, figure, lines) in units.items()
    }
    arguments = {
        "classes": {
            name: {"fill": colour, "hatched": name == "unknown", "dark": text_on(colour) != DARK_WORDS}
            for name, colour in colours.items()
        },
        "units": shown,
        "words": list(words),
        "marked": list(marked),
        "selected": selected,
        "groups": {code: [name, list(codes)] for code, (name, codes) in groups.items()},
        "focus": list(focus),
        "hidden": list(hidden),
        "before": before,
        "dark": dark,
        "scale": scale,
    }
    group = folium.FeatureGroup()
    quirks.Call("communeMap.paint({{ this.arguments }});", arguments).add_to(group)
    return group
