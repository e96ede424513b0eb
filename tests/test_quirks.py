"""Whether Altair and folium are, in the pinned versions, still what ntm/quirks.py takes them for."""

import altair as alt
import folium
import pytest
from altair.utils.schemapi import SchemaValidationError, debug_mode
from streamlit_folium import _get_map_string

from ntm import quirks


def nonsense() -> alt.Chart:
    return alt.Chart(mark=alt.MarkDef(type="nonsense"))


def test_altair_validates_each_part_unless_told_otherwise() -> None:
    with debug_mode(True), pytest.raises(SchemaValidationError):
        nonsense()
    with debug_mode(True):
        quirks.skip_chart_validation()
        assert nonsense().mark.type == "nonsense"


def test_a_finished_chart_is_still_validated() -> None:
    quirks.skip_chart_validation()
    with pytest.raises(SchemaValidationError):
        nonsense().to_dict()


def test_a_click_parameter_is_what_altair_would_add_itself() -> None:
    data, mark = alt.InlineData(values=[{"row": "a"}]), alt.MarkDef(type="bar")
    by_constructor = alt.Chart(data, mark=mark, params=[quirks.click_parameter("pick", "row")]).to_dict()
    by_method = alt.Chart(data, mark=mark).add_params(
        alt.selection_point("pick", fields=["row"], on="click", clear=False)
    )
    assert by_constructor["params"] == by_method.to_dict()["params"]


def test_folium_takes_its_scripts_from_other_peoples_servers_unless_told_otherwise() -> None:
    base = folium.Map()
    quirks.own_links(base, [("own", "own.js")], [("own", "own.css")])
    assert (base.default_js, base.default_css) == ([("own", "own.js")], [("own", "own.css")])
    assert all(address.startswith("https://") for _name, address in folium.Map().default_js)


def test_a_call_is_rendered_with_the_maps_own_variable() -> None:
    base = folium.Map()
    quirks.Call("f({{ this._parent.get_name() }}, {{ this.arguments }});", {"a": "</script>é"}).add_to(base)
    base.get_root().render()
    assert f'f({base.get_name()}, {{"a":"\\u003c/script>é"}});' in base.get_root().render()
    assert 'f(map_div, {"a":"\\u003c/script>é"});' in _get_map_string(base)
