"""The addresses under /api: tables, the map, the description for programs (OpenAPI) and the page for people."""

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Callable
from functools import cache, partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import anyio
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from ntm import clock, exports, look, resources, text
from ntm.api import access, asked, formats, guide, openapi, tables
from ntm.api.asked import Asked
from ntm.api.problems import Problem
from ntm.database import Newer
from ntm.dataset import Archive
from ntm.geo import boundaries
from ntm.look import SOURCE_LANGUAGE, Look
from ntm.server import addresses, watch
from ntm.server.addresses import API
from ntm.text import _

logger = logging.getLogger(__name__)
GEOJSON = "geojson"
AT_ONCE = 2  # answers that are made at a time, so that readers of pages keep a place
WAITING = 40  # requests that wait for their turn
VARY = {"Vary": "Accept, Accept-Language, Authorization, Cookie", "Cache-Control": "private, no-cache"}
PROCESS = secrets.token_hex(8)  # another one may be of another version of the software, or of the folder of data
Answer = Callable[[Request], Response]


def routes() -> list[BaseRoute]:
    """Return the routes, below the address under which the server is told that it is."""
    base = addresses.base_path()
    known = {
        f"{API}": _guide,
        f"{API}/": _guide,
        f"{API}/openapi.json": _openapi,
        f"{API}/map.geojson": _map,
        f"{API}/{{name}}": _table,
        "/api/{rest:path}": _nothing,
    }
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [Route(base + path, _endpoint(answer), methods=methods) for path, answer in known.items()]


def _endpoint(answer: Answer) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        start = time.monotonic()
        made = await _in_turn(partial(_answered, answer, request))
        seconds = round(time.monotonic() - start, 3)
        watch.answer(made.status_code, seconds)
        logger.info("%s %s %s", request.method, request.url.path, made.status_code, extra={"seconds": seconds})
        return made

    return endpoint


@cache
def _places() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(AT_ONCE)


async def _in_turn(work: Callable[[], Response]) -> Response:
    if _places().statistics().tasks_waiting >= WAITING:
        busy = _("Máy chủ đang bận. Hãy thử lại sau ít giây.")
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, busy, {"Retry-After": "5"}).response()
    return await to_thread.run_sync(work, limiter=_places())


def _answered(answer: Answer, request: Request) -> Response:
    with look.use(Look(language(request))):
        try:
            if request.method not in ("GET", "HEAD"):
                raise Problem(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    _("Địa chỉ này chỉ để đọc: dùng GET. Số liệu được cập nhật trên trang hoặc bằng dòng lệnh."),
                    {"Allow": "GET, HEAD"},
                )
            access.count(request)
            return answer(request)
        except Problem as problem:
            return problem.response()
        except (SQLAlchemyError, Newer):
            logger.exception("The database cannot be used.")
            away = _("Không mở được cơ sở dữ liệu. Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị.")
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, away, {"Retry-After": "60"}).response()


def language(request: Request) -> str:
    """Return the language of the words of an answer: that of ?lang=, else the browser's, else Vietnamese."""
    named = request.query_params.get("lang") or request.headers.get("accept-language", "")[:2].lower()
    return named if named in text.LANGUAGES else SOURCE_LANGUAGE


def _nothing(request: Request) -> Response:
    raise _not_found(request.url.path)


def _not_found(found: str) -> Problem:
    allowed = ", ".join([*tables.names(), "map.geojson", "openapi.json"])
    return Problem(
        HTTPStatus.NOT_FOUND,
        _("Không có “{found}”. Dưới {root}/ có: {allowed}.", found=found[:80], root=API, allowed=allowed),
    )


