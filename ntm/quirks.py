"""Internals and undocumented behaviour of Altair and folium that the drawing relies on, each with its reason.

They may change without notice when a version does: tests/test_quirks.py has a test for each that it still holds.
Those of Streamlit are in ntm/ui/quirks.py and ntm/server/quirks.py.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import folium
from altair.utils import schemapi
from branca.element import MacroElement, Template

Link = tuple[str, str]


def skip_chart_validation() -> None:
    """Let charts be put together without validation.

    Altair validates every part against the whole schema while a chart is put together, which takes longer than all
    else on a page. `to_dict()` validates the finished chart once more; that is what the tests do.
    """
    schemapi.disable_debug_mode()


def click_parameter(name: str, field: str) -> Any:
    """Return the parameter of a selection: a click on a mark picks its value of `field`.

    A chart that is put together by its constructor takes the inner parameter; `Chart.add_params` would unwrap it.
    """
    return alt.selection_point(name, fields=[field], on="click", clear=False).param


def own_links(base: folium.Map, scripts: Sequence[Link], styles: Sequence[Link]) -> None:
    """Let a map load these scripts and styles (name, address) instead of those of folium, which are on CDNs.

    They are set on this map alone: `Map.add_js_link` changes the class, and with it every map of the process.
    """
    base.default_js, base.default_css = list(scripts), list(styles)


@cache  # building one costs more than filling it
def _template(call: str) -> Template:
    return Template("{% macro script(this, kwargs) %}" + call + "{% endmacro %}")


class Call(MacroElement):
    """A call of a JavaScript function with JSON arguments, as part of a map.

    `call`: the statement, in which {{ this.arguments }} are the arguments and {{ this._parent.get_name() }} is the
    variable of the map. folium renders the macro `script` of an element's `_template`; there is no public way to add a
    statement that depends on the map's variable.
    """

    def __init__(self, call: str, arguments: Mapping[str, Any]):
        super().__init__()
        self._template = _template(call)
        # Compact, with Vietnamese letters as they are (escapes would triple the bytes); "<" cannot end a script.
        compact = json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))
        self.arguments = compact.replace("<", "\\u003c")
