"""Whether Streamlit is, in the pinned version, still what ntm/server/quirks.py takes it for."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit
from streamlit import config, runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import runtime as streamlit_runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.secrets import Secrets
from streamlit.runtime.session_manager import SessionManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette import starlette_auth_routes, starlette_routes
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from ntm.paths import ROOT
from ntm.server import quirks

SECRET = "only-for-tests-0123456789-0123456789"
FROM_READERS = {  # messages that a reader's page has to be able to send
    "stop_script",
    "rerun_script",
    "file_urls_request",
    "app_heartbeat",
    "backend_operation_request",
}


def test_streamlits_addresses_are_the_ones_that_are_guarded() -> None:
    routes = Path(starlette_routes.__file__).parent
    written = "\n".join(file.read_text("utf-8") for file in routes.glob("*.py"))
    assert f"/{starlette_routes.BASE_ROUTE_UPLOAD_FILE}/" == quirks.UPLOADS
    assert f"/{starlette_routes.BASE_ROUTE_COMPONENT}/" == quirks.COMPONENTS
    assert f"/{starlette_auth_routes._ROUTE_AUTH_LOGOUT}" == quirks.SIGN_OUT
    assert f"/{starlette_routes.ROUTE_SCRIPT_HEALTH}" in quirks.HIDDEN
    assert f"/{starlette_routes.BASE_ROUTE_CORE}/metrics" in quirks.HIDDEN
    assert "_stcore/agent/" in written


def test_every_message_of_a_page_is_for_readers_or_for_developers() -> None:
    assert {field.name for field in BackMsg.DESCRIPTOR.fields} == FROM_READERS | set(quirks.FOR_DEVELOPERS)
    for name in quirks.FOR_DEVELOPERS:
        assert quirks.is_for_developers(BackMsg(**{name: True}).SerializeToString())
    assert not quirks.is_for_developers(BackMsg(stop_script=True).SerializeToString())


def test_the_section_of_secrets_is_read_without_a_page(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(quirks, "secrets_singleton", Secrets())
    files = {"secrets.files": [str(tmp_path / "secrets.toml")]}
    known = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: files.get(name) or known(name))
    assert quirks.sign_in_secrets() == {}
    (tmp_path / "secrets.toml").write_text('[auth]\nclient_id = "ntm"\n', encoding="utf-8")
    assert quirks.sign_in_secrets() == {"client_id": "ntm"}


def test_claims_are_those_of_a_signed_cookie_that_is_not_too_old(monkeypatch) -> None:
    monkeypatch.setattr(quirks, "get_cookie_secret", lambda: SECRET)
    signed = create_signed_value(SECRET, quirks.USER_COOKIE, json.dumps({"email": "a@b.vn"})).decode()
    assert json.loads(quirks.signed_claims({quirks.USER_COOKIE: signed}, 0.5)) == {"email": "a@b.vn"}
    assert quirks.signed_claims({quirks.USER_COOKIE: signed.replace(signed[-1], "x")}, 0.5) is None
    assert quirks.signed_claims({}, 0.5) is None
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 13 * 3600)
    assert quirks.signed_claims({quirks.USER_COOKIE: signed}, 0.5) is None


def test_uploaded_files_are_held_by_session(monkeypatch) -> None:
    manager = MemoryUploadedFileManager("/upload")
    for number, session in enumerate(("a", "a", "b")):
        manager.add_file(session, UploadedFileRec(str(number), "f.csv", "text/csv", b"12345"))
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert quirks.held_bytes() == {"a": 10, "b": 5}


def test_every_script_inside_streamlits_page_has_its_digest() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    inline = [part.split("</script>")[0] for part in page.split("<script>")[1:]]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert quirks.inline_script_digests() == tuple(f"'sha256-{digest}'" for digest in digests)
    others = [part.split(">")[0] for part in page.split("<script ")[1:]]
    assert all("src=" in attributes for attributes in others)  # none of them holds its script itself


@pytest.mark.parametrize("name", quirks.SIGN_IN_COOKIES)
def test_streamlits_cookies_have_their_names(name: str) -> None:
    assert name.startswith("_streamlit_user")


def test_sessions_are_counted_where_streamlit_counts_them(monkeypatch) -> None:
    assert quirks.sessions() == 0
    assert not quirks.is_running()
    manager = SimpleNamespace(num_active_sessions=lambda: 3)
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(_session_mgr=manager))
    assert quirks.sessions() == 3
    assert callable(SessionManager.num_active_sessions)
    assert "self._session_mgr = " in Path(streamlit_runtime.__file__).read_text("utf-8")


def test_only_meanwhile_nothing_warns_that_there_is_no_page() -> None:
    with quirks.outside_of_a_run():
        assert script_run_context._LOGGER.disabled
    assert not script_run_context._LOGGER.disabled


def test_a_command_knows_what_the_environment_sets() -> None:
    """In a process of its own: options are those of the process."""
    ask = "from ntm.server import quirks; from ntm import environment; import streamlit as st"
    ask += "; print(st.get_option('server.address'), st.get_option('server.port'))"
    ask += "; quirks.take_over(environment.inherited())"
    ask += "; print(st.get_option('server.address'), st.get_option('server.port'), st.get_option('server.headless'))"
    own = os.environ | {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "STREAMLIT_SERVER_PORT": "9000"}
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["127.0.0.1", "8501", "0.0.0.0", "9000", "True"]
