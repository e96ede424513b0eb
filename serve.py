"""The server: the dashboard behind its guards. Start it with `streamlit run serve.py`."""

import logging

import streamlit as st

from ntm import people, people_list
from ntm.api import health, routes
from ntm.server import guards, logs

logs.set_up()
try:
    people_list.load()
except people.Faulty as faulty:  # the pages stay closed and say the same
    logging.getLogger("ntm").error("%s", faulty)

app = st.App(
    "app.py",
    routes=[*routes.routes(), *health.routes()],
    middleware=guards.all_of_them(),
    exception_handlers={Exception: guards.failed},
)