def _table(request: Request) -> Response:
    name, _dot, extension = request.path_params["name"].partition(".")
    if name not in tables.names():
        raise _not_found(request.path_params["name"])
    access.check_may_read(request)
    form = formats.chosen(extension, request.headers.get("accept", ""))
    archive = _archive(request)
    table = tables.table(archive, name)
    wanted = asked.read(request.query_params, table.filters)
    tag = _tag(request, archive, form)
    if _has(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=VARY | {"ETag": tag})
    rows = table.rows(archive, wanted)
    page = tables.bounded(rows, wanted, formats.MOST_ROWS.get(form, asked.MOST_ROWS))
    about = resources.about(tables.seen(archive, wanted)) | {
        "resource": name,
        "total": len(rows),
        "offset": wanted.offset,
        "count": len(page),
    }
    headers = VARY | {"ETag": tag, "X-Total-Count": str(len(rows)), **_links(request, wanted, len(rows))}
    headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return Response(formats.write(page, about, form), HTTPStatus.OK, headers, formats.TYPES[form])


def _map(request: Request) -> Response:
    access.check_may_read(request)
    archive = _archive(request)
    wanted = asked.read(request.query_params, tables.SELECTING)
    data_shown, rows = tables.drawn(archive, wanted)
    layer = boundaries.published(data_shown.reference)
    if layer is None:
        raise Problem(HTTPStatus.NOT_FOUND, _("Kỳ này chưa có lớp bản đồ. Người quản trị chạy python -m ntm build."))
    tag = _tag(request, archive, f"{GEOJSON} {layer.source_digest}")
    if _has(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=VARY | {"ETag": tag})
    page = tables.bounded(rows, wanted)
    about = {name: str(value) for name, value in resources.about(data_shown).items() if isinstance(value, (str, int))}
    about |= {"boundaries": text.either(layer, "title"), "terms": text.either(layer, "terms"), "date": layer.date}
    shapes = boundaries.geometries(boundaries.layers()[layer.id])
    drawn = page.loc[page.index.isin(shapes)]
    headers = VARY | {"ETag": tag, "X-Total-Count": str(len(rows)), **_links(request, wanted, len(rows))}
    return Response(exports.geojson(drawn, shapes, about), HTTPStatus.OK, headers, exports.GEOJSON_TYPE)


def _openapi(request: Request) -> Response:
    access.check_may_read(request)
    archive = _archive(request)
    tag = _tag(request, archive, "openapi")
    if _has(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=VARY | {"ETag": tag})
    content = json.dumps(openapi.document(archive, addresses.base_path() + API), ensure_ascii=False)
    return Response(content, HTTPStatus.OK, VARY | {"ETag": tag}, "application/json")


def _guide(request: Request) -> Response:
    access.check_may_read(request)
    archive = _archive(request)
    return HTMLResponse(
        guide.page(archive, f"{str(request.base_url).rstrip('/')}{addresses.base_path()}{API}"), headers=VARY
    )


def _archive(request: Request) -> Archive:
    """The world that is asked for, at the latest revision, as the pages hold it."""
    from ntm.ui import data  # now, and not with the server's start: Streamlit's caches want its runtime to be there

    return data.archive(asked.world(request.query_params))


def _tag(request: Request, archive: Archive, form: str) -> str:
    """The ETag of an answer: the same as long as nothing that it depends on has changed.

    Which period opens depends on the day; in another process the software may be another.
    """
    query = sorted(request.query_params.multi_items())
    parts = [PROCESS, archive.world, text.language(), clock.today(), request.url.path, query, form]
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return f'W/"r{archive.revision}-{digest}"'


def _has(request: Request, tag: str) -> bool:
    """Whether the client has the answer already."""
    held = [part.strip() for part in request.headers.get("if-none-match", "").split(",")]
    return "*" in held or tag.removeprefix("W/") in {part.removeprefix("W/") for part in held}


def _links(request: Request, wanted: Asked, total: int) -> dict[str, str]:
    """The header that leads to the first, previous, next and last page; none without pages."""
    if wanted.limit is None:
        return {}
    places = {"first": 0, "last": max(0, (total - 1) // wanted.limit * wanted.limit)}
    if wanted.offset + wanted.limit < total:
        places["next"] = wanted.offset + wanted.limit
    if wanted.offset:
        places["prev"] = max(0, wanted.offset - wanted.limit)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    lines = [
        f'<{request.url.path}?{urlencode([*kept, ("offset", str(offset))])}>; rel="{relation}"'
        for relation, offset in places.items()
    ]
    return {"Link": ", ".join(lines)}
