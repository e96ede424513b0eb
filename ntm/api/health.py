"""Health, for whoever watches the server: /healthz (it answers), /readyz (it can serve readers), /metrics (Prometheus).

The first two tell no more than yes or no of each point. The metrics are for this machine itself, or for an
administrator's token.
"""

import logging
import shutil
from collections.abc import Mapping
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ntm import people, people_list
from ntm.api import access
from ntm.api.problems import Problem
from ntm.database import Newer
from ntm.dataset import Archive
from ntm.geo import boundaries
from ntm.paths import LEAST_FREE, ROOT, VAR
from ntm.server import addresses, watch

logger = logging.getLogger(__name__)
READY, NOT_READY = "ready", "not ready"
NO_STORE = {"Cache-Control": "no-store"}


def routes() -> list[BaseRoute]:
    """Return the routes."""
    base = addresses.base_path()
    known = {"/healthz": alive, "/readyz": ready, "/metrics": metrics}
    return [Route(base + path, answer, methods=["GET"]) for path, answer in known.items()]


async def alive(request: Request) -> Response:
    """Answer that the server answers."""
    return JSONResponse({"status": "alive"}, headers=NO_STORE)


async def ready(request: Request) -> Response:
    """Answer whether readers can be served: 200, or 503 where a point is false."""
    checks = await run_in_threadpool(readiness)
    is_ready = all(checks.values())
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"status": READY if is_ready else NOT_READY, "checks": checks}, status, NO_STORE)


def readiness() -> Mapping[str, bool]:
    """Return the points of readiness: name → whether it holds."""
    archive = _archive()
    return {
        "database": archive is not None,
        "revision": archive is not None and archive.revision > 0,
        "map": archive is not None and boundaries.published(archive.at(archive.default_period).reference) is not None,
        "disk": _has_room(),
        "people": _are_people_understood(),
    }


def _archive() -> Archive | None:
    """What is shown; None where the database cannot be used."""
    from ntm.ui import data  # now, and not with the server's start: Streamlit's caches want its runtime to be there

    try:
        return data.archive()
    except (SQLAlchemyError, Newer):
        logger.exception("The database cannot be used.")
        return None


def _has_room() -> bool:
    return shutil.disk_usage(VAR if VAR.exists() else ROOT).free > LEAST_FREE


def _are_people_understood() -> bool:
    try:
        people_list.load()
    except people.Faulty:
        return False
    return True


async def metrics(request: Request) -> Response:
    """Answer with the metrics, in Prometheus' text; 401 or 403 from elsewhere without an administrator's token."""
    return await run_in_threadpool(_metrics, request)


def _metrics(request: Request) -> Response:
    try:
        access.check_is_local_or_administrator(request)
    except Problem as problem:
        return problem.response()
    archive = _archive()
    watch.REVISION.set(archive.revision if archive else float("nan"))
    return Response(generate_latest(watch.REGISTRY), headers=NO_STORE, media_type=CONTENT_TYPE_LATEST)
