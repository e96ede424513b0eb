"""Streamlit's internals that the server's guards and sign-ins rely on, each with its reason.

They may change without notice when a version does: tests/server/test_quirks.py has a test for each that it still holds.
"""

import base64
import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

import streamlit
from streamlit import config, runtime
from streamlit import logger as streamlit_logger
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

# Addresses of Streamlit's own server. None is documented; those that are hidden tell strangers of the server's inside.
UPLOADS = "/_stcore/upload_file/"
SIGN_OUT = "/auth/logout"
COMPONENTS = "/component/"
HIDDEN = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

USER_COOKIE = USER_COOKIE_NAME  # signed; a large one is in several, with numbers at the end of their names
SIGN_IN_COOKIES = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)

TAKEN_OVER = (  # options that commands ask for; each is a text
    "browser.serverAddress",
    "server.address",
    "server.baseUrlPath",
    "server.port",
    "server.sslCertFile",
)

FOR_DEVELOPERS = (  # messages of a page to its server that any reader could send, such as to empty all caches
    "clear_cache",
    "set_run_on_save",
    "load_git_info",
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
)


def sign_in_secrets() -> Mapping[str, Any]:
    """Return the section [auth] of the server's secrets; empty if nobody can sign in.

    `st.secrets` writes to the page if there is no file of secrets, and needs a page to write to.
    """
    if not secrets_singleton.load_if_toml_exists():
        return {}
    return secrets_singleton.get("auth") or {}


def signed_claims(cookies: Mapping[str, str], days: float) -> str | None:
    """Return the claims (JSON) that the cookies of a sign-in carry; None if they are not signed or older than `days`.

    Streamlit itself lets a sign-in hold for 30 days, and tells of it inside a page alone (`st.user`).
    """

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value, max_age_days=days) if value else None

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    return found.decode() if found else None


def held_bytes() -> dict[str, int]:
    """Return how many bytes of uploaded files the server holds in memory, by session. Streamlit sets no limit."""
    storage = cast(Any, runtime.get_instance().uploaded_file_mgr).file_storage
    return {name: sum(len(file.data) for file in list(files.values())) for name, files in list(storage.items())}


def is_running() -> bool:
    """Return whether this process is a server."""
    return runtime.exists()


def sessions() -> int:
    """Return how many browsers are connected; 0 without a server. Streamlit tells it in hidden metrics alone."""
    if not is_running():
        return 0
    return cast(Any, runtime.get_instance())._session_mgr.num_active_sessions()  # noqa: SLF001  nothing public tells it


def format_logs(formatter: logging.Formatter) -> None:
    """Let Streamlit write its logs by a formatter: each of its loggers sets up a handler of its own."""

    def set_up(logger: logging.Logger) -> None:
        _set_up(logger)
        cast(Any, logger).streamlit_console_handler.setFormatter(formatter)

    _set_up = streamlit_logger.setup_formatter
    streamlit_logger.setup_formatter = set_up
    streamlit_logger.update_formatter()


def is_for_developers(content: bytes) -> bool:
    """Return whether a message of a page to its server is one of FOR_DEVELOPERS. No setting turns them off."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except Exception:  # protobuf's own errors differ by how it was built; Streamlit closes the connection
        return False
    return message.WhichOneof("type") in FOR_DEVELOPERS


@cache
def inline_script_digests() -> tuple[str, ...]:
    """Return the digests, as a content security policy names them, of the scripts inside Streamlit's page."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    scripts = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts)


@contextmanager
def outside_of_a_run() -> Iterator[None]:
    """Silence Streamlit's warning that a part of pages is used outside of a run: here, before the first visitor."""
    logger = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = False


def take_over(environment: Mapping[str, str]) -> None:
    """Let `get_option` say what the environment sets, in a command too: Streamlit reads it in `streamlit run` alone."""
    options = config.get_config_options()
    for name in TAKEN_OVER:
        if options[name].env_var in environment:
            config.set_option(name, environment[options[name].env_var], "environment variable")
