"""The server: the dashboard behind its guards, ready before it says so. Start it with `streamlit run serve.py`."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from ntm import people, people_list
from ntm.api import health, routes
from ntm.server import account_pages, guards, logs, owner, quirks, sign_in_pages

logs.set_up()
try:
    people_list.load()
except people.Faulty as faulty:  # the pages stay closed and say the same
    logging.getLogger("ntm").error("%s", faulty)


@asynccontextmanager
async def ready(_app: st.App) -> AsyncIterator[None]:
    """Load what pages need before the first request is taken; then say how the machine's owner signs in."""
    with quirks.outside_of_a_run():
        from ntm.ui import preload  # here: Streamlit's caches ask for its runtime, which has started by now

        preload.all_of_it()
    owner.greet()
    yield


app = st.App(
    "app.py",
    lifespan=ready,
    routes=[*sign_in_pages.routes(), *account_pages.routes(), *routes.routes(), *health.routes()],
    middleware=guards.all_of_them(),
    exception_handlers={Exception: guards.failed},
)
