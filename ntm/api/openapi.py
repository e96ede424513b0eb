"""The description of /api/v1 for programs: an OpenAPI 3.1 document, made from the tables that there are."""

from typing import Any

import pandas as pd

from ntm import office_metadata, text
from ntm.api import asked, formats, problems, tables
from ntm.api.asked import Asked
from ntm.api.tables import Table
from ntm.dataset import Archive
from ntm.exports import GEOJSON_TYPE
from ntm.text import _, mark
from ntm.world import World

VERSION = "3.1.0"
PROBLEMS = {  # a status → what it means
    "401": mark("Cần đăng nhập hoặc mã truy cập còn hạn"),
    "403": mark("Không có trong danh sách người được xem"),
    "404": mark("Không có địa chỉ này"),
    "406": mark("Không có dạng tệp này"),
    "422": mark("Có tham số không hiểu được, hoặc kết quả quá nhiều dòng"),
    "429": mark("Quá nhiều yêu cầu từ một máy"),
    "503": mark("Cơ sở dữ liệu hoặc danh sách người dùng chưa dùng được"),
}
COMMON = {  # a parameter of every table → what it asks, its type
    "world": (mark("sample: số liệu minh họa; real: số liệu của tỉnh; mặc định như trang"), "string"),
    "grouping": (mark("cách chia nhóm xã"), "string"),
    "lang": (mark("ngôn ngữ của tên và chữ: vi, en"), "string"),
    "limit": (mark("số dòng nhiều nhất của một trang"), "integer"),
    "offset": (mark("bỏ qua bao nhiêu dòng"), "integer"),
}


def document(archive: Archive, root: str) -> dict[str, Any]:
    """Return the document. `root`: the path below which the tables are."""
    every = [tables.table(archive, name) for name in tables.names()]
    paths = {f"/{table.name}": _path(archive, table) for table in every}
    paths["/map.geojson"] = _map_path()
    return {
        "openapi": VERSION,
        "info": {
            "title": office_metadata.product_name(),
            "version": "1",
            "description": _("Số liệu để đọc bằng chương trình khác; mỗi dòng ghi world, kind, revision, source."),
        },
        "servers": [{"url": root}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
            "schemas": {"Problem": _problem()},
        },
        "security": [{}, {"bearer": []}, {"basic": []}],
    }


def _path(archive: Archive, table: Table) -> dict[str, Any]:
    row = {"type": "object", "properties": columns(table.rows(archive, Asked()))}
    answer = {
        "type": "object",
        "properties": {
            "world": {"type": "string", "enum": list(World)},
            "revision": {"type": "integer"},
            "total": {"type": "integer"},
            "rows": {"type": "array", "items": row},
        },
    }
    content: dict[str, Any] = {"application/json": {"schema": answer}}
    content |= {kind.partition(";")[0]: {} for name, kind in formats.TYPES.items() if name != "json"}
    return _get(table.name, _(table.title), table.filters, content)


def _map_path() -> dict[str, Any]:
    title = _("Các xã với hình trên bản đồ, của một kỳ")
    return _get("map", title, tables.SELECTING, {GEOJSON_TYPE: {}})


def _get(name: str, title: str, filters: dict[str, str], content: dict[str, Any]) -> dict[str, Any]:
    asks = {key: (words, "string") for key, words in filters.items()} | COMMON
    answers: dict[str, Any] = {
        "200": {"description": title, "content": content},
        "304": {"description": _("Không đổi từ lần trước (If-None-Match)")},
    }
    answers |= {
        status: {
            "description": _(words),
            "content": {problems.TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, words in PROBLEMS.items()
    }
    parameters = [_parameter(key, _(words), kind) for key, (words, kind) in asks.items()]
    return {"get": {"operationId": name, "summary": title, "parameters": parameters, "responses": answers}}


def _parameter(name: str, words: str, kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": kind}
    if name == "limit":
        schema |= {"minimum": 1, "maximum": asked.MOST_ROWS}
    if name == "world":
        schema |= {"enum": list(World)}
    if name == "lang":
        schema |= {"enum": list(text.LANGUAGES)}
    return {"name": name, "in": "query", "description": words, "schema": schema}


def columns(rows: pd.DataFrame) -> dict[str, Any]:
    """Return a frame's columns as JSON Schema: name → schema."""
    return {name: {"type": [_type(rows[name]), "null"]} for name in rows.columns}


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(column) else "string"


def _problem() -> dict[str, Any]:
    names = {"type": "string", "title": "string", "status": "integer", "detail": "string"}
    return {"type": "object", "properties": {name: {"type": kind} for name, kind in names.items()}}
