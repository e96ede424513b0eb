import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ntm.ui import state


def app_with_choices() -> None:
    import streamlit as st

    from ntm.ui import state

    state.read_url()
    chosen = state.allowed("groups", ["106", "110"])
    st.multiselect("d", ["106", "110"], **state.bound("groups"))
    st.selectbox("u", ["03628", "03413"], index=None, **state.bound("unit"))
    st.write(",".join(chosen))
    state.write_url()


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(app_with_choices, default_timeout=180)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_url_chooses() -> None:
    app = opened(groups="110,106", unit="03628")
    assert app.multiselect[0].value == ["110", "106"]
    assert app.selectbox[0].value == "03628"


@pytest.mark.parametrize("way", ["district", "tier"])
def test_older_links_are_understood(way: str) -> None:
    app = opened(districts="110,106", district="110", group=way, slides="title,district-110")
    assert app.multiselect[0].value == ["110", "106"]
    now = {"groups": "110,106", "group": "110", "by": way.replace("district", "group"), "slides": "title,group-110"}
    assert dict(app.query_params) == now


def test_a_choice_goes_into_the_url() -> None:
    app = opened()
    app.multiselect[0].set_value(["106"]).run()
    assert app.query_params["groups"] == "106"
    app.multiselect[0].set_value([]).run()
    assert "groups" not in app.query_params


def test_what_is_not_allowed_is_dropped_and_said() -> None:
    app = opened(groups="110,999")
    assert app.multiselect[0].value == ["110"]
    assert "999" in app.info[0].value
    assert app.query_params["groups"] == "110"


def test_a_changed_url_wins_over_an_earlier_choice() -> None:
    app = opened(unit="03628")
    app.query_params["unit"] = "03413"
    app.run()
    assert app.selectbox[0].value == "03413"


def test_nothing_chosen_leaves_the_url_clean() -> None:
    app = opened()
    assert dict(app.query_params) == {}
    assert app.selectbox[0].value is None


def test_the_defaults_are_shared_and_cannot_be_changed() -> None:
    assert all(isinstance(state.DEFAULTS[name], tuple) for name in state.LISTS)
    with pytest.raises(TypeError):
        state.DEFAULTS["groups"] = ("106",)


def test_a_link_changes_only_what_it_names() -> None:
    st.session_state.clear()
    assert state.link(unit="03628", groups=["106", "110"]) == {"unit": "03628", "groups": "106,110"}
    assert state.link() == {}
