"""Whether Streamlit and streamlit-folium are, in the pinned versions, still what ntm/ui/quirks.py takes them for."""

import gc
import re
import tomllib
from pathlib import Path
from unittest.mock import MagicMock, Mock

import folium
import pytest
import streamlit as st
import streamlit_folium
from streamlit.components.lib.local_component_registry import LocalComponentRegistry
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from ntm import look, maps
from ntm.look import Look
from ntm.paths import ROOT
from ntm.ui import quirks

OURS = "\n".join(file.read_text("utf-8") for kind in ("html", "js") for file in (ROOT / "ntm/ui" / kind).iterdir())
BUNDLE = Path(st.__file__).parent / "static" / "static" / "js"


@pytest.fixture(scope="module")
def streamlits() -> str:
    """The scripts of Streamlit's page."""
    return "\n".join(file.read_text("utf-8") for file in sorted(BUNDLE.glob("*.js")))


def test_every_part_of_streamlits_page_that_is_selected_is_listed() -> None:
    assert set(re.findall(r'data-testid="?([\w-]+)', OURS)) == set(quirks.SELECTED_TEST_IDS)
    assert set(re.findall(r"\.(st[A-Z]\w+)", OURS)) == set(quirks.SELECTED_CLASSES)
    assert set(re.findall(r'aria-label\^="([^"]+)"', OURS)) == set(quirks.SELECTED_LABELS)
    assert set(re.findall(r"\[(data-(?!testid)[\w-]+)", OURS)) == set(quirks.SELECTED_ATTRIBUTES)


@pytest.mark.parametrize("name", [*quirks.SELECTED_TEST_IDS, *quirks.SELECTED_CLASSES])
def test_a_part_that_is_selected_is_in_streamlits_page(streamlits: str, name: str) -> None:
    assert any(f"{quote}{name}{quote}" in streamlits for quote in "\"'`")


@pytest.mark.parametrize("words", [*quirks.SELECTED_LABELS, *quirks.SELECTED_ATTRIBUTES])
def test_a_label_or_attribute_that_is_selected_is_in_streamlits_page(streamlits: str, words: str) -> None:
    assert words in streamlits


def test_the_words_of_the_uploader_are_streamlits(streamlits: str) -> None:
    words = quirks.uploader_words()
    for english, _ours in words:
        for part in re.split(r"\(.*?\)", english.replace("\\.", ".")):
            assert part.strip() in streamlits, english
    for _english, ours in words:
        assert not any(re.fullmatch(english, ours) for english, _other in words), ours  # else it has no end


def test_who_reads_english_needs_no_other_words() -> None:
    with look.use(Look("en")):
        assert quirks.uploader_words() == []


def test_streamlit_would_take_the_pages_for_old_style_ones(monkeypatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    PagesManager(str(ROOT / "app.py"))
    assert PagesManager.uses_pages_directory is True
    monkeypatch.setattr(st, "rerun", lambda: None)
    quirks.ignore_pages_folder()
    PagesManager(str(ROOT / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_a_server_says_so_before_there_is_a_visitor(monkeypatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    quirks.ignore_pages_folder()
    PagesManager(str(ROOT / "app.py"))
    assert PagesManager.uses_pages_directory is False


def test_the_map_is_known_to_the_server_before_a_page_has_drawn_it(monkeypatch) -> None:
    runtime = Mock(component_registry=LocalComponentRegistry())
    monkeypatch.setattr(quirks, "get_instance", lambda: runtime)
    name = "streamlit_folium.st_folium"
    assert runtime.component_registry.get_component_path(name) is None
    quirks.register_map_component()
    assert Path(runtime.component_registry.get_component_path(name), "index.html").exists()


@pytest.mark.parametrize(("setting", "expected"), [(True, [(2,)]), (False, [])])
def test_streamlit_collects_all_garbage_after_a_run_unless_told_not_to(monkeypatch, setting, expected) -> None:
    collected = []
    monkeypatch.setattr(gc, "collect", lambda *generation: collected.append(generation))
    monkeypatch.setattr(script_runner.config, "get_option", {"runner.postScriptGC": setting}.get)
    runner = MagicMock()
    ScriptRunner._on_script_finished(runner, Mock(has_script_started=False), Mock(), True, Mock())
    assert collected == expected


def test_the_dashboard_tells_it_not_to() -> None:
    assert tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["runner"]["postScriptGC"] is False


@pytest.fixture
def component(monkeypatch) -> dict:
    """What streamlit-folium hands to its component, of the map drawn last."""
    handed = {}
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **options: handed.update(options))
    return handed


def drawn(key: str, on_click=None, place: float = 22.4) -> None:
    quirks.draw_map(folium.Map([place, 103]), folium.FeatureGroup(), key, 300, on_click)


def test_what_a_map_returns_is_empty_before_a_click(component) -> None:
    drawn("m", list)
    assert component["returned_objects"] == ["last_active_drawing"]
    assert component["default"] == {"last_active_drawing": None}


def test_a_click_gives_the_id_of_the_shape(component) -> None:
    clicks = []
    drawn("m", clicks.append)
    component["on_change"]()  # the map has loaded: nothing is clicked
    st.session_state[component["key"]] = {"last_active_drawing": {"id": "03628"}}
    component["on_change"]()
    assert clicks == ["03628"]


def test_a_map_is_known_by_its_script_and_its_key(component) -> None:
    keys = []
    for key, place in (("m", 22.4), ("m", 22.4), ("other", 22.4), ("m", 22.5)):
        drawn(key, place=place)
        keys.append(component["key"])
    assert keys[0] == keys[1]  # the random names inside do not count: the map stays
    assert len(set(keys)) == 3


def test_the_addresses_of_the_maps_scripts_are_relative_to_its_frame() -> None:
    frame = f"/component/{streamlit_folium._component_func.name}/"
    assert "../" * (frame.count("/") - 1) + "app/static/" == maps.STATIC


def test_a_message_sends_the_browser_to_an_address_of_the_server(monkeypatch, streamlits: str) -> None:
    context = Mock()
    monkeypatch.setattr(quirks, "get_script_run_ctx", lambda: context)
    quirks.go_to("/sign-in?lang=vi")
    (message,) = context.enqueue.call_args.args
    assert message.WhichOneof("type") == "auth_redirect"
    assert message.auth_redirect.url == "/sign-in?lang=vi"
    assert re.search(r"authRedirect:\w+=>\{.{0,200}window\.location\.href=\w+\.url", streamlits)
