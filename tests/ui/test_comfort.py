import pytest
import streamlit as st

from ntm.look import Look
from ntm.ui import comfort, state


@pytest.fixture(autouse=True)
def session(monkeypatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})
    monkeypatch.setattr(type(st.context), "cookies", {})


def test_a_first_visit_has_the_usual_look() -> None:
    assert comfort.chosen() == Look()


def test_what_is_chosen_is_the_look() -> None:
    state.put("lang", "en")
    state.put("size", "130")
    comfort.switch_contrast()
    assert comfort.chosen() == Look("en", high=True, scale=1.3)
    comfort.switch_contrast()
    assert comfort.chosen() == Look("en", scale=1.3)


@pytest.mark.parametrize(("name", "value"), [("lang", "xx"), ("size", "1000"), ("contrast", "none")])
def test_what_there_is_not_is_the_usual(name: str, value: str) -> None:
    state.put(name, value)
    assert comfort.chosen() == Look()


def test_what_was_kept_is_taken_up_once(monkeypatch) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {comfort.COOKIE: "145.high"})
    assert comfort.chosen() == Look(high=True, scale=1.45)
    state.put("size", "90")
    assert comfort.chosen() == Look(high=True, scale=0.9)


def test_the_link_wins_over_what_was_kept(monkeypatch) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {comfort.COOKIE: "145.high"})
    monkeypatch.setattr(st, "query_params", {"size": "90"})
    state.put("size", "90")
    assert comfort.chosen() == Look(high=True, scale=0.9)
