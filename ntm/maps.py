"""The folium map: a constant base whose geometry the browser fetches once, and pictures that restyle it.

Leaflet, topojson-client and commune-map.js come from static/. The addresses are relative to the component's frame
(/component/streamlit_folium.st_folium/), so they hold below any base path.
"""

from collections.abc import Mapping, Sequence

import folium
from branca.element import MacroElement, Template

from ntm.boundaries import PublishedLayer
from ntm.palette import INK, text_on
from ntm.text import _, either

STATIC = "../../app/static/"
SCRIPTS = [
    ("guard", STATIC + "map-guard.js"),
    ("leaflet", STATIC + "vendor/leaflet/leaflet.js"),
    ("topojson", STATIC + "vendor/topojson-client/topojson-client.min.js"),
    ("commune-map", STATIC + "commune-map.js"),
]
STYLES = [("leaflet", STATIC + "vendor/leaflet/leaflet.css"), ("commune-map", STATIC + "commune-map.css")]


class _Call(MacroElement):
    """One call of commune-map.js with JSON arguments."""

    def __init__(self, template: str, arguments: Mapping):
        super().__init__()
        self._template = Template("{% macro script(this, kwargs) %}" + template + "{% endmacro %}")
        self.arguments = arguments


def base_map(layer: PublishedLayer) -> folium.Map:
    """Return the base map of a layer; its script is the same at every rerun, so that the component is not remounted."""
    base = folium.Map(tiles=None, zoom_control=False, zoom_snap=0.25)
    base.default_js, base.default_css = SCRIPTS, STYLES  # of this map only; the class keeps its own
    options = {
        "geometry": STATIC + layer.path,
        "bounds": layer.bounds,
        "note": either(layer, "note"),
        "zoomIn": _("Phóng to"),
        "zoomOut": _("Thu nhỏ"),
    }
    _Call("communeMap.start({{ this._parent.get_name() }}, {{ this.arguments|tojson }});", options).add_to(base)
    return base


def picture(
    units: Mapping[str, Mapping],
    districts: Mapping[str, Mapping],
    colours: Mapping[str, str],
    *,
    marked: Sequence[str] = (),
    selected: str | None = None,
    focus: Sequence[str] = (),
) -> folium.FeatureGroup:
    """Return what the map shows now, to be given to st_folium as `feature_group_to_add`.

    `units`: code → {class (a key of `colours`, or "unknown", which is hatched), name, label, lines (of the tooltip),
    faded}; `districts`: code → {name, units (codes)}; all plain text. `marked` codes carry a star; `focus` codes are
    zoomed to.
    """
    classes = {
        name: {"fill": colour, "hatched": name == "unknown", "dark": text_on(colour) != INK}
        for name, colour in colours.items()
    }
    arguments = {
        "classes": classes,
        "units": dict(units),
        "districts": dict(districts),
        "marked": list(marked),
        "selected": selected,
        "focus": list(focus),
    }
    group = folium.FeatureGroup()
    _Call("communeMap.paint({{ this.arguments|tojson }});", arguments).add_to(group)
    return group
